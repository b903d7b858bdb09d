"""The states of a report, in the words that build, plan and index use."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The state of a report or of another run; readers see the value, programs compare the name."""

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
    ORPHANED = "参数已不在"

    @property
    def code(self) -> str:
        """The state's English word, as JSON holds it and as the command says it where the locale is not Chinese."""
        return self.name.lower()

    def to_json(self) -> dict[str, str]:
        """``{"state": "published", "label": "已发布"}``: the code for programs, the label for readers."""
        return {"state": self.code, "label": str(self)}

    @property
    def is_good(self) -> bool:
        """Whether a build that ends in this state did what was requested."""
        return self in {State.PUBLISHED, State.DRAFT, State.CURRENT}
