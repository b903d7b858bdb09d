"""What the text may say, as words and patterns: statements.yaml, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from nianbao import yamlfile
from nianbao.checks.prose.vocabulary import with_pieces
from nianbao.checks.wordings import any_of
from nianbao.numbered import POINTED

FILE = Path(__file__).parent / "statements.yaml"
# The cells that rules speak of by themselves, and the tables that chapters have.
DECISIONS, APPLICATIONS, REVIEWS = "表二", "表三", "表四"
NEW, CARRIED, DONE, OUT = (f"{APPLICATIONS}/{row}/总计" for row in ("一", "二", "三（七）", "四"))
# The kinds of cases of 表四, as the text speaks of them: one or several. Where they stand, and how a finding names them.
BOTH, REVIEWED, LAWSUITS, COURSES = "两者", "复议", "诉讼", ("直接", "复议后")
_OF_REVIEWS = (f"{REVIEWS}/行政复议",)
_OF_LAWSUITS = tuple(f"{REVIEWS}/行政诉讼/{one}" for one in ("未经复议直接起诉", "复议后起诉"))
CASES = {
    REVIEWED: _OF_REVIEWS, "直接": _OF_LAWSUITS[:1], "复议后": _OF_LAWSUITS[1:],
    LAWSUITS: _OF_LAWSUITS, BOTH: (*_OF_REVIEWS, *_OF_LAWSUITS),
}  # fmt: skip
CASE_NAMES = {
    REVIEWED: "行政复议", "直接": "未经复议直接起诉", "复议后": "复议后起诉",
    LAWSUITS: "行政诉讼", BOTH: "行政复议和行政诉讼",
}  # fmt: skip
# The families of all cases, of how they ended, and of what says that there were none.
ALL_CASES, RESULTS, NO_CASES = "案件", "案件结果", "没有案件"
APPLIED, CASE = "申请", "案"
CLOSED = "已审结"
DOCUMENTS = ("规章", "规范性文件")
CHARGES = "收费"
BACKLOG = "没有结转的积压"
SEVERAL = "几项之和"
OPENED = "予以公开和部分公开之和"
_WHOLE = {"filler", "whole"}  # the keys whose patterns are of texts of nothing else
# What the rules know by name, besides words: a file without one of them would switch a rule off.
ANSWERED = frozenset({"办结", "答复"})
HANDLED = ANSWERED | {"办理"}
DIVIDED = ("不予公开", "无法提供", "不予处理", "其他处理")  # the outcomes that have a row for each of their reasons
OPENED_IN_PART, REPEATED, STILL_OPEN, CARRIED_OUT = "部分公开", "重复申请", "尚未审结", "结转下年度继续办理"
DECIDED = tuple(f"{kind}处理决定数量" for kind in ("行政许可", "行政处罚", "行政强制"))
OF_DOCUMENTS = frozenset(f"{kind}{what}" for kind in DOCUMENTS for what in ("制发件数", "废止件数", "现行有效件数"))
_NAMES = {
    *HANDLED, *DIVIDED, *DECIDED, *OF_DOCUMENTS, OPENED, OPENED_IN_PART, BACKLOG, REPEATED, STILL_OPEN, CARRIED_OUT,
    "新收", "受理", "申请", "上年结转", "结转", "新收和上年结转之和", "没有上年结转", "予以公开",
    "其他", "自然人", "公民", "法人或其他组织", "其他组织", ALL_CASES, CLOSED, "结果维持", "结果纠正", "其他结果",
    "没有行政复议", "没有行政诉讼",
}  # fmt: skip
_FAMILIES = {"方式", "申请人", "结果", "去向", "其他", ALL_CASES, RESULTS, NO_CASES, *DIVIDED}
_KEYS = {"name", "topic", "words", "cells", "any", "sure", "row", "family", "group", "unit", "needs", "case", "unless"}


class StatementsError(Exception):
    """statements.yaml has a key that nothing reads, or lacks a name that rules speak of."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that the text may say a number of."""

    name: str
    topic: str  # 申请, 案 (a case of 表四), 规范性文件, …
    words: re.Pattern[str]  # how it is said
    cells: tuple[str, ...] = ()  # sums such as 表三/一/总计+表三/二/总计; # stands for a row, * for kinds of cases
    any: bool = False  # whether any of the cells may be meant
    sure: bool = True  # whether another value is a contradiction, and not only something else
    row: str = ""  # the row of 表三 that it is
    family: str = ""  # what it is one of several parts of
    group: str = ""  # of what all applications are, shared by meanings that count nearly the same: 总 of 办理, 办结, 答复
    unit: str = ""  # the only unit that its numbers have
    needs: str = ""  # 决定: of decisions only
    case: str = ""  # the only kind of cases that it is said of
    unless: re.Pattern[str] | None = None  # what the words before the number must not say
    some: bool = False  # whether it is of some of what its cells count
    perhaps: bool = True  # whether another value is worth a question

    @property
    def only(self) -> bool:
        """Whether its words are said of hardly anything but applications: 予以公开, 结转下年度."""
        return self.family in {"结果", "去向"} or self.name in {"办结", "上年结转"}

    @property
    def telling(self) -> bool:
        """Whether its words tell by themselves that applications are spoken of."""
        return self.only or self.family in DIVIDED or (self.family == "申请人" and self.row.startswith("三"))

    @property
    def result(self) -> str:
        """How the cases ended that it counts; '' of all, of none, and of what is no case."""
        return self.name if self.topic == CASE and self.family not in {ALL_CASES, NO_CASES} else ""

    def named(self, case: str) -> str:
        """Its name, for one kind of cases."""
        return self.name if self.topic != CASE or self.case else f"{CASE_NAMES[case]}{self.result}"

    def cells_of(self, case: str, row: str) -> tuple[str, ...]:
        """Its cells for one kind of cases, or for a row of 表三."""
        found = []
        for cell in self.cells:
            terms = [one.replace("#", row) for one in cell.split("+")]
            found.append(
                "+".join(one.replace("*", kind) for one in terms for kind in (CASES[case] if "*" in one else ("",)))
            )
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Compare:
    """How this year is compared with last year."""

    mark: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    not_difference: re.Pattern[str]
    level: re.Pattern[str]
    near: re.Pattern[str]
    folds: re.Pattern[str]
    share: re.Pattern[str]
    yearly: re.Pattern[str]
    manner: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The whole of statements.yaml: a key for each field, whose type tells what is made of it."""

    no_source: re.Pattern[str]
    topics: dict[str, re.Pattern[str]]
    other: re.Pattern[str]
    never: re.Pattern[str]
    elsewhere: re.Pattern[str]
    bare: re.Pattern[str]
    rest: re.Pattern[str]
    respectively: re.Pattern[str]
    apart: re.Pattern[str]
    documents: re.Pattern[str]
    done_to: re.Pattern[str]
    not_all: re.Pattern[str]
    rows: re.Pattern[str]
    authority: re.Pattern[str]
    fees: re.Pattern[str]
    not_ours: re.Pattern[str]
    everybody: re.Pattern[str]
    filler: re.Pattern[str]
    opening: re.Pattern[str]
    grounds: re.Pattern[str]
    matters: re.Pattern[str]
    counting: re.Pattern[str]
    plain: re.Pattern[str]
    whole: re.Pattern[str]
    bodies: re.Pattern[str]
    ourselves: re.Pattern[str]
    ranked: re.Pattern[str]
    part_of: re.Pattern[str]
    narrows: re.Pattern[str]
    complaints: re.Pattern[str]
    broad: re.Pattern[str]
    joining: re.Pattern[str]
    compare: Compare
    units: frozenset[str]
    case_units: frozenset[str]
    document_units: frozenset[str]
    decision_units: frozenset[str]
    made: re.Pattern[str]
    not_decisions: re.Pattern[str]
    meanings: dict[str, tuple[Meaning, ...]]
    none: tuple[Meaning, ...]
    done: re.Pattern[str]
    answered: re.Pattern[str]
    cases_done: re.Pattern[str]
    still_open: tuple[str, ...]
    begin: re.Pattern[str]
    closed: re.Pattern[str]
    open: re.Pattern[str]
    by_name: dict[tuple[str, str], Meaning]

    def one(self, topic: str, name: str) -> Meaning:
        """The meaning of a topic that has a name: of several the first, and rather one that is of any kind of cases."""
        return self.by_name[topic, name]


@lru_cache(maxsize=1)
def words() -> Words:
    """The words, read and compiled when they are first asked for.

    Raises
    ------
    StatementsError
        The file is not as the rules need it.
    """
    return words_of(yamlfile.read_yaml(FILE))


def words_of(file: yamlfile.YamlFile) -> Words:
    """The words of a file; raises `StatementsError`."""
    _expect(file.data, [str(one) for one in file.faults])
    plain: dict[str, Any] = with_pieces(file.data, file.data["pieces"])
    meanings = [_meaning(one) for one in plain["meanings"]]
    rather = sorted(meanings, key=lambda one: not one.case, reverse=True)
    made: dict[str, Any] = {
        "topics": {name: any_of(one) for name, one in plain["topics"].items()},
        "compare": Compare(**{name: any_of(one) for name, one in plain["compare"].items()}),
        "meanings": {one.topic: tuple(other for other in meanings if other.topic == one.topic) for one in meanings},
        "none": (*map(_meaning, plain["none"]), *_none_of(meanings, plain["none_of"])),
        "by_name": {(one.topic, one.name): one for one in reversed(rather)},
    }
    for one in fields(Words):
        if one.name not in made:
            kind = {"frozenset[str]": frozenset, "tuple[str, ...]": tuple}.get(str(one.type))
            made[one.name] = kind(plain[one.name]) if kind else _pattern(one.name, plain)
    return Words(**made)


def _pattern(name: str, plain: dict[str, Any]) -> re.Pattern[str]:
    """The pattern of a key; where examples stand beside its wordings, of these alone."""
    written = plain[name]
    if isinstance(written, list):
        written = [one["words"] if isinstance(one, dict) else one for one in written]
    is_masking = name == "no_source"  # what is masked are also numbers that point to pictures and tables; line by line
    flags, also = (re.M, [POINTED]) if is_masking else (0, [])
    return any_of([*written, *also] if also else written, flags, plain["begins"].get(name, ""), name in _WHOLE)


def _expect(plain: dict[str, Any], faults: list[str]) -> None:
    """Raise `StatementsError` unless a file has all keys, names and families that the rules speak of, and no other key."""
    meant, none = plain.get("meanings", ()), plain.get("none", ())
    known = (*meant, *none)
    keys = {one.name for one in fields(Words)} - {"by_name"} | {"begins", "pieces", "none_of"}
    stray = {key for one in known for key in one} - _KEYS | {*plain} ^ keys
    names = {one["name"] for one in meant} | {one["name"] for one in none if one["name"].startswith("没有")}
    missing = _NAMES - names | _FAMILIES - {one.get("family") for one in known}
    topics = {one["topic"] for one in known} - {CASE, *plain.get("topics", ())}
    if wrong := [*faults, *sorted(stray | missing | topics)]:
        raise StatementsError(f"{FILE.name}: {', '.join(wrong)}")


def _none_of(meanings: list[Meaning], form: dict[str, str]) -> list[Meaning]:
    """That there was none of a row of 表三, or of a kind of applicants: 未收到社会公益组织的申请, 没有部分公开的情形."""
    found = []
    applicants = "|".join(one.words.pattern for one in meanings if one.family == "申请人" and "$" not in one.words.pattern)
    for one in meanings:
        written = one.words.pattern
        if not (one.row or one.family == "申请人") or not one.cells or one.group or set("^$") & set(written):
            continue
        also = f"[和及与或]|以及|{applicants}" if one.family == "申请人" else written
        kind = form["kind"].replace("ROW", written).replace("ALSO", also)
        words = form["none"].replace("KIND", kind).replace("MAYBE", "?" if one.family == "结果" else "")
        found.append(replace(one, name=f"没有{one.name}", words=re.compile(words), sure=False, row=one.row or "一"))
    return found


# How sure a number is that of the cells, as (is it, may it be it, is it some of them).
_SURE = {
    "是": (True, True, False),
    "或许": (False, True, False),
    "否": (False, False, False),
    "至多": (False, False, True),
}


def _meaning(plain: dict[str, Any]) -> Meaning:
    unless, (sure, perhaps, some) = plain.get("unless"), _SURE[plain.get("sure", "是")]
    return Meaning(
        name=plain["name"],
        topic=plain["topic"],
        words=any_of(plain["words"]),
        cells=tuple(plain.get("cells", ())),
        any=plain.get("any") == "是",
        sure=sure,
        perhaps=perhaps,
        some=some,
        unless=any_of(unless) if unless else None,
        **{name: plain.get(name, "") for name in ("row", "family", "group", "unit", "needs", "case")},
    )
