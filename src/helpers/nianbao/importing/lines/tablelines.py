"""The lines of a table whose cells blanks part, or nothing: its words and its figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_chapter
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_value
from nianbao.statute import tree
from nianbao.wording import HAN, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Paragraph
    from nianbao.importing.labelled import Labels

_LONGEST = 160
_LONGEST_PAIR = 5  # characters of two pieces that run into each other, one of them of one character: 计商业企业
_BLANKS = re.compile("[ \u3000]+")
_ITEM = re.compile(r"(?<![0-9])([0-9])[、,](?=[^0-9])")
_GLUED = re.compile(r"(?<=[^0-9.,/—–_+\-])[0-9/—–_\-][0-9.,/—–_+\-]*$")
_LONG = re.compile("[0-9]{4}")
_FIGURES = re.compile("[0-9.,/—–_+－-]+")
_ORDINAL = re.compile("[0-9][.．、]")
_NUMERAL = re.compile(f"[{HAN}0-9、.,()]*")
_SIGNS = frozenset("-－−–+＋减增")
_EDGE = ' \u3000"”’'
OF_LAST = f"{LAST_YEAR}|往年|同期"  # a pattern of what says another year by word
_OF_LAST = re.compile(f"(?!上年结转)(?:{OF_LAST})|20[0-9]{{2}}年")
_SENTENCE = re.compile("[。；！？]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
Span = tuple[int, int]  # the columns of a text that a word takes: the first, and the one behind the last
_NOWHERE = (-1, -1)
_WIDE = 3  # blanks between two figures that are no one number with a blank in it
_SLACK = 2  # columns by which a figure may stand beside what it belongs to


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the words that it begins with and the figures that it ends with.

    Parameters
    ----------
    spans : tuple of (int, int)
        Where they stand in it, if that is known.
    is_in_columns : bool
        Whether each figure stands in a column of its own for certain: far from the next one, below or above another one.
    is_label : bool
        Whether its words are a piece of a label up to the sign at their end, as 本年增/ is one of 本年增/减.
    """

    place: str
    text: str
    words: tuple[str, ...]
    values: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    is_in_columns: bool = False
    is_label: bool = False

    def words_at(self) -> list[tuple[str, Span]]:
        """Its words, each with the columns of the text that it takes."""
        return [*zip(self.words, self.spans or [_NOWHERE] * len(self.words), strict=False)]

    @property
    def values_at(self) -> tuple[Span, ...]:
        """The columns of the text that each of its figures takes; none where nobody knows."""
        return self.spans[len(self.words) :]

    @property
    def label(self) -> str:
        """Its words as they are compared."""
        return tight("".join(self.words))

    def behind(self, name: str) -> str:
        """What stands behind a label, as it is compared, in its line; all of it where the label does not end there."""
        found = (at for at in range(1, len(self.text)) if tight(self.text[:at]).endswith(name))
        return self.text[next(found, 0) :].strip(_EDGE) if name else self.text

    @property
    def is_glued(self) -> bool:
        """Whether a figure is glued to its words."""
        return not self.is_label and bool(_GLUED.search(self.label))

    @property
    def is_data(self) -> bool:
        """Whether it has figures."""
        return bool(self.values) or self.is_glued

    @property
    def is_sure(self) -> bool:
        """Whether its figures can be read in one way only: none is glued, no two may be one, and no sign stands alone."""
        return not self.is_glued and all(map(is_value, self.values)) and not self.is_grouped

    @property
    def is_grouped(self) -> bool:
        """Whether two of its figures may be one with a blank in it: 2 345."""
        return not self.is_in_columns and any(_may_be_one(*pair) for pair in pairwise(self.values))

    @property
    def has_long(self) -> bool:
        """Whether a figure has four digits or more and nothing between them."""
        return any(_LONG.search(reading.narrow(one)) for one in self.values)


@lru_cache(maxsize=4096)
def tight(text: str) -> str:
    """A text as it is compared: `tree.normalise`, with 1. for 1、."""
    return _ITEM.sub(r"\1.", tree.normalise(text))


def line_of(block: Paragraph) -> Line:
    """A line taken apart."""
    tokens = [one for one in _BLANKS.split(block.text) if one]
    begin = len(tokens)
    is_ordinal = len(tokens) == 1 and _ORDINAL.fullmatch(tokens[0])
    while not is_ordinal and begin and (is_value(tokens[begin - 1]) or _FIGURES.fullmatch(tokens[begin - 1])):
        begin -= 1
    return Line(block.place, block.text, tuple(tokens[:begin]), tuple(tokens[begin:]), _spans(block.laid, tokens))


def _spans(laid: str, tokens: Sequence[str]) -> tuple[Span, ...]:
    """Where the words of a line stand in it, each character in one column, as programs lay out the text of a PDF."""
    found = list(re.finditer("[^ \u3000]+", laid.strip("\f\r").expandtabs()))
    return tuple(one.span() for one in found) if [len(one.group()) for one in found] == list(map(len, tokens)) else ()


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Lines of a table, of which those are known whose figures stand in columns: far apart, below each other or heads."""
    return [replace(one, is_in_columns=any(_are_below(one, other) for other in lines if other is not one)) for one in lines]


def _are_below(line: Line, other: Line) -> bool:
    """Whether each figure of a line stands below, or above, one of another line or its head, and far from the next."""
    spans = line.values_at
    if len(spans) < 2 or any(right[0] - left[1] < _WIDE for left, right in pairwise(spans)):
        return False
    columns = other.values_at if other.values else other.spans[1:]
    if len(columns) != len(spans):
        return False
    meets = [[one[0] < two[1] + _SLACK and two[0] < one[1] + _SLACK for two in columns] for one in spans]
    return all(is_met == (at == beside) for at, row in enumerate(meets) for beside, is_met in enumerate(row))


def _may_be_one(left: str, right: str) -> bool:
    left, right = reading.narrow(left), reading.narrow(right)
    is_grouped = re.search(r"(?:^|[^0-9.])[1-9][0-9]{0,2}(?:,[0-9]{3})*$", left) and re.match(r"[0-9]{3}(?![0-9])", right)
    return bool(is_grouped) or (left in _SIGNS and right[:1].isdigit()) or bool(re.match("0[0-9]", right))


class Words:
    """What the lines of a table may be made of: its labels, some of them behind each other, or a piece of one.

    `words_of` makes them once.
    """

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.whole = {*labels.exact, *labels.shared, *labels.rows, *labels.stubs} - {""}
        self.whole = {tight(one) for one in self.whole}
        self.longest = max(map(len, self.whole))
        self.of: dict[str, set[str]] = {}
        for table in labels.tables:
            chains = [chain for part in table.parts for chain in (*part.row_chains, *part.column_chains)]
            self.of.setdefault(table.id, set()).update(tight(node.label) for chain in chains for node in chain)

    def is_title(self, text: str) -> bool:
        """Whether a line is the title of a part."""
        return len(text) < _LONGEST and tight(text).startswith("第") and title_key(text) in self.labels.titles

    def parted(self, text: str) -> list[str]:
        """The labels that a text is made of, one behind the other; none where it is not."""
        ways: list[list[str] | None] = [None] * (len(text) + 1)
        ways[0] = []
        for end in range(1, len(text) + 1):
            for begin in range(max(end - self.longest, 0), end):
                before = ways[begin]
                if before is not None and text[begin:end] in self.whole:
                    now = ways[end]
                    ways[end] = [*before, text[begin:end]] if now is None or len(before) + 1 < len(now) else now
        return ways[len(text)] or []

    def owner(self, line: Line, here: str = "") -> str:
        """The table that alone has a label or a title of a line; '' for none, and for what is a piece of ``here``'s."""
        names = [one for word in (line.label, *map(tight, line.words)) for one in self.parted(_GLUED.sub("", word))]
        own = self.of.get(here, ())
        known = [self.labels.exact.get(one, "") for one in names if not any(one in label for label in own)]
        known += [self.labels.titles.get(title_key(line.text), "")] if self.is_title(line.text) else []
        return next(filter(None, known), "")

    def is_scrap(self, token: str) -> bool:
        """Whether what stands between two blanks is labels, or a piece of one, with figures glued to it at most."""
        return _is_scrap(self, token)

    def runs_into(self, text: str) -> bool:
        """Whether a text is a label and a piece of one, whose cells run into each other: 结果纠复议后起诉."""
        cuts = ((text[:cut], text[cut:]) for cut in range(2, len(text) - 1))
        return any(any(one in self.whole for one in pair) and all(map(self.is_piece, pair)) for pair in cuts)

    def _is_of_pieces(self, token: str, has_ends: bool = False) -> bool:
        """Whether a text is pieces of labels that run into each other, of a group and of a row: 本年（二）部分公开.

        ``has_ends`` where one character at an end may be all that is left of a label: 果（二）部分公开.
        """
        text = _GLUED.sub("", tight(token)) if has_ends else tight(token)
        is_long = len(text) > _LONGEST_PAIR
        least = 1 if 2 < len(text) <= _LONGEST_PAIR else 2
        cuts = range(least, len(text) - least + 1) if not is_long else ()
        if any(self.is_piece(text[:cut]) and self.is_piece(text[cut:]) for cut in cuts):
            return True
        begins = {0, 1} if has_ends and is_long and _HAN.match(text) else {0}
        for end in range(2, len(text) + 1):
            if any(end - begin > 1 and self.is_piece(text[begin:end]) for begin in begins if end - begin <= self.longest):
                begins.add(end)
        ends = {len(text), len(text) - 1} if has_ends and is_long and _HAN.match(text[-1]) else {len(text)}
        return len(text) > 1 and bool(begins & ends)

    def is_piece(self, text: str) -> bool:
        return any(text in one for one in self.whole)

    def are_scraps(self, line: Line) -> bool:
        """Whether all words of a line are labels or pieces of them, or one piece together."""
        return all(map(self.is_scrap, line.words)) or self.is_scrap(line.label)

    def are_pieces(self, line: Line, is_laid: bool = True) -> bool:
        """Whether a line is nothing but labels or pieces of them.

        Cells that are laid out as text may run into each other, but for those that speak of another year: 上年行政复议情况.
        """
        if not line.words or _SENTENCE.search(line.text) or any(map(str.isdigit, line.words)):
            return False
        if self.is_of_table(line, False):
            return True
        if not is_laid or _OF_LAST.match(line.label):
            return False
        return all(self.is_scrap(one) or self._is_of_pieces(one, True) for one in line.words)

    def is_broken(self, line: Line) -> bool:
        """Whether a word of a line is no whole label, nor some of them."""
        return not all(self.is_title(one) or self.parted(_GLUED.sub("", tight(one))) for one in line.words)

    def is_of_table(self, line: Line, is_open: bool) -> bool:
        """Whether a line can be one of a table's; in an open one a bureau's own label may stand before figures."""
        if self.is_title(line.text):
            return True
        if len(line.text) > _LONGEST or (is_chapter(line.text) and not self.begins_row(line)):
            return False
        if self.are_scraps(line):
            return True
        if is_open and line.words and all(self.is_scrap(one) or self._is_of_pieces(one) for one in line.words):
            return True
        is_row = bool(line.values) and bool(_HAN.search(line.label)) and len(line.words) < 4
        return is_open and not re.search("[。，；：]", line.text) and (is_row or self._is_row_with_more(line))

    def begins_row(self, line: Line) -> bool:
        """Whether a line's first word, with its numeral, is a row's label or begins one: 三、本年 (一)予以公开 5."""
        begins = (_GLUED.sub("", tight(one)) for one in accumulate(line.words))
        first = next((one for one in begins if not _NUMERAL.fullmatch(one)), line.label)
        return bool(first) and any(first.startswith(one) or one.startswith(first) for one in self.labels.rows)

    def _is_row_with_more(self, line: Line) -> bool:
        """Whether a row's label stands before figures with a few words between: 规章 2 件 0 0."""
        begun = max((len(one) for one in self.labels.rows if line.label.startswith(one)), default=0)
        more = line.label[begun:]
        return bool(begun and re.search("[0-9]", more)) and len(re.findall("[^0-9.,/]", more)) <= 4

    def in_label(self, at: int, lines: Sequence[Line]) -> Line:
        """A line; 无 alone that is a piece of a label, 4. above it and 正当理由 below, is a word, a sign at its end too."""
        line = lines[at]
        if line.is_glued and self.is_piece(line.label):
            return replace(line, is_label=True)
        is_between = 0 < at < len(lines) - 1 and not lines[at - 1].is_data and bool(lines[at + 1].words)
        if line.words or not line.text.isalpha() or not is_between:
            return line
        around = lines[at - 1].words[-1] + line.text + lines[at + 1].words[0]
        return replace(line, words=(line.text,), values=()) if self.is_scrap(around) else line


@lru_cache(maxsize=16)
def words_of(labels: Labels) -> Words:
    """What the lines of tables with these labels may be made of."""
    return Words(labels)


@lru_cache(maxsize=4096)
def _is_scrap(words: Words, token: str) -> bool:
    text = _GLUED.sub("", tight(_GLUED.sub("", token)))  # a comma of Chinese parts no thousands
    is_known = words.is_title(text) or bool(words.labels.table_of(text)) or bool(words.parted(text))
    return is_known or words.is_piece(text) or words.runs_into(text)
