"""The output formats: what a page can be published as. Everybody else knows of formats through this room alone.

A package adds one by an entry point of the group ``nianbao.formats`` whose object is an `OutputFormat`. The room is light:
what makes the bytes is imported when they are made.
"""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.findings import nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.render.page import Page

GROUP = "nianbao.formats"


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One way to publish a page.

    Parameters
    ----------
    name : str
        As ``--to`` names it; also the suffix of its file, ``report.<name>``.
    label : str
        What the index calls the link to it.
    make : callable
        Page, folder of official fonts (or None) → the file's bytes: the same for the same page, on any machine.
    pressed : bool
        Whether it is slow to start and quick to go on, and so is made by the press.
    let_go : callable
        What the press calls when it has answered, to drop what the page has left in memory.
    """

    name: str
    label: str
    make: Callable[[Page, Path | None], bytes]
    pressed: bool = False
    let_go: Callable[[], None] = lambda: None


def _html(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.exporters import to_html

    return to_html(page).encode()


def _pdf(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.pdf import typeset

    return typeset(page, fonts)


def _forget() -> None:
    from nianbao.render.pdf import forget

    forget()


OWN = {
    one.name: one
    for one in (OutputFormat("html", "网页", _html), OutputFormat("pdf", "PDF", _pdf, pressed=True, let_go=_forget))
}
DEFAULT = tuple(OWN)


@lru_cache(maxsize=1)
def known() -> dict[str, OutputFormat]:
    """All formats by name: the kit's own, then those that installed packages add."""
    added = {entry.name: entry for entry in importlib.metadata.entry_points(group=GROUP)}
    return OWN | {name: added[name].load() for name in sorted(added) if name not in OWN}


def find(name: str) -> OutputFormat:
    """The format of a name.

    Raises
    ------
    UsageError
        When there is none, naming those there are.
    """
    if name in OWN:
        return OWN[name]
    if name not in known():
        raise UsageError(f"unknown format “{name}”{nearest(name, known())}; there are {', '.join(known())}")
    return known()[name]


def label(name: str) -> str:
    """What a link to a file of this format is called; its name in capitals when the package that makes it is gone."""
    one = OWN.get(name) or known().get(name)
    return one.label if one else name.upper()
