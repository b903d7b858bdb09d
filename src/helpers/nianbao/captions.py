"""What authors write beside tables and pictures: their names, and the notes below them.

The text is clean HTML, as `markdown` makes it: each block begins on a line of its own.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.measures import MEASURE
from nianbao.numbered import DIGIT, GLUED, HAN, JOINED, PARTED
from nianbao.reading import is_note, narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

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
NOTE_MARK = re.compile(r'<sup class="footnote-ref"[^>]*>(?:<a [^>]*>)?[^<]*(?:</a>)?</sup>')  # a footnote's, part of no name
# The marks that words in a line of Markdown have, and of those in clean HTML all that a name does without.
_MARKS = re.compile(r"</?[a-z]+\b[^<>]*>\n?|\*{1,2}|(?<!!)\[(?P<text>[^\[\]\n]*)\]\([^()\s]*\)")
_LOOKS = re.compile(r"</?(?:strong|em|b|i)\b[^>]*>|^(?:\s|<br>)+|(?<!\s)(?<!<br>)(?:\s|<br>)+$")
# What says the unit of a table: in a line of its own, beside the day that its figures are of; behind its name; in a label.
DATE = "(?:截[至止])?20[0-9]{2}年?(?:[度底末]|[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
_SAYS_UNIT = r"(?:计量|数量|金额)?单位\s*[:：]\s*"
_UNIT = rf"((?:{DATE}\s+)?[（(]?{_SAYS_UNIT}[^。；;：:（）()\s<]{{1,16}}(?:{NOTE_MARK.pattern})?[）)]?(?:\s+{DATE})?)\s*"
_UNIT_LINE = re.compile(rf"\s*{_UNIT}")
_BRACKETS = re.compile("[（）()]")
_UNIT_SAID = re.compile(rf"(?:^|[（(\s])\s*{_SAYS_UNIT}([\u4e00-\u9fff%％]{{1,4}})\s*[）)]?(?=\s|$)")
# What one counts, in brackets behind a label, where nothing says that it is a unit.
_UNIT_OF = re.compile(rf"[（(](?:{_SAYS_UNIT}([\u4e00-\u9fff]{{1,3}})|({MEASURE}))[）)]$")
_SHOWN = re.compile(r"(?:\s*!\[[^\]]*\]\([^)\s]*\))+\s*(?:<br>)?")
_TABLE = r'<div class="scroll">(?:<style>[^<]*</style>\s*)?<table\b[^>]*>(?!\s*<caption)'
_TEXT = r"(?:[^<\n]|<br>\n?|<(?!img\b|br>|/?p>)[^>\n]*>)+?"
_NAMED = re.compile(rf"(?:<p>\s*{_UNIT}</p>\n)?<p>({_TEXT})</p>\n(?:<p>\s*{_UNIT}</p>\n)?({_TABLE})")
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
_SHORT = 25  # characters: a line that its writer ended by hand is shorter than any that a program broke
_GOES_ON = tuple("，、,；;：:（(《“—和及与或的")
_CONTINUES = tuple("，。、；：！？）)》”,.;:《“")
_SENTENCE = re.compile(r"[。！？]")
_TABLE_END = "</table></div>\n"
_END = re.compile(f"(?<={_TABLE_END})|(?<=</figure>\n)")
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
    return is_name(above) and not _GLUED.match(bare(above)) and _has_ended(above, line)


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
    """Whether a line is the unit of a table, with the day of its figures or without: 单位：件, 2024年　单位：件."""
    return _UNIT_LINE.fullmatch(line) is not None


def behind_name(unit: str) -> str:
    """How a line that `is_unit` is printed behind a table's name: （单位：件）."""
    return f"（{_BRACKETS.sub('', unit).strip()}）"


def beside_unit(line: str) -> tuple[str, str]:
    """The unit that a line names of a table, '' without one, and what else it says: 件, 表5 各镇 of 表5 各镇（单位：件）."""
    found = _UNIT_SAID.search(line)
    return (found[1], f"{line[: found.start()]} {line[found.end() :]}".strip()) if found else ("", line)


def unit_of(label: str) -> str:
    """The unit that the label of a row or a column ends in: 万元 of 收费（单位：万元）; '' without one."""
    found = _UNIT_OF.search(label)
    return found[1] or found[2] if found else ""


def without_unit(label: str) -> str:
    """The label of a row or a column without its unit: 收费."""
    return _UNIT_OF.sub("", label)


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
