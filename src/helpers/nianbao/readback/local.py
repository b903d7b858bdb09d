"""What is local: folders, user and name of this machine. None of it belongs into a published file."""

from __future__ import annotations

import getpass
import json
import re
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names that tell nothing of a person or a machine.
COMMON = {"admin", "administrator", "debian", "jovyan", "localhost", "nianbao", "nobody", "root", "runner", "ubuntu", "user"}
SHORTEST = 3  # characters of a name that is told from a word


@dataclass(frozen=True, slots=True)
class Machine:
    """The folders, the user and the name of a machine."""

    folders: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def here(cls, *folders: Path) -> Machine:
        """Where this process runs, with the folders of a build."""
        home, names = Path.home(), _names()
        found = {path for one in (*folders, Path(sys.prefix), PACKAGE.parent) for path in (one.absolute(), one.resolve())}
        # A folder of one step, such as /srv, is no more than a word; nobody's home is.
        kept = [home, *(path for path in sorted(found) if len(path.parts) > 2)]
        return cls(tuple(dict.fromkeys(map(str, kept if len(home.parts) > 1 else kept[1:]))), names)

    def folders_in(self, text: str) -> Iterator[str]:
        """Its folders that stand in a text, which may be JSON; a relative path that leads there is none of them."""
        for folder in self.folders:
            for written in {folder, json.dumps(folder, ensure_ascii=False)[1:-1], folder.replace("\\", "/")}:
                if written in text and re.search(rf"(?<![\w.~-]){re.escape(written)}(?![\w-])", text):
                    yield folder
                    break

    def names_in(self, text: str) -> Iterator[str]:
        """Its user and its name where they stand in a text as words."""
        # The jyj of shili-jyj is a part of a word.
        return (name for name in self.names if name in text and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    found = []
    with suppress(OSError, KeyError, ImportError):
        found.append(getpass.getuser())
    with suppress(OSError):
        found += [socket.gethostname(), socket.gethostname().partition(".")[0]]
    told = (one for one in found if len(one) >= SHORTEST and not one.isdecimal() and one.lower() not in COMMON)
    return tuple(dict.fromkeys(told))
