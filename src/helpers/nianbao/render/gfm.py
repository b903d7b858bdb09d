"""Markdown of a notebook, as Jupyter knows it: CommonMark, GFM, footnotes and formulas. Its HTML has still to be cleaned.

The narrative of a report has a dialect of its own (`nianbao.markdown`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import reference
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.gfm import gfm_plugin

from nianbao.render import footnotes
from nianbao.render.code import highlighted
from nianbao.render.mathematics import REFERENCE, Formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_WIDE = "\u2e80"  # the first of the characters between which no blank belongs
_CHECKBOX = re.compile(r'<input class="task-list-item-checkbox"[^>]*>')


def to_html(text: str, formulas: Formulas, places: set[str], mark: Callable[[str, bool], str]) -> list[tuple[str, str]]:
    """A passage of Markdown as HTML, which is not clean yet, and its footnotes, each by its name; the passage has none.

    ``formulas`` are those of the page so far, and ``places`` the names of its headings; both become more. ``mark`` is what
    stands where a footnote is referred to, by its name, and whether that is in a link.
    """
    env: dict[str, Any] = {"formulas": formulas, "places": places, "mark": mark, "notes": []}
    parts = [("", _PARSER.parse(text, env)), *env["notes"]]
    made = ((name, _PARSER.renderer.render(tokens, _PARSER.options, env)) for name, tokens in parts)
    kept = "\ufffd" if "\ufffd" in text else ""  # what a reference to a character that prints nothing (&#1;) becomes
    # The fonts have no ticked boxes.
    ticked = partial(_CHECKBOX.sub, lambda box: "■" if "checked=" in box[0] else "□")
    return [(name, ticked(html.replace("\ufffd", kept))) for name, html in made]


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Any address makes a link or picture: which of them stay is judged where all HTML is."""
        return True


_FAR, _MANY = 5_000, 1_000  # characters and lines: the end of a formula in dollars or brackets is not looked for behind them
_BACKTICKS = re.compile(r"(?<![`\\])`+")
_SIGNS = re.compile(r"\\[A-Za-z]|\^")
_DOLLARS = re.compile(r"(?<!\\)\$\$")
_RANGE = re.compile(r"~+(?=\d)")
_SPACED, _TIGHT = (math_inline_dollar(spaced, False, True) for spaced in (True, False))


def _formula(state: StateInline, silent: bool) -> bool:
    """``$x$`` and ``$ x $`` are formulas, and ``$x^2 $``; $5 and $10 are money."""
    src, begin = state.src, state.pos + 1
    if src[state.pos] != "$":
        return False
    inside = src[begin : src.find("$", begin, begin + _FAR)]
    is_tex = inside[:1].isspace() or _SIGNS.search(inside)
    rule = _SPACED if is_tex else _TIGHT
    if "`" in inside:
        before = state.pos
        found = rule(state, True)
        end, state.pos = state.pos, before
        if not found or _ends_in_code(src[before : before + _FAR], end - before):
            return False
    return rule(state, silent)


def _ends_in_code(text: str, end: int) -> bool:
    """Whether code begins before a place in a text and ends behind it: what it holds are no dollars of a formula."""
    runs = list(_BACKTICKS.finditer(text))
    at = 0
    while at < len(runs) and runs[at].start() < end:
        last = next((one for one in range(at + 1, len(runs)) if runs[one][0] == runs[at][0]), at)
        if runs[last].start() >= end:
            return True
        at = last + 1
    return False


# Escaped brackets around words, dates and names are brackets; around these signs of TeX they are those of a formula.
_TEX = re.compile(
    r"""\\[A-Za-z{}|] | =                                             # a command, an equation
    | [\w)}\]|']\s*\^                                               # what stands above something
    | (?:(?<!\w)[A-Za-z]|[)}])_(?:[{\\\d]|[A-Za-z](?![A-Za-z]))       # and what below a letter
    | \A\s*[A-Za-z]\s*\Z                                            # a letter alone
    | \A(?!.*[A-Za-z]{2})(?=.*[A-Za-z])                             # letters, but no words,
      (?=.*\w\)?\s*[+*<>]\s*\(?\w)[\w\s()|/.,+*<>-]+\Z              # with which one reckons""",
    re.X | re.S | re.A,
)
# MathJax takes any environment for a formula.
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([A-Za-z]+\*?)\}")
_BRACKETS = ((r"\\[", r"\\]", True), (r"\\(", r"\\)", False), (r"\[", r"\]", True), (r"\(", r"\)", False))


def _bracketed(state: StateInline, silent: bool) -> bool:
    r"""``\(x\)``, ``\[x\]`` and ``\begin{cases}…`` are formulas, brackets also with two backslashes, as in Jupyter.

    ``\eqref{a}`` refers to one.
    """
    src, at = state.src, state.pos
    if src[at] != "\\":
        return False
    if found := REFERENCE.match(src, at):
        if not silent:
            state.push("reference", "", 0).meta["found"] = found
        state.pos = found.end()
        return True
    if src.startswith("\\begin{", at):
        if not (end := _environments(src).get(at, 0)):
            return False
        state.pos = end
        if not silent:
            state.push("math_inline_double", "math", 0).content = src[at : state.pos]
        return True
    for begin, ending, is_display in _BRACKETS:
        end = src.find(ending, at + len(begin), at + _FAR) if src.startswith(begin, at) else -1
        if end > 0 and _TEX.search(tex := src[at + len(begin) : end]):
            if not silent:
                state.push("math_inline_double" if is_display else "math_inline", "math", 0).content = tex
            state.pos = end + len(ending)
            return True
    return False


@lru_cache(maxsize=8)
def _environments(src: str) -> dict[int, int]:
    """Where the environments of a text end, by the places where they begin; none for one that does not end."""
    ends: dict[int, int] = {}
    begun: dict[str, list[int]] = defaultdict(list)
    for one in _ENVIRONMENT.finditer(src):
        if one[1] == "begin":
            begun[one[2]].append(one.start())
        elif begun[one[2]]:
            ends[begun[one[2]].pop()] = one.end()
    return ends


_OPENING = re.compile(r"\\{1,2}\[")


def _bracketed_block(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    r"""``\[`` that begins a line, up to the ``\]`` that ends one."""
    begin = state.bMarks[line] + state.tShift[line]
    opening = _OPENING.match(state.src, begin)
    if not opening or state.is_code_block(line):
        return False
    ending = opening[0][:-1] + "]"
    for end in range(line, min(last, line + _MANY)):
        if end > line and state.isEmpty(end):
            return False
        written = state.src[state.bMarks[end] + state.tShift[end] : state.eMarks[end]].rstrip()
        if written.endswith(ending) and (end > line or len(written) > len(opening[0])):
            tex = state.getLines(line, end + 1, state.blkIndent, False).strip()[len(opening[0]) : -len(ending)]
            if not _TEX.search(tex):
                return False
            if not silent:
                state.line = end + 1
                token = state.push("math_block", "math", 0)
                token.content, token.map = tex, [line, end + 1]
            return True
    return False


_BLOCK, _BLOCK_WITHOUT_BLANKS = math_block_dollar(False, None, True), math_block_dollar(False)


def _dollars(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """``$$`` begins a formula, and ends the paragraph above. The plugin's rule makes a formula even when only asked.

    Of several in one line it would make one.
    """
    if len(_DOLLARS.findall(state.src[state.bMarks[line] : state.eMarks[line]])) > 2:
        return False
    if not silent:
        return _BLOCK(state, line, last, silent)
    before = state.line, len(state.tokens)
    found = _BLOCK_WITHOUT_BLANKS(state, line, last, silent)
    state.line = before[0]
    del state.tokens[before[1] :]
    return found


def _environment(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    r"""``\begin{align}`` begins a formula, unless it stands inside of one that dollars have begun."""
    place = _environments(state.src).get(state.bMarks[line] + state.tShift[line])
    if not place or state.is_code_block(line) or (silent and _is_in_dollars(state, line)):
        return False
    end = bisect_left(state.eMarks, place, line, last)
    if end == last or state.src[place : state.eMarks[end]].strip():
        return False
    if state.blkIndent and any(
        not state.isEmpty(one) and state.sCount[one] < state.blkIndent for one in range(line, end + 1)
    ):
        return False
    if not silent:
        state.line = end + 1
        token = state.push("math_block", "math", 0)
        token.content, token.map = state.getLines(line, end + 1, state.blkIndent, False), [line, end + 1]
    return True


def _is_in_dollars(state: StateBlock, line: int) -> bool:
    above: list[str] = []
    for one in range(line - 1, max(-1, line - _MANY), -1):
        if state.isEmpty(one):
            break
        above.append(state.src[state.bMarks[one] : state.eMarks[one]])
    text = "".join(above)
    return text.count("$$") % 2 == 1 or text.replace("$$", "").count("$") % 2 == 1


def _math(around: str, is_display: bool) -> Callable[..., str]:
    def rendered(_: Any, tokens: Sequence[Token], index: int, __: Any, env: Any) -> str:
        return around.format(env["formulas"].html(tokens[index].content.strip(), is_display))

    return rendered


def _range(state: StateInline, silent: bool) -> bool:
    """Tildes between digits are those of a range, however many: ``3~~5``."""
    found = _RANGE.match(state.src, state.pos) if state.pos else None
    if not found or not state.src[state.pos - 1].isdigit():
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _softbreak(tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Between Chinese characters a line end is nothing, elsewhere a blank."""
    before = tokens[index - 1].content[-1:] if index else ""
    behind = tokens[index + 1].content[:1] if index + 1 < len(tokens) else ""
    return "" if before >= _WIDE and behind >= _WIDE else "\n"


def _image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A picture; one without a text has no alternative text, which an ornament's would be an empty one."""
    token = tokens[index]
    if token.content.strip():
        return RendererHTML.image(self, tokens, index, options, env)
    del token.attrs["alt"]
    return str(self.renderToken(tokens, index, options, env))


def _named(state: StateCore) -> None:
    """Headings get the names that Jupyter gives them, so that a table of contents leads to them; each once on a page."""
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open":
            text = "".join(one.content for one in inline.children or () if one.type in {"text", "code_inline"})
            if (name := text.strip().replace(" ", "-")) not in state.env["places"]:
                heading.attrSet("id", name)
                state.env["places"].add(name)


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"highlight": lambda code, language, _: highlighted(code, language)})
    parser.use(gfm_plugin)
    parser.options["strikethrough_single_tilde"] = False  # 3~5 is a range
    parser.inline.ruler.before("strikethrough", "range", _range)
    parser.use(dollarmath_plugin, allow_labels=False, double_inline=True)
    parser.inline.ruler.at("math_inline", _formula)
    parser.inline.ruler.before("escape", "bracketed", _bracketed)
    ending: Any = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}  # all of these end a paragraph
    parser.block.ruler.at("math_block", _dollars, ending)
    parser.block.ruler.before("blockquote", "environment", _environment, ending)
    parser.block.ruler.before("blockquote", "bracketed", _bracketed_block, ending)
    for name, around, is_display in (
        ("math_inline", '<span class="math inline">{}</span>', False),
        ("math_inline_double", '<span class="math inline">{}</span>', True),
        ("math_block", '<div class="math block">{}</div>\n', True),
    ):
        parser.add_render_rule(name, _math(around, is_display))
    parser.add_render_rule("reference", lambda _, made, at, __, env: env["formulas"].reference(made[at].meta["found"]))
    parser.add_render_rule("image", _image)
    parser.core.ruler.push("named", _named)
    footnotes.read_by(parser, footnote_def, reference)
    renderer: Any = parser.renderer
    renderer.rules["softbreak"] = _softbreak
    return parser


_PARSER = _parser()
