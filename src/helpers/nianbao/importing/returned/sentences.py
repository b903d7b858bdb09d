"""The proof of a merge by its sentences: what one of both has done to those that the other has changed too, and is not so.

A merge works by paragraphs. What the reviewer has taken out, put in, moved, parted or joined is so in the merged text,
whatever the folder has done to it, or it is asked about; so is what the folder has taken out, and the merged text has again,
and an order that neither of both has.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.returned.matching import unmoved
from nianbao.importing.returned.proof import since
from nianbao.importing.returned.result import BOTH, BY_HAND
from nianbao.likeness import nearest, of_texts
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.importing.returned.matching import Item

TWICE = "下列文字合并后印了两次：留一处，占位符只在另一处的移过来"
_STOPS = "。！？；"
_SENTENCE = re.compile(rf"[^{_STOPS}]+")
_LONG = 8  # characters of a cell that is compared by itself; a row of shorter ones is compared as one
_ALIKE = 0.7  # how much of a sentence is the same in the one that was made of it


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, sentence by sentence.

    Parameters
    ----------
    items : sequence of Item
    texts : list of str
        Its sentences, rows and headings in their order, without white space and stops.
    of : list of int
        The number of the item that each stands in.
    number : Counter
        How often each is printed.
    places : dict
        Where each stands that is printed once.
    """

    items: Sequence[Item]
    texts: list[str]
    of: list[int]
    number: Counter[str]
    places: dict[str, int]

    def item(self, text: str) -> int:
        """The number of the item in which a sentence stands that is printed once."""
        return self.of[self.places[text]]

    def chapter(self, text: str) -> str:
        """The heading below which a sentence stands first."""
        return self.items[self.of[self.texts.index(text)]].chapter


class _Readings(NamedTuple):
    """What was given; what one of both has made of it, ``ours``, and the other, ``theirs``; what the merged text prints."""

    given: Reading
    ours: Reading
    theirs: Reading
    merged: Reading

    def both(self) -> list[str]:
        """The sentences that were given and that the other has too, each once, in the other's order."""
        return [one for one in self.theirs.texts if one in self.given.places and one in self.theirs.places]


def read(items: Sequence[Item]) -> Reading:
    """The sentences of a report."""
    found = [(text, at) for at, one in enumerate(items) for text in _sentences(one)]
    texts = [text for text, _ in found]
    number = Counter(texts)
    places = {one: at for at, one in enumerate(texts) if number[one] == 1}
    return Reading(items, texts, [at for _, at in found], number, places)


def _sentences(item: Item) -> Iterator[str]:
    if isinstance(item.part, Paragraph):
        yield from _SENTENCE.findall(squeezed(item.part.text))
    for row in item.part.rows if isinstance(item.part, Grid) else ():
        cells = [text for cell in row for text in _SENTENCE.findall(squeezed(cell))]
        yield from [one for one in cells if len(one) >= _LONG] or filter(None, ["，".join(cells)])


def asked(readings: Iterable[Sequence[Item]], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each question about what is otherwise in a merged text than one of both has made it, with what it is about.

    Parameters
    ----------
    readings : four sequences of Item
        What was given; what the folder prints; what the file has; what the merged text prints.
    known : iterable of str
        What is asked about already: of a sentence that stands there nothing is asked again.
    """
    given, ours, file, merged = map(read, readings)
    here = _Readings(given, ours, file, merged)
    said = _Said([*known])
    of_us, of_them = _forms(given, ours), _forms(given, file)
    by_us = [one for one in _touched(given, ours) if not said.has(one)]
    by_them = [one for one in _touched(given, file) if not said.has(one)]
    staying = _staying(by_us, of_us, here, said)
    again = _staying([one for one in by_them if one not in staying], of_them, _Readings(given, file, ours, merged), said)
    for question, gone, told in (
        (BY_HAND, staying, "稿子里没有“{}”了，文件夹里{}"),
        (BOTH, again, "文件夹里没有“{}”了，稿子里{}"),
    ):
        for some in _by_item([*gone], given):
            left = [*dict.fromkeys(text for one in some for text in gone[one])]
            stands = f"是“{'。'.join(left)}”" if {*left} - {*some} else "还有"
            yield question, f"{given.chapter(some[0])}：{told.format('。'.join(some), stands)}"
    yield from ((BY_HAND, one) for one in _placed(by_us, of_us, here, said))
    added = (one for one in _added(of_us, of_them, here) if not said.has(one))
    yield from ((BY_HAND, _in_other_order(some[0], file)) for some in _by_item(added, file))
    more = (one for one, number in merged.number.items() if number > max(1, ours.number[one], file.number[one]))
    yield from ((TWICE, f"{merged.chapter(one)}：{one}") for one in more)


class _Said:
    """What is asked about already."""

    def __init__(self, known: Sequence[str]) -> None:
        self.lines = [_bare(one) for one in known]
        self.quoted = {_bare(part) for one in known for ends in ("[“”]", "[“”：（）]") for part in re.split(ends, one)}

    def has(self, sentence: str) -> bool:
        """Whether a sentence stands in a question; a short one is what it is about, as it may stand in any by chance."""
        bare = _bare(sentence)
        return bare in self.quoted or (len(bare) >= _LONG and any(bare in one for one in self.lines))


def _bare(text: str) -> str:
    """The characters of a text by which it is known, whatever parts its sentences or cells."""
    return re.sub(r"\W+", "", text)


def _by_item(sentences: Iterable[str], reading: Reading) -> list[list[str]]:
    """The sentences of each paragraph together."""
    found: dict[int, list[str]] = {}
    for one in sentences:
        found.setdefault(reading.of[reading.texts.index(one)], []).append(one)
    return [*found.values()]


def _touched(given: Reading, other: Reading) -> list[str]:
    """The sentences of the paragraphs that are otherwise in another reading, or elsewhere."""
    changed = since(given.items, other.items)
    return [*dict.fromkeys(one for one, at in zip(given.texts, given.of, strict=True) if changed[given.items[at].key])]


def _forms(given: Reading, other: Reading) -> dict[str, list[str]]:
    """Each sentence, and what another reading has of it: one that is like it, else all that stands in its place."""
    old = [one for one in dict.fromkeys(given.texts) if one not in other.number]
    new = [one for one in dict.fromkeys(other.texts) if one not in given.number]
    found = {one: [one] for one in given.texts}
    pairs = nearest(old, new, _ALIKE, of_texts)
    for b, a in pairs.items():
        found[old[a]].append(new[b])
    gone = {one for at, one in enumerate(old) if at not in pairs.values()}
    fresh = {one for at, one in enumerate(new) if at not in pairs}
    for what, a, a_end, b, b_end in SequenceMatcher(None, given.texts, other.texts, autojunk=False).get_opcodes():
        for one in gone.intersection(given.texts[a:a_end]) if what == "replace" else ():
            found[one] += [text for text in other.texts[b:b_end] if text in fresh]
    return found


def _staying(
    touched: Iterable[str], forms: Mapping[str, Sequence[str]], readings: _Readings, said: _Said
) -> dict[str, list[str]]:
    """What ``theirs`` has no more → what the merged text has of it, elsewhere or as ``ours`` has made it."""
    given, ours, theirs, merged = (some.number for some in readings)
    gone: dict[str, list[str]] = {}
    for one in touched:
        more = max(ours[one] - given[one], 0)  # what ours has put in itself
        left = [text for text in forms[one] if merged[text] > theirs[text] + more * (text == one)]
        if theirs[one] < given[one] and left and not any(map(said.has, left)):
            gone[one] = left
    return gone


def _placed(touched: Sequence[str], forms: Mapping[str, Sequence[str]], readings: _Readings, said: _Said) -> Iterator[str]:
    """What the merged text has in another order or in other paragraphs than the reviewer, and than the folder."""
    given, ours, file, merged = readings
    both = readings.both()
    shown, now = (_first(both, forms, some) for some in (merged, ours))
    there = {one: merged.places[text] for one, text in shown.items()}
    stayed = {file.texts[at] for at in unmoved({file.places[one]: given.places[one] for one in both})}
    moved = [one for one in touched if one in both and one not in there and one not in stayed]
    exchanged = dict[str, None]()
    for one, other in itertools.product((one for one in touched if one in there), there):
        was, is_, here = (some[one] < some[other] for some in (given.places, file.places, there))
        if here == is_ or there[one] == there[other]:
            continue
        if was != is_:
            moved.append(other if one in stayed else one)
        elif not {one, other} <= now.keys() or (ours.places[now[one]] < ours.places[now[other]]) != here:
            exchanged[max(one, other, key=lambda text: file.places[text])] = None
    for some in _by_item((one for one in dict.fromkeys(moved) if not said.has(one)), file):
        gone = "" if some[0] in there else "，文件夹里已没有"
        yield f"{file.chapter(some[0])}：稿子移动了“{some[0]}”{gone}"
    for some in _by_item((one for one in exchanged if one not in moved and not said.has(one)), file):
        yield _in_other_order(some[0], file)
    for one, other in itertools.pairwise(there):
        was, is_ = (some.item(one) == some.item(other) for some in (given, file))
        here = merged.item(shown[one]) == merged.item(shown[other])
        is_ours = {one, other} <= now.keys() and (ours.item(now[one]) == ours.item(now[other])) == here
        is_so = here == is_ or (was == is_ and is_ours)
        if not is_so and {one, other} & {*touched} and not (said.has(one) or said.has(other)):
            yield f"{file.chapter(one)}：稿子把“{one}”和“{other}”{'并在一' if is_ else '分在两'}段"


def _added(us: Mapping[str, Sequence[str]], them: Mapping[str, Sequence[str]], readings: _Readings) -> Iterator[str]:
    """The paragraphs that only the reviewer has put in, and that the merged text has on another side of what has stayed.

    ``us`` and ``them`` are what has become of each sentence in the folder and in the file.
    """
    given, ours, file, merged = readings
    known = {*ours.texts, *(text for some in them.values() for text in some)}
    old = {file.of[at] for at, one in enumerate(file.texts) if one in known}
    shown, now = (_first(readings.both(), us, some) for some in (merged, ours))
    still = {ours.places[text]: given.places[one] for one, text in now.items()}
    fixed = unmoved(still)
    stayed = [one for one in shown if one in now and ours.places[now[one]] in fixed]
    for one in (one for one in file.places if file.item(one) not in old and one in merged.places):
        if any((file.places[one] < file.places[at]) != (merged.places[one] < merged.places[shown[at]]) for at in stayed):
            yield one


def _in_other_order(sentence: str, file: Reading) -> str:
    return f"{file.chapter(sentence)}：印的次序不同，“{sentence}”"


def _first(sentences: Iterable[str], forms: Mapping[str, Sequence[str]], reading: Reading) -> dict[str, str]:
    """Each sentence of which a reading has a form once → that form."""
    found = {one: next((text for text in forms[one] if text in reading.places), "") for one in sentences}
    return {one: text for one, text in found.items() if text}
