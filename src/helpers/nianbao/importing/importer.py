"""Files from elsewhere → the texts of one report's folder, and an account of what was made of what."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from nianbao.checks import whose
from nianbao.checks.bodies import is_another
from nianbao.importing import (
    cellquestions,
    choosing,
    copies,
    labelled,
    narrative,
    outline,
    pictures,
    pieces,
    questions,
    refusals,
    reports,
    titles,
    yamltext,
)
from nianbao.importing.edges import ODD_ROW
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import has_figure
from nianbao.importing.imported import Imported
from nianbao.importing.lines import textlines
from nianbao.importing.margins import ODD_HEAD
from nianbao.importing.pictures import Pictured
from nianbao.importing.said import leftout
from nianbao.importing.said.harmless import known_in
from nianbao.importing.tables import take
from nianbao.importing.workbooks import details, sheets, tablesheets
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.persons import without_persons
from nianbao.inputs.questions import NO_TABLE, UNREAD
from nianbao.shown.blocks import CHANGE
from nianbao.statute.formats import TERM
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from nianbao.importing.choosing import Chosen
    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.labelled import Labels
    from nianbao.importing.outline import Outline, Part
    from nianbao.importing.pieces import Piece
    from nianbao.importing.said.harmless import Known
    from nianbao.importing.taken import Taken
    from nianbao.importing.titles import Title
    from nianbao.statute.formats import Format, Library


def import_flows(
    flows: Sequence[Flow],
    year: int,
    form: Format,
    library: Library,
    name: str = "",
    full_width: bool = False,
    held: Container[str] = (),
    short: str = "",
    pictured: Callable[[Outline], Pictured] = lambda _: Pictured(),
) -> Imported:
    """Read all files as one report.

    Parameters
    ----------
    form : Format
        The format that the report takes when its tables say nothing else.
    name, short : str
        The bureau's name, and its short one, where they are known.
    held : container of str
        The ids of the tables that the report's folder gives already.
    pictured : function
        What becomes of the pictures in an outline; where it is not given, they are only listed.

    Raises
    ------
    UsageError
        When the files hold several reports and none, or more than one, is the one that was asked for; when they hold
        another year's; when nothing in them is a report.
    """
    into = Imported(form)
    told = sheets.put_in_order(flows, labelled.labels_of(library, form), form, year, name)
    title, blocks, left_out = reports.one_of(told.text, year, name, form)
    of_page = None if title else titles.of_pages([flow.titled for flow in flows], year)
    head, of_form = title or of_page, next((one.of[0] for one in flows if one.of), "")
    body = name or (head.name if head else of_form)
    refusals.must_be_of(flows, year, body)
    labels = labelled.labels_of(library, form := _in_its_term(form, head))
    into.left_out, into.said, into.questions = left_out + told.left_out, told.said, told.asked
    read = [_read_lines(some, labels, year, into) for some in (blocks, *told.tables)]
    parts, edges = [part for some in read for part in some], [*accumulate(map(len, read))]
    there = copies.of(parts, labels, copies.Wanted(year, body))
    chosen = choosing.choose(there, parts, edges, form, library, told.details, known_in(form, library, year, body, short))
    form = _read_tables(chosen, form, library, into)
    streams = [_stream(some, chosen) for some in read]
    stream, beside = (streams[0], streams[1:]) if blocks else ([part for some in streams for part in some], [])
    into.form, into.title, into.name = form, head, head.name if head else ""
    if title or any(isinstance(part, Paragraph) for part in stream):
        _read_text(title, of_page, stream, beside, form, into, full_width, [name, short], pictured)
        if not into.title and into.outline:
            into.ask(questions.NO_TITLE, *questions.of_title(into.outline, [flow.titled for flow in flows]))
    if not into.taken and not (into.outline and into.outline.chapters):
        raise refusals.nothing_taken(into, flows)
    into.name = into.name or _named_beside_a_table(into) or of_form
    into.files |= {f"{key}.csv": taken.csv for key, taken in into.taken.items()}
    if into.outline:
        _missing_tables(form, into, held)
        _write_yaml(into.outline, year, form, library, into)
    _ask_of_elsewhere(flows, parts, known_in(form, library, year, body, short), form, into)
    return into


def _read_lines(blocks: Sequence[Block], labels: Labels, year: int, into: Imported) -> list[Block | Piece]:
    """The tables and paragraphs of a text, or of a sheet or file beside it."""
    lines = textlines.read(blocks, labels)
    into.left_out += lines.left_out
    into.said += lines.said
    for question, about in lines.asked.items():
        into.ask(question, *about)
    parts = pieces.taken_apart(lines.blocks, labels, year)
    if beside := [one for one in parts if isinstance(one, Paragraph) and one.around in {ODD_HEAD, ODD_ROW}]:
        into.ask(questions.COLUMNS, *(f"{one.place}：{one.text}" for one in beside))
    return parts


def _write_yaml(read: Outline, year: int, form: Format, library: Library, into: Imported) -> None:
    default = library.default(year)
    is_default = default is not None and default.id == form.id
    refused = [key for key, (text, _) in read.values.items() if yamltext.is_refused(key, text)]
    for key in refused:
        text, place = read.values[key]
        into.ask("下列内容没有写进 report.yaml：补上，或写“未知：原因”", f"{yamltext.NAMES[key]}（{place}）：“{text}”")
    values = {key: value for key, value in read.values.items() if key not in refused}
    text, told = yamltext.write(year, form, is_default, values, into.taken)
    into.files["report.yaml"] = text
    into.said += told


def _ask_of_elsewhere(
    flows: Sequence[Flow], parts: Sequence[Block | Piece], known: Known, form: Format, into: Imported
) -> None:
    # Without a text, what such a line counts is only compared with the table.
    if counted := [f"{place}：{text}" for _, place, text in into.beside if into.outline or without_persons(text)[1]]:
        into.ask(outline.COUNTED, *counted)
    tables = {(part.grid.file, part.grid.sheet) for part in parts if isinstance(part, pieces.Piece)}
    if odd := details.asked([one for taken in into.taken.values() for one in taken.takings], flows, tables, known):
        into.ask(details.ASKED, *odd)
    before = [one for some in into.questions.values() for one in some]
    for question, about in leftout.asked(flows, into.outline, into.left_out, known, form, before):
        into.ask(question, *about)
    _say_of(flows, into)


def _say_of(flows: Sequence[Flow], into: Imported) -> None:
    """Add what the files say beside the report."""
    told: set[str] = set()
    if len(flows) == 1 and UNREAD in into.questions:
        into.questions[UNREAD], told = cellquestions.with_changes(into.questions[UNREAD], flows[0].remarks)
    for flow in flows:
        into.said += [(place, what, "去掉了看不见的字符") for place, what in flow.unseen]
        into.said += flow.said
        for remark, (question, about) in zip(flow.remarks, questions.of_remarks(flow), strict=True):
            if remark.kind != CHANGE or remark.is_gone or remark.block not in told:
                into.ask(question, about)


def _in_its_term(form: Format, title: Title | None) -> Format:
    """The format in the term that the title has for 政府信息."""
    return form.with_term("政务信息") if title and "政务信息公开" in title.text and TERM not in title.text else form


def _read_tables(found: Chosen, form: Format, library: Library, into: Imported) -> Format:
    """Take the tables that were chosen; returns the format that all of them are in, where it is another one."""
    chosen, taken = found.copies, found.read
    into.left_out += found.left_out
    for question, about in found.asked:
        into.ask(question, about)
    whole = {one.formats[""] for one in taken.values() if "" in one.formats}
    if len(whole) == 1:
        other = library.formats[whole.pop()].with_term(form.term)
        if all(_is_in(one, key, other) for key, one in taken.items()):
            form = other
            taken = {key: take(copy, form, library) for key, copy in chosen.items()}
    into.taken = taken
    into.places = {key: copy.place for key, copy in chosen.items()}
    for key, one in taken.items():
        name = form.tables[key].name
        into.said.append((into.places[key], name, "、".join(_formats(one, form, library))))
        into.said += [(str(note.source), note.found, f"{name}：{note.title}") for note in one.notes]
        into.said += [(into.places[key], said, "金额按原件的单位，与法定格式的不同") for said in one.other_units]
        into.left_out += [(place, text, tablesheets.AROUND) for place, text in one.left_out]
        into.beside += [(key, place, text) for place, text in one.left_out if has_figure(text)]
        for question, some in cellquestions.of_cells(name, one):
            into.ask(question, *some)
        for title, labels in one.local.items():
            into.said.append((title or name, "、".join(labels), "法定格式之外的行，已在 report.yaml 的 extra_rows 中声明"))
    return form


def _is_in(taken: Taken, key: str, other: Format) -> bool:
    """Whether a table is wholly in another format, or in what both formats share."""
    theirs = other.with_rows({key: taken.local}).tables.get(key)
    is_shared = theirs is not None and all(part in theirs.parts for part in taken.table.parts)
    return "" in taken.formats or (not taken.formats and is_shared)


def _formats(taken: Taken, form: Format, library: Library) -> list[str]:
    if not taken.formats:
        return [f"按{form.name}的栏目读"]
    return [f"{title or '整张表'}按{library.formats[key].name}的栏目读" for title, key in taken.formats.items()]


def _stream(parts: Sequence[Block | Piece], found: Chosen) -> list[Part]:
    """The flow with each table in the place of its first piece; other copies of it left out, tables of the text as such."""
    first = {id(copy.pieces[0]): (key, copy.place) for key, copy in found.copies.items()}
    own = {id(piece) for copy in found.own for piece in copy.pieces}
    stream: list[Part] = []
    for part in parts:
        if not isinstance(part, pieces.Piece):
            stream.append(part)
        elif id(part) in first:
            stream.append(outline.Table(*first[id(part)]))
        elif id(part) in own:
            stream.append(pieces.whole(part))
    return stream


def _read_text(
    title: Title | None,
    of_page: Title | None,
    stream: list[Part],
    beside: Sequence[Sequence[Part]],
    form: Format,
    into: Imported,
    full_width: bool,
    names: Sequence[str],
    pictured: Callable[[Outline], Pictured],
) -> None:
    into.outline = outline.read(title, stream, form, names)
    if not title and (not into.outline.chapters or (not of_page and outline.holds_tables_alone(into.outline))):
        into.outline.leave_out([*into.outline.preamble, *(one.heading for one in into.outline.chapters)], outline.BARE)
        into.left_out += into.outline.left_out
        into.outline = None
        return
    signature = into.outline.values.get("signature", ("", ""))[0]
    if of_page and is_another(signature, of_page.name, of_page.name, True):
        of_page, into.name = None, ""
    into.title = into.outline.title = title or of_page
    if asked := tablesheets.put(into.outline, beside, form):
        into.ask(tablesheets.ASKED, *asked)
    into.pictures = pictured(into.outline)
    into.written = narrative.write(into.outline, form, full_width, into.pictures.behind)
    into.said += [(title.place, " / ".join(title.lines), "标题")] if title else []
    into.said += [(of_page.place, of_page.text, "标题：正文里没有，取自网页的标题栏")] if of_page else []
    into.said += [(one.heading.place, one.heading.text, "章") for one in into.outline.chapters]
    into.said += [(one.heading.place, one.heading.text, "附件") for one in into.outline.attachments]
    into.said += [(one.place, one.text, "附件的名称，写到落款之前") for one in into.outline.moved]
    into.left_out += into.pictures.without(into.outline.left_out)
    into.said += into.pictures.said + into.written.understood
    into.files["narrative.md"] = into.written.text
    if not into.name:
        into.name = signature
    if into.pictures.asked:
        into.ask(pictures.NOT_TAKEN, *into.pictures.asked)
    for question, about in questions.of_text(into.outline, into.written):
        into.ask(question, *about)
    if columns := questions.of_columns(into.outline, form):
        into.ask(questions.IN_COLUMNS, *columns)


def _named_beside_a_table(into: Imported) -> str:
    """The one body that lines such as 填报单位：… beside the tables name; '' for none, and for several."""
    names = {whose.body_in(text) for taken in into.taken.values() for _, text in taken.left_out} - {""}
    return names.pop() if len(names) == 1 else ""


def _missing_tables(form: Format, into: Imported, held: Container[str]) -> None:
    for key, table in form.tables.items():
        if key not in into.taken and key not in held:
            into.files[f"{key}.csv"] = to_csv(table, dict.fromkeys(table.cells, UNFILLED))
            into.ask(NO_TABLE, f"{table.name} {table.caption}")
