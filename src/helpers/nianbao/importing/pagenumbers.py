"""The numbers of pages that stand between the lines of a text, with the title that is printed beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified
from nianbao.importing.flow import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block

_FOLIO = re.compile(
    r"[—–－-]\s*[0-9０-９]{1,3}\s*[—–－-]|第\s*[0-9０-９]{1,3}\s*页(?:\s*[，,/]?\s*共\s*[0-9]{1,3}\s*页)?"
    r"|(?:P\.?|Page)\s*[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?(?:\s*[-–—]\s.{0,80})?",
    re.I,
)


def is_folio(text: str) -> bool:
    """Whether a line is the number of a page: -4-, 第4页, P. 4."""
    return bool(_FOLIO.fullmatch(simplified(text)))


def without(blocks: Sequence[Block]) -> tuple[list[Block], list[Paragraph]]:
    """A flow without the numbers of its pages, so that what a page cuts stays one; and these numbers."""
    folios = [one for one in blocks if isinstance(one, Paragraph) and not one.mark and is_folio(one.text)]
    known = {id(one) for one in folios}
    return [one for one in blocks if id(one) not in known], folios
