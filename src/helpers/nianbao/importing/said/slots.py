"""Whether what stands in a slot of its own is of that slot's form: number, signature, editor, a line below the title."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao.checks import disowned
from nianbao.hanzi import simplified
from nianbao.importing.said import names
from nianbao.importing.said.harmless import CLAUSES, Among, is_more
from nianbao.inputs.persons import without_names

if TYPE_CHECKING:
    from nianbao.importing.said.harmless import Known

_SHORT = 20  # characters of a line that is no running text
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_NUMBERED = re.compile(r"[(\[〔【](20[0-9]{2})[)\]〕】]")
_DAY = re.compile("(?:20[0-9]{2}[年./-])?[0-9]{1,2}[月./-][0-9]{1,2}[日号]?")
_PART = re.compile("[兼代]|[0-9+-]{7,}|签[字名章]|盖章")  # of who signs


def is_odd_value(known: Known, key: str, text: str) -> bool:
    """Whether a value of report.yaml, by its key, says more than its form has.

    The number of a report is of its year or the next; in brackets behind a name stands what the person or the body is.
    """
    tight = disowned.compared(simplified(text))
    if key == "number":
        return any(int(year) not in {known.year, known.year + 1} for year in _NUMBERED.findall(tight))
    tight = tight[1:-1] if _BRACKETED.fullmatch(tight) else tight
    return any(is_more(_PART.sub("", one), known.in_text) for one in _BRACKETED.findall(tight))


def is_odd_line(known: Known, text: str) -> bool:
    """Whether a short line between the title and the text says more than who has made the report, and when."""
    if len(text) > _SHORT or text[-1] in "。！：:":
        return False
    return names.is_of_draft(text, known.year) or says_more(known, text)


def says_more(known: Known, text: str) -> bool:
    """Whether a line of its own says more than who has filled in or checked a form, and when."""
    said = without_names(unicodedata.normalize("NFKC", simplified(text)))
    said = known.labels.sub("", known.sure.sub("", _DAY.sub(",", said)))
    return any(known.is_odd(clause, Among.OPINION) for clause in filter(None, CLAUSES.split(said)))
