"""A file of the folder's own report that came back, changed by its reviewer → what becomes of the folder."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.characters import cleaned
from nianbao.importing import celldoubts, doubts
from nianbao.importing.imported import Imported
from nianbao.importing.returned import figures, meanings, printed, settings
from nianbao.importing.returned.matching import is_of, items_of, nearness
from nianbao.importing.returned.merge import ADDED, merge
from nianbao.inputfiles import NotRead, read_file
from nianbao.narrative.passages import compose
from nianbao.shown.seen import STAMP
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.flow import Flow
    from nianbao.importing.returned.printed import Own
    from nianbao.importing.returned.result import Result
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Library

FAULTY = "文件夹里有故障，不能和稿子合并，文件整个取用：改正故障后再导入一次"
NOTEBOOK = "机关有自己的笔记本，outputs/ 里没有发布过的文件可比：新增的段落如是笔记本印的，从 narrative.md 删去"
LEFT_OUT = "稿子里多出的下列文字没有取用：是正文的，补进 narrative.md"
OTHERWISE = "合并后印出来与稿子不同：对照稿子核对 narrative.md"
_PLACE = re.compile(r"第[0-9]+(?:段|个表格|行)")


@dataclass(frozen=True, slots=True)
class Returned:
    """What becomes of a folder: its files that change, by their names → their bytes; and what is to be said."""

    files: dict[str, bytes]
    made: Imported


def read(
    paths: ReportPaths, flow: Flow, made: Imported, known: Library, is_persons: bool, full_width: bool
) -> Returned | None:
    """A file merged with the folder that its report was made of; none where it is none of that folder's report.

    Parameters
    ----------
    made : Imported
        What an import makes of the file by itself.
    is_persons : bool
        Whether a person has written the folder's text.
    """
    outputs = paths.params.parent / "outputs" / paths.bureau / str(paths.year)
    if made.outline is None or not paths.narrative_file.is_file() or not (is_persons or outputs.is_dir()):
        return None
    own, faults = printed.own(paths, known, flow)
    if own is None:
        if faults and is_persons:
            made.ask(FAULTY, *(f"{one.place}：{one.found}" for one in faults[:3]))
        return None
    theirs = items_of(made.outline)
    bases = [own.made, *printed.published(outputs, own, known)]
    read_ = [(items_of(one.outline), one) for one in bases if one.outline]
    items, base = max(
        read_, key=lambda one: (nearness(one[0], theirs), -len(_more_left_out(made, one[1]))), default=([], own.made)
    )
    if own.made.outline is None or not is_of(items, theirs):
        return None
    return _merged(paths, own, base, flow, made, known, full_width)


def _merged(
    paths: ReportPaths, own: Own, base: Imported, flow: Flow, theirs: Imported, known: Library, full_width: bool
) -> Returned:
    form = own.report.format
    into = Imported(form, title=theirs.title, name=theirs.name)
    raw = read_file(paths.narrative_file)
    result = merge(own, base, theirs, full_width)
    text = meanings.settled(own.source, settings.title(result.text, form, base, theirs), result)
    into.revised = result.revised
    nameless = _nameless(flow)
    for question, about in _new(theirs, base):
        into.ask(question, *(nameless.get(one, one) for one in about))
    fresh = [after for _, before, after in result.revised if before == ADDED]
    if own.report.bureau.notebook and base is own.made and fresh:
        into.ask(NOTEBOOK, *fresh)
    for question, about in result.asked.items():
        into.ask(question, *about)
    for question, one in figures.asked(own.report, base, theirs):
        into.ask(question, one)
    files = {}
    if text != own.source:
        into.files["narrative.md"] = text
        files["narrative.md"] = _encoded(raw, text)
    try:
        yaml = read_file(paths.report_file)
    except NotRead:
        yaml = b""
    before = lines_of(decoded(yaml)[0])
    after = settings.report_file(before, base, theirs, into.ask)
    if after != before:
        into.files["report.yaml"] = after
        files["report.yaml"] = _encoded(yaml, after)
    into.left_out = _more_left_out(theirs, base)
    if extra := [f"{place}：{said}" for place, said, why in into.left_out if not _is_stamp(said, why)]:
        into.ask(LEFT_OUT, *extra)
    if other := [*_otherwise(own, result, text, flow, known)]:
        into.ask(OTHERWISE, *other)
    return Returned(files, into)


def _more_left_out(theirs: Imported, base: Imported) -> list[tuple[str, str, str]]:
    """What was left out of a file and not of another one."""
    known = {one[1:] for one in base.left_out}
    return [one for one in theirs.left_out if one[1:] not in known]


def _is_stamp(said: str, why: str) -> bool:
    """Whether a line is the stamp of a draft, which the kit prints above each page."""
    return STAMP in said and len(said) <= 2 * len(STAMP)


def _new(theirs: Imported, base: Imported) -> Iterator[tuple[str, list[str]]]:
    """What has to be decided of the file beside its tables, and what the kit's own print does not ask as well."""
    known = {_bare(one) for some in base.questions.values() for one in some}
    of_cells = {question for key, one in theirs.taken.items() for question, _ in celldoubts.of_cells(key, one)}
    for question, about in theirs.questions.items():
        fresh = [one for one in about if _bare(one) not in known]
        if fresh and question not in of_cells:
            yield question, fresh


def _nameless(flow: Flow) -> dict[str, str]:
    """What is said of each change and comment → the same without its author: the places are what a person looks for."""
    without = replace(flow, remarks=tuple(replace(one, who="") for one in flow.remarks))
    return {told: said for (_, told), (_, said) in zip(doubts.of_remarks(flow), doubts.of_remarks(without), strict=True)}


def _bare(text: str) -> str:
    return _PLACE.sub("", text)


def _encoded(before: bytes, text: str) -> bytes:
    """A text in the encoding and with the line ends that its file had."""
    _, encoding = decoded(before)
    text = text.replace("\n", "\r\n") if b"\r\n" in before else text
    try:
        made = text.encode(encoding or "utf-8")
    except (UnicodeError, LookupError):
        made = text.encode()
    return b"\xef\xbb\xbf" + made if before.startswith(b"\xef\xbb\xbf") else made


def _otherwise(own: Own, result: Result, text: str, like: Flow, known: Library) -> Iterator[str]:
    """What the merged text does not print though it should, and what it prints beside that."""
    report = replace(own.report, narrative=cleaned(text)[0])
    narrative = compose(report)
    yield from (f"{one.place}（{one.source}）：{one.found}" for one in narrative.faults)
    made = None if narrative.faults else printed.read_again(report, narrative, like, known)
    if made is None or made.outline is None or own.made.outline is None:
        return
    here, before = items_of(made.outline), {one.key for one in items_of(own.made.outline)}
    there, meant = {one.key for one in here}, {one.key for one in result.meant}
    yield from (f"{one.chapter}：没有印出“{one.text}”" for one in result.meant if one.key not in there)
    yield from (f"{one.chapter}：多印出“{one.text}”" for one in here if one.key not in meant | before)
