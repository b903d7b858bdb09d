"""What is to be said of a report; one list of words for build, plan and index."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A report's state: the value is what readers see, the name what programs compare."""

    PUBLISHED = "已发布"
    DRAFT = "草稿"
    CURRENT = "未变"
    """Made from these very inputs already."""
    BLOCKED = "阻断"
    """Has findings that forbid what was asked for."""
    FAILED = "失败"
    """Sound, but its process did not finish."""
    DUE = "待生成"
    UNCHECKED = "待核查"
    """Due, and not checked yet."""
    STALE = "已过期"
    """Published from other inputs than those there are now, which are blocked."""
    ABSENT = "未生成"
    ORPHANED = "参数已不在"

    @property
    def is_good(self) -> bool:
        """Whether a build that ends so has done what was asked."""
        return self in {State.PUBLISHED, State.DRAFT, State.CURRENT}
