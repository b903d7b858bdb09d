"""The signature of a report, made from its values and its text."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from nianbao.checks.accepted import asked
from nianbao.checks.bodies import parted
from nianbao.checks.lines import OURS, line_of, lines_of
from nianbao.checks.owntext import Part, cut, own_texts, paragraphs, unmarked, words
from nianbao.checks.signature import DIGITS, Claim, Filled, Signature
from nianbao.wording import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.statute.tree import Table

SMALL = 0.5  # a number of one digit counts for half of one
_OURS = re.compile(OURS)
_NAMED = 30  # characters before a verb in which a name is looked for


def signature_of(report: Report, narrative: Narrative) -> Signature:
    """The signature of a report and its text."""
    about = report.bureau
    return Signature(
        about.name,
        about.short,
        about.parent or "",
        own_texts(report),
        tuple(filter(None, (_filled(report, table) for table in report.format.tables.values()))),
        tuple(_claims(report, narrative)),
        tuple(asked(report, "across")),
        about.level,
    )


def _filled(report: Report, table: Table) -> Filled | None:
    """The table's hash; ``None`` when its numbers are few and small, as such tables agree by chance."""
    cells = report.cells[table.id]
    values = sorted(f"{key} {cell.value if cell.value is not None else cell.state}" for key, cell in cells.items())
    numbers = {str(cell.value) for cell in cells.values() if cell.value}
    counts = [sum(map(str.isdigit, one)) for one in numbers]
    digits = sum(count if count > 1 else SMALL for count in counts)
    file = next((cell.source.file for cell in cells.values() if cell.source), "")
    seal = hashlib.sha256("\n".join(values).encode()).hexdigest()[:32]
    return Filled(table.name, file, seal, digits) if digits >= DIGITS else None


def _doing(sentence: str) -> list[re.Match[str]]:
    """What tells in a sentence that a body does its own work; of its plans any verb does, where it names no 我局."""
    found = [*words()["doing"].finditer(sentence)]
    is_of_plans = words()["next"].match(sentence) and not _OURS.search(sentence)
    intended = words()["intending"].finditer(sentence) if is_of_plans else ()
    told = {one.start() for one in found}
    return [*found, *(one for one in intended if one.start() not in told)]


def _claims(report: Report, narrative: Narrative) -> Iterator[Claim]:
    """Where the text as printed names a body as the one whose work a sentence is about, but for the bureau itself."""
    own_place, _ = parted(report.bureau.name)
    itself = report.bureau.name, report.bureau.short
    for passage in narrative.passages:
        if not passage.own:
            continue
        starts = [start for start, _ in lines_of(passage)]
        for paragraph in paragraphs(Part(passage.place, 0, passage.markdown)):
            for number, sentence in paragraph:
                plain = unmarked(sentence)
                for found in _doing(plain):
                    before = re.split(f"[{CLAUSE_ENDS}“”]", plain[: found.start()])[-1]
                    before = words()["behind"].sub("", before)[-_NAMED:]
                    place, _ = parted(before)
                    is_elsewhere = place and not (own_place in place or place in own_place)
                    if before.endswith(tuple(words()["organs"])) and (
                        is_elsewhere or not (before.endswith(itself) or words()["generic_at_end"].search(before))
                    ):
                        line = line_of(report, passage, starts[number - 1]).line or 0
                        yield Claim(before, passage.place, line, cut(plain[max(0, found.start() - _NAMED) :]))
