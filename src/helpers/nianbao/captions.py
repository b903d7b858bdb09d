"""The names that authors write beside tables and pictures.

The text is clean HTML, as `markdown` makes it: each block begins on a line of its own.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from nianbao.notes import NOTE_MARK, has_ended, with_notes
from nianbao.numbered import DIGIT, GLUED, HAN, JOINED, PARTED
from nianbao.reading import is_note
from nianbao.units import UNIT, behind_name, is_unit

_PLACE = rf"(?:{DIGIT}{{1,3}}(?:{PARTED}{DIGIT}{{1,2}})?|{HAN})"
_SIGN = r"(?:[^\n。！？]|[！？](?=[”’』」》）)]|\s*$))"
_REST = rf"(?:(?:(?![，,；;]){_SIGN}){{1,40}})"
_GOES_ON_AS = "(?:续|[（(]续[）)])?"
_NUMBERED = (
    rf"{_GOES_ON_AS}附?[图表](?: ?{_PLACE}(?!{JOINED})(?:[（(]续[）)])?(?:[ \u3000:：.、—-]{_SIGN}*)?"
    rf"| ?{GLUED}{_REST}|[:：]{_SIGN}+)"
)
_INSIDE = rf"[（(]续?附?[图表] ?{_PLACE}[）)]{_SIGN}*|{_GOES_ON_AS}附?[图表] ?[（(]{_PLACE}[）)]{_SIGN}*"
# 表5 各镇情况, 图1-2：各镇情况, 图：各镇情况, 表5各镇情况, （表5）各镇情况, 表（5）各镇情况, （表5 各镇情况）, ▲图1 各镇,
# 续表5; a sentence about a picture ends as one.
_NAME = re.compile(rf"(?:[▲△▼▽↑↓◆◇■□●○★☆]\s*)?(?:{_NUMBERED}|{_INSIDE}|[（(](?:{_NUMBERED})[）)]|续[图表])(?<![。；;，,])")
_GLUED = re.compile(rf"\W*续?附?[图表] ?{GLUED}")
_KIND = re.compile(r"[^\w（(]*[（(]?续?[）)]?附?([图表])")
# The marks that words in a line of Markdown have, and of those in clean HTML all that a name does without.
_MARKS = re.compile(r"</?[a-z]+\b[^<>]*>\n?|\*{1,2}|(?<!!)\[(?P<text>[^\[\]\n]*)\]\([^()\s]*\)")
_LOOKS = re.compile(r"</?(?:strong|em|b|i)\b[^>]*>|^(?:\s|<br>)+|(?<!\s)(?<!<br>)(?:\s|<br>)+$")
_SHOWN = re.compile(r"(?:\s*!\[[^\]]*\]\([^)\s]*\))+\s*(?:<br>)?")
_TABLE = r'<div class="scroll">(?:<style>[^<]*</style>\s*)?<table\b[^>]*>(?!\s*<caption)'
_TEXT = r"(?:[^<\n]|<br>\n?|<(?!img\b|br>|/?p>)[^>\n]*>)+?"
_NAMED = re.compile(rf"(?:<p>\s*{UNIT}</p>\n)?<p>({_TEXT})</p>\n(?:<p>\s*{UNIT}</p>\n)?({_TABLE})")
_PICTURES = r"(?:<img [^>]*>\s*)+"
# A picture and its name in one paragraph or two, in either order; its source between them.
_PICTURE = [
    re.compile(rf"<p>(?P<over>{_PICTURES})(?:</p>\n<p>|<br>)?(?P<below>{_TEXT})</p>"),
    re.compile(rf"<p>(?P<above>{_TEXT})(?:</p>\n<p>)?(?P<under>{_PICTURES})</p>"),
    re.compile(rf"<p>(?P<first>{_PICTURES})</p>\n(?P<note><p>(?!<img )[^\n]*</p>)\n<p>(?P<last>{_TEXT})</p>(?!\n<p><img )"),
]
_PARAGRAPH = re.compile("<p>")
# What speaks of a picture or table by its place: 从上图可见; and how sentences end.
_PLACED = re.compile(
    "(?:(?<![网线机台纸])[上下左右前后](?:[述列面方边侧]的?)?|[以如][上下]|[这该此本])[一二两三四五六几]?[张幅个组]?"
    "(?:(?:[柱条饼扇]形?状?|折线|趋势|走势|统计|示意|分布|结构|流程|对比)?图(?![书文解则])|照片|截图"
    "|(?:统计|明细|汇总|对比)?表(?![态示彰达现率决明演扬述]))"
    r"|[如由从据]图(?:中|所示|，|可|[见知看])|如[上下](?=所示|[，,：:。]|\s*$)|[由从][上此]可?[见知看]"
)
_STOPPED = re.compile(r"[。！？；…!?.;][”’』」》）)\]\[\d]*$")
_TABLE_END = "</table></div>\n"
_END = re.compile(f"(?<={_TABLE_END})|(?<=</figure>\n)")
_TAG = re.compile("<[^>]*>")


def is_name(line: str) -> bool:
    """Whether a line of Markdown, or of a text without marks, may be the name of a table or picture: beside one it is."""
    return "![" not in line and _NAME.fullmatch(bare(line).strip()) is not None


def bare(line: str) -> str:
    """A line of Markdown, or of clean HTML, without the marks that its words have, and without those of footnotes."""
    return unescape(_MARKS.sub(r"\g<text>", NOTE_MARK.sub("", line)))


def is_titled(above: str, line: str) -> bool:
    """Whether a name ends in the line ``above``, as a sentence stands below.

    表5各镇情况 may be the beginning of that sentence, 表5 各镇情况 is none.
    """
    return is_name(above) and not _GLUED.match(bare(above)) and has_ended(above, line)


def is_alone(line: str, before: str, above: str, below: str) -> bool:
    """Whether a line is one of its own between two above and one below.

    It is a picture, the name of one or of a table, the source between a picture and its name, a unit, or stands below one.
    """
    if is_picture(line) or is_picture(above) or is_unit(line) or is_unit(above):
        return True
    if is_picture(before) and (is_name(above) or (is_note(above) and is_name(line))):
        return True
    return is_name(line) and (below.startswith("|") or is_picture(below) or is_unit(below))


def is_picture(line: str) -> bool:
    """Whether a line of Markdown holds pictures and nothing else but their name."""
    shown = _SHOWN.match(line, at) if (at := line.find("![")) >= 0 else None
    before, behind = (line[: shown.start()], line[shown.end() :]) if shown else ("", line)
    name = before.strip() or behind.strip()
    return shown is not None and not (before.strip() and behind.strip()) and (not name or _is_of("图", name))


def is_placed(html: str) -> bool:
    """Whether a paragraph of clean HTML is right only where it stands: it speaks of a picture or table by its place.

    What is no sentence stays too, such as a name, a signature, and what leads on: 情况为：.
    """
    text = bare(html).strip()
    return _PLACED.search(text) is not None or not _STOPPED.search(text)


def captioned(html: str) -> str:
    """Clean HTML in which tables and pictures have their names, and below tables and named pictures stand their notes.

    The name of a table stands right above it, its unit between or above; that of a picture stands right below or above it.
    A table and its notes are one, of the table's width.
    """
    html = _NAMED.sub(_table, html) if "<table" in html else html
    html = _with_figures(html) if "<img" in html else html
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


def _is_of(kind: str, text: str) -> bool:
    """Whether a text, of Markdown or clean HTML, is the name of a ``kind``, 图 or 表."""
    found = _KIND.match(plain := bare(text))
    return found is not None and found[1] == kind and is_name(plain)


def _table(found: re.Match[str]) -> str:
    """The beginning of a table with its name, and with the unit behind it."""
    if not _is_of("表", found[2]):
        return found[0]
    unit = found[1] or found[3]
    return f"{found[4]}<caption>{_LOOKS.sub('', found[2])}{behind_name(unit) if unit else ''}</caption>"


def _with_figures(html: str) -> str:
    """Clean HTML in which pictures have their names."""
    made, end = [], 0
    for start in _PARAGRAPH.finditer(html):
        matches = (pattern.match(html, start.start()) for pattern in _PICTURE) if start.start() >= end else ()
        found, figure = next(((one, shown) for one in matches if one and (shown := _figure(one))), (None, ""))
        if found:
            made += [html[end : found.start()], figure]
            end = found.end()
    return "".join([*made, html[end:]])


def _figure(found: re.Match[str]) -> str:
    """A picture with its name, where it was typed; its source stands below both. '' where what stands there is no name."""
    parts = found.groupdict("")
    name = parts.get("above") or parts.get("below") or parts.get("last", "")
    note = parts.get("note", "")
    if not _is_of("图", name) or (note and not is_note(unescape(_TAG.sub("", note)))):
        return ""
    name = f"{_LOOKS.sub('', name)}</figcaption>"
    if parts.get("above"):
        return f'<figure class="named"><figcaption class="above">{name}{parts["under"].strip()}</figure>'
    made = f"<figure>{(parts.get('over') or parts['first']).strip()}<figcaption>{name}</figure>"
    return f"{made}\n{note}" if note else made
