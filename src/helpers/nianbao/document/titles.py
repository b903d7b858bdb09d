"""A report's title and its signature in lines: a long one is broken by sense, never inside a name's word."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

LINE, TEXT_LINE = 20, 28  # characters of a line on paper: of the title, which is set in 2号, and of text
# Where a line may end, by how good a place it is: behind a body's name, behind a place's (县人民政府 is one word), between
# what 和 joins.
_OFFICE = re.compile(
    "(?:人民政府(?!办公[厅室])|街道办事处|(?:管理委员会|委员会|管委会|领导小组|指挥部)(?!办公室)|办公厅|办公室|办事处|联合会|"
    "研究院|管理局|总局|分局|总队|支队|大队|中心|医院|学院|大学|中学|小学|局(?![部域面势限])|厅|署|委(?![员托]))、?"
)
_PLACE = re.compile(
    "(?:省(?!级)|自治[区州县旗]|(?<![城都超股])市(?![场容民政区])|(?<!自治)县(?!域)|开发区|高新区|新区|"
    "(?<![治社小景园校地发新城])区(?![域划])|街道(?!办)|(?<!城)镇|(?<!城)乡(?![村镇]))(?!人民政府|政府)"
)
_JOINED = re.compile("(?=[和与及])|、")
_BRACKETED = re.compile("(?=[（(])|[）)]")
_CLOSING = "、，。：；）》〉」』】〕”’,.:;)"  # no line begins with one of these
# Of what follows a name: 2024年 | 政府信息公开 | 工作年度报告.
_YEAR = re.compile("年度?(?=[政信])|信息公开")


def parts(name: str, rest: str) -> list[str]:
    """The lines of a title that begins with ``name``, as many as need be; a part without a place to break stays whole."""
    behind = _lines(rest, [], LINE) if rest else []
    return _lines(name, [len(one) for one in behind[:1]], LINE) + behind


def signed(name: str) -> list[str]:
    """The lines of a signature: one where it has room, of several authorities each on its own, of a long one by sense."""
    if _width(name) <= TEXT_LINE:
        return [name]
    names = name.split("、")
    if len(names) > 1 and all(list(_OFFICE.finditer(one))[-1:] for one in names):
        return [line for one in names for line in _lines(one, [], TEXT_LINE)]
    return _lines(name, [], TEXT_LINE)


def _lines(text: str, below: list[int], room: int) -> list[str]:
    """A text in as few lines as it needs, in the best shape that its words allow: ``below`` is how long the next line is."""
    if not text or _width(text) <= room:
        return [text] if text else []
    places = _places(text)
    # A place behind a whole name is the beginning of another one, which stays together if it can.
    names = [found.end() for found in _OFFICE.finditer(text)]
    apart = {found.end() for found in _PLACE.finditer(text) if any(name < found.start() for name in names)} - {*names}
    joined = {at for at, worth in places.items() if worth > 1}
    for some in (places.keys() - apart - joined, places.keys() - apart, places.keys()):
        for count in range(1, 4):
            broken = []
            for chosen in combinations(sorted(some), count):
                lines = [text[start:stop] for start, stop in pairwise((0, *chosen, len(text)))]
                if all(_width(line) <= room for line in lines):
                    broken.append((_shape([*map(len, lines), *below]) + sum(places[at] for at in chosen), lines))
            if broken:
                return min(broken)[1]
    return [text]


def _places(text: str) -> dict[int, int]:
    """Where a line may end, each with how bad a place it is."""
    places: dict[int, int] = {}
    for worth, words in ((0, _OFFICE), (0, _BRACKETED), (1, _PLACE), (1, _YEAR), (9, _JOINED)):
        for found in words.finditer(text):
            places.setdefault(found.end(), worth)
    return {at: worth for at, worth in places.items() if 1 < at < len(text) - 1 and text[at] not in _CLOSING}


def _width(text: str) -> float:
    return sum(0.56 if char.isascii() else 1 for char in text)


def _shape(lengths: list[int]) -> float:
    """How far lines are from a trapezium or a lozenge: a line shorter than both beside it is the worst."""
    waists = sum(middle < min(above, below) for above, middle, below in zip(lengths, lengths[1:], lengths[2:], strict=False))
    return 10 * waists + (max(lengths) - min(lengths)) / 4
