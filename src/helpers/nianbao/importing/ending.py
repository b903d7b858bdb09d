"""The end of a report: who signed it, on which day, who edited it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import is_furniture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_EDITOR = re.compile(r"[【\[（(]?\s*(?:责任)?编辑\s*[:：]\s*(.+?)\s*[】\]）)]?")
_BODY = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,40}(?:局|委|办|厅|府|会|院|校|中心|站|所|处|队|社|司|部|行|大学|学院|公司|室|园|馆|区|行署|法院|分局|委员会)"
)
_HAN_DAY = re.compile(r"([〇○零Ｏ0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_SIGNED_DAY = re.compile(r"(.{2,40}?)[\s\u3000]*((?:[12][0-9]{3}|[〇○零一二三四五六七八九]{4})\s*年.{1,12}日)")
_DIGITS = "〇一二三四五六七八九"


@dataclass(slots=True)
class Ending:
    """Where the ending begins and ends in the parts, and what report.yaml holds of it: key → text, place."""

    begin: int
    end: int
    values: dict[str, tuple[str, str]] = field(default_factory=dict)


def day_in(text: str) -> date | None:
    """The day that a text is, in digits or in Chinese numerals; ``None`` for any other text."""
    tight = re.sub(r"\s+", "", text)
    if found := _HAN_DAY.fullmatch(tight):
        year = "".join(str(_DIGITS.index("〇" if char in "○零Ｏ0" else char)) for char in found[1])
        tight = f"{year}年{_number(found[2])}月{_number(found[3])}日"
    try:
        return reading.day(tight)
    except ValueError:
        return None


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


def begin(parts: Sequence[object]) -> int:
    """Where the ending begins in parts without any chapter."""
    return find(parts).begin


def find(parts: Sequence[object]) -> Ending:
    """The ending of the last chapter's parts: the day that stands alone, the name above it, the editor below it.

    Of several days it is the first below a body's name, else the last above what belongs to the page.
    """
    lines = [(at, part) for at, part in enumerate(parts) if isinstance(part, Paragraph)]
    dated = _dated([line for _, line in lines])
    if dated is None:
        return _undated(parts, lines)
    at, line = lines[dated]
    name, day = _signed(line) or ("", "")
    into = Ending(at, at + 1, {"date": (day, line.place)})
    if name:
        into.values["signature"] = name, line.place
    elif dated and lines[dated - 1][0] == at - 1 and is_name(lines[dated - 1][1].text):
        into.values["signature"] = lines[dated - 1][1].text, lines[dated - 1][1].place
        into.begin = at - 1
    elif dated + 1 < len(lines) and lines[dated + 1][0] == at + 1 and _BODY.fullmatch(lines[dated + 1][1].text):
        into.values["signature"] = lines[dated + 1][1].text, lines[dated + 1][1].place
        into.end = at + 2
    _take_editor(parts, into)
    return into


def _dated(lines: Sequence[Paragraph]) -> int | None:
    """The place of the day among the lines."""
    days = [at for at, line in enumerate(lines) if _signed(line)]
    text = max((at for at, line in enumerate(lines[: days[0]]) if _is_sentence(line)), default=-1) if days else -1
    below = (at for at, line in enumerate(lines) if line.around or (at > text and is_furniture(line.text)))
    stop = next(below, len(lines))
    named = [at for at in days if (_signed(lines[at]) or ("",))[0] or (at and _BODY.fullmatch(lines[at - 1].text))]
    inside = [at for at in days if at < stop]
    return named[0] if named else inside[-1] if inside else None


def _undated(parts: Sequence[object], lines: list[tuple[int, Paragraph]]) -> Ending:
    """The ending without a day: it begins with the first line of the page's below all sentences, or with the name above."""
    text = max((at for at, line in lines if line.mark or _is_sentence(line)), default=-1)
    around = (at for at, line in lines if at > text and (is_furniture(line.text) or _EDITOR.fullmatch(line.text)))
    first = next(around, len(parts))
    into = Ending(first, first)
    above = [(at, line) for at, line in lines if at < first]
    if above and above[-1][0] == first - 1 and _BODY.fullmatch(above[-1][1].text):
        into.values["signature"] = above[-1][1].text, above[-1][1].place
        into.begin = first - 1
    _take_editor(parts, into)
    return into


def _is_sentence(line: Paragraph) -> bool:
    """Whether a line is text of a report: it ends as a sentence, and its words are not the page's."""
    return line.text[-1] in "。！" and not line.around and not is_furniture(line.text[:-1])


def _take_editor(parts: Sequence[object], into: Ending) -> None:
    if into.end < len(parts):
        line = parts[into.end]
        if isinstance(line, Paragraph) and (found := _EDITOR.fullmatch(line.text)) and len(found[1]) <= 40:
            into.values["editor"] = line.text, line.place
            into.end += 1


def _signed(line: Paragraph) -> tuple[str, str] | None:
    """The name, or '', and the day of a line that holds nothing else."""
    bare = line.text.strip("（）() 　")
    if day_in(bare):
        return "", bare
    found = _SIGNED_DAY.fullmatch(line.text)
    if found and day_in(found[2]) and _BODY.fullmatch(found[1].strip()):
        return found[1].strip(), found[2]
    return None


def is_name(text: str) -> bool:
    """Whether a line can be a signature: short, and no sentence."""
    return (
        len(text) <= 60
        and not re.search("[。；：:，,！？]", text)
        and not re.match(r"[（(]?[一二三四五六七八九十0-9]+[、）).]", text)
    )
