"""The lines of outputs/index.html: one above each group, and one for each report and each run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from nianbao.findings import Severity, tally
from nianbao.job_id import ReportId, RunId
from nianbao.language import say_in
from nianbao.render import formats
from nianbao.review.findings import DRAFT, NOW, address
from nianbao.run.manifest import STEMS
from nianbao.run.places import notebook_of
from nianbao.run.store.store import FINDINGS
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from nianbao.findingdata import FindingData
    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store

# The files that every report has besides the formats that were asked for.
ALWAYS = {"ipynb": "notebook", "json": "data"}
# In the row of a report that is out of date, beside which a draft lies.
STALE_TOO = f' data-s="{State.DRAFT.value} {State.STALE.value}"'
# In that of one that is out of date, because its inputs are blocked.
BLOCKED_TOO = f' data-s="{State.STALE.value} {State.BLOCKED.value}"'
# Only reports have these, and an index with reports is Chinese.
ACROSS, ALL_YEARS = "机关间警告", "历年"
# The states that the page shows, in the order of its buttons, with their CSS classes.
CLASSES = {
    State.PUBLISHED: "good",
    State.DRAFT: "draft",
    State.STALE: "bad",
    State.BLOCKED: "bad",
    State.FAILED: "bad",
    State.ABSENT: "gone",
    State.COMPARED: "gone",
    State.ORPHANED: "gone",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lines depend on besides the states: the store, its records, the language, and the pages over bureaus.

    ``over`` has title and address of the pages that notebooks have made of a bureau, such as its figures of all years, by
    its id.
    """

    store: Store
    records: Mapping[JobId, Manifest]
    chinese: bool
    over: Mapping[str, list[tuple[str, str]]]

    @classmethod
    def of(cls, store: Store, records: Mapping[JobId, Manifest], chinese: bool) -> Listed:
        """All of it from the records of a store."""
        over: dict[str, list[tuple[str, str]]] = {}
        page = f"{STEMS[State.PUBLISHED]}.html"
        for one in sorted((one for one in records if isinstance(one, RunId)), key=lambda run: run.parts):
            if page in records[one].outputs:
                over.setdefault(one.parts[-1], []).append((records[one].title, store.address(one, page)))
        return cls(store, records, chinese, over)

    @property
    def say(self) -> Callable[..., str]:
        """`language.say` in the language of the index."""
        return partial(say_in, self.chinese)

    def over_bureau(self, one: JobId) -> list[tuple[str, str]]:
        """Title and address of what runs over the bureau of a report; nothing for a run."""
        return self.over.get(one.bureau, []) if isinstance(one, ReportId) else []


def head_of(listed: Listed, one: JobId, name: str) -> str:
    """The line above a bureau's reports, with links to what runs over the bureau, or above the runs of a notebook."""
    say, own = listed.say, one.parts[-2]
    if isinstance(one, ReportId):
        head = escape(name) if name == own else f"{escape(name)} <small>{escape(own)}</small>"
    else:
        head = say("Notebook {name}", name=escape(name))
    links = (f' <a href="{quote(to)}">{escape(title.removeprefix(name))}</a>' for title, to in listed.over_bureau(one))
    return f'<tbody><tr><th colspan="6" scope="rowgroup">{head}{"".join(links)}'


def own_name(one: JobId) -> str:
    """What a group is called of which nothing is published: a bureau by its id, a notebook as far as its folder tells."""
    return one.parts[-2] if isinstance(one, ReportId) else notebook_of(one.parts[-2])


def row_of(listed: Listed, one: JobId, state: State, beside: str = "", is_blocked: bool = False) -> str:
    """The row of a report or run in a state; ``beside`` is what `beside_of` tells.

    ``is_blocked`` is whether its present inputs keep what is out of date from being made anew.
    """
    store, manifest = listed.store, listed.records.get(one)
    title, day, findings, label, known = "", "", "", state.word(listed.chinese), ""
    if manifest:
        title, day, findings = manifest.title, manifest.date or "", _words(listed, one, manifest.findings)
        if manifest.beside:
            # The row is about what is published; of the draft beside it stands here what it is. The script finds it in both
            # states; where it reads none here it takes that of the cell.
            first = State.STALE if state is State.DRAFT else state
            known = STALE_TOO if state is State.DRAFT else f' data-s="{state.value}"'
            findings = f"{State.PUBLISHED.value}的：{findings}"
            drafted = f"{DRAFT} {_findings(listed, manifest.beside.findings)}".replace("\u00a0", " ")
            label = f"{first.value}；{_to_words(one, drafted) if manifest.beside.findings else drafted}"
    elif isinstance(one, ReportId) and (verdict := store.verdict(one)):
        title, findings = verdict.title, _words(listed, one, verdict.findings)
    known = BLOCKED_TOO if is_blocked else known
    links = [*(_files(listed, one, manifest) if manifest else ()), *_over(listed, one)]
    if CLASSES[state] == "bad":
        links.append(link_to_failure(listed, one))
    name = f'<tr{known}><th scope="row">{one.parts[-1]}<td>{escape(title)}'
    if not isinstance(one, ReportId):
        name = f'<tr class="run"{known}><th scope="row">{escape(title)} <small>{escape(one.parts[-1])}</small>'
    shown = f'<td class="{CLASSES[state]}">{label}<td>{findings}{beside}<td>{escape(day)}<td>{" ".join(links)}'
    return (name + shown).strip()


def rows_of(listed: Listed, one: JobId) -> list[tuple[State, str]]:
    """The row of what was published, in each state that an index may have told of it."""
    manifest = listed.records[one]
    first = (
        [State.DRAFT, State.BLOCKED] if manifest.draft else [State.PUBLISHED, *([State.DRAFT] if manifest.beside else [])]
    )
    rows = [(state, row_of(listed, one, state)) for state in (*first, State.STALE, State.ORPHANED, State.COMPARED)]
    if isinstance(one, ReportId):
        rows.append((State.STALE, row_of(listed, one, State.STALE, is_blocked=True)))
    # It may have failed since the page was written.
    failed = link_to_failure(listed, one)
    return rows + [(state, row.removesuffix(failed).strip()) for state, row in rows if failed]


def links_of_none(listed: Listed, one: JobId, state: State) -> set[str]:
    """What links the row of what was never published may have."""
    over, failed = " ".join(_over(listed, one)), link_to_failure(listed, one)
    return {over, f"{over} {failed}".strip() if CLASSES[state] == "bad" else over}


def link_to_failure(listed: Listed, one: JobId) -> str:
    """The link to the traceback of the last failure; '' without any."""
    say, trace = listed.say, listed.store.failure(one)
    return f'<a href="{quote(trace)}">{say("why it failed")}</a>' if trace else ""


def beside_of(verdict: Verdict | None, now: Verdict | None) -> str:
    """What was found beside what is published, as links to its words.

    That is how much keeps it from being published anew (``now``), and how many warnings depend on reports of other bureaus.
    """
    found = [_to_words(now.id, f"{NOW}\u00a0{tally(one.severity for one in now.findings)}")] if now else []
    count = sum(finding.severity is Severity.WARNING for finding in verdict.across) if verdict else 0
    found += [_to_words(verdict.id, f"{ACROSS}\u00a0{count}")] if verdict and count else []
    return "".join(f" {one}" for one in found)


def without_beside(line: str) -> str:
    """A line without what can change after it was written."""
    return re.sub(f' <a href="{FINDINGS}#[^"<>]+">(?:{ACROSS}|{NOW})\u00a0[^<>]*</a>', "", line)


def _words(listed: Listed, one: JobId, found: Sequence[FindingData | Finding]) -> str:
    """How many findings there are, as a link to their words."""
    told = _findings(listed, found)
    return _to_words(one, told) if found else told


def _to_words(one: JobId, told: str) -> str:
    return f'<a href="{address(one)}">{told}</a>'


def _findings(listed: Listed, found: Iterable[FindingData | Finding]) -> str:
    """``错误 1　提示 2``, gravest first, or 没有核查发现."""
    say, severities = listed.say, [one.severity for one in found]
    counts = ((one, severities.count(one)) for one in Severity if one in severities)
    shown = (f"{one.value if listed.chinese else one.code}\u00a0{count}" for one, count in counts)
    return ("　" if listed.chinese else ", ").join(shown) or say("no findings")


def _files(listed: Listed, one: JobId, manifest: Manifest) -> list[str]:
    """Links to what is published, then to the draft of it or beside it."""
    say = listed.say
    made = dict.fromkeys((*manifest.formats, *(manifest.beside.formats if manifest.beside else ())))
    labels = {formats.suffix(name): formats.label(name) if listed.chinese else name.upper() for name in made}
    labels |= {name: say(ALWAYS[name]) for name in ALWAYS}
    return [
        f'<a href="{quote(listed.store.address(one, f"{stem}.{name}"))}">{DRAFT if state is State.DRAFT else ""}{label}</a>'
        for state, stem in STEMS.items()
        for name, label in labels.items()
        if f"{stem}.{name}" in manifest.outputs
    ]


def _over(listed: Listed, one: JobId) -> list[str]:
    return [f'<a href="{quote(address)}">{ALL_YEARS}</a>' for _, address in listed.over_bureau(one)]
