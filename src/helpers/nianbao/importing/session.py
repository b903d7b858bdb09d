"""One import: files are read, the folder's texts are made of them, proved, compared with what is there, and kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.checks.bodies import may_be_same
from nianbao.errors import UsageError
from nianbao.findings import Finding
from nianbao.importing import (
    account,
    bureaufile,
    facts,
    keeping,
    kinds,
    labelled,
    pristine,
    proving,
    titles,
    unpacked,
    yamltext,
)
from nianbao.importing.flow import Grid, Unreadable
from nianbao.importing.importer import import_flows
from nianbao.importing.returned import comeback, printed
from nianbao.importing.said import names
from nianbao.importing.said.harmless import known_in
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import sources
from nianbao.inputs.intake import is_inline
from nianbao.language import say
from nianbao.paths import ACCOUNT, ReportPaths
from nianbao.starting import starter
from nianbao.statute.formats import library
from nianbao.textfile import UNREADABLE, decoded, encoded, lines_of
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.importing.keeping import Difference
    from nianbao.importing.said.harmless import Known
    from nianbao.statute.formats import Format, Library


@dataclass(frozen=True, slots=True)
class Session:
    """An import that is ready to be kept.

    Parameters
    ----------
    files : dict
        Each path → its bytes.
    differences : tuple of Difference
        The files that a person made and that would be changed.
    pristine : dict
        The files as `nianbao new` lays them out, in each way that it has.
    merged : frozenset of Path
        The files in which what a person has written was merged with what came back: they stay a person's.
    told : tuple of str
        What else is to be known of a file that came back.
    """

    paths: ReportPaths
    made: Imported
    files: dict[Path, bytes]
    differences: tuple[Difference, ...]
    pristine: dict[Path, set[bytes]]
    merged: frozenset[Path] = frozenset()
    told: tuple[str, ...] = ()

    def keep(self) -> None:
        """Write all files; raises `UsageError`, with everything as it was, where that is not possible."""
        keeping.keep(self.paths, self.files, self.pristine, self.merged, self.made.touched)


def begin(paths: ReportPaths, given: Sequence[Path], full_width: bool = False) -> Session:
    """Read files and make the texts of a report's folder of them; nothing is written yet.

    Raises
    ------
    UsageError
        When a file cannot be read or holds no report, or another one than was asked for; when bureau.yaml cannot be used.
    """
    known = library(paths.params)
    form = known.default(paths.year)
    if form is None:
        raise UsageError(say("no statutory format covers report year {year}", year=paths.year))
    flows, origins = _flows(given, paths.year, known, form)
    called = bureaufile.names(paths)
    bureau = called[0]
    try:
        held = sources.held(paths.folder, form.tables)
        made = import_flows(flows, paths.year, known.formats[form.id], known, bureau, full_width, held, called[1])
    except Unreadable as error:
        raise UsageError(str(_refused("、".join(one.name for one in given), error))) from error
    laid_out = pristine.files(paths) if paths.folder.exists() else {}
    is_persons = keeping.is_persons(paths, paths.narrative_file, laid_out)
    is_own = len(flows) == 1 and not pristine.is_laid_out(paths, laid_out)
    if is_own and (merged := comeback.read(paths, flows[0], made, known, is_persons, full_width)):
        return _merged(paths, given, merged, called, origins, laid_out)
    kept = {key: held[key] for key in made.taken if key in held}
    if kept and not made.outline:
        said = (
            "{folder} has {file}, from which its tables and facts are read; nothing was written. A form that came back "
            "takes its place there, under that name, and is not imported; for CSV files, move {file} away first"
        )
        raise UsageError(say(said, folder=paths.folder, file=", ".join(sorted({*kept.values()}))))
    for key in kept:
        del made.files[f"{key}.csv"]
    if "report.yaml" not in made.files and (inline := _inline(paths, made)):
        said = "{file} gives {tables} itself; nothing was written. Take it out there first: each table is given once"
        raise UsageError(say(said, file=paths.report_file, tables=", ".join(inline)))
    if is_persons and _is_others(paths, called, made):
        said = "the file holds the report of {name}, and {folder} is that of {own}, written by a person; nothing was written"
        raise UsageError(say(said, name=made.name, folder=paths.folder, own=bureau))
    _ask_whose(paths, given, called, made)
    texts = {paths.folder / name: text for name, text in made.files.items()}
    is_new = "report.yaml" not in made.files and not paths.folder.exists()
    begun = starter.laid_out(paths, starter.last_years(paths))[0] if is_new else {}
    if begun and (settings := yamltext.settings(made.taken)):
        begun[paths.report_file] += "".join(f"{line}\n" for line in ("", *settings)).encode()
    _take_facts(flows, paths, texts, begun, made)
    files = begun | {path: encoded(path.name, text) for path, text in texts.items()}
    files |= (bureau_file := bureaufile.written(paths, made))
    proving.prove(paths, files, made, kept)
    files |= starter.notebooks(paths.params)
    differences = keeping.differences(
        paths, {path: data for path, data in files.items() if path not in bureau_file}, laid_out
    )
    files[paths.folder / ACCOUNT] = account.write(origins, made, _account(paths)).encode()
    return Session(paths, made, files, tuple(differences), laid_out, told=pristine.of_next_year(paths))


def _merged(
    paths: ReportPaths,
    given: Sequence[Path],
    merged: comeback.Returned,
    called: tuple[str, str],
    origins: list[account.Origin],
    pristine: dict[Path, set[bytes]],
) -> Session:
    """An import of a file of the folder's own report that came back."""
    _ask_whose(paths, given, called, merged.made, is_merged=True)
    files = {paths.folder / name: data for name, data in merged.files.items()}
    differences = keeping.differences(paths, files, pristine)
    told = []
    if printed.is_changed(paths, given[0]):
        said = "{file} is what was published, and somebody has changed it: compared with what it was, or with the folder"
        told.append(say(said, file=given[0]))
    earlier = _account(paths)
    is_old = not files and account.is_listed(merged.made, earlier)
    if not files and not merged.made.questions:
        about = {"file": given[0].name}
        if merged.is_as_given:
            told.append(say("{file}: nothing is otherwise than its reviewer was given it", **about))
        else:
            told.append(say("{file}: nothing is new: whatever its reviewer changed stands in the folder already", **about))
        if is_old and account.has_questions(earlier):
            told.append(say("what {file} asked before is still to be looked at", file=ACCOUNT))
    written = earlier if is_old else account.write(origins, merged.made, earlier)
    all_ = {**files, paths.folder / ACCOUNT: written.encode()}
    return Session(paths, merged.made, all_, tuple(differences), pristine, frozenset(files), tuple(told))


def _account(paths: ReportPaths) -> str:
    """The import.md that is there; '' where there is none, or one that cannot be read, which `Session.keep` says."""
    try:
        return lines_of(read_file(paths.folder / ACCOUNT).decode("utf-8", "replace"))
    except NotRead:
        return ""


def _ask_whose(
    paths: ReportPaths, given: Sequence[Path], called: tuple[str, str], made: Imported, is_merged: bool = False
) -> None:
    """Ask about a report that may be another body's, and about what its title and the names of the files say.

    ``called`` is how bureau.yaml calls the body, in whole and in short. What is otherwise in the title of a file that is
    merged is said elsewhere.
    """
    bureau, _ = called
    if _is_others(paths, called, made):
        made.ask("报告的机关与 bureau.yaml 不同：核对是否放错了文件", f"文件是“{made.name}”，bureau.yaml 是“{bureau}”")
    known = known_in(made.form, library(paths.params), paths.year, bureau or made.name, called[1])
    if made.title and not is_merged and names.is_odd_title(known, made.title.text):
        made.ask(names.OF_TITLE, f"{made.title.place}：{made.title.text}")
    _ask_about_names(given, names.is_other_years if is_merged else names.is_odd_file, known, made)


def _is_others(paths: ReportPaths, called: tuple[str, str], made: Imported) -> bool:
    """Whether a report names another body than bureau.yaml does."""
    bureau, short = called
    is_own = may_be_same(made.name, bureau) or made.name == short
    return bool(made.name) and bureau not in {"", paths.bureau} and not is_own


def _inline(paths: ReportPaths, made: Imported) -> list[str]:
    """The tables that were made of the files and that report.yaml gives too."""
    given = read_yaml(paths.report_file).data if paths.report_file.exists() else {}
    return [key for key in made.taken if is_inline(given.get(key))]


def _take_facts(
    flows: Sequence[Flow], paths: ReportPaths, texts: dict[Path, str], begun: dict[Path, bytes], made: Imported
) -> None:
    """Write the facts of the forms among the files into report.yaml, as it is or will be."""
    given = {place: row for flow in flows for place, row in flow.facts.items()}
    try:
        raw = begun[paths.report_file] if paths.report_file in begun else read_file(paths.report_file)
    except NotRead:
        raw = b""
    before = texts.get(paths.report_file, lines_of(decoded(raw)[0]))
    if given and (text := facts.written(before, given, made)) != before:
        texts[paths.report_file] = text


def _flows(given: Sequence[Path], year: int, library_: Library, form: Format) -> tuple[list[Flow], list[account.Origin]]:
    """What each file says; all files that cannot be read are named together."""
    flows, origins, faults = [], [], []
    labels = labelled.labels_of(library_, form)
    for name in given:
        try:
            raw = read_file(name)
            flow = kinds.read(raw, library_)
        except (NotRead, Unreadable) as error:
            faults.append(_refused(str(name), error))
            continue
        is_titled = bool(titles.of_pages([flow.titled], year) or titles.find(unpacked.unpacked(flow.blocks, labels)))
        flows.append(_named(flow, "" if is_titled else name.stem, f"{name.name} " if len(given) > 1 else ""))
        origins.append(account.Origin(name.name, flow.kind, hashlib.sha256(raw).hexdigest()))
    if faults:
        raise UsageError("\n\n".join(map(str, faults)))
    return flows, origins


def _refused(name: str, error: NotRead | Unreadable) -> Finding:
    expected = error.expected if isinstance(error, Unreadable) else ""
    return Finding(UNREADABLE, name, None, error.found, expected, error.action)


def _named(flow: Flow, file: str, begins: str) -> Flow:
    """A flow whose places begin with its file's name, where there are several; a file of tables says by its name whose."""
    return replace(
        flow,
        blocks=tuple(
            replace(one, place=f"{begins}{one.place}", file=file)
            if isinstance(one, Grid)
            else replace(one, place=f"{begins}{one.place}")
            for one in flow.blocks
        ),
        remarks=tuple(replace(one, place=f"{begins}{one.place}") for one in flow.remarks),
        unseen=tuple((f"{begins}{place}", what) for place, what in flow.unseen),
        said=tuple((f"{begins}{place}", what, why) for place, what, why in flow.said),
        facts={(f"{begins}{sheet}", number): row for (sheet, number), row in flow.facts.items()},
    )


def _ask_about_names(files: Sequence[Path], is_odd: Callable[[Known, str], bool], known: Known, made: Imported) -> None:
    """Ask about what the name of each file says of the report; a name that is asked about already is not."""
    asked = [one for some in made.questions.values() for one in some]
    odd = [one for one in files if is_odd(known, one.stem)]
    named = [one.name for one in odd if not any(f"“{one.stem}”" in text or text.endswith(f"：{one.stem}") for text in asked)]
    if named:
        made.ask(names.OF_FILE, *named)
