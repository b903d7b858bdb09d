"""What stands behind labels beside a table, such as 审核意见： or 填表人：, against its figures (words: reviews.yaml)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.inputs import formlabels
from nianbao.inputs.cells import UNSEEN
from nianbao.inputs.files.xlsx import CUT
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELDS = re.compile("[,。;!()/、]")
# How a label ends: 审核意见：, 填表人（签字）：, and where a name stands right behind one of a person, 填表人张三（代填）.
_ENDS = r"(?:\([^()]*\))?(?::|(?<=人)(?:,|(?=[\u4e00-\u9fff·]{2,4}\()))"
_CUT = re.compile(UNSEEN.format(text="(?P<text>.*)", why=CUT))


def is_signed(text: str) -> bool:
    """Whether a line begins with a label of who has filled in, checked or signed a form: 审核意见：, 填表人：."""
    return _signed().match(disowned.compared(text)) is not None


def is_objected(text: str, year: int, name: str = "") -> bool:
    """Whether behind a label such as 审核意见： or 填表人： stands that the figures are wrong, not checked, or another's.

    Behind one of nobody who checks or signs, such as 密级： or 地址：, what may be said of other things is no objection.
    """
    objects, denied = _pattern("objections"), _pattern("denied")
    _, *told = re.split(f"({labels()}){_ENDS}", disowned.compared(text))
    for label, behind in zip(told[::2], told[1::2], strict=True):
        is_of_review = re.fullmatch(_of_reviews(), label)
        for one in filter(None, _FIELDS.split(denied.sub("", behind))):
            objected = objects.search(one) or roles.roles(one, year) & {Role.TO_DO, Role.CORRECTED}
            if is_off(one, year) or (is_of_review and (objected or _is_of_others(one, year, name))):
                return True
    return False


def has_opinion(text: str) -> bool:
    """Whether a narrow line has a label of an opinion."""
    return any(f"{one}:" in text for one in words()["opinions"])


def is_record(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a record of who has checked or changed a form, and say nothing of its figures.

    Below heads such as 审核人, 审核意见 and 日期 stand names, 同意 and days.
    """
    heads, *below = ([_shown(cell) for cell in row] for row in rows)
    columns = [next((value for head, value in _columns() if head.fullmatch(one)), None) for one in heads]
    return bool(below) and all(
        value is not None and (not cell or value.fullmatch(cell))
        for row in below for value, cell in zip(columns, row, strict=True)
    )  # fmt: skip


def _shown(cell: str) -> str:
    """What stands in a cell, narrow, in a column that is too narrow for it too."""
    found = _CUT.fullmatch(cell)
    return disowned.compared(found["text"] if found else cell)


def is_off(said: str, year: int) -> bool:
    """Whether narrow words say of figures that some are left out or wrong, or are of a part of the year, or not final."""
    return bool(roles.roles(said, year) & {Role.OFF, Role.REACH}) or disowned.is_no_whole_year(said, year)


def _is_of_others(said: str, year: int, name: str) -> bool:
    """Whether what someone remarks names another year than the report's, or another body."""
    return bool(disowned.years(said, year) - {year}) or (bool(name) and whose.is_anothers(said, name))


@lru_cache(maxsize=1)
def _signed() -> re.Pattern[str]:
    return re.compile(f"[^:,。;]{{0,4}}(?:{_of_reviews()}){_ENDS}")


@lru_cache(maxsize=1)
def _of_reviews() -> str:
    return "|".join((*words()["opinions"], formlabels.labels(formlabels.PERSON)))


@lru_cache(maxsize=1)
def labels() -> str:
    """A pattern of the labels behind which nothing else is said of figures."""
    return "|".join((*words()["opinions"], formlabels.labels(*formlabels.SILENT)))


@lru_cache(maxsize=4)
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(words()[key]))


@lru_cache(maxsize=1)
def _columns() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """The heads of such a record, each with what may stand below."""
    return [(re.compile(head), re.compile(value)) for head, value in words()["record"]]


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words of reviews.yaml by their role."""
    return read_yaml(Path(__file__).with_suffix(".yaml")).data
