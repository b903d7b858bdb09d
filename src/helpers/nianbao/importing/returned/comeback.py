"""A file of the folder's own report that came back, changed by its reviewer → what becomes of the folder."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.importing import cellquestions, encoding, pictures, questions, record, yamltext
from nianbao.importing.imported import Imported
from nianbao.importing.outline import LISTED, Table
from nianbao.importing.returned import (
    breaks,
    figures,
    given,
    looks,
    meanings,
    ordinals,
    printed,
    proof,
    putback,
    remarks,
    sentences,
    settings,
    widths,
    withdrawn,
)
from nianbao.importing.returned.given import Given
from nianbao.importing.returned.matching import is_of, items_of, matched, nearness
from nianbao.importing.returned.merge import merge
from nianbao.importing.returned.result import ADDED, BY_HAND, WITHDRAWN
from nianbao.importing.words import STRUCK
from nianbao.inputfiles import NotRead, read_file
from nianbao.shown.seen import STAMP, squeezed
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.returned.printed import Own
    from nianbao.importing.returned.result import Result
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Format, Library

FAULTY = "文件夹里有故障，不能和稿子合并，文件整个取用：改正故障后再导入一次"
NOTEBOOK = "机关有自己的笔记本，outputs/ 里没有发布过的文件可比：新增的段落如是笔记本印的，从 narrative.md 删去"
LEFT_OUT = "稿子里多出的下列文字没有取用：是正文的，补进 narrative.md"
UNSURE = (
    "看不出校对人改的是哪一次生成的稿子。下列各处稿子与现在印的不同，核对 narrative.md："
    "校对人改的照稿子，你后来改的照现在印的"
)
NOTEBOOKS = "稿子改了笔记本的单元格印出的内容，没有改：要改的，改笔记本"
OTHERWISE = "合并后印出来与稿子不同：对照稿子核对 narrative.md"
NUMBERS = "合并后的编号稿子和文件夹里都没有：核对 narrative.md 里的编号"
UNREAD = "合并后的正文印出来读不回来"
_MEANT = {STRUCK, LISTED}  # why something was left out that is so in narrative.md, or that the kit prints by itself


@dataclass(frozen=True, slots=True)
class Returned:
    """What becomes of a folder.

    Parameters
    ----------
    files : dict
        Its files that change, by their names → their bytes.
    made : Imported
        What is to be said.
    is_as_given : bool
        Whether the file is known to have the words that its reviewer was given.
    """

    files: dict[str, bytes]
    made: Imported
    is_as_given: bool


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
    if made.outline is None or not paths.narrative_file.is_file():
        return None
    if not is_persons and not _has_placeholders(decoded(read_file(paths.narrative_file))[0], made.form):
        return None  # An import has written all of it.
    own, faults = printed.own(paths, known, flow)
    if own is None:
        if faults:
            made.ask(FAULTY, *(f"{one.place}：{one.found}" for one in faults[:3]))
        return None
    parts = given.apart(flow)
    if own.made.outline is None or (base := _given(paths, own, parts.given, made, known)) is None:
        return None
    shown = pictures.changed(flow, own.base.flow)
    blocks = given.on_own_pages(parts.flow.blocks if base.is_known else flow.blocks, own)
    blocks, same = widths.narrowed(blocks, own)
    if blocks != flow.blocks:
        flow = replace(parts.flow if base.is_known else flow, blocks=blocks)
        made = printed.made_of(flow, own.report, known)
    flow, made, headless = _put_back(flow, base, made, own, known)
    merged = _merged(paths, own, base, flow, made, known, full_width)
    if headless:
        merged.made.ask(putback.HEADLESS, *headless)
    if same:
        merged = replace(merged, is_as_given=False)
        merged.made.said += same
    if not base.is_known and (unlike := [*_unlike(own.made, base, made)]):
        merged.made.ask(UNSURE, *unlike)
    if shown:
        merged = replace(merged, is_as_given=False)
        merged.made.ask(pictures.CHANGED, *shown)
    if base.is_known and parts.changed:
        merged.made.ask(NOTEBOOKS, *(_by_cell(*one) for one in parts.changed))
    return merged


def _by_cell(number: int, before: str, after: str) -> str:
    """What a reviewer made of what a cell of the notebook had printed."""
    return f"笔记本第{number}个单元格：印的是“{before}”，稿子{f'是“{after}”' if after else '删去了'}"


def _put_back(flow: Flow, base: Given, made: Imported, own: Own, known: Library) -> tuple[Flow, Imported, list[str]]:
    """The file, and what is read of it, with what its reviewer has taken out and the rest is known by; what is asked."""
    flow, headless = putback.headings(flow, base, made, own)
    if headless:
        made = printed.made_of(flow, own.report, known)
    if dated := putback.day(flow, base, made):
        made = printed.made_of(dated, own.report, known)
        made.ask(BY_HAND, f"{yamltext.NAMES['date']}：稿子没有")
    return flow, made, headless


def _given(paths: ReportPaths, own: Own, told: Sequence[Block], made: Imported, known: Library) -> Given | None:
    """What the reviewer was given: as the file tells, else the nearest known file; none of another report."""
    assert made.outline
    assert own.made.outline
    theirs, base = items_of(made.outline), given.read(own, told, known) if told else None
    if base and is_of(items_of(own.made.outline), theirs):
        return base
    bases = [own.base, *printed.published(paths, own, known)]
    read_ = [(items_of(one.made.outline), one) for one in bases if one.made.outline]
    items, nearest = max(read_, key=lambda one: (nearness(one[0], theirs), -len(_more_left_out(made, one[1].made))))
    if not is_of(items, theirs):
        return None
    return base or Given(nearest.made, nearest.flow.blocks, is_known=False)


def _has_placeholders(text: str, form: Format) -> bool:
    """Whether a text has other placeholders than an import writes, which are those of tables and of braces."""
    names = "|".join(re.escape(one.name) for one in form.tables.values())
    return re.search(r"\{\{|\{%", re.sub(rf"\{{\{{ (?:{names}|'[^'\n]*') \}}\}}", "", text)) is not None


def _unlike(now: Imported, base: Given, theirs: Imported) -> Iterator[str]:
    """What a file says otherwise than the folder prints it now, where nobody knows what was given, but for statutory tables.

    What the folder has no more though it was published stays out of narrative.md, and is none of it.
    """
    assert now.outline
    assert base.made.outline
    assert theirs.outline
    if now.title and theirs.title and squeezed(now.title.text) != squeezed(theirs.title.text):
        yield f"标题：现在印“{now.title.text}”，稿子是“{theirs.title.text}”"
    here, there = items_of(now.outline), items_of(theirs.outline)
    found, known = matched(here, there), {one.key for one in items_of(base.made.outline)}
    for at, one in enumerate(there):
        ours = here[found[at]] if at in found else None
        if isinstance(one.part, Table):
            continue
        if ours and ours.key != one.key:
            yield f"{one.chapter}：现在印“{ours.text}”，稿子是“{one.text}”"
        elif not ours and one.key not in known:
            yield f"{one.chapter}：现在没有印“{one.text}”，稿子有"
    for at, one in enumerate(here):
        if at not in found.values() and not isinstance(one.part, Table):
            yield f"{one.chapter}：现在印“{one.text}”，稿子没有"
    for key, name in yamltext.NAMES.items():
        before, after = (some.outline.values.get(key, ("", ""))[0] for some in (now, theirs) if some.outline)
        if squeezed(before) != squeezed(after):
            yield f"{name}：现在印“{before or '没有'}”，稿子是“{after or '没有'}”"


def _merged(
    paths: ReportPaths, own: Own, was: Given, flow: Flow, theirs: Imported, known: Library, full_width: bool
) -> Returned:
    form, base = own.report.format, was.made
    into = Imported(form, title=theirs.title, name=theirs.name, is_merged=True)
    raw = read_file(paths.narrative_file)
    result = merge(own, base, theirs, full_width)
    text = meanings.settled(own.source, settings.title(result, own, base, theirs), result)
    into.revised = result.revised
    earlier = record.touched(paths)
    asked, noted = remarks.read(flow, own.base.flow, earlier)
    for question, about in _new(theirs, base):
        if left := [*filter(None, (asked.get(one, one) for one in about))]:
            into.ask(question, *left)
    fresh = [after for _, before, after in result.revised if before == ADDED]
    if own.report.bureau.notebook and not was.is_known and base is own.made and fresh:
        into.ask(NOTEBOOK, *fresh)
    for question, about in result.asked.items():
        into.ask(question, *about)
    is_word = flow.kind == own.base.flow.kind == printed.WORD
    marks = looks.asked(own.base.flow, flow, base, theirs) if is_word else ()
    for question, one in (*marks, *figures.asked(own.report, was, theirs, flow)):
        into.ask(question, one)
    files = {}
    if text != own.source:
        into.files["narrative.md"] = text
        files["narrative.md"] = encoding.encoded(raw, text)
    try:
        yaml = read_file(paths.report_file)
    except NotRead:
        yaml = b""
    before = lines_of(decoded(yaml)[0])
    after = settings.report_file(before, own, base, theirs, into)
    if after != before:
        into.files["report.yaml"] = after
        files["report.yaml"] = encoding.encoded(yaml, after)
    into.left_out = _more_left_out(theirs, base)
    if extra := [f"{place}：{said}" for place, said, why in into.left_out if why not in _MEANT and not _is_stamp(said)]:
        into.ask(LEFT_OUT, *extra)
    given_, file, ours = map(withdrawn.items, (base, theirs, own.made))
    if old := [*withdrawn.withdrawn(earlier, given_, file, ours)]:
        into.ask(WITHDRAWN, *old)
    prints = _prove(own, was, theirs, result, text, flow, known, into)
    into.touched = withdrawn.touched(given_, file, withdrawn.items(prints) if prints else ours, earlier, noted)
    return Returned(files, into, was.is_known and _words(theirs) == _words(base))


def _words(made: Imported) -> tuple[str, list[str], dict[str, str]]:
    """The words of a report: its title, its paragraphs and tables, what stands at its end."""
    assert made.outline
    values = {key: squeezed(value) for key, (value, *_) in made.outline.values.items()}
    return squeezed(made.title.text) if made.title else "", [one.key for one in items_of(made.outline)], values


def _more_left_out(theirs: Imported, base: Imported) -> list[tuple[str, str, str]]:
    """What was left out of a file and not of another one."""
    known = {one[1:] for one in base.left_out}
    return [one for one in theirs.left_out if one[1:] not in known]


def _is_stamp(said: str) -> bool:
    """Whether a line is the stamp of a draft, which the kit prints above each page."""
    return STAMP in said and len(said) <= 2 * len(STAMP)


def _new(theirs: Imported, base: Imported) -> Iterator[tuple[str, list[str]]]:
    """What has to be decided of the file beside its tables, and what the kit's own print does not ask as well.

    How the file would be written by itself says nothing of the merged text, which is proved.
    """
    known = {remarks.key_of(one) for some in base.questions.values() for one in some}
    of_cells = {question for key, one in theirs.taken.items() for question, _ in cellquestions.of_cells(key, one)}
    for question, about in theirs.questions.items():
        fresh = [one for one in about if remarks.key_of(one) not in known]
        if fresh and question not in {*of_cells, questions.UNLIKE}:
            yield question, fresh


def _prove(
    own: Own, was: Given, theirs: Imported, result: Result, text: str, like: Flow, known: Library, into: Imported
) -> Imported | None:
    """Ask about what the merged text prints otherwise than the file, beside what is asked about already.

    Returns what is read of that print; none where it cannot be.
    """
    made, faults = printed.with_text(own, text, like, known)
    if made is None:
        into.ask(OTHERWISE, *([f"{one.place}（{one.source}）：{one.found}" for one in faults] or [UNREAD]))
        return None
    prints = proof.whole(made)
    for other in proof.otherwise(result.meant, prints, result.apart):
        into.ask(OTHERWISE, other)
    given_, ours, file = map(proof.whole, (was.made, own.made, theirs))
    asked = [one for some in into.questions.values() for one in some]
    told = [*breaks.asked(given_, file, prints), *proof.levels(given_, file, prints)]
    for question, about in (*told, *sentences.asked((given_, ours, file, prints), (*asked, *result.disputed))):
        into.ask(question, about)
    for about, *both in ordinals.asked(ours, file, prints):
        if not any(all(one in known for one in both) for known in asked):
            into.ask(NUMBERS, about)
    return made
