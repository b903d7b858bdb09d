"""Formulas: TeX → MathML, which a browser shows and Typst sets."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from nianbao.paths import TEMPLATES
from nianbao.render.pandoc import PANDOC

if TYPE_CHECKING:
    from collections.abc import Callable

# What pandoc knows as functions. It takes any other word in a formula for a product of its letters.
_FUNCTIONS = {
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom",
    "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan",
    "tanh",
}  # fmt: skip
_WORD = re.compile(r"<mi[^>]*>([A-Za-z]{2,}(?:\s[A-Za-z]+)*)</mi>")
# Bars around a matrix: pandoc has the signs of relation, which Word and Typst do not stretch.
_BAR = re.compile(r'(<mo stretchy="true" form="(?:prefix|postfix)">)([∣∥])(?=</mo>)')
_FENCE = {"∣": "|", "∥": "‖"}
# Rules between the rows or columns of an array, which pandoc leaves out.
_RULES = re.compile(r"\\(?:hline|cline|hdashline)(?![A-Za-z])|\\begin\s*\{array\}\s*(?:\[\w\]\s*)?\{[^{}]*[|:]")
# What MathJax reads beside dollars.
_BRACKETS = re.compile(r"\\\[(.*?)\\\]|\\\((.*?)\\\)", re.S)
_GROUP = r"(?:\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})"
_INNER = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*?"
_MACRO = re.compile(
    rf"""\\(?:(?:re)?newcommand|providecommand)\*?\s*(?:\{{\s*(\\[A-Za-z]+)\s*\}}|(\\[A-Za-z]+))
    \s*(?:\[[^\]]*\]\s*){{0,2}}{_GROUP}
    |\\def\s*(\\[A-Za-z]+)(?:\#\d)*\s*{_GROUP}
    |\\DeclareMathOperator\*?\s*(?:\{{\s*(\\[A-Za-z]+)\s*\}}|(\\[A-Za-z]+))\s*{_GROUP}""",
    re.X,
)
# pandoc writes it out without what stands below it.
_OPERATOR = re.compile(r"\\DeclareMathOperator(\*?)\s*\{?\s*(\\[A-Za-z]+)\s*\}?(.*)", re.S)
LONGEST = 10_000  # characters: a longer formula has neither macros nor numbers, and is tried once
MOST_SCRIPTS = 5  # one inside another
_SCRIPT = re.compile(r"(?<!\\)(?:[_^]\s*\{|[{}])")
_DEFINES = re.compile(r"\\(?:(?:re)?newcommand|providecommand|def|DeclareMathOperator)(?![A-Za-z])")
_ASKING = re.compile(r"\\require\s*\{[^{}]*\}|\\definecolor(?:\s*\{[^{}]*\}){3}")  # of MathJax, not of the reader
_COMMAND = re.compile(r"\\[A-Za-z]+")
# What begins a formula in an output. Without it all of the output is one, unless words stand beside environments and groups.
_DELIMITED = re.compile(r"\$|\\[\[(]|\A\s*\\begin\{")
_WITHIN = re.compile(r"\\begin\{.*\\end\{[^{}]*\}", re.S)
_TEXTS = re.compile(r"\\(?:text|math|operatorname|label|tag|ref|eqref)[a-z]*\*?\s*\{[^{}]*\}")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# Environments whose equations get numbers, as nbconvert's pages number them; of the first two, one in all.
_NUMBERED = re.compile(
    r"\s*\\begin\{(equation|multline|align|alignat|flalign|gather|eqnarray)(\*?)\}(.*)\\end\{\1\2\}\s*", re.S
)
_SINGLE, _ROWS_OF_COLUMNS = {"equation", "multline"}, {"align", "alignat", "flalign", "eqnarray"}
_NESTED = re.compile(r"\\begin\{|\\end\{|(?<!\\)[{}]|\\\\(?:\s*\[[^\]]*\])?|(?<!\\)&")
_TAG = re.compile(r"\\tag(\*?)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])")
REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}]+)\}")
_PLACE = "\ufddf{seal}-{at}\ufddf"  # where the number of an equation is to stand
# How TeX was written before LaTeX, and what only moves or scales: patterns, and what pandoc reads in their place.
_FORMER = tuple(
    (re.compile(pattern, re.S), now)
    for pattern, now in (
        (r"(?<!\\)%[^\n]*\n?", ""),
        (r"\n\s*\n", "\n"),
        (r"\\cr(?![A-Za-z])", r"\\\\"),
        (r"\\(?:begin|end)\{(?:subequations|math|displaymath)\}", ""),
        (r"\\(begin|end)\{dcases\}", r"\\\1{cases}"),
        (r"\\begin\{rcases\}", r"\\left.\\begin{array}{ll}"),
        (r"\\end\{rcases\}", r"\\end{array}\\right\\}"),
        (r"\\(?:tiny|scriptsize|small|normalsize|large|Large|LARGE|huge|Huge|limits|nolimits)(?![A-Za-z])", ""),
        (r"\\(?:m|h)?(?:kern|skip)\s*-?[\d.]+\s*(?:em|ex|pt|mu|px|cm|mm|in)", r"\\,"),
        (r"\{\s*\\(rm|bf|it|sf|tt|cal|frak)(?![A-Za-z])\s*(?!\{)(" + _INNER + r")\}", r"{\\math\1{\2}}"),
        (r"\\buildrel(" + _INNER + r")\\over(?![A-Za-z])", r"\\overset{\1}"),
        (r"\\root\s*(" + _INNER + r")\\of\s*(\{[^{}]*\}|[^\s{}])", r"\\sqrt[\1]{\2}"),
        (r"\{(" + _INNER + r")\\over(?![A-Za-z])(" + _INNER + r")\}", r"{\\frac{\1}{\2}}"),
        (r"\A(" + _INNER + r")\\over(?![A-Za-z])(" + _INNER + r")\Z", r"\\frac{\1}{\2}"),
        (r"\{(" + _INNER + r")\\atop(?![A-Za-z])(" + _INNER + r")\}", r"{\\substack{\1\\\\\2}}"),
        (r"\\verb(\W)(.*?)\1", r"\\texttt{\2}"),
    )
)  # fmt: skip
_UNICODE = re.compile(r"\\unicode\s*(?:\[[^\]]*\])?\s*\{\s*(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))\s*\}")


class Formulas:
    """The formulas of one page, in their order: macros hold for those that come later, and equations are counted.

    Nothing that the page shows holds its ``seal``, so that only the page's own references are taken for them.
    """

    def __init__(self, seal: str) -> None:
        self._seal = seal
        self.macros: dict[str, str] = {}  # definitions by the macro's name
        self.numbers: dict[str, str] = {}  # of equations by their labels
        self.count = 0
        self.ruled = 0  # formulas whose rules are left out
        self.asked: list[
            tuple[str, bool]
        ] = []  # the labels to which the page refers, in order, and whether inside a formula

    def html(self, tex: str, on_its_own_line: bool) -> str:
        """A formula as ``<math>``, or as ``<code class="tex">`` where it is not understood; '' for definitions only."""
        self.ruled += bool(_RULES.search(tex))
        if len(tex) > LONGEST:
            return mathml(tex, on_its_own_line, "") or _unread(tex)
        found = list(_MACRO.finditer(tex))
        self.macros |= {next(filter(None, one.groups())): _OPERATOR.sub(_operator, one[0]) for one in found}
        plain = _ASKING.sub("", _MACRO.sub("", tex) if found else tex)
        plain = REFERENCE.sub(lambda one: rf"\text{{{self.reference(one, True)}}}", plain)
        if not plain.strip():
            return ""
        if on_its_own_line or "\\begin" in plain:
            plain = self._numbered(plain)
        used = {*_COMMAND.findall(plain)} & self.macros.keys()
        if used and self._written_out(plain) > LONGEST:
            return _unread(tex)
        # A macro may be made of others.
        made = mathml(plain.strip(), on_its_own_line, "\n".join(self.macros.values()) if used else "")
        if on_its_own_line:  # its rows are as large as it is
            made = made.replace("<mtable>", '<mtable displaystyle="true">')
        return made or _unread(tex)

    def _written_out(self, tex: str, inside: tuple[str, ...] = ()) -> int:
        """How long TeX gets when its macros are written out; of what gets longer than `LONGEST`, no more than that it does.

        Ten macros that each use the next one ten times would get a formula of ten thousand million characters.
        """
        size = len(tex)
        for name in _COMMAND.findall(tex):
            if name in inside:
                return LONGEST + 1
            if name in self.macros:
                size += self._written_out(self.macros[name].partition(name)[2], (*inside, name))
            if size > LONGEST:
                break
        return size

    def reference(self, found: re.Match[str], is_in_formula: bool = False) -> str:
        r"""What stands for a reference to an equation (``\eqref{…}``) until all are counted."""
        self.asked.append((found[2], is_in_formula))
        place = _PLACE.format(seal=self._seal, at=len(self.asked) - 1)
        return f"({place})" if found[1] else place

    def _numbered(self, tex: str) -> str:
        """TeX in which the numbers of equations stand behind them."""
        block = _NUMBERED.fullmatch(tex)
        if not block:
            tag = self._number(tex, False)
            return _without(tex) + rf"\qquad\text{{{tag}}}" if tag else _without(tex)
        name, star, body = block.groups()
        if name in _SINGLE:
            tag = self._number(body, not star)
            return rf"\begin{{{name}}}{_without(body)}" + (rf"\qquad\text{{{tag}}}" if tag else "") + rf"\end{{{name}}}"
        rows = _split(body, "\\\\")
        columns = max(len(_split(row, "&")) for row in rows)
        columns += columns % 2 if name != "eqnarray" else 0
        made = []
        for row in rows:
            tag = self._number(row, not star and bool(row.strip()))
            missing = columns + 1 - len(_split(row, "&")) + (name != "eqnarray")
            behind = "&" * missing + r"\quad" if name in _ROWS_OF_COLUMNS else r"\qquad"
            made.append(_without(row) + (rf"{behind}\text{{{tag}}}" if tag else ""))
        return rf"\begin{{{name}}}" + "\\\\".join(made) + rf"\end{{{name}}}"

    def _number(self, tex: str, counts: bool) -> str:
        """What stands behind an equation: its own tag, or the next number where it counts; labels get to know it."""
        tag = _TAG.search(tex)
        if not tag and (not counts or _UNNUMBERED.search(tex)):
            return ""
        self.count += not tag
        number = tag[2] if tag else str(self.count)
        self.numbers |= dict.fromkeys(_LABEL.findall(tex), number)
        return number if tag and tag[1] else f"({number})"

    def resolved(self, html: str, unknown: Callable[[str], str]) -> str:
        """A page with the numbers of the equations to which it refers; ``unknown`` says what stands for any other label."""

        def number(place: re.Match[str]) -> str:
            label, is_in_formula = self.asked[int(place[1])]
            return _tagged(self.numbers[label], is_in_formula) if label in self.numbers else unknown(label)

        return re.sub(_PLACE.format(seal=re.escape(self._seal), at="([0-9]{1,9})"), number, html)


def _tagged(number: str, is_in_formula: bool) -> str:
    """What an equation is called, in which there may be formulas."""
    parts = (mathml(part, False, "") if index % 2 else escape(part) for index, part in enumerate(number.split("$")))
    # Inside another formula only their letters.
    return re.sub("<[^>]*>", "", "".join(parts)) if is_in_formula else "".join(parts)


@lru_cache(maxsize=4096)
def mathml(tex: str, on_its_own_line: bool, macros: str) -> str:
    """A formula as ``<math>``; '' where pandoc does not understand its TeX, even with what MathJax knows besides."""
    if _is_endless(tex):
        return ""
    made = PANDOC.mathml(tex, on_its_own_line, macros)
    if not made and len(tex) < LONGEST:
        now = _UNICODE.sub(_character, tex)
        for pattern, other in _FORMER:
            for _ in range(8):
                now, count = pattern.subn(other, now)
                if not count:
                    break
        known = (TEMPLATES / "mathjax.tex").read_text("utf-8") + macros
        around = "aligned" if len(_split(now, "&")) > 1 else "gathered"
        wrapped = rf"\begin{{{around}}}{now}\end{{{around}}}"
        ways = ((now, macros), (now, known), (wrapped, known))
        made = next(filter(None, (PANDOC.mathml(one, on_its_own_line, used) for one, used in ways)), "")
    made = _BAR.sub(lambda bar: bar[1] + _FENCE[bar[2]], made)
    return _WORD.sub(lambda word: word[0] if word[1] in _FUNCTIONS else f"<mtext>{' '.join(word[1].split())}</mtext>", made)


def _character(named: re.Match[str]) -> str:
    """The character that TeX names by its number; the TeX itself where no character has this number, or none that prints."""
    number = int(named[1], 16) if named[1] else int(named[2])
    is_printed = number <= sys.maxunicode and not unicodedata.category(chr(number)).startswith("C")
    return rf"\text{{{chr(number)}}}" if is_printed else named[0]


def with_dollars(text: str) -> str:
    r"""A text whose formulas stand between dollars, also those that stood in ``\[ \]`` or ``\( \)``, or that are all of it.

    '' for what is TeX, but no formula.
    """
    if not _DELIMITED.search(text) and _COMMAND.search(text):
        beside = _WITHIN.sub(" ", text)
        if not _LETTERS.search(_COMMAND.sub(" ", _TEXTS.sub(" ", beside))):
            return f"$${text.strip()}$$"
        return "" if _COMMAND.search(beside) else text
    return _BRACKETS.sub(lambda one: f"$${one[1]}$$" if one[1] is not None else f"${one[2]}$", text)


def _unread(tex: str) -> str:
    return f'<code class="tex">{escape(tex.strip())}</code>'


def _is_endless(tex: str) -> bool:
    """Whether pandoc's time would grow without bounds: with definitions inside others, and scripts of scripts of scripts."""
    open_groups: list[bool] = []
    for sign in _SCRIPT.finditer(tex):
        if sign[0] != "}":
            open_groups.append(sign[0] != "{")
        elif open_groups:
            open_groups.pop()
        if sum(open_groups) > MOST_SCRIPTS or len(open_groups) > 10 * MOST_SCRIPTS:
            return True
    return bool(_DEFINES.search(tex))


def _operator(declared: re.Match[str]) -> str:
    return rf"\newcommand{{{declared[2]}}}{{\operatorname{declared[1]}{declared[3]}}}"


def _without(tex: str) -> str:
    return _UNNUMBERED.sub("", _LABEL.sub("", _TAG.sub("", tex)))


def _split(tex: str, at: str) -> list[str]:
    r"""The parts of TeX between ``&`` or ``\\`` that stand in no group and in no environment."""
    parts, begin, depth = [], 0, 0
    for sign in _NESTED.finditer(tex):
        if sign[0] in {"\\begin{", "{"}:
            depth += 1 + (sign[0] != "{")  # the brace, and the environment
        elif sign[0] == "\\end{":
            pass  # its closing brace and the environment's end
        elif sign[0] == "}":
            depth -= 1
        elif sign[0].startswith(at) and depth == 0:
            parts.append(tex[begin : sign.start()])
            begin = sign.end()
    return [*parts, tex[begin:]]
