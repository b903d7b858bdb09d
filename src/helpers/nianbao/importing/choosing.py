"""Which copy of each table is taken: the only one, or the one that all others agree with; else none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing import around, dated, resembling, yearcaptions
from nianbao.importing.copies import Line
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import PRINTED, Paragraph
from nianbao.importing.said import names, notes, stated
from nianbao.importing.tables import take
from nianbao.inputs.layout import title_key
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from nianbao.importing.copies import Copy
    from nianbao.importing.flow import Block
    from nianbao.importing.pieces import Piece
    from nianbao.importing.said.harmless import Known
    from nianbao.importing.taken import Taken
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import CellKey, Table

MOST_COPIES = 10  # of one table, of which each is read
SEVERAL = "同一张表有内容不同的几份，没有取用任何一份：留下正确的一份，再导入一次"
OF_ANOTHER = (
    "下列表格写明是别的年度、别的机关或不满一年的，或写明是作废的、样表、草稿，没有取用："
    "确是本报告的，改正文件里的这些字，再导入一次"
)

OF_SECTION = "下列表格取自以科室或下属单位命名的工作表或文件，或写明由科室、下属单位填报，照数取用：核对是不是全机关的数"

UNSURE = (
    "法定表格旁边的下列话，或工作表、文件的名称，不知是不是说表里的数另有所指，表格照数取用："
    "核对是不是本报告全年、全机关的数，单位是不是件"
)
OWN_ROWS = (
    "下列行不是法定的，照原件印在表里：核对是不是本机关另外的事项，"
    "不是别的年度、别的机关的，不是合计、计划或改正的数，也不是别的行的一部分"
)
EARLY = "法定表格旁边的下列日期在年底之前，那时还没有全年的数，表格照数取用：核对是不是本报告全年的数，日期是不是写错了"
_OF_DAYS = {around.ABOVE, around.INSIDE, around.BELOW, PRINTED}  # the lines that tell when a table was filled in


@dataclass(slots=True)
class Chosen:
    """The copies that are taken, as they were read, and what is said of the others.

    Parameters
    ----------
    asked : list of (str, str)
        What someone has to decide, and what it is about.
    left_out : list of (str, str, str)
        What is not taken: its place, its text, and why.
    own : list of Copy
        Tables of the text with words of a statutory one.
    """

    copies: dict[str, Copy] = field(default_factory=dict)
    read: dict[str, Taken] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    own: list[Copy] = field(default_factory=list)


def choose(
    found: Sequence[Copy],
    parts: Sequence[Block | Piece],
    edges: Sequence[int],
    form: Format,
    library: Library,
    details: Container[str],
    known: Known,
) -> Chosen:
    """One copy of each table.

    ``edges`` are the places among the parts where files and sheets end, ``details`` the sheets whose cells the formulas of
    tables take.
    """
    into, added = Chosen(), dict[str, list[str]]()
    for key, table in form.tables.items():
        some, like, summed = resembling.told_apart([one for one in found if one.table == key], form, library)
        into.left_out += _listed(summed, resembling.TAKEN.format(table=table.name))
        added[table.name] = [piece.grid.sheet for one in summed for piece in one.pieces]
        copies = _filled(some, table, into)
        if len(copies) > MOST_COPIES:
            _refuse(table, copies, into)
        elif copies:
            if len(copies) > 1:
                copies = _put_together(copies, [take(one, form, library) for one in copies], parts)
            copies = [_judged(one, parts, edges, table, form) for one in copies]
            copies = yearcaptions.shared_out(copies, parts, edges)
            _choose_ours(table, copies, {id(one): take(one, form, library) for one in copies}, into)
        told = resembling.told_of(like, into.copies.get(key), into.read.get(key), details, form, library)
        into.left_out += told.left_out
        into.asked += [(resembling.ASKED, about) for about in told.asked]
    _ask_of_all(into, added, known, form)
    return into


def _choose_ours(table: Table, copies: Sequence[Copy], read: Mapping[int, Taken], into: Chosen) -> None:
    """Choose one of the copies of a table, each of which is ``read`` by its id.

    A copy that says that it is another year's or another body's, of a part of the year or a sample is not taken; the only
    one may have the name of a draft's file. One that says that it is this year's is taken before those that say nothing. Of
    the others, those with faults count as those without do.
    """
    own = _own(copies, read)
    of_text = [one for one in copies if stated.is_of_the_text(one) and one not in own]
    own += of_text if len(own) + len(of_text) < len(copies) else []
    of_own, others = {id(one) for one in own}, _others(copies)
    rest = [one for at, one in enumerate(copies) if at not in others and id(one) not in of_own]
    not_ours = [(copies[at], why) for at, why in others.items() if id(copies[at]) not in of_own]
    into.own += own
    into.left_out += _listed([one for one, _ in not_ours], f"写明不是本报告的{table.name}")
    rest = _of_the_body(rest, table, into)
    if rest:
        _choose(table, rest, [read[id(one)] for one in rest], into)
    taken = into.read.get(table.id)
    # What is missing in the copy that is taken may stand in one that is not; so may the figures of the whole body.
    is_asked = any(map(stated.sections, rest)) or not rest or (taken and taken.faults)
    for one, why in not_ours:
        # One that only a note or a caption calls another body's may be the report's own.
        if is_asked or (taken and stated.is_loose(one) and read[id(one)].said != taken.said):
            into.asked.append((OF_ANOTHER, f"{table.name}（{one.place}）：{why}"))


def _ask_of_all(into: Chosen, added: dict[str, list[str]], known: Known, form: Format) -> None:
    """Ask whether the tables that are taken, and the sheets that they add up, are all of the body's and the year's."""
    into.asked += [(OF_SECTION, about) for about in _of_sections(into, form)]
    into.asked += [(EARLY, about) for about in _early(into, form, known.year)]
    into.asked += [(OF_SECTION, about) for about in names.of_sums(known, added)]
    into.asked += [(OWN_ROWS, about) for about in _of_own_rows(into, known, form)]
    into.asked += [(UNSURE, about) for about in _unsure(into, known, form)]


def _others(copies: Sequence[Copy]) -> dict[int, str]:
    """The copies that say that they are none of this report's, each with what says so.

    Where all do, one that only its file calls a draft is the report's, as far as anyone knows; it is asked about.
    """
    found = {at: why for at, one in enumerate(copies) if (why := stated.otherwise(one))}
    if len(found) < len(copies):
        return found
    return {at: why for at, why in found.items() if not stated.is_only_called(copies[at])}


def _judged(copy: Copy, parts: Sequence[Block | Piece], edges: Sequence[int], table: Table, form: Format) -> Copy:
    """A copy with the lines around it, and with the rows that these say are none of this report's."""
    copy = replace(copy, around=around.lines(copy, parts, edges, table, [*form.tables.values()]))
    return replace(copy, doubtful=stated.doubtful(copy))


def _listed(copies: Sequence[Copy], why: str) -> list[tuple[str, str, str]]:
    """Copies that are not taken, with what is said beside their rows."""
    return [(place, text, why) for one in copies for place, text in ((one.place, one.text), *one.remarks)]


def _of_the_body(copies: list[Copy], table: Table, into: Chosen) -> list[Copy]:
    """The copies but for those that a section has filled in, where there are others too."""
    some = [one for one in copies if stated.sections(one)]
    if len(some) == len(copies):
        return copies
    into.left_out += _listed(some, f"科室或下属单位的{table.name}，另有一份全机关的")
    return [one for one in copies if not any(one is other for other in some)]


def _of_sections(into: Chosen, form: Format) -> list[str]:
    """What says that a section of the body has filled in tables that are taken: a sheet's name, or a line."""
    found: dict[str, list[str]] = {}
    for key, copy in into.copies.items():
        for said in stated.sections(copy):
            found.setdefault(said, []).append(form.tables[key].name)
    return [f"{said}：{'、'.join(tables)}" for said, tables in found.items()]


def _early(into: Chosen, form: Format, year: int) -> list[str]:
    """The lines that give days before the end of the year on which tables that are taken were filled in."""
    found: dict[str, list[str]] = {}
    for key, copy in into.copies.items():
        for text in dict.fromkeys(line.text for line in copy.around if line.where in _OF_DAYS):
            if dated.is_early(text, year):
                found.setdefault(text, []).append(form.tables[key].name)
    return [f"{text}：{'、'.join(tables)}" for text, tables in found.items()]


def _of_own_rows(into: Chosen, known: Known, form: Format) -> list[str]:
    """The rows of a bureau's own in tables that are taken, but for those that name an administrative act."""
    return [
        " ".join(filter(None, (form.tables[key].name, title, f"“{label}”")))
        for key, taken in into.read.items()
        for title, labels in taken.local.items()
        for label in labels
        if not known.is_act(label)
    ]


def _unsure(into: Chosen, known: Known, form: Format) -> list[str]:
    """What stands beside the tables that are taken, and may say of their figures what nobody knows."""
    found: dict[str, list[str]] = {}
    for key, copy in into.copies.items():
        of_section = stated.sections(copy)
        remarks = ((Line(text, around.REMARK), text) for _, text in copy.remarks)
        for line, text in (*stated.said_of(copy), *remarks):
            said = f"{line.where}“{text}”" if line.where in around.NAMES else text
            is_said = text in copy.doubtful.values() or any(text in doubt.rule for doubt in into.read[key].doubts)
            if not is_said and said not in of_section and notes.asks(known, line, text):
                tables = found.setdefault(said, [])
                tables += [form.tables[key].name] if form.tables[key].name not in tables else []
    return [f"{said}：{'、'.join(tables)}" for said, tables in found.items()]


def _put_together(copies: Sequence[Copy], taken: Sequence[Taken], parts: Sequence[Block | Piece]) -> list[Copy]:
    """Copies of which each has cells that no other has, in one chapter, as one: a table with text between its parts."""
    made: list[tuple[Copy, set[CellKey]]] = []
    for copy, one in zip(copies, taken, strict=True):
        there = {key for key, cell in one.cells.items() if cell.source and cell.source.cell} | one.doubtful.keys()
        last, known = made[-1] if made else (copy, there)
        is_more = bool(known and there) and not known & there
        if is_more and not any(isinstance(part, Paragraph) and is_chapter(part.text) for part in parts[last.at : copy.at]):
            whole = replace(last, pieces=[*last.pieces, *copy.pieces], keys=last.keys | copy.keys)
            made[-1] = whole, known | there
        else:
            made.append((copy, there))
    return [copy for copy, _ in made]


def _filled(copies: list[Copy], table: Table, into: Chosen) -> list[Copy]:
    """The copies with a figure, where any has one: others are blank forms."""
    blank = [one for one in copies if one.is_blank]
    if len(blank) == len(copies):
        return copies
    into.left_out += [(one.place, one.text, f"空白的{table.name}") for one in blank]
    return [one for one in copies if not one.is_blank]


def _differs(part: Copy, read: Taken, whole: Copy, taken: Taken) -> bool:
    """Whether a part of a table says of some cell something else than the whole one does.

    Where its cells are not known, as those of half of table four, its labels are the table's and its figures are not.
    """
    known = {key: cell for key, cell in read.cells.items() if cell.value is not None}
    if known:
        return any(key in taken.cells and taken.cells[key].value != cell.value for key, cell in known.items())
    return part.words <= _words(taken.table) and not whole.has_all_of(part)


def _own(copies: Sequence[Copy], read: Mapping[int, Taken]) -> list[Copy]:
    """The copies that are tables of the text: none of their cells is known, and they have words that the table has not.

    Where no other copy is there, the table itself may have lost its heads: then it has most of its labels.
    """
    own = [one for one in copies if _is_own(one, read[id(one)])]
    if len(own) < len(copies):
        return own
    return [one for one in own if 2 * len(one.words & _words(read[id(one)].table)) < len(_words(read[id(one)].table))]


def _is_own(copy: Copy, read: Taken) -> bool:
    is_known = not read.faults or read.is_mostly_there or any(cell.value is not None for cell in read.cells.values())
    titles = {title_key(part.title) for part in read.table.parts if part.title}
    return not is_known and not titles & set(map(title_key, copy.words)) and not copy.words <= _words(read.table)


def _words(table: Table) -> set[str]:
    """What stands in a table beside its figures, as it is compared."""
    chains = (chain for part in table.parts for chain in (*part.row_chains, *part.column_chains))
    added = [text for part in table.parts for text in (part.stub, part.corner, part.title)]
    return {tree.normalise(text) for text in (*added, *(node.label for chain in chains for node in chain)) if text}


def _choose(table: Table, copies: Sequence[Copy], taken: Sequence[Taken], into: Chosen) -> None:
    """Choose one of the copies of a table, of those first that say that they are this year's."""
    there = [at for at, one in enumerate(taken) if len(copies) == 1 or not one.faults or one.is_mostly_there]
    votes = [at for at in there if stated.is_this_years(copies[at])] or there
    first = next((at for at in votes if not taken[at].faults), votes[0] if votes else 0)
    # The same words in the same order may stand in other columns.
    differ = any(not copies[at].same_as(copies[first]) or taken[at].said != taken[first].said for at in votes)
    # A part of the table is a copy of that part.
    parts = [at for at in range(len(taken)) if at not in there] if votes else []
    differ = differ or any(_differs(copies[at], taken[at], copies[first], taken[first]) for at in parts)
    if not votes or differ:
        _refuse(table, copies, into)
        return
    into.copies[table.id], into.read[table.id] = copies[first], taken[first]
    for at, one in enumerate(copies):
        is_same = at in votes or (at in there and one.same_as(copies[first]))
        no_table = f"有{table.name}的栏目、但不是{table.name}的表"
        why = f"{table.name}又出现一次，" + ("内容相同" if is_same else "没有写明是本年的") if at in there else no_table
        into.left_out += [] if at == first else _listed([one], why)


def _refuse(table: Table, copies: Sequence[Copy], into: Chosen) -> None:
    """Take none of the copies of a table."""
    into.asked.append((SEVERAL, f"{table.name}：{'；'.join(one.place for one in copies[:MOST_COPIES])}"))
    into.left_out += _listed(copies, f"内容不同的几份{table.name}之一")
