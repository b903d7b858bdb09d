"""The unit of a table, of a row or of a column, as it is typed: 单位：件."""

from __future__ import annotations

import re

from nianbao.measures import MEASURE
from nianbao.notes import NOTE_MARK

# What says the unit of a table: in a line of its own, beside the day that its figures are of; behind its name; in a label.
DATE = "(?:截[至止])?20[0-9]{2}年?(?:[度底末]|[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
_SAYS_UNIT = r"(?:计量|数量|金额)?单位\s*[:：]\s*"
UNIT = rf"((?:{DATE}\s+)?[（(]?{_SAYS_UNIT}[^。；;：:（）()\s<]{{1,16}}(?:{NOTE_MARK.pattern})?[）)]?(?:\s+{DATE})?)\s*"
_UNIT_LINE = re.compile(rf"\s*{UNIT}")
_BRACKETS = re.compile("[（）()]")
_UNIT_SAID = re.compile(rf"(?:^|[（(\s])\s*{_SAYS_UNIT}([\u4e00-\u9fff%％]{{1,4}})\s*[）)]?(?=\s|$)")
# What one counts, in brackets behind a label, where nothing says that it is a unit.
_UNIT_OF = re.compile(rf"[（(](?:{_SAYS_UNIT}([\u4e00-\u9fff]{{1,3}})|({MEASURE}))[）)]$")


def is_unit(line: str) -> bool:
    """Whether a line is the unit of a table, with the day of its figures or without: 单位：件, 2024年　单位：件."""
    return _UNIT_LINE.fullmatch(line) is not None


def behind_name(unit: str) -> str:
    """How a line that `is_unit` is printed behind a table's name: （单位：件）."""
    return f"（{_BRACKETS.sub('', unit).strip()}）"


def beside_unit(line: str) -> tuple[str, str]:
    """The unit that a line names of a table, '' without one, and what else it says: 件, 表5 各镇 of 表5 各镇（单位：件）."""
    found = _UNIT_SAID.search(line)
    return (found[1], f"{line[: found.start()]} {line[found.end() :]}".strip()) if found else ("", line)


def unit_of(label: str) -> str:
    """The unit that the label of a row or a column ends in: 万元 of 收费（单位：万元）; '' without one."""
    found = _UNIT_OF.search(label)
    return found[1] or found[2] if found else ""


def without_unit(label: str) -> str:
    """The label of a row or a column without its unit: 收费."""
    return _UNIT_OF.sub("", label)
