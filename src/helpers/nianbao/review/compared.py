"""Reports compared: what is published with what params say now, or one year with another of the same bureau."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nianbao.digests import digest
from nianbao.document.data import ReportData, data_of
from nianbao.errors import UsageError
from nianbao.findings import Severity
from nianbao.inputfiles import InputFiles
from nianbao.inputs.folder import DATA_FILES, read
from nianbao.language import reason, say
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from nianbao.pictures import KINDS
from nianbao.review.difference import How, What, difference
from nianbao.review.differences import between
from nianbao.run.manifest import NAME, STEMS
from nianbao.run.plan import changed_files, orphans, steps_of
from nianbao.run.pool import each
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.findings import Finding
    from nianbao.job_id import ReportId
    from nianbao.review.difference import Difference
    from nianbao.run.job import Job, Options
    from nianbao.run.manifest import Manifest
    from nianbao.run.plan import Step
    from nianbao.run.process import Limits

PUBLISHED, LAST = State.PUBLISHED.code, "last"
CHUNK = 50  # reports that share a process
SHORT = 12  # digits of the hash of a file that report.json does not hold, such as a picture
DATA = f"{STEMS[State.PUBLISHED]}.json"


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs in one report.

    Parameters
    ----------
    id : ReportId
    against : str
        What it is compared with: ``published``, or a year.
    title : str
        Its title now.
    differences : tuple of Difference
        In reading order; what is the same too where that was asked for.
    same : int, optional
        How many cells, facts, paragraphs and other things are the same; ``None`` where they were not compared one by one,
        because what is published is up to date, or cannot be compared.
    why : tuple of str
        Why a build would make what is published anew, as codes (see `Step`); empty where it would not.
    problem : str
        Why it could not be compared, or ''.
    alone : bool
        Whether that is because there is no other report to compare it with, which is no mistake.
    """

    id: ReportId
    against: str
    title: str = ""
    differences: tuple[Difference, ...] = ()
    same: int | None = None
    why: tuple[str, ...] = ()
    problem: str = ""
    alone: bool = False

    @property
    def changed(self) -> tuple[Difference, ...]:
        """Those of the differences that are not the same in both."""
        return tuple(one for one in self.differences if one.how is not How.SAME)

    @property
    def is_same(self) -> bool:
        """Whether it was compared and nothing differs."""
        return not self.problem and not self.changed

    def to_json(self) -> dict[str, Any]:
        """The report's differences as JSON values."""
        about = {**self.id.to_json(), "against": self.against}
        found = [one.to_json() for one in self.differences]
        more = {"same": self.same, "why": list(self.why), "problem": self.problem, "alone": self.alone}
        return {**about, "title": self.title, "differences": found, **more}


@dataclass(frozen=True, slots=True)
class Differing:
    """The result of `api.diff`: one comparison per report, sorted by id, and the faults of folders in params."""

    reports: tuple[Compared, ...]
    faults: tuple[Finding, ...]

    @property
    def is_compared(self) -> bool:
        """Whether everything was compared for which there is another report."""
        return not self.faults and all(one.alone or not one.problem for one in self.reports)

    @property
    def is_same(self) -> bool:
        """Whether everything was compared for which there is another report, and nothing differs."""
        return not self.faults and all(one.is_same or one.alone for one in self.reports)


@dataclass(frozen=True, slots=True)
class _Task:
    """One comparison, as a process gets it: the report, and the data it is compared with or the report of another year."""

    report: ReportPaths
    other: bytes | ReportPaths
    every: bool
    about: Compared
    files: tuple[Difference, ...] = ()


def published(jobs: Sequence[Job], options: Options, limits: Limits, every: bool, everyone: bool) -> list[Compared]:
    """Each report as it is published beside what its params say now; of ``everyone`` also what has no params any more."""
    found = [_begun(step, every) for step in steps_of(jobs)]
    gone = orphans(options) if everyone else []
    said = say("published, and its folder in params is gone")
    lost = [Compared(one.id, PUBLISHED, problem=said) for one in gone]
    return sorted([*_all(found, limits), *lost], key=lambda one: one.id)


def years(reports: Sequence[ReportPaths], other: int | None, limits: Limits, every: bool) -> list[Compared]:
    """Each report beside the same bureau's of another year; of the year before where none is given.

    Raises `UsageError` where a year is given and none of the reports has another one of that year beside it.
    """
    found = [_beside(one, one.year - 1 if other is None else other, every) for one in reports]
    if other is not None and found and all(isinstance(one, Compared) for one in found):
        raise UsageError(say("none of the reports has another one of {year} beside it", year=other))
    return sorted(_all(found, limits), key=lambda one: one.id)


def _beside(report: ReportPaths, year: int, every: bool) -> Compared | _Task:
    """The comparison of a report with the same bureau's of another year, or why there is none."""
    past = ReportPaths(report.params, report.bureau, year)
    if report.year != year and past.folder.is_dir():
        return _Task(report, past, every, Compared(report.id, str(year)))
    missing = say("no report of {year} in {where}", year=year, where=report.bureau)
    problem = say("it is the report of {year} itself", year=year) if report.year == year else missing
    return Compared(report.id, str(year), problem=problem, alone=True)


def year_of(against: str | int) -> int | None:
    """The year that was given; ``None`` for the year before. Raises `UsageError` for what is neither."""
    if against == LAST:
        return None
    try:
        return int(against)
    except ValueError:
        said = "compared with is published, last or a year such as 2023, not {value}"
        raise UsageError(say(said, value=against)) from None


def _begun(step: Step, every: bool) -> Compared | _Task:
    """What is known of a published report without reading its params, or what is to be compared."""
    job, record = step.job, step.job.options.store.record(step.id)
    assert job.report  # Only reports are compared.
    why = () if step.state is State.CURRENT else step.why
    about = Compared(job.report.id, PUBLISHED, step.title or (record.title if record else ""), why=why)
    if "new" in step.why or (record and DATA not in record.outputs):
        return replace(about, problem=say("not published yet"), alone=True)
    try:
        raw = _data(step, record)
    except ValueError as error:
        return _with_problem(about, str(error))
    if step.state is State.CURRENT and not every:
        return about  # It was made from what params say.
    return _Task(job.report, raw, every, about, tuple(_files(step, record)) if record else ())


def _data(step: Step, record: Manifest | None) -> bytes:
    """report.json as it was published; raises `ValueError` where it, or the manifest, is not as it was."""
    store, name = step.job.options.store, DATA if record else NAME
    why = say("it is damaged, or somebody has changed it")
    if record:
        try:
            raw = store.read(step.id, name)
        except OSError as error:
            why = reason(error)
        else:
            if digest(raw) == record.outputs[name].sha256:
                return raw
    said = "{place} is not as it was published: {why}; nianbao build --deep makes the report anew"
    raise ValueError(say(said, place=store.place(step.id, name), why=why))


def _files(step: Step, record: Manifest) -> Iterator[Difference]:
    """The notebook, and the files of the report's folder that report.json does not hold, as far as they have changed."""
    inside = f"{step.id}/"
    then, now = ({name: one[:SHORT] for name, one in some.items()} for some in (record.inputs, step.job.inputs))
    for name in (name for name in changed_files(record, step.job) if name.startswith(inside)):
        suffix = PurePath(name).suffix.lower()
        if suffix not in DATA_FILES:
            shown = f"{'图' if suffix in KINDS else '文件'} {name.removeprefix(inside)}"
            yield difference(What.FILE, shown, then.get(name, ""), now.get(name, ""))
    was, is_ = (parts["notebook"][:SHORT] for parts in (record.parts, step.job.parts))
    if was != is_ and step.job.target.notebook:
        yield difference(What.FILE, f"笔记本 {step.job.target.notebook.name}", was, is_)


def _with_problem(about: Compared, problem: str) -> Compared:
    return Compared(about.id, about.against, about.title, why=about.why, problem=problem)


def _all(found: Sequence[Compared | _Task], limits: Limits) -> Iterator[Compared]:
    """Those that are known, and the results of the tasks; of a process that is lost each by itself."""
    yield from (one for one in found if isinstance(one, Compared))
    tasks = [one for one in found if isinstance(one, _Task)]
    chunks = [tasks[at : at + CHUNK] for at in range(0, len(tasks), CHUNK)]
    seen = set()
    with closing(each(_compare_all, chunks, _none, limits)) as results:
        for one in chain.from_iterable(results):
            seen.add(one.id)
            yield one
    yield from each(_compare, [one for one in tasks if one.about.id not in seen], _lost, limits)


def _none(tasks: list[_Task], why: str, seconds: float) -> list[Compared]:
    return []


def _lost(task: _Task, why: str, seconds: float) -> Compared:
    return _with_problem(task.about, why)


def _compare_all(tasks: list[_Task]) -> list[Compared]:
    return [_compare(task) for task in tasks]


def _compare(task: _Task) -> Compared:
    after, grave = _data_of(task.report)
    before: dict[str, Any] | None
    if isinstance(task.other, bytes):
        try:
            before = ReportData.model_validate_json(task.other).to_json()
        except ValueError:  # of pydantic, which says each field
            said = "{file} was published by another version of nianbao; after the next build it can be compared"
            return _with_problem(task.about, say(said, file=DATA))
    else:
        before, other = _data_of(task.other)
        grave += other
    if before is None or after is None:
        said = "cannot be read, faults: {count}; nianbao check lists them"
        return _with_problem(task.about, say(said, count=len(grave)))
    found = [*between(before, after), *task.files]
    kept = tuple(one for one in found if task.every or one.how is not How.SAME or _is_taken_over(task, one))
    about = task.about
    same = sum(one.how is How.SAME for one in found)
    return Compared(about.id, about.against, after["title"], kept, same, about.why)


def _is_taken_over(task: _Task, one: Difference) -> bool:
    """Whether a paragraph is the other year's, which is worth knowing in itself."""
    return one.kind is What.PARAGRAPH and isinstance(task.other, ReportPaths)


def _data_of(report: ReportPaths) -> tuple[dict[str, Any] | None, list[Finding]]:
    """A report as report.json would hold it, but for its findings; its faults where it has any, as it has no page then."""
    files = InputFiles(report.params)
    loaded, faults = read(report, files)
    if loaded is None:
        return None, list(faults)
    composed = compose(loaded, files)
    grave = [one for one in (*faults, *composed.faults) if one.severity is Severity.FAULT]
    return None if grave else data_of(loaded, composed, ()).to_json(), grave
