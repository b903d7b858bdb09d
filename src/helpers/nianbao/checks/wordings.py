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


def any_of(patterns: Iterable[str], flags: int = 0, begins: str = "") -> re.Pattern[str]:
    """One pattern for several; ``begins`` is the class of the characters that they begin with, for speed."""
    found = "|".join(f"(?:{one})" for one in patterns)
    return re.compile(f"(?={begins})(?:{found})" if begins else found, flags)
