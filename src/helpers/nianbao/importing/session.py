"""One import: files are read, the folder's texts are made of them, proved, compared with what is there, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nianbao.checks.bodies import may_be_same
from nianbao.errors import UsageError
from nianbao.importing import (
    account,
    bureaufile,
    keeping,
    opened,
    pictures,
    pristine,
    proving,
    record,
    refusals,
    reportfile,
    yamltext,
)
from nianbao.importing.flow import Unreadable
from nianbao.importing.forms import sections
from nianbao.importing.importer import import_flows
from nianbao.importing.returned import comeback, printed
from nianbao.importing.said import names
from nianbao.importing.said.harmless import known_in
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import onlycompared, questions, sources
from nianbao.inputs.intake import is_inline
from nianbao.language import say
from nianbao.paths import ACCOUNT, ReportPaths
from nianbao.starting import starter
from nianbao.statute.formats import library
from nianbao.textfile import encoded, lines_of
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Mapping, Sequence
    from pathlib import Path

    from nianbao.importing.forms.sections import Sections
    from nianbao.importing.imported import Imported
    from nianbao.importing.keeping import Difference
    from nianbao.importing.said.harmless import Known


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

    @property
    def is_asked_before(self) -> bool:
        """Whether import.md asks anything that an earlier import has asked, beside what this one does."""
        listed = self.files[self.paths.folder / ACCOUNT].decode()
        return len([*questions.asked(listed)]) > sum(map(len, self.made.questions.values()))

    def keep(self) -> None:
        """Write all files; raises `UsageError`, with everything as it was, where that is not possible."""
        keeping.keep(self.paths, self.files, self.pristine, self.merged, self.made.touched)


def begin(paths: ReportPaths, given: Sequence[Path], full_width: bool = False, only_compared: bool = False) -> Session:
    """Read files and make the texts of a report's folder of them; nothing is written yet.

    Of one that is ``only_compared`` with the next year's report.yaml says so.

    Raises
    ------
    UsageError
        When a file cannot be read or holds no report, or another one than was asked for; when bureau.yaml cannot be used.
    """
    known = library(paths.params)
    form = known.default(paths.year)
    if form is None:
        raise UsageError(say("no statutory format covers report year {year}", year=paths.year))
    flows, origins = opened.flows(given, paths.year, known, form)
    refusals.must_end_another(paths, origins)
    bureau, short = called = bureaufile.names(paths)
    held = sources.held(paths.folder, form.tables)
    forms = sections.of(paths, given, flows, known.formats[form.id], known, held, bureau)
    flows = [*forms.flows] if forms else flows
    laid_out = pristine.files(paths) if paths.folder.exists() else {}
    pictured = partial(pictures.taken, flows, paths, laid_out)
    try:
        made = import_flows(flows, paths.year, known.formats[form.id], known, bureau, full_width, held, short, pictured)
    except Unreadable as error:
        raise UsageError(str(opened.refused("、".join(one.name for one in given), error))) from error
    made.earlier = record.remarks(paths)
    if forms:
        forms.joined.tell(made)
        if forms.held and not only_compared:
            return _in_form(paths, given, forms, made, called, origins, laid_out)
    is_persons = keeping.is_persons(paths, paths.narrative_file, laid_out)
    is_own = not only_compared and len(flows) == 1 and not pristine.is_laid_out(paths, laid_out)
    if is_own and (merged := comeback.read(paths, flows[0], made, known, is_persons, full_width)):
        return _merged(paths, given, merged, called, origins, laid_out)
    kept = {key: held[key] for key in made.taken if key in held}
    _must_fit(paths, made, kept, called, is_persons)
    _leave(paths, made, {*kept, *(forms.joined.unchanged if forms else ())}, kept)
    _ask_whose(paths, given, called, made, are_sent=forms is not None)
    texts = {paths.folder / name: text for name, text in made.files.items()}
    is_new = "report.yaml" not in made.files and not paths.folder.exists()
    begun = starter.laid_out(paths, starter.last_years(paths))[0] if is_new else {}
    if begun and (settings := yamltext.settings(made.taken)):
        begun[paths.report_file] += "".join(f"{line}\n" for line in ("", *settings)).encode()
    reportfile.take_facts(flows, paths, texts, begun, made)
    if only_compared or onlycompared.is_only_compared(paths):
        reportfile.set_aside(paths, texts, begun)
    files = begun | {path: encoded(path.name, text) for path, text in texts.items()}
    files |= {paths.folder / name: data for name, data in made.pictures.files.items()}
    files |= (bureau_file := bureaufile.written(paths, made))
    proving.prove(paths, files, made, kept)
    files |= starter.notebooks(paths.params)
    compared = {path: data for path, data in files.items() if path not in bureau_file}
    differences = keeping.differences(paths, compared, laid_out)
    if not made.outline:
        _ask_once(made, origins)
    files[paths.folder / ACCOUNT] = account.write(origins, made, _account(paths)).encode()
    said = *(forms.joined.told if forms else ()), *pristine.of_next_year(paths)
    return Session(paths, made, files, tuple(differences), laid_out, told=said)


def _leave(paths: ReportPaths, made: Imported, tables: Collection[str], kept: Container[str]) -> None:
    """Write no CSV of the tables that are to stay as they are: those that are kept elsewhere, and those that are there."""
    for key in made.taken.keys() & {*tables}:
        if key in kept or paths.table_file(key).exists():
            del made.files[f"{key}.csv"]


def _must_fit(
    paths: ReportPaths, made: Imported, kept: Mapping[str, str], called: tuple[str, str], is_persons: bool
) -> None:
    """Refuse tables that the folder gives in another way already, and another body's report.

    ``kept`` are the tables that a workbook of the folder gives, with its name.
    """
    if kept and not made.outline:
        said = (
            "{folder} has {file}, from which its tables and facts are read; nothing was written. To fill in a form there "
            "with those that came back, save it as form.xlsx; for CSV files, move {file} away first"
        )
        raise UsageError(say(said, folder=paths.folder, file=", ".join(sorted({*kept.values()}))))
    if "report.yaml" not in made.files and (inline := _inline(paths, made)):
        said = "{file} gives {tables} itself; nothing was written. Take it out there first: each table is given once"
        raise UsageError(say(said, file=paths.report_file, tables=", ".join(inline)))
    if is_persons and _is_others(paths, called, made):
        said = "the file holds the report of {name}, and {folder} is that of {own}, written by a person; nothing was written"
        raise UsageError(say(said, name=made.name, folder=paths.folder, own=called[0]))


def _in_form(
    paths: ReportPaths,
    given: Sequence[Path],
    forms: Sections,
    made: Imported,
    called: tuple[str, str],
    origins: list[account.Origin],
    laid_out: dict[Path, set[bytes]],
) -> Session:
    """An import of forms into a folder that has its own, which is written anew."""
    _ask_whose(paths, given, called, made, are_sent=True)
    data, changes = forms.form(paths, made)
    files = {paths.form_file: data} if changes else {}
    proving.prove(paths, files, made, {})
    told = [*forms.joined.told]
    if not changes and not forms.joined.differing:
        told.append(say("{file}: all of it stands there already", file=paths.form_file.name))
    _ask_once(made, origins)
    is_persons = changes and not forms.is_held_blank and keeping.is_persons(paths, paths.form_file, laid_out)
    differences = [keeping.Difference(paths.form_file, "\n".join(changes))] if is_persons else []
    files[paths.folder / ACCOUNT] = account.write(origins, made, _account(paths)).encode()
    merged = frozenset(one.path for one in differences)
    return Session(paths, made, files, tuple(differences), laid_out, merged, tuple(told))


def _ask_once(made: Imported, origins: Sequence[account.Origin]) -> None:
    """Ask nothing about files without a text that an earlier import has asked about them; the record is to keep it."""
    made.ask_no_more(one.sha256 for one in origins)
    made.touched = record.nothing_but(made.noted)


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
    paths: ReportPaths,
    given: Sequence[Path],
    called: tuple[str, str],
    made: Imported,
    is_merged: bool = False,
    are_sent: bool = False,
) -> None:
    """Ask about a report that may be another body's, and about what its title and the names of the files say.

    ``called`` is how bureau.yaml calls the body, in whole and in short. What is otherwise in the title of a file that is
    merged is said elsewhere. Forms that sections have sent are called after them.
    """
    bureau, _ = called
    if _is_others(paths, called, made):
        made.ask("报告的机关与 bureau.yaml 不同：核对是否放错了文件", f"文件是“{made.name}”，bureau.yaml 是“{bureau}”")
    known = known_in(made.form, library(paths.params), paths.year, bureau or made.name, called[1])
    if made.title and not is_merged and names.is_odd_title(known, made.title.text):
        made.ask(names.OF_TITLE, f"{made.title.place}：{made.title.text}")
    _ask_about_names(given, names.is_other_years if is_merged or are_sent else names.is_odd_file, known, made)


def _is_others(paths: ReportPaths, called: tuple[str, str], made: Imported) -> bool:
    """Whether a report names another body than bureau.yaml does."""
    bureau, short = called
    is_own = may_be_same(made.name, bureau) or made.name == short
    return bool(made.name) and bureau not in {"", paths.bureau} and not is_own


def _inline(paths: ReportPaths, made: Imported) -> list[str]:
    """The tables that were made of the files and that report.yaml gives too."""
    given = read_yaml(paths.report_file).data if paths.report_file.exists() else {}
    return [key for key in made.taken if is_inline(given.get(key))]


def _ask_about_names(files: Sequence[Path], is_odd: Callable[[Known, str], bool], known: Known, made: Imported) -> None:
    """Ask about what the name of each file says of the report; a name that is asked about already is not."""
    asked = [one for some in made.questions.values() for one in some]
    odd = [one for one in files if is_odd(known, one.stem)]
    named = [one.name for one in odd if not any(f"“{one.stem}”" in text or text.endswith(f"：{one.stem}") for text in asked)]
    if named:
        made.ask(names.OF_FILE, *named)
