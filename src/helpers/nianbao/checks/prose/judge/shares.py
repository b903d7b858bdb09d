"""Whether shares and rates are as a text says: 占30%, 办结率95%."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.counts import PERCENT
from nianbao.checks.prose.judge.quantities import same_unit
from nianbao.checks.prose.said import OPEN, Judged, Verdict, wrong
from nianbao.checks.prose.words import APPLICATIONS, BOTH, CARRIED, CASES, CLOSED, DONE, LAWSUITS, NEW, OUT, REVIEWS

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.values import Values

_TO_DO = f"{NEW}+{CARRIED}"
RECEIVED = (DONE, NEW, _TO_DO)


def _wholes(cell: str, told: Count | None, values: Values) -> tuple[str, ...]:
    """What a cell may be a share of, the likeliest first; ``told`` is the total that the sentence has: 共办理134件."""
    if told and told.value == values.value(_TO_DO):
        return (_TO_DO,)
    if cell.startswith(f"{APPLICATIONS}/一/"):
        return (DONE,) if told and told.value == values.value(DONE) else (NEW, _TO_DO)
    if not cell.startswith(REVIEWS):
        return *RECEIVED, *_parent(cell.split("/")[1])
    of_all = (DONE, NEW) if cell.endswith("纠正") else ()  # 被纠错率: of cases, or of all applications
    return *_of_cases(cell)[:2], *of_all


def _of_cases(cell: str) -> tuple[str, ...]:
    """The cases that a cell of 表四 may be a share of: those of its kinds, the closed ones of them, all, all lawsuits.

    行政复议维持6件，占66.7%; 行政复议9件，占64.3%; 复议后起诉2件，占40%.
    """
    kinds = [*dict.fromkeys(term.rpartition("/")[0] for term in cell.split("+"))]
    closed = [f"{kind}/{result}" for kind in kinds for result in ("结果维持", "结果纠正", "其他结果")]
    of_all = ["+".join(f"{one}/总计" for one in CASES[kind]) for kind in (BOTH, LAWSUITS)]
    own = "+".join(f"{kind}/总计" for kind in kinds)
    return (*of_all, own) if cell == own else (own, "+".join(closed), *of_all)


def _parent(row: str) -> tuple[str, ...]:
    """The row that the row of a share is a sub-row of: 不予公开17件属于国家秘密，占53.1%."""
    return (f"{APPLICATIONS}/{row.rstrip('0123456789')}/总计",) if row[-1:].isdigit() else ()


def _bases(said: Said, cell: str) -> tuple[str, ...]:
    """What the number of a share may be a share of: the whole that is named; for applicants, those received."""
    if said.base:
        return (said.base,)
    if cell.startswith(REVIEWS):
        return *_of_cases(cell), *RECEIVED
    terms = [term for one in said.cells for term in one.split("+")]
    if said.of and said.of.family == "申请人" and all(one.startswith(f"{APPLICATIONS}/一/") for one in terms):
        return NEW, _TO_DO
    return *RECEIVED, *_parent(said.of.row if said.of else "")


def share(said: Said, values: Values) -> Judged:
    """Judge one share or rate."""
    count, part = said.count, next(iter(said.parts), None)
    if count and part is None and said.cells:
        return _rate(said, count, values)
    if count is None or part is None or part.about or count.unit != PERCENT:
        return OPEN
    if said.base and not same_unit(part, values.unit(said.base)):
        return OPEN
    cell = next(iter(said.cells), "")
    cells = cell.startswith((APPLICATIONS, REVIEWS)) or bool(said.of and said.of.family == "方式")
    wholes = [values.value(one) for one in _bases(said, cell)] if cells or said.base else []
    told = [said.whole.value] if said.whole and not said.whole.about and not said.base else []
    known = [one for one in told + wholes if one]
    if not known:
        return OPEN
    if any(_holds(count, some.value * 100 / one) for some in said.parts for one in known):
        return Judged(Verdict.TRUE, "占比")
    if not (said.sure or said.likely) or (cells and None in wholes):
        return OPEN
    whole = next((one for one in known if one > part.value), known[0])
    done = values.value(DONE)
    is_of_done = done and not told and _holds(count, part.value * 100 / done)  # 自然人120件，占93.8%
    verdict = Verdict.DOUBTFUL if is_of_done else wrong(said)
    return Judged(
        verdict, "占比", f"{said.name}{part.text}占{count.shown}",
        f"{part.text}占{wording.number(whole)}的{wording.percent(part.value, whole)}",
    )  # fmt: skip


def _holds(count: Count, share: Decimal) -> bool:
    """Whether a share may be told so; 不足两成 and 超过五成 are true of any that is less and more."""
    return (
        count.agrees(share)
        or (count.about == "不足" and share < count.value)
        or (count.about == "超" and share > count.value)
    )


def _rate(said: Said, count: Count, values: Values) -> Judged:
    """Judge the share of a cell, not of a number in the text: 办结率95%, 自然人占80%."""
    cells = said.cells if said.any else said.cells[:1]
    parts = [values.value(one) for one in cells]
    wholes = [[values.value(one) for one in _wholes(cell, said.whole, values)] for cell in cells]
    if said.name == CLOSED:
        wholes = [some[:1] for some in wholes]  # 审结率: of all cases, not of those that are closed
    shares = [part * 100 / one for part, some in zip(parts, wholes, strict=True) if part is not None for one in some if one]
    if not shares or any(_holds(count, one) for one in shares + _of_new(said, values)):
        return Judged(Verdict.TRUE, "占比") if shares else OPEN
    if None in parts:
        return OPEN
    shown, expected = f"{said.name}{count.shown}", f"{wording.rounded(shares[0])}%"
    return Judged(Verdict.DOUBTFUL, "占比", shown, expected)


def _of_new(said: Said, values: Values) -> list[Decimal]:
    """How many percent of the new applications are concluded: without those carried in, or without those carried out."""
    if said.cells != (DONE,) or (said.whole and said.whole.value == values.value(_TO_DO)):
        return []
    known = values.value(NEW), values.value(DONE), values.value(CARRIED), values.value(OUT)
    new, done, carried, out = known
    if not new or done is None or carried is None or out is None:
        return []
    return [(done - carried) * 100 / new, (new - out) * 100 / new]
