"""Applications that were accepted, and those that were not: 受理126件，不予受理4件."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.checks.prose.words import CARRIED, NEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.said import Said

_ACCEPTED, _REFUSED = re.compile(r"(?<!不)(?<!不予)受理[^，；。]{0,10}?\d"), re.compile(r"不予?受理\s?\d")
_OR_NOT = re.compile("(?<!不)(?<!不予)受理[、和及与]不予?受理")


@lru_cache(maxsize=4)
def accepts_some(sentence: str) -> bool:
    """Whether a part of a sentence says that some were accepted and others not; kept, for each of its numbers asks it."""
    parts = ((part, _ACCEPTED.search(part)) for part in sentence.split("；"))
    return _OR_NOT.search(sentence) is not None or any(found and _REFUSED.search(part, found.end()) for part, found in parts)


def received(clause: Clause, said: Said, before: Said | None) -> Iterator[Said]:
    """A doubt where those accepted and those not are together more than were received: 受理、不予受理为126件、14件."""
    accepted = before.count if before and before.name == "受理" else None
    if said.name != "不予处理" or not (accepted and said.count and accepts_some(clause.context.text)):
        return
    if not clause.not_of_tables:
        total = accepted.value + said.count.value
        both = replace(said.count, value=total, text=f"{total}{said.count.unit}")
        yield replace(said, name="受理和不予受理", cells=(f"{NEW}+{CARRIED}",), count=both, some=True, row="", family="")
