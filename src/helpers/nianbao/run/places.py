"""The names of the folders that a notebook's runs go to."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.paths import NOTEBOOK

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 80  # bytes of a folder's name
DEFAULT = "default"  # the run of a notebook with the values of its own cell
_HASHED = re.compile("[-_][0-9a-f]{12}$")
# Windows keeps these names for devices, whatever follows a dot.
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{kind}{number}" for kind in ("COM", "LPT") for number in range(1, 10))}


def folder_of(notebook: Path, params: Path) -> str:
    """The name of the folder that a notebook's runs go to: no two notebooks share one.

    It is the stem of a notebook that lies in notebooks/ under a name that can be a folder's on every system. Of one that
    lies deeper its folders stand before it, ``team+sales``; no stem that is kept has a +. Any other stem is followed by a
    hash of the notebook's path, and so is a stem that looks as if it were.
    """
    home, path = (params.parent / NOTEBOOK.parent).resolve(), notebook.resolve()
    kept = _kept(path.stem)
    if path.is_relative_to(home) and path.suffix == ".ipynb" and not _HASHED.search(kept):
        parts = path.relative_to(home).with_suffix("").parts
        name = "+".join(parts)
        if all(_kept(part) == part for part in parts) and len(name.encode()) <= LONGEST:
            return name
    try:
        apart = Path(os.path.relpath(path, params.parent.resolve())).as_posix()
    except ValueError:  # another drive
        apart = path.as_posix()
    return f"{kept}-{_short(apart)}"


def notebook_of(folder: str) -> str:
    """The path of the notebook whose runs go to a folder, as far as its name tells: of one in notebooks/ all of it."""
    if _HASHED.search(folder):
        return f"{_HASHED.sub('', folder)}.ipynb"
    return (NOTEBOOK.parent / folder.replace("+", "/")).as_posix() + ".ipynb"


def _kept(text: str) -> str:
    """What of a text can be the name of a folder on every system."""
    kept = "".join(char if char.isalnum() or char in "-_." else "_" for char in text).strip("._- ")
    while len(kept.encode()) > LONGEST:
        kept = kept[:-1]
    kept = kept.strip("._- ")
    return f"row_{kept}".rstrip("_") if not kept or kept.partition(".")[0].upper() in DEVICES else kept


def names_of(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The folder of each row: its values, joined by ``_``.

    A hash of the row is added where values cannot stand in a file name on every system, hold a ``_`` themselves, or differ
    from another row's in case alone.
    """
    shown = [[str(value) for value in row.values()] for row in rows]
    kept = [_kept("_".join(values)) for values in shown]
    count = Counter(name.casefold() for name in kept)
    found = []
    for row, values, name in zip(rows, shown, kept, strict=True):
        plain = name == "_".join(values) and not any("_" in value for value in values) and count[name.casefold()] == 1
        plain = plain and name != DEFAULT
        found.append(name if plain and not _HASHED.search(name) else f"{name}_{_short(json.dumps(row, ensure_ascii=False))}")
    return found


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
