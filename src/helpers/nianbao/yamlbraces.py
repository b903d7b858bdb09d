"""What stands in quotes or in ``{…}`` in a YAML text: where it ends, and the slips of the hand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.S)
HALF = re.compile(r":(?=[ \t\n]|$)")
COMMENT = re.compile(r"(?:^|\s)#.*")
COMMA = re.compile(r"，\s*[^\s，：:]+\s*(?:：|:(?=\s|$))")
# A word that can be meant as a key: no sentence.
_WORD = re.compile(r"[^\s，。；！？“”{}\[\]][^，。；！？{}\[\]]{0,39}")
_GROUP = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")
BLANK = "半角冒号加一个空格"
MOST_UNCLOSED = 10  # each is looked for to the end of the file


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its line from 1, what stands there, what was expected, and what to do."""

    line: int
    found: str
    expected: str
    action: str
    spoils_siblings: bool = False
    """Whether the faults of the lines beside it follow from it."""
    is_unclosed: bool = False


def may_be_key(word: str, rest: str, is_quoted: bool) -> bool:
    """Whether a word before ``：`` or ``:`` may be meant as a key; that of a time or an address is none."""
    if is_quoted:
        return rest.startswith("：") and QUOTED.fullmatch(word) is not None
    is_other = rest.startswith("://") or (word.isdigit() and rest[1:2].isdigit())
    return _WORD.fullmatch(word) is not None and not is_other


def no_colon(number: int, word: str, mark: str, value: str) -> Slip:
    """The slip of a key that ``：`` follows, or ``:`` without a blank."""
    found = f"“{word}”后面是全角冒号“：”" if mark == "：" else f"“{word}:”后面缺一个空格"
    return Slip(number, found, f"{BLANK}，如 {word}: {value[:20]}".rstrip(), "冒号用半角，后面空一格")


def _wide_comma(number: int, text: str) -> Slip:
    """The slip of a full-width comma between two keys."""
    return Slip(number, f"全角逗号“，”：{text.strip()[:40]}", "半角逗号，如 {value: 5, unit: 条}", "各项之间的逗号改为半角")


def of_value(number: int, text: str) -> Slip | None:
    """The slip in a value or key that was refused as it stands."""
    if text[:1] in {"“", "‘", "＂", "＇"}:
        return Slip(
            number, f"全角引号：{text[:40]}", f'半角引号，如 "{text.strip("“”‘’＂＇")[:30]}"', "改用半角引号，或去掉引号"
        )
    if text[:1] in {"｛", "［"}:
        kind = "花括号“｛ ｝”" if text[0] == "｛" else "方括号“［ ］”"
        return Slip(
            number, f"全角{kind}：{text[:40]}", "{键: 值, 键: 值}" if text[0] == "｛" else "[甲, 乙]", "改用半角括号"
        )
    if COMMA.search(text):
        return _wide_comma(number, text)
    return None


def inside(text: str, at: int, number: int, value: str, found: list[Slip]) -> int:
    """Add the slips of a quoted text or of one in brackets; returns where it ends in the text."""
    opened = value[0]
    if opened in "\"'":
        quoted = QUOTED.match(text, at)
        rest = text[quoted.end() :].partition("\n")[0] if quoted else ""
        if quoted and ("\n" not in quoted.group() or not COMMENT.sub("", rest).strip()):
            return quoted.end()
        found.append(_unclosed(number, opened, value))
    elif opened in "{[" and sum(one.is_unclosed for one in found) < MOST_UNCLOSED:
        return _flow(text, at, number, value, found)
    elif opened in "｛［" and HALF.search(value) and (slip := of_value(number, value)):
        found.append(slip)
    return 0


def _flow(text: str, at: int, first: int, value: str, found: list[Slip]) -> int:
    """Walk through ``{…}`` or ``[…]``: add its slips, and return where it ends; 0 when it does not."""
    opened, entry, entries = [], "", []  # type: list[tuple[str, int]], str, list[tuple[int, str]]
    number, counted = first, at
    while at < len(text):
        char = text[at]
        if char in "\"'{}[],\n":
            number, counted = number + text.count("\n", counted, at), at
        if char in "\"'" and not entry.rpartition(":")[2].strip():
            quoted = QUOTED.match(text, at)
            if not quoted or text[quoted.end() : quoted.end() + 1] not in {"", *" \t\n,}]:：｝"}:
                found.append(_unclosed(number, char, text[at:].partition("\n")[0]))
                return 0
            entry, at = entry + "\0", quoted.end()
            continue
        if char == "#" and entry[-1:] in {"", " ", "\n", "\t"}:
            at = end if (end := text.find("\n", at)) >= 0 else len(text)
            continue
        if char in "{}[]," and opened and opened[-1][0] == "{":
            entries.append((number, entry + (char if char in "{[" else "")))
        if char in "{[":
            opened.append((char, number))
        elif char in "}]" and opened:
            opened.pop()
        entry = "" if char in "{}[]," else entry + char
        at += 1
        if not opened:
            found.extend(_of_entries(entries))
            return at
    found.extend(one for one in _of_entries(entries) if one.line == first)
    found.append(_unclosed(opened[0][1], opened[0][0], value))
    return 0


def _of_entries(entries: list[tuple[int, str]]) -> Iterator[Slip]:
    """The slips of the entries of ``{…}``; quoted texts stand as NUL in them."""
    before = ""
    for at, (number, written) in enumerate(entries):
        entry = written.rstrip("{[").strip()
        half = HALF.search(written.strip())
        bare = re.match(r"([^:：]+?)\s*([:：])(.*)", entry, re.S)
        first = re.search(r":\s+([0-9]{1,3})$", before)
        if first and _GROUP.fullmatch(entry):
            groups = takewhile(_GROUP.fullmatch, (one.strip() for _, one in entries[at:]))
            shown = ",".join((first[1], *groups))
            expected = f'{shown.replace(",", "")}，或加引号 "{shown}"'
            yield Slip(number, f"千位分隔符把数值拆成了两半：{shown}", expected, "去掉逗号或加引号")
        elif half and COMMA.search(entry.replace("：", "\0"), half.end()):
            yield _wide_comma(number, entry)
        elif not half and bare and may_be_key(bare[1].replace("\0", '""'), bare[2] + bare[3], "\0" in bare[1]):
            yield no_colon(number, bare[1].replace("\0", "…"), bare[2], bare[3].replace("\0", "…").strip())
        before = entry


def _unclosed(number: int, opened: str, written: str) -> Slip:
    name = {'"': "引号", "'": "引号", "{": "花括号", "[": "方括号"}[opened]
    closed = {"{": "}", "[": "]"}.get(opened, opened)
    wide = next((char for char in "｝］”’＂" if char in written), "")
    ended = f"，后面是全角的“{wide}”" if wide else ""
    found = f"{name} {opened} 没有成对{ended}：{written[:40]}"
    return Slip(number, found, f"以半角的 {closed} 结束", "在这一处的末尾补上", is_unclosed=True)
