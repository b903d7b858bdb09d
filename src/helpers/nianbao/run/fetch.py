"""Objects at an address → the same files in a folder here: whole, within bounds, under names that a folder can hold."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputfiles import limit_of
from nianbao.language import say
from nianbao.run.store import disk
from nianbao.run.store.objects import at_a_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nianbao.run.store.objects import Object, Objects

MOST = 5_000_000  # objects; 200,000 reports have two million
LONGEST = 255  # bytes of a part of a name, as folders take them
NAMED = 5
SHOWN = 120  # characters of a name
_ODD = re.compile("[\\\\\x00-\x1f\x7f\ud800-\udfff]")
_RESERVED = re.compile('[<>:"|*?]|[. ]$') if os.name == "nt" else re.compile("(?!)")


def fetch(objects: Objects, place: Path, found: Mapping[str, Object]) -> None:
    """Write these objects to files in a folder, many at a time; a file that is there already stays.

    Of an object that is larger than a file of its name may be, the file has the size alone, and no bytes: whoever reads it
    says that it is too large.

    Raises
    ------
    UsageError
        When there are too many, or they have names that no folder can hold; and when one cannot be read, or written here.
    """
    _require_names(objects, found)
    if len(found) > MOST:
        said = "{address}: {count} objects; nianbao takes at most {most}"
        raise UsageError(say(said, address=objects.address, count=len(found), most=MOST))

    def bring(name: str) -> None:
        path = place / name
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        copy = path.with_name(f".nianbao-{secrets.token_hex(6)}.partial")
        with copy.open("xb") as file:
            if found[name].size > limit_of(path):
                file.truncate(found[name].size)
            else:
                file.write(objects.read(name))
        copy.replace(path)

    with disk.writable(place):
        at_a_time(bring, found)


def _require_names(objects: Objects, found: Mapping[str, Object]) -> None:
    """Require that each object can be a file below one folder, beside all others."""
    folders = {str(folder) for name in found for folder in PurePosixPath(name).parents}
    odd = [name for name in found if name in folders or any(map(_is_odd, name.split("/")))]
    if odd:
        said = "{address} has objects under names that no folder can hold ({names}); rename or delete them"
        shown = (repr(name if len(name) <= SHOWN else f"{name[:SHOWN]}…") for name in sorted(odd)[:NAMED])
        names = say(", ").join(shown) + "…" * (len(odd) > NAMED)
        raise UsageError(say(said, address=objects.address, names=names))


def _is_odd(part: str) -> bool:
    return part in {"", ".", ".."} or bool(_ODD.search(part) or _RESERVED.search(part)) or len(part.encode()) > LONGEST
