"""The statutory heading that a typed label stands for, by its ordinal, its wording and its position.

Bureaus shorten labels, lose half of one, add explanations in brackets or write traditional characters. Of ordinal, wording
and position two have to agree, and nothing may speak for another heading; else the label stands for none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.statute import tree

if TYPE_CHECKING:
    from nianbao.statute.tree import Labels, Node

Chain = tuple["Node", ...]

_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(
    rf"(?:第?([{_NUMERALS}]+)[、.,:]|\(([{_NUMERALS}]+)\)[、.]?|\(?([0-9]{{1,2}})[.、,)]|([0-9])(?=[^0-9.,、)件元万]))"
)
_BRACKETS = re.compile(r"\([^()]*\)|\([^()]*$")
_POINTS = re.compile(r"[、,.;:。/·]+")
_OTHERWISE = {"其它": "其他", "合计": "总计", "政务信息": "政府信息"}
# A heading that begins so is about something else than the same heading without it.
_OTHER_THING = ("其他", "非", "不", "未", "无", "外")
SAME, PART, ALIKE, UNLIKE = 3, 2, 1, 0


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
    words = _POINTS.sub("", _BRACKETS.sub("", rest)) or _POINTS.sub("", rest)
    for typed, meant in _OTHERWISE.items():
        words = words.replace(typed, meant)
    return Typed(whole, ordinal, words, tuple(_BRACKETS.findall(rest)))


@lru_cache(maxsize=4096)
def likeness(typed: Typed, name: Typed) -> int:
    """How much a typed label's words say what a heading's say: `SAME`, `PART`, `ALIKE` or `UNLIKE`.

    Digits that only one of them has are figures of glued cells, and make them unlike.
    """
    if typed.words == name.words:
        return SAME
    short, long = sorted((typed.words, name.words), key=len)
    if not short or re.findall("[0-9]+", short) != re.findall("[0-9]+", long):
        return UNLIKE
    common = _common(short, long)
    if common == len(short):
        surplus = len(long) - len(short)
        if long is typed.words and (surplus > max(1, 0.4 * len(short)) or long.startswith(_OTHER_THING)):
            return ALIKE if long.startswith(short) and surplus < len(short) else UNLIKE
        return PART if len(short) > 1 else UNLIKE
    return ALIKE if len(short) > 2 and common >= 0.6 * len(short) else UNLIKE


@lru_cache(maxsize=4096)
def _common(short: str, long: str) -> int:
    """The length of the longest sequence of characters that both have in the same order."""
    row = [0] * (len(long) + 1)
    for one in short:
        before = 0
        for at, other in enumerate(long, 1):
            before, row[at] = row[at], before + 1 if one == other else max(row[at], row[at - 1])
    return row[-1]


def match(found: list[Labels], chains: list[Chain]) -> list[Chain | None]:
    """The statutory chain of each found label path; ``None`` for a path that certainly is none, or may be more than one."""
    result = _exact(found, chains)
    result = _by_wording(found, chains, result)
    return _by_position(found, chains, result)


def _exact(found: list[Labels], chains: list[Chain]) -> list[Chain | None]:
    """By the whole path, else by a last label that only one chain has; of labels written twice, the one in its place."""
    by_path = {tuple(map(tree.normalise, tree.labels_of(chain))): chain for chain in chains}
    by_leaf: dict[str, list[Chain]] = {}
    for chain in chains:
        by_leaf.setdefault(tree.normalise(chain[-1].label), []).append(chain)
    result: list[Chain | None] = []
    for path in found:
        tight = tuple(map(tree.normalise, path))
        leaf = by_leaf.get(tight[-1], []) if tight else []
        result.append(by_path.get(tight) or (leaf[0] if len(leaf) == 1 else None))
    for place, chain in enumerate(chains):
        same = [index for index, one in enumerate(result) if one is chain]
        kept = place if place in same else same[0] if same else None
        result = [None if index in same and index != kept else one for index, one in enumerate(result)]
    return result


def _by_wording(found: list[Labels], chains: list[Chain], result: list[Chain | None]) -> list[Chain | None]:
    """By ordinal and wording, where only one missing chain fits a label, and only this label fits the chain."""
    missing = [chain for chain in chains if chain not in result]
    strays = [index for index, chain in enumerate(result) if chain is None and found[index]]
    for wanted in (SAME, PART):
        fits = {
            index: [
                chain
                for chain in missing
                if _says(found[index], chain) >= wanted and _is_between(index, chain, result, chains)
            ]
            for index in strays
        }
        for index, fitting in fits.items():
            rivals = [other for other in strays if other != index and fitting and fitting[0] in fits[other]]
            if len(fitting) == 1 and not rivals:
                result[index] = fitting[0]
        missing = [chain for chain in chains if chain not in result]
        strays = [index for index in strays if result[index] is None]
    return result


def _says(path: Labels, chain: Chain) -> int:
    """How much a path says what a chain says: its last label's likeness, unless ordinals or groups contradict each other."""
    typed, name = apart(path[-1]), apart(chain[-1].label)
    if (typed.ordinal and name.ordinal and typed.ordinal != name.ordinal) or _is_in_other_unit(typed, chain[-1]):
        return UNLIKE
    groups = [apart(node.label) for node in chain[:-1]]
    for label in path[:-1]:
        above = apart(label)
        if groups and not any(above.ordinal == one.ordinal != "" or likeness(above, one) for one in groups):
            return UNLIKE
    return likeness(typed, name)


def _is_in_other_unit(typed: Typed, node: Node) -> bool:
    """Whether a label names another unit of money than the heading: it is another heading."""
    return bool(node.unit) and any(unit in typed.whole.replace(node.unit, "") for unit in reading.YUAN)


def _is_between(index: int, chain: Chain, result: list[Chain | None], chains: list[Chain]) -> bool:
    """Whether a chain lies between those of the nearest known neighbours, or these are not in the statutory order."""
    before = next((chains.index(one) for one in reversed(result[:index]) if one), -1)
    behind = next((chains.index(one) for one in result[index + 1 :] if one), len(chains))
    return before < chains.index(chain) < behind or before > behind


def _by_position(found: list[Labels], chains: list[Chain], result: list[Chain | None]) -> list[Chain | None]:
    """By place, where between two known neighbours as many labels are unknown as chains are missing."""
    given = list(result)
    start = 0
    while start < len(found):
        if given[start]:
            start += 1
            continue
        end = next((at for at in range(start, len(found)) if given[at]), len(found))
        first = chains.index(given[start - 1]) + 1 if start else 0  # type: ignore[arg-type]
        last = chains.index(given[end]) if end < len(found) else len(chains)  # type: ignore[arg-type]
        open_ = [chain for chain in chains[first:last] if chain not in given]
        if len(open_) == end - start:
            for index, chain in zip(range(start, end), open_, strict=True):
                if _fits(found[index], chain, chains, open_):
                    result[index] = chain
        start = end
    return result


def _fits(path: Labels, chain: Chain, chains: list[Chain], open_: list[Chain]) -> bool:
    """Whether a label may be the heading in whose place it stands.

    A blank or repeated label has only its place. Else its words have to be alike, and no other missing heading's more
    so, and the ordinal has to be the heading's own, or the words its very words.
    """
    typed, name = apart(path[-1] if path else ""), apart(chain[-1].label)
    if not typed.words and typed.ordinal in {"", name.ordinal}:
        return True
    if any(apart(label).whole == name.whole for label in path):
        return True  # what stands behind the heading's own label was filled in from the row above
    known = {tree.normalise(node.label) for one in chains for node in one}
    if typed.whole in known and typed.whole != name.whole and likeness(typed, name) < SAME:
        return not typed.ordinal and typed.whole not in {tree.normalise(one[-1].label) for one in open_}
    if _is_in_other_unit(typed, chain[-1]):
        return False
    level = likeness(typed, name)
    if any(likeness(typed, apart(one[-1].label)) > level for one in open_ if one is not chain):
        return False
    if typed.ordinal and name.ordinal and typed.ordinal != name.ordinal:
        return level == SAME
    if typed.ordinal and typed.ordinal == name.ordinal:
        short, long = sorted((typed.words, name.words), key=len)
        return level > UNLIKE or (_common(short, long) >= 0.6 * len(short) and not re.search("[0-9]", typed.words))
    return level > UNLIKE


def is_explained(typed: str, name: str) -> bool:
    """Whether a typed label is the heading's own words with an explanation in brackets that the heading has not."""
    one, other = apart(typed), apart(name)
    return one.words == other.words and bool(set(one.explained) - set(other.explained))
