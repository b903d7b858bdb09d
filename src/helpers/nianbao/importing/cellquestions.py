"""What someone has to decide of the cells of a table that was taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing import misprints, roster
from nianbao.importing.gathered import CHANGED
from nianbao.importing.workbooks import formulas
from nianbao.inputs.questions import BESIDE_ZEROS, BLANK, UNREAD
from nianbao.shown.blocks import CHANGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.importing.remark import Remark
    from nianbao.importing.taken import Taken

TAKEN_FOR = "下列栏名写的是另一栏的名称，按位置读：对照原件核对是栏名写错了，还是数填错了栏"
# What is asked of a cell, or of a row, in which something was tracked.
_TRACKED = re.compile(rf"（(第[0-9]+个表格) (?:[A-Z]+([0-9]+)格|第([0-9]+)行)）：.*{CHANGED}")


def of_cells(name: str, taken: Taken) -> Iterator[tuple[str, list[str]]]:
    """Each question with what it is about; ``name`` is the table's."""
    for fault in taken.faults:  # why cells cannot be read comes before them
        yield "下列表格对不上法定格式：对照原件核对", [f"{fault.place}（{fault.source}）：{fault.found}；{fault.action}"]
    for one in taken.doubts:
        said = f"原文“{one.found}”，{one.rule}" if one.found else one.rule
        yield UNREAD, [f"{one.cell}（{one.place}）：{said}"]
    if taken.misprints:
        yield misprints.ASKED, [f"{name} {one}" for one in taken.misprints]
    if taken.taken_for:
        yield TAKEN_FOR, [f"{name} {one}" for one in taken.taken_for]
    if taken.apart:
        yield "下列行的数不在各自的栏名下面，按次序读：对照原件核对", [f"{name}：{'、'.join(taken.apart)}"]
    if taken.formulas:
        yield formulas.ASKED, taken.formulas
    if taken.blanks:
        yield BESIDE_ZEROS if taken.has_zeros else BLANK, [roster.named(taken.table, taken.blanks)]


def with_changes(asked: Iterable[str], remarks: Iterable[Remark]) -> tuple[list[str], set[str]]:
    """What is asked of the cells of a file, with the changes that were tracked in their rows; the places of these rows."""
    changes: dict[str, list[str]] = {}
    for one in remarks:
        if one.kind == CHANGE and not one.is_gone:
            changes.setdefault(one.block, []).append(f"{one.said}（{one.who}）" if one.who else one.said)
    made, told = list[str](), set[str]()
    for text in asked:
        found = _TRACKED.search(text)
        row = f"{found[1]}第{found[2] or found[3]}行" if found else ""
        told |= {row} & changes.keys()
        made.append(f"{text}：{'、'.join(changes[row])}" if row in changes else text)
    return made, told
