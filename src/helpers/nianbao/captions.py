"""What authors write beside tables and pictures: their names, and the notes below them.

The text is clean HTML, as `markdown` makes it: each block begins on a line of its own.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.numbered import NUMBER, SHOWS
from nianbao.reading import is_note, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = r"(?:[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,2})?|[一二三四五六七八九十]{1,3})"


def _name(kind: str, bold: str, sign: str) -> str:
    """A pattern for names of a ``kind``, 图 or 表. ``bold`` opens and closes bold type, a ``sign`` is one of a name's signs.

    表5 各镇情况, 图1-2：各镇情况, 图：各镇情况, 表5各镇情况, （表5）各镇情况, 续表5; a sentence about a picture ends as one.
    """
    apart = rf"{_PLACE}{bold}(?:[（(]续[）)])?{bold}(?:[ \u3000:：.、—-]{sign}+)?"
    glued = rf"{NUMBER}{bold}(?=[\u4e00-\u9fff（(《“])(?!{SHOWS}|[至到和与及或])(?:(?![，,；;]){sign}){{1,40}}"
    numbered = rf"(?:续|[（(]续[）)])?附?{kind}(?: ?{bold}(?:{apart}|{glued})|[:：]{sign}+)"
    inside = rf"[（(]续?附?{kind} ?{_PLACE}[）)]{bold}{sign}*"
    return rf"{bold}(?:{numbered}|{inside}|续{kind})(?<![。；;：:，,])(?<![。；;：:，,]</strong>){bold}"


_OF_TABLE, _OF_PICTURE = (_name(kind, "(?:</?strong>)?", r"(?:[^<\n。！？]|</?strong>)") for kind in "表图")
_TABLE_LINE, _PICTURE_NAME = (_name(kind, r"(?:\*\*)?", r"(?:(?!!\[)[^<\n。！？])") for kind in "表图")
_LINE = re.compile(rf"\s*(?:{_TABLE_LINE}|{_PICTURE_NAME})\s*")
_GLUED = re.compile(rf"\W*续?附?[表图] ?{NUMBER}\*{{0,2}}[\u4e00-\u9fff（(《“]")
_UNIT = r"[（(]?((?:计量|数量|金额)?单位\s*[:：]\s*[^。；;：:（）()\s<]{1,16})[）)]?"
_UNIT_LINE = re.compile(rf"\s*{_UNIT}\s*")
_SHOWN = r"\s*(?:!\[[^\]]*\]\([^)\s]*\)\s*)+"
_PICTURE_LINE = re.compile(rf"{_SHOWN}(?:{_PICTURE_NAME}\s*)?|\s*{_PICTURE_NAME}{_SHOWN}")
_TABLE = '<div class="scroll"><table>'
_NAMED = re.compile(rf"(?:<p>\s*{_UNIT}</p>\n)?<p>\s*({_OF_TABLE})</p>\n(?:<p>\s*{_UNIT}</p>\n)?({_TABLE})")
_PICTURES = r"(?:<img [^>]*>\s*)+"
# A picture and its name in one paragraph or two, in either order; its source between them.
_PICTURE = re.compile(
    rf"<p>(?P<over>{_PICTURES})(?:</p>\n<p>)?\s*(?P<below>{_OF_PICTURE})</p>"
    rf"|<p>\s*(?P<above>{_OF_PICTURE})\s*(?:</p>\n<p>)?(?P<under>{_PICTURES})</p>"
    rf"|<p>(?P<first>{_PICTURES})</p>\n(?P<note><p>(?!<img )[^\n]*</p>)\n<p>\s*(?P<last>{_OF_PICTURE})</p>(?!\n<p><img )"
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


def is_titled(above: str, line: str) -> bool:
    """Whether a name ends in the line ``above``, as a sentence stands below.

    表5各镇情况 may be the beginning of that sentence, 表5 各镇情况 is none.
    """
    return is_name(above) and not _GLUED.match(above) and _has_ended(above, line)


def is_alone(line: str, before: str, above: str, below: str) -> bool:
    """Whether a line is one of its own between two above and one below.

    It is a picture, the name of one or of a table, the source between a picture and its name, a unit, or stands below one.
    """
    if is_picture(line) or is_picture(above) or is_unit(line) or is_unit(above):
        return True
    if is_picture(before) and (is_name(above) or (is_note(above) and is_name(line))):
        return True
    return is_name(line) and (below.startswith("|") or is_picture(below) or is_unit(below))


def is_unit(line: str) -> bool:
    """Whether a line is the unit of a table: 单位：件."""
    return _UNIT_LINE.fullmatch(line) is not None


def is_picture(line: str) -> bool:
    """Whether a line of Markdown holds pictures and nothing else but their name."""
    return "![" in line and _PICTURE_LINE.fullmatch(line) is not None


def is_over(note: str, above: str, line: str) -> bool:
    """Whether what opens as a note in a line ``note`` ends without a stop in that ``above``, as a sentence stands below.

    A source has no stop as a rule. A note that a program broke has a full line above, and no longer one below.
    """
    return is_note(note) and _has_ended(above, line, is_short="来源" in note[:8])


def _has_ended(above: str, line: str, is_short: bool = False) -> bool:
    """Whether what has no stop ends in the line ``above`` a sentence, as its writer, and no program, ended the line."""
    above = above.rstrip()
    if above.endswith(_GOES_ON) or line.startswith(_CONTINUES) or not _SENTENCE.search(line):
        return False
    return is_short or len(above) <= _SHORT or len(line) > len(above) + 2


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
    return f"{found[4]}<caption>{_TAG.sub('', found[2])}{unit}</caption>"


def _figure(found: re.Match[str]) -> str:
    """A picture with its name, where it was typed; its source stands below both."""
    name = f"{_TAG.sub('', found['below'] or found['above'] or found['last']).strip()}</figcaption>"
    if found["above"]:
        return f'<figure class="named"><figcaption class="above">{name}{found["under"].strip()}</figure>'
    if found["note"] and not is_note(unescape(_TAG.sub("", found["note"]))):
        return found[0]
    made = f"<figure>{(found['over'] or found['first']).strip()}<figcaption>{name}</figure>"
    return f"{made}\n{found['note']}" if found["note"] else made


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
