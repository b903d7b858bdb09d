"""The lines beside a statutory table that are its form's: who filled it in, the form's number, what the table is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.furniture import LONGEST
from nianbao.inputs.persons import without_persons
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.importing.flow import Paragraph

# 表一 alone, 表号：政公开01表, 制定机关：….
_OF_FORM = re.compile(
    rf"[（(]?附?表\s*(?:[0-9]{{1,2}}(?:[-.][0-9])?|[{HAN}]{{1,3}})[)）]?[:：]?$|政公开[0-9]+表"
    r"|(?:表\s*号|制定机关|批准机关|批准文号|备案机关|备案文号|有效期至?|(?:单位|机关|部门)名称|编制单位)(?:[(（][^()（）]*[)）])?\s*[:：]"
)
_SHORT = 30  # characters of a line that may stand between these and the table


def is_one(text: str) -> bool:
    """Whether a line above a table says what it is called, or the number of its form."""
    return _OF_FORM.match(text) is not None


def beside(parts: Sequence[Paragraph | None], tables: Container[int]) -> dict[int, tuple[str, str]]:
    """The places of such lines, and of notes that say who filled a table in: what of each is printed, and what is not.

    ``tables`` are the places of the tables among the parts. Above one, short lines may stand between.
    """
    found: dict[int, tuple[str, str]] = {}
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        is_above, is_beside = order.step < 0, False
        for at in order:
            part = parts[at]
            text = part.text if part else ""
            printed, said = ("", text) if is_above and is_one(text) else without_persons(text)
            is_line = bool(said) and not printed and len(said) <= LONGEST and said[-1] != "。"
            is_short = is_above and 0 < len(text) <= _SHORT and text[-1] not in "。；：:！!？?"
            is_beside = at in tables or (is_beside and (is_line or is_short or reading.is_note(text)))
            found |= {at: (printed, said)} if is_beside and said else {}
    return found
