"""A report's title and its signature in lines: a long one is broken by sense, in the shape of a trapezium or a lozenge."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import accumulate
from typing import TYPE_CHECKING

from wcwidth import iter_graphemes

from nianbao.offices import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE, TEXT_LINE = 20, 28  # characters of a line on paper: of the title, which is set in 2号, and of text
_MOST = 10  # lines: what takes more is no title, and where it would end by sense takes seconds to find
# Where a line may end: behind a body's name, behind a place's (县人民政府 is one word, 新区管委会 too), behind 和.
_OFFICE = re.compile(
    "(?:人民政府(?!办公[厅室])|街道办事处|(?:管理委员会|委员会|管委会|领导小组|指挥部)(?!办公室)|办公厅|办公室|办事处|联合会|"
    "研究院|检察院|法院|管理局|总局|分局|总队|支队|大队|中心|医院|学院|大学|中学|小学|局(?![部域面势限])|厅|署|委(?![员托])|"
    f"(?:{ENDS})(?=、|\\Z))"
)
# 东乡族 is a people, 新乡市 a city, and 镇 in 示例省镇江市 begins a name.
_PLACE = re.compile(
    "(?:省(?!级)|自治[区州县旗]|生产建设兵团|(?<![联同结])盟(?!区)|(?<![自治国党红锦])旗(?![区镇乡])|"
    "(?<![城都超股])市(?![场容民政区市])|(?<!自治)县(?!域)|开发区|高新区|新区|"
    "(?<![治社小景园校地发新城])区(?![域划])|街道(?!办)|(?<![城省市县区旗州])镇(?![市县江])|"
    "(?<![城省市县区旗州])乡(?![村镇族市县]))"
)
_SEAT = re.compile("(?:人民)?政府|管理委员会|管委会")
_JOINED = re.compile("[和与及]|、")
_PHRASE = 4  # characters of two words that say what a body is for: 新闻出版; before 和 one stands behind another
# Behind a body's name, not within one: 中国（示例）自由贸易试验区.
_GOES_ON = "(?![\u4e00-\u9fff])|(?=[和与及])"
_BRACKETED = re.compile(f"(?=[（(][^（()）]*[）)](?:{_GOES_ON}))|[）)](?:{_GOES_ON})")
_OPENING, _SHUTTING = "（(〔[【《“", "）)〕]】》”"
# The name of an authority, and what stands in brackets behind it.
_AUTHORITY = re.compile(rf".*{_OFFICE.pattern}(?:[{re.escape(_OPENING)}].*)?")
_CLOSING = "、，。：；）》〉」』】〕”’,.:;)"  # no line begins with one of these
# Of what follows a name: 2024年 | 政府信息公开 | 工作年度报告.
_YEAR, _MATTER = re.compile("年度?(?=[政信])"), re.compile("信息公开")
# No line ends in one: 二〇二三年, 第三次.
_COUNT = re.compile("第?[0-9〇零一二三四五六七八九十百]+(?:年度?|月|日|届|次|号|期|批)?")
# What parts the title of any other page: behind a mark or a blank and before a dash, before a year, behind 情况 and 的.
_MARK = re.compile("[：:；，。！？] ?(?=.)|[ \u3000]+(?=.)|(?<!—)(?=——)|(?=暨)")
_BEGINS, _OF = re.compile("(?=(?:20[0-9]{2}|[一二][〇零一二三四五六七八九]{3})年)"), re.compile("情况(?!的)|的(?!确)")
_HEADED = re.compile("(<h1\\b[^>]*>)([^<]*[\u4e00-\u9fff][^<]*)(?=</h1>)")
# How bad a place is: behind the year, behind 信息公开, between phrases, behind 和, 镇 before 人民政府 or another body's 市;
# in a word, in a number. What a line costs that holds the end of the name and the year, or all that follows; one more; each
# character by which one is shorter than those around it. By how many characters two lines may differ.
_YEARLY, _FURTHER, _PHRASED, _LINKED, _TORN, _INSIDE, _SPLIT = 2, 20, 45, 50, 60, 90, 300
_ACROSS, _ALONG, _MORE, _WAIST, _STEP = 4, 40, 30, 5, 12


def parts(name: str, rest: str) -> list[str]:
    """The lines of a title that begins with ``name``, as many as need be: none is wider than `LINE`."""
    if _width(name) <= LINE and _width(rest) <= LINE:
        return [line for line in (name, rest) if line]
    return _lines(name, rest, LINE)


def in_html(lines: Iterable[str]) -> str:
    """The lines of a title as elements, which stand side by side where there is room."""
    return "".join(f'<span class="title-part">{escape(line)}</span>' for line in lines)


def parted(body: str) -> str:
    """A page's body, which is clean HTML, in which each long title without markup of its own stands in lines."""

    def in_lines(title: re.Match[str]) -> str:
        lines = parts("", unescape(title[2]).strip())
        return f"{title[1]}{in_html(lines)}" if len(lines) > 1 else title[0]

    return _HEADED.sub(in_lines, body)


def signed(name: str) -> list[str]:
    """The lines of a signature: several authorities stand one below the other, and a long name is broken by sense.

    Source: GB/T 9704-2012, 7.3.5.2.
    """
    names = _named(name)
    are_several = len(names) > 1 and all(len(one) <= _MOST * TEXT_LINE and _AUTHORITY.fullmatch(one) for one in names)
    several = names if are_several else [name]
    return [line for one in several for line in ([one] if _width(one) <= TEXT_LINE else _lines(one, "", TEXT_LINE))]


def _named(signature: str) -> list[str]:
    """The authorities of a signature. A 、 within brackets parts none: 示例市某局（示例市某办公室、示例市某中心）."""
    names, depth = [""], 0
    for char in signature:
        depth += (char in _OPENING) - (char in _SHUTTING)
        if char == "、" and depth <= 0:
            names.append("")
        else:
            names[-1] += char
    return names


def _lines(name: str, rest: str, room: int) -> list[str]:
    """A text in as few lines as it needs, in the best shape that its words allow; a word longer than a line is torn."""
    text = name + rest
    if _width(text) > _MOST * room:
        signs = [*iter_graphemes(text)]
        return ["".join(signs[start : start + room]) for start in range(0, len(signs), room)]
    places = _places(name) | {at + len(name): worth for at, worth in _places(rest).items()}
    places |= {len(name): 0} if name and rest else {}
    ends = _ends(text, len(name), places, room) or _ends(text, len(name), _inside(text) | places, room) or (len(text),)
    return [text[start:stop] for start, stop in zip((0, *ends), ends, strict=False)]


def _ends(text: str, named: int, places: dict[int, int], room: int) -> tuple[int, ...]:
    """Where the lines end that cost least; nowhere when the ``places`` leave one too long. ``named`` is the name's end."""
    widths = [_width(text[:at]) for at in range(len(text) + 1)]
    # For each end of a line its width, and whether the lines get shorter: what the lines so far cost, and where they end.
    Ways = dict[tuple[float, bool], tuple[float, tuple[int, ...]]]
    ways: dict[int, Ways] = {0: {(0.0, False): (0.0, ())}}
    for stop in (*sorted(places), len(text)):
        found: Ways = {}
        for start, some in ways.items():
            width = widths[stop] - widths[start]
            over = (_ALONG if stop == len(text) else _ACROSS) if start < named < stop else 0
            for (above, falls), (price, ends) in some.items() if width <= room else ():
                step = width - above if ends else 0.0
                shape = step**2 / 40 + 2 * max(0.0, abs(step) - _STEP) ** 2 + _WAIST * falls * max(0.0, step)
                whole = price + places.get(stop, 0) + over + _MORE + shape
                state = (width, step < -1 or (falls and step <= 1))
                if state not in found or whole < found[state][0]:
                    found[state] = whole, (*ends, stop)
        ways[stop] = found
    return min(ways[len(text)].values(), default=(0, ()))[1]


def _places(text: str) -> dict[int, int]:
    """Where a line may end, each with how bad a place it is."""
    names = [found.end() for found in _OFFICE.finditer(text)]
    places: dict[int, int] = {}
    for worth, words in (
        (0, _OFFICE),
        (0, _BRACKETED),
        (1, _PLACE),
        (_YEARLY, _YEAR),
        (1, _MARK),
        (_FURTHER, _MATTER),
        (_FURTHER, _BEGINS),
        (_PHRASED, _OF),
    ):
        for found in words.finditer(text):
            at = found.end()
            # A place behind a whole name is the beginning of another one, which stays together if it can.
            is_torn = words is _PLACE and (_SEAT.match(text, at) or any(name < found.start() for name in names))
            places.setdefault(at, _TORN if is_torn else worth)
    return _allowed(text, places | _joins(text, places))


def _joins(text: str, places: dict[int, int]) -> dict[int, int]:
    """Where a line may end behind 和 and 、, and between the phrases before them; 呼和浩特 and 和平区 join nothing."""
    found: dict[int, int] = {}
    known = 0
    for joining in _JOINED.finditer(text):
        # Behind a whole name, or the bracket behind one, bodies are joined, and elsewhere the words of one body's name.
        at, are_bodies = joining.start(), places.get(joining.start()) == 0
        known = max(known, *(end for end, worth in places.items() if end <= at and worth <= 1), 0)
        if are_bodies or text[at] == "、" or at - known > 1:
            found |= {at: _SPLIT, joining.end(): 1 if are_bodies else _LINKED}
            found |= dict.fromkeys(range(at - _PHRASE, known + 1, -_PHRASE), _PHRASED)
            known = joining.end()
    return found


def _inside(text: str) -> dict[int, int]:
    """All places within words."""
    counts = {at for found in _COUNT.finditer(text) for at in range(found.start() + 1, found.end())}
    is_torn = {at: at in counts or text[at - 1 : at + 1].isascii() for at in range(1, len(text))}
    return _allowed(text, {at: _SPLIT if torn else _INSIDE for at, torn in is_torn.items()})


def _allowed(text: str, places: dict[int, int]) -> dict[int, int]:
    """The places that leave no character alone, tear none of several codes, and let no line begin with a mark."""
    bounds = {*accumulate(map(len, iter_graphemes(text)))}
    allowed = range(2, len(text) - 1)
    return {at: worth for at, worth in places.items() if at in allowed and at in bounds and text[at] not in _CLOSING}


def _width(text: str) -> float:
    return sum(0.62 if char.isascii() else 1 for char in text)
