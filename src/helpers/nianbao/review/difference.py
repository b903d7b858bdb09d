"""Difference: one thing that differs between two reports, in a reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nianbao.review.changedwords import changes, marked
from nianbao.state import Word

if TYPE_CHECKING:
    from collections.abc import Iterator


class What(Word):
    """What differs; programs compare the member or its `code`."""

    ABOUT = "标题、日期等"
    FORMAT = "格式"
    TABLE = "表格"
    CELL = "单元格"
    FACT = "事实"
    ORDER = "章节顺序"
    HEADING = "章节标题"
    PARAGRAPH = "段落"
    MARKUP = "写法"
    """A paragraph whose words are the same: what is bold, a list, a heading or a link in it has changed."""
    LOOK = "排法"
    FILE = "文件"


class How(Word):
    """How a thing differs; programs compare the member or its `code`."""

    CHANGED = "改"
    NUMBERS = "只改数字"
    """A paragraph that is the same but for its numbers."""
    MOVED = "移"
    """A paragraph that stands elsewhere; its words may have changed as well."""
    ADDED = "增"
    REMOVED = "删"
    SAME = "相同"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two reports, or that is the same in both.

    Parameters
    ----------
    kind : What
    place : str
        What a reader calls it: ``表三 一、本年新收政府信息公开申请数量 / 总计``, ``五、… 第2段``.
    before, after : str
        What stood there and what stands there, without the signs of Markdown where they are the same; '' for nothing. Of a
        look and a file the SHA-256.
    how : How
    change : str
        By how much a number has changed: ``+3``; of money in its unit, or in 元 where the units differ.
    was_at : str
        Where a paragraph that was moved stood.
    leap : float
        How far a number of a statutory table or a fact has leapt (`nianbao.review.leaps`); 0 of anything else.
    """

    kind: What
    place: str
    before: str
    after: str
    how: How
    change: str = ""
    was_at: str = ""
    leap: float = 0.0

    @property
    def words(self) -> list[tuple[str, str]]:
        """What was taken out of a paragraph and what was put in its place."""
        return [(was, now) for was, now, is_same in changes(self.before, self.after) if not is_same]

    def __str__(self) -> str:
        """One line: ``表三 … / 总计：34 → 37（+3）``; of a paragraph the words that have changed."""
        return f"{self.place}：{self._said}".replace("\n", "⏎")

    @property
    def _said(self) -> str:
        if self.how is How.SAME:
            return f"{How.SAME.value}：{self.after}"
        if self.how is How.MOVED:
            words = f"，{marked(changes(self.before, self.after))}" if self.before != self.after else ""
            return f"移自{self.was_at}{words or f'，文字相同：{self.after}'}"
        if self.kind is What.LOOK:
            return "文字和数逐项相同，排法有变"
        if self.kind is What.MARKUP:
            return f"文字相同，写法有变：{marked(changes(self.before, self.after))}"
        if self.kind is What.FILE:
            return {How.ADDED: "增加了", How.REMOVED: "不在了"}.get(self.how, "有变")
        if self.kind in {What.PARAGRAPH, What.HEADING}:
            return marked(changes(self.before, self.after))
        change = f"（{self.change}）" if self.change else ""
        return f"{self.before or '（无）'} → {self.after or '（无）'}{change}"

    def to_json(self) -> dict[str, Any]:
        """The difference as JSON values."""
        about = {"kind": self.kind.code, "place": self.place, "how": self.how.code, "was_at": self.was_at}
        words = [{"before": was, "after": now} for was, now in self.words] if self.kind is What.PARAGRAPH else []
        told = {"before": self.before, "after": self.after, "change": self.change, "leap": round(self.leap, 2)}
        return {**about, **told, "words": words}


def difference(kind: What, place: str, before: str, after: str, change: str = "", *, leap: float = 0.0) -> Difference:
    """One thing that stands in both reports, or in one of them."""
    how = How.SAME if before == after else How.CHANGED if before and after else How.ADDED if after else How.REMOVED
    return Difference(kind, place, before, after, how, change, leap=leap)


def compared(
    kind: What, place: str, before: str, after: str, change: str = "", *, leap: float = 0.0
) -> Iterator[Difference]:
    """One thing in both reports; nothing where neither has it."""
    if before or after:
        yield difference(kind, place, before, after, change, leap=leap)
