"""What a line says of attachments: the heading of one, a list of them (附件说明), a word that points to one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.asides import is_aside
from nianbao.numbered import DIGIT, HAN_NUMBER, PARTED, TITLED, number_of
from nianbao.reading import is_note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# 附件1-1 and 附件1.1 are parts of an attachment, 附件2024年 is a year, 附件一览 and 附件一般公共预算 have none.
_NUMBER = rf"(?:{DIGIT}{{1,2}}(?!{DIGIT}|[年月]|{PARTED}{DIGIT}{{1,2}}(?!{DIGIT}))|{HAN_NUMBER})"
# Ⅱ, II and A; 附件A类名单 has none.
_SIGN = rf"(?:{_NUMBER}|[Ⅰ-Ⅻ]|[IVX]{{2,4}}(?![A-Za-z])|[A-ZＡ-Ｚ](?=[\s：:、．.，,《（()）〔〕【】\[\]—–-]|$))"
_LABELLED = re.compile(
    rf"(?P<mark>附[件表录]\s*(?:(?:(?P<bare>{_SIGN})|[（(〔【\[]\s*(?P<inside>{_SIGN})\s*[）)〕】\]])"
    rf"|(?=[：:])|(?<=\s)(?=[\u4e00-\u9fff《“])))(?P<sign>\s*(?:[：:、．.，,]|[-－–—_]{{1,2}}(?!{DIGIT}))?\s*)(?P<title>.*)"
)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_UNNAMED = re.compile(r"附[件表录]\s*[0-9０-９一二三四五六七八九十]*\s*[：:]?")
_ENDS = "。，、；：！？.,;:!? \u3000"
_STOPS = "。；，、：\u3000"  # no title ends in one; other signs may be its own: 甲..., 乙公司 Co.
_OPEN = r"^[\s\u3000（(]*(?:#{3,6}[\s\u3000]*)?(?:\*\*)?"
_COUNT = r"(?:\s*[（(]?共?\s*[0-9０-９一二两三四五六七八九十]{1,3}\s*[个件份项][）)]?)?"  # （共2个）
_LIST = re.compile(
    rf"{_OPEN}附\s*(?:件\s*(?:列表|目录|清单|说明|如下)?|表(?=\s*[：:]))?\s*(?P<number>{_NUMBER})?{_COUNT}"
    r"\s*(?:\*\*)?\s*[：:]\s*(?:\*\*)?\s*(?P<rest>.*)$"
    rf"|{_OPEN}附件\s*(?P<counted>{_NUMBER})(?:\s*[.．、]\s*|[ \u3000]+)(?P<name>[^。；，]{{1,60}})$"
)
_TITLE = "[^。；，]{1,60}"
_ONE = rf"(?:{_NUMBER}|[（(]\s*{_NUMBER}\s*[）)])"
# 附件1：统计表, 附件1, 附件：统计表, 附：统计表; 附件1统计表, 附件（1）统计表, （附件）统计表, 附件 统计表.
_PASTED = re.compile(
    rf"{_OPEN}(?:附[ \u3000]{{0,2}}[件表录]\s*(?:{_ONE}\s*(?:[：:、．.\s\u3000]\s*{_TITLE}|\*\*)?|[：:]\s*{_TITLE}"
    rf"|(?:{_ONE}[）)]?|[）)]|(?<=[ \u3000]))\s*{TITLED}{_TITLE})|附\s*{_ONE}?\s*[：:]\s*{_TITLE})$"
)
_HEADS = re.compile(
    rf"[（(]?附[ \u3000]*(?P<kind>[件表录])?\s*[（(]?\s*(?P<number>{_NUMBER})?\s*[）)]{{0,2}}\s*[：:、．.]?\s*(?P<title>.*)"
)
# 附件 or 附表 and nothing more, or 附件1：, of which the name stands below; the caption of a table.
_ALONE = re.compile(rf"{_OPEN}附[ \u3000]{{0,2}}[件表录](?:(?:\*\*)?|\s*{_ONE}?\s*(?P<colon>[：:])(?:\*\*)?)$")
_CAPTION = re.compile(rf"{_OPEN}附表\s*(?P<number>{_NUMBER})?")
_SEVERAL = 8  # lines that are looked at for what an attachment holds
_COUNTED = r"(?:附[件表录]\s*([0-9０-９]{1,2})\s*[.．、：:\s]|([0-9０-９]{1,2})\s*[.．、](?![0-9０-９]))"
_ITEM = re.compile(rf"^(?:\*\*)?{_COUNTED}\s*(?=\S)")
_BULLET = re.compile(r"(?:[-+*•·●■◆▪○◇□]|[①-⑳]|[（(]?[0-9０-９]{1,2}[）)])[ \t\u3000]*(?=[^*\s])")
_ITEMS = re.compile(rf"(?:^|(?<=[\s\u3000；;、，,。])){_COUNTED}\s*|<br\s*/?>")
_HAN = re.compile(r"[一二三四五六七八九十]{1,3}、")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")
# What stands behind 附件： and names none.
_NONE = re.compile(
    r"(?:(?:暂?无|没有|略)$|[详请参另可]+见|见(?=[《“”网官本下上附后])|[另后]附|附后|登[录陆]|请(?![示求假]))"
)


@dataclass(frozen=True, slots=True)
class Label:
    """The heading of an attachment: 附件1： as typed, the number, and the name without marks at its ends."""

    mark: str
    number: int | None
    title: str

    @property
    def name(self) -> str:
        return self.title.strip().rstrip(_ENDS)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of attachments that a bureau has typed, ``at`` a character of a text: numbers, if they are there, and names.

    ``is_pasted`` is one that text follows: it heads an attachment that has no ``##``. Below one that ``closes`` the text
    nothing stands. Where an item is a link, it ``leads`` elsewhere.
    """

    at: int
    line: str
    items: tuple[tuple[int | None, str], ...]
    is_pasted: bool = False
    closes: bool = False
    leads: bool = False


def label_of(heading: str) -> Label | None:
    """The parts of a heading such as 附件1：统计表 or 附表1; nothing for any other, such as 附件材料."""
    found = _LABELLED.fullmatch(heading.strip())
    if not found:
        return None
    sign = "：" if found["sign"].strip(" \u3000，,-－–—_") != found["sign"].strip() else found["sign"]
    title = found["title"].rstrip(_STOPS)
    return Label(found["mark"] + sign, _counted(found["bare"] or found["inside"]), title if title.strip(_ENDS) else "")


def name_of(heading: str) -> str:
    """The name of an attachment as a list has it, without marks at its ends; its whole heading where that is all it has."""
    label = label_of(heading)
    return label.name if label and label.name else heading.strip().rstrip(_ENDS)


def heading_of(line: str) -> str:
    """The heading that a line without ``##`` is to have: 附件1：统计表 for （附件1）统计表."""
    label, found = label_of(line), _HEADS.fullmatch(line)
    mark = label.mark if label else ""
    is_inside = bool(found and found["number"]) and bool(set("（(") & set(mark))
    if not found or (label and not is_inside and (label.number or mark.endswith(("：", ":")))):
        return line
    return f"附{found['kind'] or '件'}{found['number'] or ''}{'：' * bool(found['title'])}{found['title']}"


def is_unnamed(heading: str) -> bool:
    """Whether a heading is 附件, 附表 or 附录 and a number at most."""
    label = label_of(heading)
    return bool(_UNNAMED.fullmatch(heading.strip())) or (label is not None and not label.name)


def numbers(headings: list[str]) -> list[int]:
    """The number of each attachment in a list: those that the headings have, or else their places."""
    labels = [label_of(one) for one in headings]
    typed = [one.number for one in labels if one and one.number]
    is_one_kind = len({one.mark[:2] for one in labels if one}) == 1
    return typed if is_one_kind and len(typed) == len(headings) else list(range(1, len(headings) + 1))


def _counted(sign: str | None) -> int | None:
    """The number that a sign of an attachment stands for: 2 for 2, 二, Ⅱ, II and B."""
    plain = unicodedata.normalize("NFKC", sign or "")  # Ⅱ as II
    if plain in _ROMAN[1:]:
        return _ROMAN.index(plain)
    return ord(plain) - ord("A") + 1 if plain.isascii() and plain.isupper() and len(plain) == 1 else number_of(sign)


def lists(text: str, known: Collection[str] = ()) -> Iterator[Listed]:
    """The lists of attachments in a text, and the lines that head an attachment without being marked as headings.

    A name in which a comma stands, and one without a number below another, is one where it is ``known`` as an attachment's.
    """
    lines, end = _lines(text), 0
    for at, (begin, line) in enumerate(lines):
        if at < end or not (_LIST.match(line) or _PASTED.match(line)):
            continue
        items, end = _gathered(lines, at, known)
        if any(_NONE.match(name) for _, name in items):
            continue
        below = next((one for _, one in lines[end:] if one), "")
        if below and len(items) < 2 and _PASTED.match(line):
            if _is_caption(lines, at):
                continue
            yield Listed(begin, line, tuple(items), is_pasted=True)
        elif items and all(name in known or not set("。，|") & set(name) for _, name in items):
            shown = tuple((number, _LINK.sub(r"\1", name)) for number, name in items)
            yield Listed(begin, line, shown, closes=not below, leads=shown != tuple(items))


def unmarked(text: str, known: Collection[str], is_last: bool) -> Iterator[tuple[int, str]]:
    """The lines that head an attachment without being marked as headings: where each begins, and the line.

    附件 alone may head a list instead. 附表：甲 is the caption of a table, but at the end of the ``last`` chapter.
    """
    yield from ((one.at, one.line) for one in lists(text, known) if one.is_pasted)
    lines = _lines(text)
    for at, (begin, line) in enumerate(lines):
        alone = _ALONE.match(line)
        following = [one for _, one in lines[at + 1 : at + _SEVERAL] if one] if alone else []
        below = following[0] if following and not (alone and alone["colon"] and not _has_content(following[1:])) else ""
        is_list = _ITEM.match(below) or _BULLET.match(below) or _in_full(below, known)
        if (caption := _CAPTION.match(line)) and _is_caption(lines, at):
            if is_last and not caption["number"] and _ends_with_table(lines[at + 1 :]):
                yield begin, line
        elif below and not is_list and not _NONE.match(below) and not _LINK.match(below):
            yield begin, line


def _has_content(lines: list[str]) -> bool:
    """Whether lines are what an attachment holds, and not the names of several."""
    return any(one.startswith(("|", "![")) or one.endswith("。") for one in lines)


def _is_caption(lines: list[tuple[int, str]], at: int) -> bool:
    """Whether a line is 附表, with a number or a name or neither, above a table; `asides` may stand between."""
    below = next((one for _, one in lines[at + 1 :] if one and not is_aside(one)), "")
    return below.startswith("|") and bool(_CAPTION.match(lines[at][1]))


def has_annexed(text: str) -> bool:
    """Whether a table of a text is named 附表, with or without a number."""
    lines = _lines(text)
    return any(_is_caption(lines, at) for at, (_, line) in enumerate(lines) if "附表" in line)


def _ends_with_table(lines: list[tuple[int, str]]) -> bool:
    """Whether nothing but a table follows, with its notes."""
    rest = [one for _, one in lines if one and not is_aside(one)]
    below = next((at for at, one in enumerate(rest) if not one.startswith("|")), len(rest))
    return all(map(is_note, rest[below:]))


def closing(text: str, known: Collection[str]) -> Listed | None:
    """The list of attachments with which a text ends, if it does and leads nowhere."""
    return next((one for one in lists(text, known) if one.closes and not one.leads), None)


def _lines(text: str) -> list[tuple[int, str]]:
    """Where each line begins, and the line without white space around it."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((start, line.strip(" \t\u3000\r\n")))
        start += len(line)
    return lines


def _gathered(lines: list[tuple[int, str]], at: int, known: Collection[str]) -> tuple[list[tuple[int | None, str]], int]:
    """The items of the list that begins on a line, and the line behind it. A ``known`` name needs no number."""
    head = _LIST.match(lines[at][1])
    if not head:
        return [], at + 1
    items: list[tuple[int | None, str]] = []
    end, is_bare = at, head["rest"] == ""
    while end < len(lines):
        line = lines[end][1]
        again = _LIST.match(line) if end == at or _said(head)[0] else None
        if again and (end == at or _said(again)[0]):
            number, rest = _said(again)
            items += [(number_of(number), rest)] if number else _items(rest)
        elif is_bare and (bullet := _BULLET.match(line)):
            items.append((None, line[bullet.end() :]))
        elif line and not _ITEM.match(line) and not _in_full(line, known):
            break
        else:
            items += _items(line.removeprefix("**"))
        end += 1
    named = [(number, one) for number, name in items for one in _in_full(name, known) or [_stripped(name)]]
    return [one for one in named if one[1]], end


def _in_full(text: str, known: Collection[str]) -> list[str]:
    """The names of which a text is made: 甲, 一、甲 or 甲、乙, where each is ``known``; else none."""
    name = _stripped(text)
    for names in ([name], [_stripped(_HAN.sub("", name, count=1))], [*map(_stripped, name.split("、"))]):
        if all(one in known for one in names):
            return names
    return []


def _stripped(name: str) -> str:
    """A name without stars and stops at its ends."""
    return name.strip("* \t\u3000").rstrip("*" + _ENDS)


def _said(line: re.Match[str]) -> tuple[str | None, str]:
    """The number behind 附件 in a line of a list, and what follows."""
    return line["number"] or line["counted"], line["rest"] if line["rest"] is not None else line["name"]


def _items(text: str) -> list[tuple[int | None, str]]:
    """1. 甲 2. 乙 in one line as its items."""
    first, *rest = _ITEMS.split(text)
    parts = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    return [(None, first), *((number_of(labelled or counted), name) for labelled, counted, name in parts)]
