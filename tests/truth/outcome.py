"""The one place where the measure meets the kit: what it finds in a draft, and which numbers of the text it understands."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao.checks.across import across
from nianbao.checks.prose import accounts
from nianbao.checks.signing import signature_of
from nianbao.document.document import load
from nianbao.errors import DataError
from nianbao.findings import Severity
from nianbao.inputs.select import select
from nianbao.job_id import ReportId
from truth.draft import write

# Memory, where the system has a disk of it: thousands of small files are written.
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None


# The kit shows a number with what it counts (1600余件), the measure without.
_NUMBER = re.compile(r"百分之[零一二两三四五六七八九十百点]+|[0-9０-９.．,，]+|[零〇一二两三四五六七八九十百千]+")


def findings_of(draft):
    """(findings, document) of a draft that is written to files first; the document is ``None`` where inputs have faults."""
    return findings_of_all(draft, [draft])[0]


def findings_of_all(draft, asked):
    """The same for several of the drafts that are written together."""
    with TemporaryDirectory(dir=SCRATCH) as folder:
        params = Path(folder, "params")
        write(draft, params)
        loaded = {ReportId(one.bureau.id, one.year): _loaded(one.bureau.id, one.year, params) for one in asked}
        beside = [report.id for report in select(params).reports if report.year in {one.year for one in asked}]
        known = {
            one: signature_of(document.report, document.narrative)
            for one in beside
            if (document := _known(one, loaded, params))
        }
        for year in {one.year for one in loaded} if len(known) > 1 else ():
            ours = [one for one in loaded if one.year == year]
            for one, found in across(ours, {other: known[other] for other in known if other.year == year}).items():
                findings, document = loaded[one]
                loaded[one] = sorted((*findings, *found.findings), key=lambda finding: finding.severity.rank), document
        return [*loaded.values()]


def _known(one, loaded, params):
    return (loaded[one] if one in loaded else _loaded(*one.parts, params))[1]


def _loaded(bureau, year, params):
    try:
        document = load(bureau, int(year), params)
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
