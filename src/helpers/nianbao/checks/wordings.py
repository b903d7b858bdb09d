"""The wordings that rules look for: the YAML file of a family of rules, read once, and its patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache
def wordings(room: str) -> dict[str, Any]:
    """What stands in the YAML file of a room of checks/."""
    return read_yaml(Path(__file__).with_name(f"{room}.yaml")).data


def any_of(written: str | Iterable[str], flags: int = 0, begins: str = "", whole: bool = False) -> re.Pattern[str]:
    """The pattern that one string is, or several alternatives; ``whole`` for texts of nothing else.

    ``begins`` is the class of the characters that it begins with, for speed.
    """
    pattern = written if isinstance(written, str) else "|".join(written)
    if begins:
        pattern = f"(?={begins})(?:{pattern})"
    return re.compile(f"^(?:{pattern})*$" if whole else pattern, flags)
