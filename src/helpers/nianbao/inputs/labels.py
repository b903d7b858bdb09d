"""The statutory heading that a typed label stands for, by its ordinal, its wording and its position.

Bureaus shorten labels, lose half of one, add explanations in brackets or write traditional characters. Of ordinal, wording
and position two have to agree, and nothing may speak for another heading; else the label stands for none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.statute import tree
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.statute.tree import Labels, Node

Chain = tuple["Node", ...]

_ORDINAL = re.compile(
    rf"(?:第?([{HAN}]+)[、.,:]|\(([{HAN}]+)\)[、.]?|\(?([0-9]{{1,2}})[.、,)]|([0-9])(?=[^0-9.,、)件元万]))"
)
_BRACKETS = re.compile(r"\([^()]*\)|\([^()]*$")
_UNIT = re.compile(r"(?:[/:]|单位:?)(?:亿元|万元|元)$")
_POINTS = re.compile(r"[、,.;:。/·]+")
# Other words of the same; a format may have a heading of each, so that they only speak for one that is missing.
_OTHERWISE = {
    "其它": "其他",
    "合计": "总计",
    "共计": "总计",
    "政务信息": "政府信息",
    "档案": "文件",
    "资讯": "信息",
    "及其他": "或其他",
    "和其他": "或其他",
    "己获取": "已获取",
}
# What is left out must not end so before what is kept: it would turn a heading into its opposite, or into another year's.
_TURNS = re.compile("(?:[不无非未没]|禁止|部分)$")
_TURNS_WITHOUT_ORDINAL = re.compile("上一?年")
# Put in, these change nothing.
_HARMLESS = {
    "行政", "度", "的", "数", "数量", "件", "件数", "总", "情况", "本", "本年", "年", "政府", "信息", "政府信息", "公开",
    "类", "等", "相关", "有关", "及", "和", "或", "对", "经", "情形",
}  # fmt: skip
SAME, PART, ALIKE, UNLIKE = 3, 2, 1, 0
LONGEST = 200  # characters of a label, several times as many as the statute's have


@dataclass(frozen=True, slots=True)
class Typed:
    """A label taken apart: its ordinal as ``一``, ``(一)`` or ``1``, its words, and the explanations in brackets."""

    whole: str
    ordinal: str
    words: str
    explained: tuple[str, ...]


@lru_cache(maxsize=4096)
def apart(label: str) -> Typed:
    """Take a label apart; one that was written twice in a cell counts once."""
    whole = tree.normalise(label)
    half = len(whole) // 2
    if half > 1 and whole[:half] == whole[half:]:
        whole = whole[:half]
    found = _ORDINAL.match(whole)
    ordinal = next(filter(None, found.groups())) if found else ""
    if found and found.group(2):
        ordinal = f"({ordinal})"
    rest = whole[found.end() :] if found else whole
    words = _POINTS.sub("", _UNIT.sub("", _BRACKETS.sub("", rest))) or _POINTS.sub("", rest)
    return Typed(whole, ordinal, words, tuple(_BRACKETS.findall(rest)))


def level_of(label: str) -> int:
    """The level of a row's label by its ordinal: 一、 (一) 1."""
    ordinal = apart(label).ordinal
    return 1 if ordinal.startswith("(") else 2 if ordinal.isdecimal() else 0


@lru_cache(maxsize=4096)
def likeness(typed: Typed, name: Typed) -> int:
    """How much a typed label's words say what a heading's say: `SAME`, `PART`, `ALIKE` or `UNLIKE`.

    Words may be left out or put in only where that cannot turn them into another thing; a paraphrase is alike only to a
    heading twice as long. Digits that only one of the two has are those of glued cells.
    """
    if typed.words == name.words:
        return SAME
    words, wanted = (one.words.replace("本年度", "本年") for one in (typed, name))
    if len(words) > LONGEST:
        return UNLIKE
    for other, usual in _OTHERWISE.items():
        words = words.replace(other, usual)
    if words == wanted:
        return PART
    if any(len(text) > 5 and text[1:-1] in wanted for text in typed.explained) and words[:2] == wanted[:2]:
        return PART  # the heading's own words are the explanation
    if not words or re.findall("[0-9]+", words) != re.findall("[0-9]+", wanted):
        return UNLIKE
    common = _common(*sorted((words, wanted), key=len))
    if common == len(words) < len(wanted):
        return PART if _is_shortened(typed, words, wanted) else UNLIKE
    if common == len(wanted) < len(words):
        return PART if all(gap in _HARMLESS for gap in _gaps(wanted, words)) else UNLIKE
    return ALIKE if 2 < len(words) <= len(wanted) / 2 and common >= 0.8 * len(words) else UNLIKE


def _is_shortened(typed: Typed, words: str, wanted: str) -> bool:
    """Whether words are a heading's with some left out that it does not hang on."""
    if len(words) < 2 or (len(words) < 4 and len(words) < 0.25 * len(wanted)):
        return False
    if "增减" in wanted and ("增" in words) != ("减" in words) and "/" not in typed.whole:
        return False  # a change in one direction only
    left_out = _gaps(words, wanted)
    if wanted.endswith(left_out[-1]):
        left_out = left_out[:-1]  # nothing is kept behind it
    return not any(_TURNS.search(gap) or (not typed.ordinal and _TURNS_WITHOUT_ORDINAL.search(gap)) for gap in left_out)


def _gaps(short: str, long: str) -> list[str]:
    """What stands in a text between the characters of a shorter one that it contains."""
    if (at := long.find(short)) >= 0:
        return [gap for gap in (long[:at], long[at + len(short) :]) if gap]
    gaps, begin = [], 0
    for part in re.split("(" + "|".join(map(re.escape, _chunks(short, long))) + ")", long):
        if part and not short.startswith(part, begin):
            gaps.append(part)
        elif part:
            begin += len(part)
    return gaps


def _chunks(short: str, long: str) -> list[str]:
    """A text cut into the longest pieces that stand in another one."""
    pieces = []
    while short:
        end = next(end for end in range(len(short), 0, -1) if short[:end] in long or end == 1)
        pieces.append(short[:end])
        short = short[end:]
    return pieces


@lru_cache(maxsize=4096)
def _common(short: str, long: str) -> int:
    """The length of the longest sequence of characters that both have in the same order."""
    row = [0] * (len(long) + 1)
    for one in short:
        before = 0
        for at, other in enumerate(long, 1):
            before, row[at] = row[at], before + 1 if one == other else max(row[at], row[at - 1])
    return row[-1]


def match(found: list[Labels], chains: list[Chain], of_columns: bool) -> list[Chain | None]:
    """The statutory chain of each found label path; ``None`` where no heading, or more than one, fits.

    A column's label may stand twice, by mistake, where another one belongs; a row's may not.
    """
    result = _exact(found, chains)
    result = _by_wording(found, chains, result)
    return _by_position(found, chains, result, of_columns)


def _exact(found: list[Labels], chains: list[Chain]) -> list[Chain | None]:
    """By the whole path, else by a last label that only one chain has; of labels written twice, the one in its place."""
    by_path = {tuple([node.tight for node in chain]): chain for chain in chains}
    by_leaf: dict[str, list[Chain]] = {}
    for chain in chains:
        by_leaf.setdefault(chain[-1].tight, []).append(chain)
    result: list[Chain | None] = []
    for path in found:
        tight = tuple(map(tree.normalise, path))
        exact = by_path.get(tight)
        leaf = by_leaf.get(tight[-1], []) if tight and exact is None else []
        result.append(leaf[0] if len(leaf) == 1 and _groups_agree(path, leaf[0], chains) else exact)
    for place, chain in enumerate(chains):
        same = [index for index, one in enumerate(result) if one is chain]
        for index in same:
            if index != (place if place in same else same[0]):
                result[index] = None
    return result


def _by_wording(found: list[Labels], chains: list[Chain], result: list[Chain | None]) -> list[Chain | None]:
    """By ordinal and wording, where only one missing chain fits a label, and only this label fits the chain."""
    strays = [index for index, chain in enumerate(result) if chain is None and found[index]]
    missing = [chain for chain in chains if chain not in result] if strays else []
    for wanted in (SAME, PART):
        fits = {
            index: [
                chain
                for chain in missing
                if _says(found[index], chain) >= wanted
                and _groups_agree(found[index], chain, chains)
                and _is_between(index, chain, result, chains)
            ]
            for index in strays
        }
        for index, fitting in fits.items():
            rivals = [other for other in strays if other != index and fitting and fitting[0] in fits[other]]
            if len(fitting) == 1 and not rivals:
                result[index] = fitting[0]
        strays = [index for index in strays if result[index] is None]
        missing = [chain for chain in missing if chain not in result] if strays else []
    return result


def _says(path: Labels, chain: Chain) -> int:
    """How much a path's last label says what a chain's does; nothing where their ordinals contradict each other."""
    return _likeness_with_ordinal(apart(path[-1]), apart(chain[-1].label))


def _is_between(index: int, chain: Chain, result: list[Chain | None], chains: list[Chain]) -> bool:
    """Whether a chain lies between those of the nearest known neighbours, or these are not in the statutory order."""
    before = next((chains.index(one) for one in reversed(result[:index]) if one), -1)
    behind = next((chains.index(one) for one in result[index + 1 :] if one), len(chains))
    return before < chains.index(chain) < behind or before > behind


def _by_position(
    found: list[Labels], chains: list[Chain], result: list[Chain | None], of_columns: bool
) -> list[Chain | None]:
    """By place, where between two known neighbours as many labels are unknown as chains are missing."""
    given = list(result)
    start = 0
    while start < len(found):
        if given[start]:
            start += 1
            continue
        end = next((at for at in range(start, len(found)) if given[at]), len(found))
        first = chains.index(above) + 1 if start and (above := given[start - 1]) else 0
        last = chains.index(below) if end < len(found) and (below := given[end]) else len(chains)
        open_ = [chain for chain in chains[first:last] if chain not in given]
        if len(open_) == end - start:
            for index, chain in zip(range(start, end), open_, strict=True):
                if _fits(found[index], chain, chains, of_columns):
                    result[index] = chain
        start = end
    return result


def _fits(path: Labels, chain: Chain, chains: list[Chain], of_columns: bool) -> bool:
    """Whether a label may be the heading in whose place it stands.

    A blank label has only its place, and a column's that stands twice. Else its words have to be alike, and no other
    heading's more so, and the ordinal has to be the heading's own, or the words its very words.
    """
    typed, name = apart(path[-1] if path else ""), apart(chain[-1].label)
    known = {tree.normalise(node.label) for one in chains for node in one}
    if typed.whole in known and typed.whole != name.whole and any(apart(label).whole == name.whole for label in path[:-1]):
        return True  # what stands behind the heading's own label was filled in from the row above
    if not _groups_agree(path, chain, chains):
        return False
    if not typed.words and typed.ordinal in {"", name.ordinal}:
        return True
    if of_columns and typed.whole in known and typed.whole != name.whole:
        return not typed.ordinal
    level = likeness(typed, name)
    others = (apart(node.label) for one in chains for node in one if node is not chain[-1])
    if any(likeness(typed, other) > level for other in others):
        return False
    if typed.ordinal and name.ordinal and typed.ordinal != name.ordinal:
        return level == SAME
    return level > UNLIKE


def _groups_agree(path: Labels, chain: Chain, chains: list[Chain]) -> bool:
    """Whether the groups typed above a label are those of the heading, and no other heading's more so."""
    own = [apart(node.label) for node in chain]
    others = [apart(node.label) for one in chains for node in one[:-1] if node not in chain]
    for label in path[:-1]:
        typed = apart(label)
        best = max(_likeness_with_ordinal(typed, name) for name in own)
        if typed.words and (not best or any(_likeness_with_ordinal(typed, other) > best for other in others)):
            return False
    return True


def _likeness_with_ordinal(typed: Typed, name: Typed) -> int:
    """The likeness of two labels whose ordinals, with brackets or without, do not contradict each other."""
    one, other = typed.ordinal.strip("()"), name.ordinal.strip("()")
    return UNLIKE if one and other and one != other else likeness(typed, name)


def is_explained(typed: str, name: str) -> bool:
    """Whether a typed label has an explanation in brackets that the heading has not."""
    return bool(set(apart(typed).explained) - set(apart(name).explained))


def is_half_of(typed: str, chains: Sequence[Chain | None]) -> bool:
    """Whether a label is how all of some headings begin, so that each has lost its other half: 本年新."""
    words = apart(typed).words
    names = [apart(chain[-1].label).words if chain else "" for chain in chains]
    return bool(words) and all(name.startswith(words) and name != words for name in names)
