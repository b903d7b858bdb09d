"""The footnotes of a page: their marks and their texts stand in any of its cells, and have one numbering.

Only when all cells are there is it known which text a mark is of. Until then a place stands for the mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao import markdown
from nianbao.findings import Finding
from nianbao.notes import NOTE_MARK
from nianbao.onpages import FOOTNOTES
from nianbao.render.hidden import is_blank
from nianbao.render.parts import owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    _Rule = Callable[[StateBlock, int, int, bool], bool]

# A name with a blank in it is none of a footnote: what looks like one is printed as typed, and told.
_MARK = re.compile(r"\[\^([^\s\[\]`]+|(?=\s*[^\s\]])[^\n\[\]`*_~$<>\\!&]{2,60})\]")
_TEXT = re.compile(r"\[\^[^\s\]]+\]:")
# What no sign may be, such as [^0-9], [^a-zA-Z], [^一-龥] and [^\d], is no footnote; [^2-1] and [^注-1] are.
_SIGNS = re.compile(r"(?:0-[1-9]|a-[b-z]|A-[B-Z]|一-[\u9fa0-\u9fff])+|.*\\.*")
_PLACE = '<sup class="footnote-ref">\ufdde{seal}-{at}\ufdde</sup>'  # of a mark, until all are there
# What stands behind the text of a report: the notes stand before it.
_BEHIND = re.compile('<div [^>]*class="report"><div class="(?:attached|signature|editor|attachment)">')
_FIRST = re.compile(r"\s*<p\b[^>]*>")
_SHOWN = 20  # characters of a text in a finding


class Mark(NamedTuple):
    """Where a footnote is referred to: its name as written, the numbers of passage and cell, and whether it is in a link."""

    label: str
    passage: int
    cell: int
    is_linked: bool


class Note(NamedTuple):
    """The text of a footnote, as clean HTML, with the first three of these."""

    label: str
    passage: int
    cell: int
    html: str


# Where the text of a mark is looked for: in its passage, in its cell, on the page.
_SCOPES: tuple[Callable[[Mark | Note], int], ...] = (lambda one: one.passage, lambda one: one.cell, lambda _: 0)


class Footnotes:
    """The marks and texts of one page, as its passages are read in their order.

    Nothing that the page shows holds its ``seal``, so that only the page's own marks are taken for them.
    """

    def __init__(self, seal: str) -> None:
        self._seal = seal
        self._place = re.compile(_PLACE.format(seal=re.escape(seal), at="([0-9]{1,9})"))
        self.notes: list[Note] = []
        self._marks: list[Mark] = []
        self._passage = self._cell = 0

    def begin(self, cell: int) -> None:
        """Begin a passage, which a cell shows."""
        self._passage, self._cell = self._passage + 1, cell

    def mark(self, label: str, is_linked: bool) -> str:
        """What stands for a mark of this passage until all are there."""
        self._marks.append(Mark(label, self._passage, self._cell, is_linked))
        return _PLACE.format(seal=self._seal, at=len(self._marks) - 1)

    def add(self, label: str, html: str) -> None:
        """The text of a footnote that this passage holds."""
        self.notes.append(Note(label, self._passage, self._cell, html))

    def laid(self, body: str, is_report: bool) -> tuple[str, list[Finding]]:
        """A page's body with the marks and, below its text, the footnotes; and where one of the two lacks the other."""
        meant = self._meant()
        numbers = self._numbers(body, meant)
        marked = {*numbers}
        for note in range(len(self.notes)):
            numbers.setdefault(note, len(numbers) + 1)
        seen, lacking = set[int](), dict[Mark, None]()

        def shown(place: re.Match[str]) -> str:
            mark = self._marks[at := int(place[1])]
            if at not in meant:
                lacking[mark] = None
                return escape(f"[^{mark.label}]")
            number = numbers[meant[at]]
            name = "" if number in seen else f' id="note-{number}-mark"'
            seen.add(number)
            if mark.is_linked:  # no link stands in another
                return f'<sup class="footnote-ref"{name}>[{number}]</sup>'
            link = f'<a href="#note-{number}" class="footnote-link"{name}>[{number}]</a>'
            return f'<sup class="footnote-ref">{link}</sup>'

        made = self._place.sub(shown, _with_notes(body, [self.notes[note] for note in numbers], len(marked), is_report))
        alone = (note for at, note in enumerate(self.notes) if at not in marked)
        blank = (self.notes[at] for at in sorted(marked) if is_blank(self.notes[at].html))
        return made, [*_without_text(lacking), *map(_without_words, blank), *map(_without_mark, alone)]

    def _meant(self) -> dict[int, int]:
        """Which text each mark is of: one of its own passage, or else of its own cell, or else of the page.

        Of several, the next one below it that nothing nearer has, or else the last one above.
        """
        meant: dict[int, int] = {}
        for scope in _SCOPES:
            taken = {*meant.values()}
            here: dict[tuple[str, int], list[int]] = defaultdict(list)
            for at, note in enumerate(self.notes):
                here[note.label.casefold(), scope(note)].append(at)
            free = {key: [at for at in same if at not in taken] or same for key, same in here.items()}
            for at, mark in enumerate(self._marks):
                if at not in meant and (same := free.get((mark.label.casefold(), scope(mark)))):
                    below = bisect_left(same, mark.passage, key=lambda one: self.notes[one].passage)
                    meant[at] = same[min(below, len(same) - 1)]
        return meant

    def _numbers(self, body: str, meant: dict[int, int]) -> dict[int, int]:
        """The numbers of the footnotes in the order of their marks; those of other footnotes come behind."""
        numbers: dict[int, int] = {}
        ahead = [body]
        for html in ahead:
            for place in self._place.finditer(html):
                note = meant.get(int(place[1]))
                if note is not None and note not in numbers:
                    numbers[note] = len(numbers) + 1
                    ahead.append(self.notes[note].html)
        return numbers


def _with_notes(body: str, notes: list[Note], marked: int, is_report: bool) -> str:
    """A body with its footnotes, of which so many have a mark, below its text, before its signature."""
    if not notes:
        return body
    made = [(_noted(note.html, number, number <= marked), note.cell) for number, note in enumerate(notes, 1)]
    written = "\n".join(owned(*one) if is_report else one[0] for one in made)
    section = f'<div class="report"><div class="footnotes"><hr>\n{written}\n</div></div>'
    behind = _BEHIND.search(body)
    at = behind.start() if behind else len(body)
    return f"{body[:at]}\n{section}\n{body[at:]}"


def _noted(html: str, number: int, is_marked: bool) -> str:
    """A footnote with its number, which leads back to its first mark."""
    way = f'<a href="#note-{number}-mark" class="footnote-link" id="note-{number}">[{number}]</a>'
    said = way if is_marked else f'<span id="note-{number}">[{number}]</span>'
    first = _FIRST.match(html)
    inside = f"{first[0]}{said} {html[first.end() :]}" if first else f"<p>{said}</p>{html}"
    return f'<div class="footnote">{inside}</div>'


def _without_text(lacking: dict[Mark, None]) -> Iterator[Finding]:
    named = dict.fromkeys((mark.cell, mark.label) for mark in lacking if not _SIGNS.fullmatch(_tight(mark.label)))
    for cell, label in named:
        if label != _tight(label):
            found = f"“[^{label}]”的名称里有空格，不算脚注，会照原样印出"
            action = f"引用和注文都写作 [^{_tight(label)}]；不是脚注的，写作 \\[^{label}]"
            yield Finding(FOOTNOTES, f"第{cell}个单元格", None, found, "脚注的名称里没有空格", action)
            continue
        action = f"在任一 Markdown 单元格里另起一段写“[^{label}]: 注文”，方括号和冒号用半角；不是脚注的，写作 \\[^{label}]"
        found = f"“[^{label}]”没有注文，会照原样印出"
        yield Finding(FOOTNOTES, f"第{cell}个单元格", None, found, "每个脚注都有注文", action)


def _tight(label: str) -> str:
    """A name without its blanks."""
    return "".join(label.split())


def _without_words(note: Note) -> Finding:
    found, action = f"注文“[^{note.label}]:”是空的，只印出编号", "在冒号后面写注文；不要的，把引用和注文都删去"
    return Finding(FOOTNOTES, f"第{note.cell}个单元格", None, found, "每个脚注都有注文", action)


def _without_mark(note: Note) -> Finding:
    text = " ".join(markdown.plain_text(NOTE_MARK.sub("", note.html)).split())
    said = f"{text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}"
    action = f"在正文里要加注的地方写 [^{note.label}]；同一个名称写了两条注文的，改一个名称；不要的，删去"
    found = f"注文“[^{note.label}]: {said}”没有引用，印在各条脚注之后"
    return Finding(FOOTNOTES, f"第{note.cell}个单元格", None, found, "每条注文都有引用", action)


def read_by(parser: MarkdownIt, text: _Rule, address: _Rule) -> None:
    """Have a parser of Markdown hand each mark to `Footnotes`, and keep the texts apart from what else it reads.

    Its environment has the first as ``mark``, and gets the tokens of the second as ``notes``, by their names. ``text`` is
    its rule for footnotes' texts, and ``address`` that for links' addresses, which are not printed: neither takes for its
    own what begins as a footnote does and has a blank in its name.
    """

    def texts(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        is_named = _TEXT.match(state.src, state.bMarks[line] + state.tShift[line])
        return is_named is not None and text(state, line, last, silent)

    def addresses(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        is_note = state.src.startswith("[^", state.bMarks[line] + state.tShift[line])
        return not is_note and address(state, line, last, silent)

    parser.block.ruler.at("footnote_def", texts, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("reference", addresses)
    parser.inline.ruler.at("footnote_ref", _mark)
    parser.core.ruler.at("footnote_tail", _apart)
    parser.add_render_rule("footnote_ref", lambda _, made, at, __, env: env["mark"](made[at].content, **made[at].meta))


def _mark(state: StateInline, silent: bool) -> bool:
    """A mark; none where the parser looks ahead, because what it jumps over in brackets would leave these no link."""
    found = None if silent else _MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    token = state.push("footnote_ref", "", 0)
    token.content, token.meta = found[1], {"is_linked": state.linkLevel > 0}
    state.pos = found.end()
    return True


def _apart(state: StateCore) -> None:
    kept: list[Any] = []
    inside: list[tuple[str, list[Any]]] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            inside.append((token.meta["label"], []))
            state.env["notes"].append(inside[-1])
        elif token.type == "footnote_reference_close":
            inside.pop()
        else:
            (inside[-1][1] if inside else kept).append(token)
    state.tokens = kept
