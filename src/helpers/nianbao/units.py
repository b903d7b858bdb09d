"""The unit of a table, of a row or of a column, as it is typed: 单位：件."""

from __future__ import annotations

import re

from nianbao.measures import MEASURE

# What says the unit of a table: in a line of its own, behind its name, in a label.
SAYS_UNIT = r"(?:计量|数量|金额|统计)?单\s?位\s*[:：]\s*"
UNIT_ALONE = rf"单\s?位(?:\s*[（(]\s*{MEASURE}\s*[）)]|\s+{MEASURE})"
"""What says it without a colon: 单位（件）, 单位 件."""
# The unit may have a remark and a mark behind it, and behind that something else may be said: 件（次）①，填表日期：….
_UNIT_SAID = re.compile(
    rf"(?:^|[（(\s，,；;])\s*(?:{SAYS_UNIT}(?P<said>[\u4e00-\u9fff%％]{{1,4}})(?:[（(][\u4e00-\u9fff]{{1,8}}[）)])?"
    rf"|单\s?位(?:\s*[（(]\s*|\s+)(?P<alone>{MEASURE}))[①-⑳※]?\s*[）)]?(?=\s|$|[，,；;]\s*\w{{2,8}}\s*[:：])"
)
# What one counts, in brackets behind a label, where nothing says that it is a unit.
_UNIT_OF = re.compile(rf"[（(](?:{SAYS_UNIT}([\u4e00-\u9fff]{{1,3}})|({MEASURE}))[）)]$")


def beside_unit(line: str) -> tuple[str, str]:
    """The unit that a line names of a table, '' without one, and what else it says: 件, 表5 各镇 of 表5 各镇（单位：件）."""
    found = _UNIT_SAID.search(line)
    return (
        (found["said"] or found["alone"], f"{line[: found.start()]} {line[found.end() :]}".strip()) if found else ("", line)
    )


def unit_of(label: str) -> str:
    """The unit that the label of a row or a column ends in: 万元 of 收费（单位：万元）; '' without one."""
    found = _UNIT_OF.search(label)
    return found[1] or found[2] if found else ""


def without_unit(label: str) -> str:
    """The label of a row or a column without its unit: 收费."""
    return _UNIT_OF.sub("", label)
