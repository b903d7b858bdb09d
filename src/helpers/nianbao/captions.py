"""What authors write beside tables and pictures: their names, and the notes below them.

The text is clean HTML, as `markdown` makes it: each block begins on a line of its own.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.reading import is_note, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

# 表5 各镇情况, 图1-2：各镇情况, 图：各镇情况; a sentence about a picture ends as one.
_NUMBER = r"(?:[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,2})?|[一二三四五六七八九十]{1,3})"
_NAME = rf"(?: ?{_NUMBER}(?:[ \u3000:：.、—-][^<\n。！？]+)?|[:：][^<\n。！？]+)(?<![。；;：:，,])"
_OF_TABLE, _OF_PICTURE = f"附?表{_NAME}", f"附?图{_NAME}"
_LINE = re.compile(rf"\s*(?:\*\*)?(?:{_OF_TABLE}|{_OF_PICTURE})(?:\*\*)?\s*")
_UNIT = r"[（(]?((?:计量|数量|金额)?单位\s*[:：]\s*[^。；;：:（）()\s<]{1,16})[）)]?"
_UNIT_LINE = re.compile(rf"\s*{_UNIT}\s*")
_PICTURE_LINE = re.compile(r"\s*(?:!\[[^\]]*\]\([^)\s]*\)\s*)+")
_TABLE = '<div class="scroll"><table>'
_NAMED = re.compile(
    rf"(?:<p>\s*{_UNIT}</p>\n)?<p>(?:<strong>)?({_OF_TABLE})(?:</strong>)?</p>\n(?:<p>\s*{_UNIT}</p>\n)?({_TABLE})"
)
_PICTURES = r"(?:<img [^>]*>\s*)+"
_PICTURE = re.compile(
    rf"<p>({_PICTURES})</p>\n<p>(?:<strong>)?({_OF_PICTURE})(?:</strong>)?</p>"
    rf"|<p>(?:<strong>)?({_OF_PICTURE})(?:</strong>)?</p>\n<p>({_PICTURES})</p>"
)
# A line that its writer ended by hand is shorter than any that a program broke.
_SHORT = 25
_GOES_ON = tuple("，、,；;：:（(《“—和及与或的")
_CONTINUES = tuple("，。、；：！？）)》”,.;:《“")
_SENTENCE = re.compile(r"[。！？]")
_TABLE_END = "</table></div>\n"
_END = re.compile(f"(?<={_TABLE_END})|(?<=</figure>\n)")
# A paragraph, or a list without another one in it.
_INSIDE = r"((?:(?!</?(?:li|[ou]l|p)\b).)*)"
_ITEM = re.compile(rf"<li>(?:\n<p>)?{_INSIDE}(?:</p>\n)?</li>\n", re.S)
_BLOCK = re.compile(rf"<p>(?P<text>.*?)</p>\s*|<(?P<list>[ou]l)>\n(?P<items>(?:{_ITEM.pattern})+)</(?P=list)>\s*", re.S)
_TAG = re.compile("<[^>]*>")
# What stands behind 注：, and 1. or （1） or ① there.
_SAID = re.compile(r"[^:：0-9]*[0-9]?\s*[:：]\s*(.*)", re.S)
_COUNTED = re.compile(r"(?<![0-9.])(?:(?P<open>[(（])?(?P<number>[0-9]{1,2})(?P<mark>[.、)）])(?![0-9])|(?P<ring>[①-⑳]))")
_STARRED = re.compile(r"[*※]{1,3}\s*[^*※\s]|[带标注打]有?[“\"]?[*※]")
_MARK = re.compile(r"[①-⑳#△▲†☆★]|\[[0-9a-z]\]")


def is_name(line: str) -> bool:
    """Whether a line of Markdown may be the name of a table or picture: beside one it is."""
    return _LINE.fullmatch(line) is not None


def is_alone(line: str, above: str, below: str) -> bool:
    """Whether a line is one of its own between two others: a picture, a name beside one or above a table, a unit."""
    if is_picture(line) or is_picture(above) or _UNIT_LINE.fullmatch(line) or _UNIT_LINE.fullmatch(above):
        return True
    return is_name(line) and (below.startswith("|") or is_picture(below) or _UNIT_LINE.fullmatch(below) is not None)


def is_picture(line: str) -> bool:
    """Whether a line of Markdown holds pictures and nothing else."""
    return line.lstrip().startswith("![") and _PICTURE_LINE.fullmatch(line) is not None


def is_over(note: str, above: str, line: str) -> bool:
    """Whether what opens as a note in a line ``note`` ends without a stop in that ``above``, as a sentence stands below.

    A source has no stop as a rule. A note that a program broke has a full line above, and no longer one below.
    """
    above = above.rstrip()
    if not is_note(note) or above.endswith(_GOES_ON) or line.startswith(_CONTINUES) or not _SENTENCE.search(line):
        return False
    return len(above) <= _SHORT or len(line) > len(above) + 2 or "来源" in note[:8]


def captioned(html: str) -> str:
    """Clean HTML in which tables and pictures have their names, and below tables and named pictures stand their notes.

    The name of a table stands right above it, its unit between or above; that of a picture stands right below or above it.
    A table and its notes are one, of the table's width.
    """
    html = _NAMED.sub(_table, html)
    html = _PICTURE.sub(_figure, html) if "<img" in html else html
    parts = _END.split(html)
    made = parts[:1]
    for above, part in pairwise(parts):
        noted = with_notes(part, above)
        if noted != part and above.endswith(_TABLE_END):
            begin = made[-1].rindex('<div class="scroll">')
            made[-1] = f'{made[-1][:begin]}<div class="noted">{made[-1][begin:]}'
            noted = noted.replace("</div>\n", "</div></div>\n", 1)
        made.append(noted)
    return "".join(made)


def _table(found: re.Match[str]) -> str:
    """The beginning of a table with its name, and with the unit behind it."""
    unit = f"（{found[1] or found[3]}）" if found[1] or found[3] else ""
    return f"{found[4]}<caption>{found[2]}{unit}</caption>"


def _figure(found: re.Match[str]) -> str:
    """A picture with its name, where it was typed."""
    if found[1]:
        return f"<figure>{found[1].strip()}<figcaption>{found[2]}</figcaption></figure>"
    return f'<figure class="named"><figcaption class="above">{found[3]}</figcaption>{found[4].strip()}</figure>'


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
    while block := _BLOCK.match(html, at):
        said = narrow(unescape(_TAG.sub("", block["text"] or "")))
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
        yield _texts(block), at


def _texts(block: re.Match[str]) -> list[str]:
    """A paragraph, or the items of a list with their marks."""
    if not block["items"]:
        return [block["text"]]
    return [
        f"{f'{number}.' if block['list'] == 'ol' else '•'} {item}"
        for number, item in enumerate(_ITEM.findall(block["items"]), 1)
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
