"""The lines beside a statutory table that are its form's: who filled it in, the form's number, what the table is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned
from nianbao.importing import celledlines
from nianbao.importing.counted import ENTRY
from nianbao.importing.furniture import LONGEST
from nianbao.inputs.formlabels import BODY, FORM, PERSON, ends, labels
from nianbao.inputs.persons import without_persons
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.importing.flow import Grid, Paragraph

# What heads the part of a table that goes on on the next page.
_CONTINUED = re.compile(
    rf"[（(]?[接续]+[上前]?[表页]\s*(?:[0-9]{{1,2}}|[{HAN}])?[)）]?|附?表\s*(?:[0-9]{{1,2}}|[{HAN}])?\s*[（(]续[表0-9{HAN}]?[)）]|[（(]续[)）]"
)
_CLAUSE = re.compile("[，,；;。！!？?]")
# Lines that may stand between these and the table: so many, of so many characters; none that heads a part of the text.
_BETWEEN, _SHORT = 2, 30
_HEADS = re.compile(f"{ENTRY.pattern}|[{HAN}]是")


@lru_cache(maxsize=1)
def _of_form() -> re.Pattern[str]:
    """表一 alone, 表号：政公开01表, 制定机关：…, 单位：件."""
    return re.compile(
        rf"[（(]?附?表\s*(?:[0-9]{{1,2}}(?:[-.][0-9])?|[{HAN}]{{1,3}})[)）]?[:：]?$|政公开[0-9]+表(?=$|\s)"
        r"|[（(]?(?:计量)?单位\s*[:：]\s*(?:件(?:[（(]?次[)）]?)?|[、，,/（()）\s]|万元)+$"
        rf"|(?:{labels(FORM, BODY)})(?:[(（][^()（）]*[)）])?\s*[:：]"
    )


@lru_cache(maxsize=1)
def _who() -> re.Pattern[str]:
    return re.compile(f"[^:：]*(?:{ends(PERSON, BODY)})(?:[(（][^()（）]*[)）])?[:：]")


def is_one(text: str) -> bool:
    """Whether a line above a table says what it is called, or the number of its form; a line that tells how many is text."""
    return bool(_of_form().match(text)) and not (_CLAUSE.search(text) or disowned.TELLS.search(disowned.compared(text)))


def beside(parts: Sequence[Paragraph | None], tables: Container[int]) -> dict[int, tuple[str, str]]:
    """The places of such lines, and of notes that say who filled a table in: what of each stays text, and what does not.

    ``tables`` are the places of the tables among the parts. Above one, two short lines may stand between.
    """
    found: dict[int, tuple[str, str]] = {}
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        is_above, is_beside, between = order.step < 0, False, 0
        for at in order:
            part = parts[at]
            text = part.text if part else ""
            is_form = (is_above and is_one(text)) or bool(_CONTINUED.fullmatch(text))
            printed, said = ("", text) if is_form else without_persons(text)
            is_line = bool(said) and not printed and len(said) <= LONGEST and said[-1] != "。"
            is_line = is_line or (bool(text) and reading.is_note(text))
            between = 0 if at in tables else between + (not is_line)
            is_passed = is_above and between <= _BETWEEN and _is_short(text)
            is_beside = at in tables or (is_beside and (is_line or is_passed))
            found |= {at: (printed, said)} if is_beside and is_line and said else {}
    return found


def says_who(grid: Grid) -> bool:
    """Whether a table says who made the report and how to reach them, each label beside its value, and nothing else."""
    told = [one.text for one in celledlines.of_form(grid)]
    return any(_who().match(text) and not without_persons(text)[0] for text in told)


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _SHORT and text[-1] not in "。；：:！!？?" and not _HEADS.match(text)
