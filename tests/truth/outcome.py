"""The one place where the measure meets the kit: what it finds in a draft, and which numbers of the text it understands."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao.checks.prose import accounts
from nianbao.document.document import load
from nianbao.errors import DataError
from nianbao.findings import Severity
from truth.draft import write

# Memory, where the system has a disk of it: thousands of small files are written.
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None


# The kit shows a number with what it counts (1600余件), the measure without.
_NUMBER = re.compile(r"百分之[零一二两三四五六七八九十百点]+|[0-9０-９.．,，]+|[零〇一二两三四五六七八九十百千]+")


def findings_of(draft):
    """(findings, document) of a draft that is written to files first; the document is ``None`` where inputs have faults.

    Rules across bureaus see all of params here; where `load` does not apply them, this function has to.
    """
    return findings_of_all(draft, [draft])[0]


def findings_of_all(draft, asked):
    """The same for several of the drafts that are written together."""
    with TemporaryDirectory(dir=SCRATCH) as folder:
        params = Path(folder, "params")
        write(draft, params)
        return [_loaded(one, params) for one in asked]


def _loaded(draft, params):
    try:
        document = load(draft.bureau.id, draft.year, params)
    except DataError as error:
        return error.faults, None
    return document.findings, document


def accounted(document):
    """[(line of narrative.md, number as written without its unit)] of the counts that are bound or matched with a value."""
    found = accounts.accounted(document.report, document.narrative)
    known = [one for one in found if one.how in {accounts.How.BOUND, accounts.How.MATCHED}]
    return [(one.line, shown[0]) for one in known if (shown := _NUMBER.search(one.text))]


def grave(findings):
    """The findings at 警告 or above, in the order in which a person reads them."""
    return [one for one in findings if one.severity in {Severity.FAULT, Severity.ERROR, Severity.WARNING}]
