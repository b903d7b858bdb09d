"""Warnings across bureaus, by the signatures of the reports of one year: text, tables and names of another bureau.

They are about a report, but no part of it: its files and its key depend on nothing that another bureau does. Sentences that
are alike are found by a MinHash index (rensa), not by comparing all with all; then chapters are compared exactly.

Source: Article 47 of State Council Decree 711.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.checks.bodies import is_another, is_beside, level_of, parted
from nianbao.checks.owntext import ENOUGH, agreement, spans, words
from nianbao.checks.signature import DIGITS
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.headings import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from nianbao.checks.owntext import Agreement, OwnText
    from nianbao.checks.signature import Claim, Filled, Signature
    from nianbao.job_id import ReportId

COPIED = Kind("W702", Severity.WARNING, "与其他机关的报告内容雷同")
SAME_TABLE = Kind("W704", Severity.WARNING, "表格与其他机关的完全相同")
NAMED = Kind("W705", Severity.WARNING, "文中写的是其他机关")

TOO_MUCH = 0.6  # of a chapter's own characters
MORE = 1.25  # digits that a table has to have beyond `DIGITS` for each tenfold of reports: by chance more of them agree
# The index finds all sentences that are the same, and two thirds of those that share 70 % of their spans.
SLOTS, BANDS, SEED = 48, 12, 711
CHUNK = 5000  # sentences whose MinHashes are in memory at a time
OWNERS, CANDIDATES = 100, 100  # chapters that a sentence may lead to, and that a chapter is compared with, at most
LIKELY = 0.3  # the share of a chapter whose sentences the index must find in another one for the two to be compared
LIKELY_SHORT, FEWER = 0.6, 10  # both of a short chapter, nearly all of which must agree
RARE = 1e-4  # reports that agree by chance; with fewer expected, it is no chance
SUPPOSED = 2.5  # further reports without a sentence that are supposed, for each of its characters
UNSEEN, LONG = 1.6, 60  # where no third report holds any: so many times more with each character, of so many at most
FEW, TENTH = 4, 10  # reports with the same text, or a tenth of all, that have copied it; of more it may be a handout
_NO_NAME = re.compile("[的在由对与及被把给]")  # words before a name that `parted` takes for a part of the place
GOVERNMENT, DEPARTMENTS = "人民政府", ("局", "厅", "委员会")


@dataclass(slots=True)
class Across:
    """The findings on one report, and the reports of other bureaus that they show."""

    findings: list[Finding] = field(default_factory=list)
    shown: set[ReportId] = field(default_factory=set)


def across(asked: Collection[ReportId], known: Mapping[ReportId, Signature]) -> dict[ReportId, Across]:
    """What the signatures of one year say about the reports asked for; the order of neither matters.

    Parameters
    ----------
    asked : collection of ReportId
        Reports of one year; those without a signature are left out.
    known : mapping
        The signatures of the reports of that year.
    """
    known = dict(sorted(known.items()))
    result = {one: Across() for one in sorted(asked) if one in known}
    found = (*_copied(result, known), *_same_tables(result, known), *_named(result, known))
    for report, finding, other in found:
        result[report].findings.append(finding)
        result[report].shown |= {other} if other else set()
    return result


Found = tuple["ReportId", Finding, "ReportId | None"]


class _Chapters:
    """The chapters of all reports: those with the same masked text are one, and sentences know the chapters they are in."""

    def __init__(self, known: Mapping[ReportId, Signature], asked: Collection[ReportId]) -> None:
        groups: dict[tuple[str, ...], list[tuple[ReportId, OwnText]]] = {}
        for report, signature in known.items():
            for own in signature.texts:
                groups.setdefault(own.letters, []).append((report, own))
        self.members, self.sentences = list(groups.values()), list(groups)
        self.sizes = [sum(map(len, sentences)) for sentences in groups]
        owners: dict[str, list[int]] = {}
        for number, sentences in enumerate(self.sentences):
            for sentence in dict.fromkeys(sentences):
                owners.setdefault(sentence, []).append(number)
        self.due = [
            number for number, members in enumerate(self.members)
            if any(own.is_enough and report in asked for report, own in members)
        ]  # fmt: skip
        alike = _alike(list(owners), {one for number in self.due for one in self.sentences[number]})
        self.near = {sentence: sorted({one for other in near for one in owners[other]}) for sentence, near in alike.items()}
        self.held = {sentence: sum(len(self.members[one]) for one in near) for sentence, near in self.near.items()}

    def candidates(self, number: int) -> list[int]:
        """The chapters that share a good part of one's sentences, the most alike first; itself where several have it.

        What so many have that it leads nowhere, such as the sentences of a handout, is no part of it.
        """
        shared, whole = Counter[int](), 0
        for sentence in self.sentences[number]:
            if len(near := self.near[sentence]) <= OWNERS:
                whole += len(sentence)
                shared.update(dict.fromkeys(near, len(sentence)))
        is_short = self.sizes[number] < ENOUGH
        least, most = (LIKELY_SHORT, FEWER) if is_short else (LIKELY, CANDIDATES)
        likely = [one for one, count in shared.items() if count >= least * whole and one != number]
        itself = [number] if len(self.members[number]) > 1 else []
        return itself + sorted(likely, key=lambda one: (-shared[one], one))[:most]

    def spread(self, sentence: str, but: Collection[int] = ()) -> int:
        """How many chapters, but for some, hold a sentence like this one."""
        near = self.near[sentence]
        left_out = (number for number in but for at in [bisect_left(near, number)] if near[at : at + 1] == [number])
        return self.held[sentence] - sum(len(self.members[number]) for number in left_out)


def _copied(asked: Collection[ReportId], known: Mapping[ReportId, Signature]) -> Iterator[Found]:
    """Each chapter most of whose own sentences stand in another bureau's report, but for numbers and names."""
    if len(known) < 2:
        return
    chapters = _Chapters(known, asked)
    for number in chapters.due:
        own = chapters.members[number][0][1]
        agreed = {one: agreement(own, chapters.members[one][0][1]) for one in chapters.candidates(number)}
        alike = {one: found for one, found in agreed.items() if found.share >= own.needed(TOO_MUCH)}
        seen = _seen(chapters, {number, *alike}, len(known))
        copies = [(-found.share, one) for one, found in alike.items() if _by_chance(own, found, seen, len(known)) < RARE]
        copies.sort()
        all_in = {report for _, one in copies for report, _ in chapters.members[one]}
        for report, text in chapters.members[number]:
            others = (pair for _, one in copies for pair in chapters.members[one] if pair[0] != report)
            if report in asked and text.is_enough and (worst := next(others, None)):
                yield report, _copy(text, *worst, known, len(all_in - {report}) - 1), worst[0]


def _seen(chapters: _Chapters, ring: Collection[int], reports: int) -> Callable[[str], int]:
    """How many third reports hold a sentence; those of a small ring, which all have the same text, are no third ones."""
    if sum(len(chapters.members[one]) for one in ring) <= max(FEW, reports // TENTH):
        return lambda sentence: chapters.spread(sentence, ring)
    return lambda sentence: chapters.spread(sentence) - 2


def _by_chance(own: OwnText, agreed: Agreement, seen: Callable[[str], int], reports: int) -> float:
    """How many reports one expects to agree so far, if every bureau chose its sentences from those that are in use.

    What the whole city writes because it was told to is no copy of one bureau from another. Of a sentence that no third
    report holds nothing is known but its length. Where third reports hold others, it will be one of those in use as well;
    where they hold none, with each character it is less likely that two people write it.
    """
    held = [(seen(one.letters), len(one.letters)) for one, _ in agreed.sentences]
    if any(count > 0 for count, _ in held):
        supposed = [SUPPOSED * size if count <= 0 else 1 for count, size in held]
    else:
        supposed = [UNSEEN ** min(size, LONG) for _, size in held]
    chances = ((max(count, 0) + 1) / (reports - 2 + more) for (count, _), more in zip(held, supposed, strict=True))
    return reports * math.comb(len(own.sentences), len(agreed.sentences)) * math.prod(chances)


def _copy(own: OwnText, other: ReportId, text: OwnText, known: Mapping[ReportId, Signature], more: int) -> Finding:
    agreed = agreement(own, text)
    where = f"{known[other].name}{other.year}年度“{text.heading}”（{other}/{FILE}）"
    found = f"与{where}{agreed.said('对方')}" + (f"；另与{more}个机关的报告也雷同" if more else "")
    source = Source(FILE, agreed.longest[0][0].line)
    return Finding(COPIED, own.heading, source, found, "本机关自己的情况", "按本机关的实际改写；确为统一要求的文字可以发布")


def _alike(sentences: Sequence[str], wanted: Collection[str]) -> dict[str, list[str]]:
    """For each of the sentences wanted those that are probably alike, itself among them."""
    if not wanted:
        return {}
    from rensa import RMinHash, RMinHashLSH  # only here: most commands need no index

    def hashed(some: Sequence[str]) -> list[RMinHash]:
        return RMinHash.from_token_sets(list(map(spans, some)), num_perm=SLOTS, seed=SEED)

    index, asked = RMinHashLSH(threshold=TOO_MUCH, num_perm=SLOTS, num_bands=BANDS), sorted(wanted)
    for start in range(0, len(asked), CHUNK):
        index.insert_many(hashed(asked[start : start + CHUNK]), start)
    near: dict[str, list[str]] = {one: [] for one in asked}
    for start in range(0, len(sentences), CHUNK):
        some = sentences[start : start + CHUNK]
        for sentence, found in zip(some, index.query_all(hashed(some)), strict=True):
            for one in found:
                near[asked[one]].append(sentence)
    return near


def _same_tables(asked: Collection[ReportId], known: Mapping[ReportId, Signature]) -> Iterator[Found]:
    """Each table whose values are all those of another bureau's."""
    same: dict[str, list[tuple[ReportId, Filled]]] = {}
    least = DIGITS + MORE * math.log10(max(len(known), 1))
    for report, signature in known.items():
        for table in signature.tables:
            if table.digits >= least:
                same.setdefault(table.hash, []).append((report, table))
    for group in same.values():
        for report, table in group:
            others = [other for other, _ in group if other != report]
            if report in asked and others:
                found = f"所有数字与{known[others[0]].name}{report.year}年度的{table.name}（{others[0]}）相同"
                found += f"，另与{len(others) - 1}个机关的也相同" if others[1:] else ""
                action = "核对是否放错了文件；确实相同的可以发布"
                yield report, Finding(SAME_TABLE, table.name, Source(table.file), found, "本机关的数字", action), others[0]


def _named(asked: Iterable[ReportId], known: Mapping[ReportId, Signature]) -> Iterator[Found]:
    """Each other bureau whose name stands where a sentence says who did the work: text that was taken over."""
    bureaus = _Bureaus(known)
    for report in asked:
        seen = set()
        above = {known[report].parent, *(known[one].name for one in bureaus.above(report))}
        for claim in known[report].claims:
            name = _name_in(claim.before, bureaus.named) or _stranger_in(claim, known[report], above)
            if not name or name in seen:
                continue
            seen.add(name)
            others = bureaus.named.get(name, [])
            if not any(bureaus.are_related(report, other) for other in others):
                full = f"{known[others[0]].name}，" if others and known[others[0]].name != name else ""
                who = f"（{full}{others[0].bureau}）" if len(others) == 1 else ""
                found, source = f"“{claim.text}”写的是“{name}”{who}", Source(FILE, claim.line)
                action = "核对是否沿用了其他机关的文字；确是写该机关工作的可以发布"
                yield report, Finding(NAMED, claim.heading, source, found, known[report].name, action), None


class _Bureaus:
    """The bureaus of one year, by id and by name; who may well write about whom."""

    def __init__(self, known: Mapping[ReportId, Signature]) -> None:
        self.known = known
        self.ids = {report.bureau: report for report in known}
        self.named: dict[str, list[ReportId]] = {}
        for report, signature in known.items():
            for name in {signature.name, signature.short}:
                self.named.setdefault(name, []).append(report)

    def are_related(self, one: ReportId, other: ReportId) -> bool:
        """Whether a bureau may well write about another one: itself, the bureaus above it, its own bodies."""
        own, theirs = self.known[one].name, self.known[other].name
        if one == other or theirs in own or other in self.above(one) or one in self.above(other):
            return True
        # A government and the bodies of its area belong together, whether or not bureau.yaml names the parent.
        return any(
            above.endswith(GOVERNMENT) and below.startswith(above.removesuffix(GOVERNMENT))
            for above, below in ((own, theirs), (theirs, own))
        )

    def above(self, report: ReportId) -> list[ReportId]:
        """The reports of the bureaus above a bureau, as far as they are known."""
        found = [report]
        while True:
            parent = self.known[found[-1]].parent
            above = self.ids.get(parent) or next(iter(self.named.get(parent, ())), None) if parent else None
            if above is None or above in found:
                return found[1:]
            found.append(above)


def _name_in(before: str, names: Collection[str]) -> str:
    """The known name at the end of a text that holds nothing else, but for words of time; '' without one."""
    for at in range(len(before) - 1):
        if before[at:] in names:
            return before[at:] if not before[:at] or words()["before"].fullmatch(before[:at]) else ""
    return ""


def _stranger_in(claim: Claim, own: Signature, above: Collection[str]) -> str:
    """The full name that a claim is about, but for words of time, of a department that has no report here; '' without one.

    Of the same place it is one of another matter, of another place one of its level, where no bureau ``above`` is and with
    which the sentence tells of no dealings.
    """
    time = words()["before"].match(claim.before)
    name = claim.before[time.end() :] if time else claim.before
    if not all(one.endswith(DEPARTMENTS) for one in (name, own.name)) or sum(map(name.count, DEPARTMENTS)) > 1:
        return ""
    (place, _), (own_place, _) = parted(name), parted(own.name)
    if not place or name in above or not is_another(name, own.name, own.short):
        return ""
    if place == own_place:
        return name
    is_partner = (
        is_beside(name)
        or _NO_NAME.search(place)
        or words()["dealings"].search(claim.text)
        or place in {parted(one)[0] for one in above}
    )
    return name if level_of(name) == own.level and not is_partner else ""
