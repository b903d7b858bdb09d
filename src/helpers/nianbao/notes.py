"""The notes below a table or a picture: 注：, sources, and what goes on from these.

The text is clean HTML, as `markdown` makes it: each block begins on a line of its own.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from nianbao.reading import is_note, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTE_MARK = re.compile(r'<sup class="footnote-ref"[^>]*>(?:<a [^>]*>)?[^<]*(?:</a>)?</sup>')  # a footnote's, part of no name
_SHORT = 25  # characters: a line that its writer ended by hand is shorter than any that a program broke
_GOES_ON = tuple("，、,；;：:（(《“—和及与或的")
_CONTINUES = tuple("，。、；：！？）)》”,.;:《“")
_SENTENCE = re.compile(r"[。！？]")
# A paragraph, or a list without another one in it.
_INSIDE = r"((?:(?!</?(?:li|[ou]l|p)\b).)*)"
_ITEM = re.compile(rf"<li>(?:\n<p>)?{_INSIDE}(?:</p>\n)?</li>\n", re.S)
BLOCK = re.compile(
    r'<p>(?P<text>.*?)</p>\s*|<(?P<list>[ou]l)(?: start="(?P<first>\d{1,2})")?>'
    rf"\n(?P<items>(?:{_ITEM.pattern})+)</(?P=list)>\s*",
    re.S,
)
_TAG = re.compile("<[^>]*>")
# What stands behind 注：, and 1. or （1） or ① there.
_SAID = re.compile(r"[^:：0-9]*[0-9]?\s*[:：]\s*(.*)", re.S)
_COUNTED = re.compile(r"(?<![0-9.])(?:(?P<open>[(（])?(?P<number>[0-9]{1,2})(?P<mark>[.、)）])(?![0-9])|(?P<ring>[①-⑳]))")
_STARRED = re.compile(r"[*※]{1,3}\s*[^*※\s]|[带标注打]有?[“\"]?[*※]")
_MARK = re.compile(r"[①-⑳#△▲†☆★]|\[[0-9a-z]\]")


def is_over(note: str, above: str, line: str) -> bool:
    """Whether what opens as a note in a line ``note`` ends without a stop in that ``above``, as a sentence stands below.

    A source has no stop as a rule. A note that a program broke has a full line above, and no longer one below.
    """
    return is_note(note) and has_ended(above, line, is_short="来源" in note[:8])


def has_ended(above: str, line: str, is_short: bool = False) -> bool:
    """Whether what has no stop ends in the line ``above`` a sentence, as its writer, and no program, ended the line."""
    above = above.rstrip()
    if above.endswith(_GOES_ON) or line.startswith(_CONTINUES) or not _SENTENCE.search(line):
        return False
    return is_short or len(above) <= _SHORT or len(line) > len(above) + 2


def with_notes(html: str, above: str = "") -> str:
    """Text below a table: what notes it begins with are set as notes of the table.

    These are paragraphs that open as notes do, what goes on from one (2. below 注：1., a list below 注：), and paragraphs
    with a star or with a sign that a cell of the table ``above`` has as well.
    """
    notes = list(_notes(html, above))
    if not notes:
        return html
    paragraphs = "\n".join(f"<p>{one}</p>" for texts, _ in notes for one in texts)
    return f'<div class="note">{paragraphs}</div>\n{html[notes[-1][1] :]}'


def _notes(html: str, above: str) -> Iterator[tuple[list[str], int]]:
    """The notes with which a text begins, block by block, and where each block ends."""
    at, last, is_open = 0, ("", 0), False
    while block := BLOCK.match(html, at):
        texts = _texts(block)
        said = narrow(unescape(_TAG.sub("", " ".join(texts) if block["text"] or block["first"] else "")))
        if is_note(said):
            found = _SAID.match(said)
            rest = found[1] if found else said
            is_open, last = not rest or rest.endswith((":", "：")), _counted(rest, ("", 0))
        elif is_open:
            is_open, last = False, _counted(said, ("", 0))
        elif last[1] and (counted := _counted(said, last)) != last:
            last = counted
        elif block["items"] or not _is_marked(said, above):
            return
        else:
            last = _counted(said, ("", 0))
        at = block.end()
        yield texts, at


def _texts(block: re.Match[str]) -> list[str]:
    """A paragraph, or the items of a list with their marks."""
    if not block["items"]:
        return [block["text"]]
    return [
        f"{f'{number}.' if block['list'] == 'ol' else '•'} {item}"
        for number, item in enumerate(_ITEM.findall(block["items"]), int(block["first"] or 1))
    ]


def _counted(text: str, last: tuple[str, int]) -> tuple[str, int]:
    """How notes are counted, and up to which number, once a text has gone on from the ``last`` one, or begun."""
    for at, found in enumerate(_COUNTED.finditer(text)):
        number = ord(found["ring"]) - ord("①") + 1 if found["ring"] else int(found["number"])
        kind = "①" if found["ring"] else (found["open"] or "") + found["mark"].replace("、", ".")
        is_next = last[1] and (kind, number) == (last[0], last[1] + 1)
        is_first = not last[1] and number == 1
        if at == 0 and (found.start() or not (is_next or is_first)):
            break
        last = (kind, number) if is_next or is_first else last
    return last


def _is_marked(text: str, above: str) -> bool:
    """Whether a text opens with a star, or with a sign that the table above it has too."""
    sign = _MARK.match(text)
    return bool(_STARRED.match(text)) or (sign is not None and sign[0] in _TAG.sub("", above.rpartition("<table")[2]))
