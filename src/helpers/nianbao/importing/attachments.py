"""The headings of a report's attachments, and the list of their names that may stand above the signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified
from nianbao.importing.flow import Paragraph
from nianbao.statute import tree
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADING = re.compile(rf"附(?:[件表录]|\s*[:：])\s*[0-9{HAN}]*\s*(?:[:：.、]|$)")
_LISTED, _MARK = re.compile(r"附\s*件\s*[:：]\s*"), re.compile(r"[0-9]{1,2}[.．、]\s*")
_LONGEST = 80  # characters of an attachment's name


def is_heading(text: str) -> bool:
    """Whether a line below the signature heads an attachment, or names one: 附件1：…."""
    return bool(_HEADING.match(simplified(text)))


def is_name(part: object) -> bool:
    """Whether a line below 附件：1.… names one more attachment."""
    return isinstance(part, Paragraph) and len(part.text) <= _LONGEST and bool(_MARK.match(part.text))


def list_in(parts: Sequence[object], headings: Sequence[str]) -> int:
    """Where a list begins that ends the text and names the attachments with some headings; the end of the parts for none."""
    begin = next((at for at, one in enumerate(parts) if isinstance(one, Paragraph) and _LISTED.match(one.text)), len(parts))
    listed = [one.text for one in parts[begin:] if isinstance(one, Paragraph)]
    names = [_bare(_MARK.sub("", _LISTED.sub("", one))) for one in listed]
    return begin if names == [_bare(_HEADING.sub("", one)) for one in headings] else len(parts)


def _bare(name: str) -> str:
    """The name of an attachment as it is compared: the list has no marks behind it."""
    return tree.normalise(name).rstrip("。,、;:!?.")
