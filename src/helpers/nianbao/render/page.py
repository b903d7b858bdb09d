"""The one rendered document of a notebook; every output format is made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.findings import Finding
from nianbao.notes import NOTE_MARK
from nianbao.shown.seen import FOREIGN_STAMP, STAMP
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.bundle import Bundle


OWN = "data-cell"
"""The attribute that holds the number of the notebook's cell which shows an element beside the report."""
UNTITLED = "未命名"
STAMP_LINE = f"{STAMP}，未经审定，不得发布"
FOREIGN_STAMP_LINE = f"{FOREIGN_STAMP}: not approved, not for publication"
CHINESE = "zh-CN"


def attribute(name: str, value: str = '[^"]*') -> re.Pattern[str]:
    """A pattern of a clean tag up to one of its attributes (group 1), and of this with its value (group 2).

    Text beside tags may spell an attribute too, as it holds quotes; < and > stand in tags only.
    """
    return re.compile(rf'(<\w+(?:\s+[^\s=<>"]+(?:="[^"]*")?)*?) {name}="({value})"')


@dataclass(frozen=True, slots=True)
class Page:
    """What a published page holds.

    Parameters
    ----------
    title, bureau : str
        ``bureau`` is empty on a page without a statutory report.
    date : str or None
        ISO 8601, as ``2021-02-05``.
    state : State or None
        已发布 or 草稿; a draft is stamped as such in every format. ``None`` on a page that shows no statutory report
        and is no draft.
    body : str
        Clean HTML: no script, nothing that loads anything, images as data URIs. < stands at the beginning of tags only;
        the values of attributes stand in " and hold neither < nor >, but texts hold ": see `attribute`.
    findings : tuple of Finding
        Those of all reports that the page shows, and what the page itself lacks.
    term : str
        What the report calls 政府信息; '' on a page without a report.
    language : str
        That of the page, as BCP 47 names it.
    """

    title: str
    bureau: str
    date: str | None
    state: State | None
    body: str
    findings: tuple[Finding, ...] = ()
    term: str = ""
    language: str = CHINESE

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def is_chinese(self) -> bool:
        return self.language.startswith("zh")

    @property
    def stamp(self) -> str:
        """What marks a draft, in the page's language."""
        return STAMP if self.is_chinese else FOREIGN_STAMP

    @property
    def stamp_line(self) -> str:
        """The same as a line that says what it means."""
        return STAMP_LINE if self.is_chinese else FOREIGN_STAMP_LINE

    @classmethod
    def of(
        cls,
        shown: Sequence[Bundle],
        body: str,
        notes: Sequence[Finding] = (),
        *,
        title: str = "",
        name: str = "",
        language: str = CHINESE,
    ) -> Page:
        """The page of a notebook that shows these reports: named after the first, a draft when any of them is one.

        Without a report it has its own ``title``, or its first heading's, or else its ``name``.
        """
        if not shown:
            heading = re.search(r"<h([1-6])[^>]*>(.*?)</h\1>", body, re.S)
            # A line break parts words as a blank does.
            said = re.sub("<br[^>]*>", " ", NOTE_MARK.sub("", heading[2])) if heading else ""
            own = " ".join(unescape(markdown.plain_text(said)).split())
            return cls(title or own or name or UNTITLED, "", None, None, body, tuple(notes), language=language)
        about = shown[0]
        state = State.DRAFT if any(one.state is State.DRAFT for one in shown) else State.PUBLISHED
        findings = (*(Finding.from_json(plain) for one in shown for plain in one.findings), *notes)
        return cls(about.title or UNTITLED, about.bureau, about.date, state, body, findings, about.term)
