"""The names of the output formats: the kit's own, and those that installed packages add. No format is loaded."""

from __future__ import annotations

import importlib.metadata
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "nianbao.formats"
KIT = ("html", "pdf", "docx", "fragment")
DEFAULT = ("html", "pdf")


@lru_cache(maxsize=1)
def entries() -> dict[str, EntryPoint]:
    """The entry points of installed packages that add a format, by its name."""
    return {entry.name: entry for entry in sorted(importlib.metadata.entry_points(group=GROUP)) if entry.name not in KIT}


def names() -> list[str]:
    """The names of all formats, the kit's own first."""
    return [*KIT, *entries()]


def in_order(chosen: set[str]) -> tuple[str, ...]:
    """Names of formats in the order of `names`."""
    return tuple(sorted(chosen, key=names().index))


def listed(value: object) -> list[object]:
    """What bureau.yaml gives as formats: a list, or names in one line with commas or blanks between them."""
    if isinstance(value, list):
        return value
    return [*filter(None, re.split(r"[\s,，、]+", value))] if isinstance(value, str) else [value]
