"""The states of a report, in the words that build, plan and index use."""

from __future__ import annotations

from enum import StrEnum

from nianbao.language import is_chinese


class Word(StrEnum):
    """Chinese words that have an English code; where the locale is not Chinese the code is printed."""

    @property
    def code(self) -> str:
        """The English word, as JSON holds it."""
        return self.name.lower()

    def word(self, chinese: bool) -> str:
        """The Chinese word, or else the English one."""
        return self.value if chinese else self.code

    def __str__(self) -> str:
        return self.word(is_chinese())

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class State(Word):
    """The state of a report or of another run; programs compare the member or its `code`."""

    PUBLISHED = "已发布"
    DRAFT = "草稿"
    CURRENT = "未变"
    """Already built from the present inputs."""
    BLOCKED = "阻断"
    """Has findings that forbid the requested build."""
    FAILED = "失败"
    """Its findings allow a build, but the build failed."""
    DUE = "待生成"
    UNCHECKED = "待核查"
    """Has to be built, and is not checked yet."""
    STALE = "已过期"
    """Made from earlier inputs, and not made anew from the present ones: these are blocked, or nobody has built since."""
    ABSENT = "未生成"
    COMPARED = "只供对照"
    """There for the next year's report to be compared with, and not built."""
    ORPHANED = "参数已不在"

    def to_json(self) -> dict[str, str]:
        """``{"state": "published", "label": "已发布"}``: the code for programs, the label for readers."""
        return {"state": self.code, "label": self.value}

    @property
    def is_good(self) -> bool:
        """Whether a build that ends in this state did what was requested."""
        return self in {State.PUBLISHED, State.DRAFT, State.CURRENT, State.COMPARED}
