"""The one rendered document of a report; every output format is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.state import State

if TYPE_CHECKING:
    from nianbao.bundle import Bundle


UNTITLED = "未命名报告"


@dataclass(frozen=True, slots=True)
class Page:
    """The content of a published page.

    Parameters
    ----------
    title, bureau : str
    date : str or None
        ISO 8601, as ``2021-02-05``.
    state : State
        已发布 or 草稿; a draft is stamped as such in every format.
    body : str
        Clean HTML: no script, nothing loaded from elsewhere, images as data URIs.
    """

    title: str
    bureau: str
    date: str | None
    state: State
    body: str

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @classmethod
    def of(cls, about: Bundle, body: str) -> Page:
        """The page with this body, and with what a notebook's bundle says about its report."""
        return cls(about.title or UNTITLED, about.bureau, about.date, about.state, body)
