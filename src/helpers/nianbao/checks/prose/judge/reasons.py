"""Why a text may say another number than its cell, where arithmetic shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.prose.words import CARRIED, DONE, NEW, OUT, REVIEWS, SEVERAL
from nianbao.wording import number

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.values import Values

TELLING = 10  # smaller numbers stand in many cells and years


def reason(said: Said, cell: str, value: Decimal, values: Values) -> str:
    """The likely reason; '' where nothing shows one."""
    if said.count is None:
        return ""
    written = said.count.value
    return (
        _unfinished(written, cell, value, values)
        or _money(said, written, value)
        or _carried(written, cell, values)
        or _other_year(said, written, cell, values)
        or ("" if said.some or said.narrowed or said.name == SEVERAL else _elsewhere(written, values, values.label(cell)))
        or slip(written, value)
    )


def _unfinished(written: Decimal, cell: str, value: Decimal, values: Values) -> str:
    """Only concluded cases were counted."""
    if not cell.startswith(REVIEWS) or not cell.endswith("总计"):
        return ""
    open_ = values.value("+".join(f"{one.rpartition('/')[0]}/尚未审结" for one in cell.split("+")))
    return f"正好相差尚未审结的{number(open_)}件：像是只计了已审结的" if open_ and value - written == open_ else ""


def _money(said: Said, written: Decimal, value: Decimal) -> str:
    if said.count and said.count.unit == "元" and value:
        for power, why in ((4, "像是把元当作了万元"), (-4, "像是把万元当作了元"), (8, "像是单位写错"), (-8, "像是单位写错")):
            if written == value.scaleb(power):
                return why
    return ""


def _carried(written: Decimal, cell: str, values: Values) -> str:
    """New applications and those carried in, or carried out, were added or left out."""
    known = {one: values.value(one) for one in (NEW, CARRIED, OUT)}
    new, carried, out = known[NEW], known[CARRIED], known[OUT]
    if cell == NEW and new is not None and carried and written == new + carried:
        return f"正好多出上年结转的{number(carried)}件：像是把上年结转的也算了进去"
    if cell == DONE and new is not None and carried is not None:
        if out and written == new + carried:
            return f"正好多出结转下年度的{number(out)}件：像是没有除去未办结的"
        if carried and written == new:
            return "与新收的件数相同：像是没有计入上年结转的"
    return ""


def _other_year(said: Said, written: Decimal, cell: str, values: Values) -> str:
    source = values if said.last else values.last
    other = source.value(cell) if source and source.has(cell) else None
    if other is None or written != other or not written:
        return ""
    return "是本年同一格的数：像是年度写错" if said.last else "与上年报告同一格的数相同：像是上年的数字没有改"


def _elsewhere(written: Decimal, values: Values, but: str) -> str:
    found = values.same(written, but) if written >= TELLING else ""
    return f"与“{found}”的数相同：像是取错了格" if found else ""


def slip(written: Decimal, value: Decimal) -> str:
    """The slip of the hand that makes one number of the other; '' where they have nothing in common."""
    one, other = number(written), number(value)
    if one != other and len(one) == len(other) and sorted(one) == sorted(other):
        return "数字相同，次序不同：像是两位数字写颠倒了"
    if written and value and (written == value * 10 or value == written * 10):
        return "正好相差十倍：像是多写或少写了一位"
    return ""
