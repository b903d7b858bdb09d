"""The names that authors write beside tables and pictures: 表5 各镇情况, 图1-2：各镇情况."""

from __future__ import annotations

import re
from html import unescape

from nianbao.asides import is_aside, is_unit
from nianbao.notes import NOTE_MARK, has_ended
from nianbao.numbered import DIGIT, GLUED, HAN, JOINED, PARTED
from nianbao.reading import is_note, narrow, plain
from nianbao.units import beside_unit

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
# The number of a name, and its words: 表5 and 各镇情况.
_PARTS = re.compile(
    rf"(?:[^\w(（]*(?P<number>附?[图表] ?(?:[（(]{_PLACE}[）)]|{_PLACE})(?!{DIGIT}))[\s:：.、—-]*)?(?P<words>.*)", re.S
)
_KIND = re.compile(r"[^\w（(]*[（(]?续?[）)]?附?([图表])")
# The marks that words in a line of Markdown have, and of those in clean HTML all that a name does without.
_MARKS = re.compile(r"</?[a-z]+\b[^<>]*>\n?|\*{1,2}|(?<!!)\[(?P<text>[^\[\]\n]*)\]\([^()\s]*\)")
_SHOWN = re.compile(r"(?:\s*!\[[^\]]*\]\([^)\s]*\))+\s*(?:<br>)?")
# What speaks of a picture or table by its place: 从上图可见; and how sentences end.
_PLACED = re.compile(
    "(?:(?<![网线机台纸])[上下左右前后](?:[述列面方边侧]的?)?|[以如][上下]|[这该此本])[一二两三四五六几]?[张幅个组]?"
    "(?:(?:[柱条饼扇]形?状?|折线|趋势|走势|统计|示意|分布|结构|流程|对比)?图(?![书文解则])|照片|截图"
    "|(?:统计|明细|汇总|对比)?表(?![态示彰达现率决明演扬述]))"
    r"|[如由从据]图(?:中|所示|，|可|[见知看])|如[上下](?=所示|[，,：:。]|\s*$)|[由从][上此]可?[见知看]"
)
_STOPPED = re.compile(r"[。！？；…!?.;][”’』」》）)\]\[\d]*$")


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

    It is a picture, the name of one or of a table, the source between a picture and its name, a unit, or stands below one;
    or it is the period of a table's figures, or stands below that.
    """
    if is_picture(line) or is_picture(above) or is_unit(line) or is_unit(above):
        return True
    if is_picture(before) and (is_name(above) or (is_note(above) and is_name(line))):
        return True
    if is_aside(above) and (is_name(line) or is_aside(line) or line.startswith("|")):
        return True
    if is_aside(line):
        return is_name(above) or is_name(below) or below.startswith("|")
    return is_name(line) and (below.startswith("|") or is_picture(below) or is_aside(below))


def is_picture(line: str) -> bool:
    """Whether a line of Markdown holds pictures and nothing else but their name."""
    shown = _SHOWN.match(line, at) if (at := line.find("![")) >= 0 else None
    before, behind = (line[: shown.start()], line[shown.end() :]) if shown else ("", line)
    name = before.strip() or behind.strip()
    return shown is not None and not (before.strip() and behind.strip()) and (not name or is_of("图", name))


def is_placed(html: str) -> bool:
    """Whether a paragraph of clean HTML is right only where it stands: it speaks of a picture or table by its place.

    What is no sentence stays too, such as a name, a signature, and what leads on: 情况为：.
    """
    text = bare(html).strip()
    return _PLACED.search(text) is not None or not _STOPPED.search(text)


def is_of(kind: str, text: str) -> bool:
    """Whether a text, of Markdown or clean HTML, is the name of a ``kind``, 图 or 表."""
    found = _KIND.match(plain := bare(text))
    return found is not None and found[1] == kind and is_name(plain)


def merged(line: str, own: str) -> str:
    """A typed name and one that its table or picture has already, both as clean HTML, as one; '' where these are two.

    表1 above a table called 各镇情况, 表1 各镇情况 above one called so or 各镇情况, are each 表1 各镇情况.
    """
    typed, there = (_PARTS.fullmatch(bare(one).strip()) for one in (line, own))
    if not is_name(line) or not typed or not there:
        return ""
    numbers, words = ([narrow(one[part] or "") for one in (typed, there)] for part in ("number", "words"))
    units, titles = zip(*((bool(unit), plain(rest)) for unit, rest in map(beside_unit, words)), strict=True)
    if len({plain(one) for one in numbers if one}) > 1 or len({one for one in titles if one}) > 1:
        return ""
    said = [(bool(number), bool(title), unit) for number, title, unit in zip(numbers, titles, units, strict=True)]
    if all(one >= other for one, other in zip(*said, strict=True)):
        return line
    if said[0][1] > said[1][1]:
        return ""
    number = "" if numbers[1] else f"{numbers[0]}\u3000"
    return f"{number}{own}{''.join(NOTE_MARK.findall(line))}"
