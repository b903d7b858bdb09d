"""The titles of reports in a flow, over one line or several; a file may hold more than one report."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import is_furniture, labels_in
from nianbao.offices import ENDS
from nianbao.statute import tree
from nianbao.wording import HAN_DIGITS, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_YEAR = rf"(?P<year>[0-9]{{4}}|[零○{HAN_DIGITS}]{{4}})年?(?:年?度)?"
_WHAT = r"(?:政府信息|政务信息|政务)(?:与政务)?公开"
_REPORT = r"[^0-9。，]{0,12}(?:报告|年报)"
_NO_DIGITS = "[^0-9〇零。，]"
# The year first or before what is reported, in the middle, or behind it.
_TITLES = (
    re.compile(
        rf"(?P<name>{_NO_DIGITS}*?)(?:关于)?{_YEAR}(?P<by>[^0-9。，]{{0,30}}?){_WHAT}{_REPORT}(?:\([^()]{{0,10}}\))?"
    ),
    re.compile(rf"(?P<name>{_NO_DIGITS}*?)(?P<by>){_WHAT}(?:工作)?{_YEAR}{_REPORT}(?:\([^()]{{0,10}}\))?"),
    re.compile(rf"(?P<name>{_NO_DIGITS}*?)(?P<by>){_WHAT}{_REPORT}\(?{_YEAR}\)?"),
)
_SAYS = re.compile("现(?:将|予|就|公布|发布|公开)|兹将|特此|根据|按照|依据")  # how a sentence begins that names a report
_NAME = re.compile(f"(?:{ENDS}|市|县|镇|乡|街道)$")
# 信息公开 without 政府 before it: only beside a body's name and the year.
_BY, _PLAINLY = f"(?P<name>{_NO_DIGITS}+?)", "信息公开(?:工作)?(?:情况)?的?"
_YEARLY = "(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报)"
_PLAIN = (
    re.compile(rf"{_BY}(?:关于)?{_YEAR}{_PLAINLY}{_YEARLY}"),
    re.compile(rf"{_YEAR}{_BY}{_PLAINLY}{_YEARLY}"),
    re.compile(rf"{_BY}{_PLAINLY}{_YEAR}{_YEARLY}"),
    re.compile(rf"{_BY}{_PLAINLY}{_YEARLY}\(?{_YEAR}\)?"),
)
# Stands between a page's title and the site's; between two years it makes a span of them.
_OF_SITE = re.compile(r"\s*(?:[_|｜]+|(?<![0-9年度\-－—–])[\-－—–]+|[\-－—–]+(?![\-－—–0-9]))\s*|\s{2,}")
_LIKE = re.compile("[^。；;，,：:！!？?]*20[0-9]{2}[^。；;，,：:！!？?]*公.{0,3}开[^。；;，,：:！!？?]*")
_LONGEST, _LONGEST_LIKE = 90, 60
_CLOSING = {"”": "“", "’": "‘", "」": "「"}
_LINE = 45
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title.

    Parameters
    ----------
    lines : tuple of str
    name : str
        The body whose report it is; '' where the title does not name it.
    year : int
    begin, end : int
        The places of its lines.
    """

    lines: tuple[str, ...]
    name: str
    year: int
    begin: int
    end: int
    place: str

    @property
    def text(self) -> str:
        """The title in one line."""
        return "".join(self.lines)


def find(parts: Sequence[object]) -> list[Title]:
    """All titles in order; a link to a report is none, nor is what belongs to the page around."""
    found: list[Title] = []
    at = 0
    while at < len(parts):
        title = _at(parts, at)
        if title:
            found.append(title)
        at = title.end if title else at + 1
    return found


def _at(parts: Sequence[object], at: int) -> Title | None:
    """The title that begins here, in as few lines as it takes."""
    lines: list[Paragraph] = []
    for line in parts[at : at + MOST_LINES]:
        if not isinstance(line, Paragraph) or not _may_be(line):
            return None
        lines.append(line)
        read = parse("".join(one.text for one in lines))
        alone = parse(line.text)
        if len(lines) > 1 and alone and (alone[0] or not _is_name(lines[0].text)):
            return None  # the title begins below
        if read:
            return (
                None
                if _is_in_sentence(parts, at, at + len(lines))
                else Title(tuple(one.text for one in lines), read[0], read[1], at, at + len(lines), line.place)
            )
    return None


def _is_in_sentence(parts: Sequence[object], begin: int, end: int) -> bool:
    """Whether lines are of a sentence, that is of running text: it goes on below with a stop, or has begun above."""
    above = parts[begin - 1] if begin else None
    below = parts[end] if end < len(parts) else None
    has_begun = isinstance(above, Paragraph) and above.text.endswith(("，", "、", "（"))
    return has_begun or (isinstance(below, Paragraph) and below.text.startswith(("。", "，", "、", "；", "）")))


def _may_be(line: Paragraph) -> bool:
    text = line.text
    is_line = not line.around and not line.mark and len(text) <= _LONGEST and not re.search("[。；：:>＞»|]", text)
    return is_line and not (is_furniture(text) or labels_in(text))


def _is_name(text: str) -> bool:
    return len(text) <= _LINE and bool(_NAME.search(text))


def parse(text: str) -> tuple[str, int] | None:
    """The body and the year that a title names; ``None`` where the text is no title."""
    tight = tree.normalise(text).strip("《》")
    if len(tight) > _LONGEST:
        return None
    found = next(filter(None, (one.fullmatch(tight) for one in _TITLES)), None) or _plain(tight)
    if not found:
        return None
    year = in_digits(found["year"])
    if not 2008 <= year <= 2100 or _SAYS.match(tight):
        return None
    by = found.groupdict().get("by", "")
    name = found["name"] or (by if len(by) > 2 else "")
    name = _as_written(name.removesuffix("年"), text)
    return f"{name}政府" if name.endswith("人民") else name, year  # 人民政府信息公开


def _as_written(name: str, text: str) -> str:
    """A name with its own brackets and quotes, as a text writes it that holds it as labels are compared."""
    simple = simplified(text)
    lengths = [len(tree.normalise(simple[:at])) for at in range(len(simple) + 1)]
    begin = tree.normalise(simple).find(name)
    first, last = (bisect_left(lengths, length) for length in (begin, begin + len(name)))
    written, rest = simple[first:last], simple[last:]
    closing = rest[:1] if rest[:1] in _CLOSING and written.count(_CLOSING[rest[:1]]) > written.count(rest[:1]) else ""
    return "".join(f"{written}{closing}".lstrip("《").split())


def is_like(part: object) -> bool:
    """Whether a line reads like the title of a report that is not written as titles are."""
    return isinstance(part, Paragraph) and len(part.text) <= _LONGEST_LIKE and bool(_LIKE.fullmatch(part.text))


def _plain(tight: str) -> re.Match[str] | None:
    found = (one.fullmatch(tight) for one in _PLAIN)
    return next((one for one in found if one and _NAME.search(one["name"])), None)


def of_pages(titled: Iterable[str], year: int) -> Title | None:
    """The one title of a year's report that the ``<title>`` of some pages says, where a site's name may stand too."""
    said = [text.strip() for one in titled for text in (one, *_OF_SITE.split(one))]
    found = {text: read for text in said if (read := parse(text)) and read[1] == year}
    if len({*found.values()}) != 1:
        return None
    text = next(iter(found))
    return Title((text,), *found[text], 0, 0, "网页")
