"""The output formats that a page can be published in. Other modules know the formats through this one only.

A package adds one by an entry point of the group ``nianbao.formats`` (see `formatnames`) whose object is an `OutputFormat`.
This module imports fast: the code that makes the bytes is imported when they are made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import formatnames
from nianbao.errors import UsageError
from nianbao.findings import meant
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from nianbao.render.page import Page
    from nianbao.shown.seen import Seen


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One way to publish a page.

    Parameters
    ----------
    name : str
        The name for ``--to``.
    label : str
        The text of the index's link to the file.
    make : callable
        Takes the page and the folder of official fonts (or ``None``), gives the file's bytes. The same page must give the
        same bytes on any machine.
    let_go : callable
        The press, which makes the pages of many reports, calls it after those of each, to free the memory they took.
    read : callable or None
        Takes the file's bytes and gives what a reader finds in them (see `nianbao.shown.seen`), which is compared with the
        report before anything is published. The files of a format without one are not read back.
    suffix : str
        That of its file, ``report.<suffix>``; by default its name.
    tells : bool
        Whether a draft ends with what `nianbao.render.verdict` says of it, which is then read back too.
    """

    name: str
    label: str
    make: Callable[[Page, Path | None], bytes]
    let_go: Callable[[], None] = lambda: None
    read: Callable[[bytes], Seen] | None = None
    suffix: str = ""
    tells: bool = False


def _html(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.exporters import to_html

    return to_html(page).encode()


def _pdf(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.pdf import typeset

    return typeset(page, fonts)


def _docx(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.docx import make

    return make(page, fonts)


def _fragment(page: Page, fonts: Path | None) -> bytes:
    from nianbao.render.fragment import to_fragment

    return to_fragment(page).encode()


def _forget() -> None:
    from nianbao.render.pdf import forget

    forget()


def _read_html(made: bytes) -> Seen:
    from nianbao.shown.html import read

    return read(made)


def _read_pdf(made: bytes) -> Seen:
    from nianbao.shown.pdf import read

    return read(made)


def _read_docx(made: bytes) -> Seen:
    from nianbao.shown.docx import read

    return read(made)


def _read_fragment(made: bytes) -> Seen:
    from nianbao.render.fragment import read

    return read(made)


OWN = {
    one.name: one
    for one in (
        OutputFormat("html", "网页", _html, read=_read_html),
        OutputFormat("pdf", "PDF", _pdf, let_go=_forget, read=_read_pdf, tells=True),
        OutputFormat("docx", "Word", _docx, read=_read_docx, tells=True),
        OutputFormat("fragment", "网页片段", _fragment, read=_read_fragment, suffix="fragment.html"),
    )
}
# What every report has beside its pages: no format may take their names.
TAKEN = ("ipynb", "json")


@lru_cache
def _added(name: str) -> OutputFormat:
    """The format that an installed package adds; `UsageError` when it cannot be used."""
    entry = formatnames.entries()[name]
    try:
        made = entry.load()
    except (Exception, SystemExit) as error:
        why = f"{type(error).__name__}: {error}"
    else:
        if not isinstance(made, OutputFormat):
            why = say("it is no OutputFormat")
        elif made.name != name or name in TAKEN or not re.fullmatch("[a-z0-9]+", name):
            said = "its name is “{name}”; a name is that of its entry point, in a-z and 0-9, and not {taken}"
            why = say(said, name=made.name, taken=", ".join(TAKEN))
        else:
            return made
    package = entry.dist.name if entry.dist else entry.value
    raise UsageError(
        say("the output format “{name}” of {package} cannot be used: {why}", name=name, package=package, why=why)
    )


def find(name: str) -> OutputFormat:
    """The format of a name.

    Raises
    ------
    UsageError
        When there is none, naming the known formats, or when the package that adds it is broken.
    """
    if name in OWN:
        return OWN[name]
    known = formatnames.names()
    if name not in known:
        said = say("unknown format “{name}”; there are {known}", name=name, known=", ".join(known))
        raise UsageError(said + meant(name, known))
    return _added(name)


def usable(chosen: Iterable[str]) -> bool:
    """Whether all formats of these names can be used."""
    try:
        return all(map(find, chosen))
    except UsageError:
        return False


def label(name: str) -> str:
    """The text of a link to a file of this format; its name in capitals when the package that makes it cannot be used."""
    try:
        return find(name).label
    except UsageError:
        return name.upper()


def suffix(name: str) -> str:
    """The suffix of a format's file; its name when the package that makes it cannot be used."""
    try:
        return find(name).suffix or name
    except UsageError:
        return name
