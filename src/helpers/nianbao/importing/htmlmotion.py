"""The animations of a web page that end with a table, or what it stands in, hidden, turned or elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.htmldoubts import TURNED, is_still
from nianbao.importing.htmlknown import ASKED, AT_REST
from nianbao.importing.lengths import pixels
from nianbao.shown.keyframes import keyframes_in
from nianbao.shown.rules import declared_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Sheet

_BEGINNING = re.compile(r"\s*(?:from|0+(?:[.]0+)?%)\s*")
_INKS = frozenset({"color", "background-color", "text-fill-color"})
_FAINT, _JUMP = 0.35, 20  # of opacity; px


def over_tables(
    body: LexborNode, sheets: Sequence[Sheet], about: Callable[[LexborNode], Mapping[str, str]]
) -> Iterator[tuple[int, str]]:
    """The numbers of tables, and of what they stand in, that such an animation is said of, and why they are doubtful."""
    odd = keyframes_in(sheets)
    seen: set[int] = set()
    for table in body.css("table") if odd else ():
        at: LexborNode | None = table
        while at is not None and at.tag and at.tag[0] != "-" and at.mem_id not in seen:
            seen.add(at.mem_id)
            said = about(at).get("animation-name", "")
            names = set(re.findall(r"[\w-]+", said)) & odd.keys()
            if any(_changes(odd[name], is_held="paused" in said) for name in names):
                yield at.mem_id, TURNED
            at = at.parent


def _changes(frames: Iterable[tuple[str, str]], is_held: bool) -> bool:
    """Whether a frame behind the first one, or that too where it is held, shows something else than the words."""
    return any(_is_otherwise(said) for when, said in frames if is_held or not _BEGINNING.fullmatch(when))


def _is_otherwise(said: str) -> bool:
    about = {one.name: one.value for one in declared_in(said, ASKED | _INKS)}
    is_faint = pixels(about.get("opacity", ""), 1) < _FAINT or about.get("visibility") in {"hidden", "collapse"}
    is_gone = is_faint or about.get("display") == "none" or pixels(about.get("font-size", ""), _JUMP) < _JUMP / 4
    is_turned = any(name in AT_REST and not AT_REST[name].fullmatch(value) for name, value in about.items())
    return is_gone or is_turned or not is_still(about, _JUMP) or bool(_INKS & about.keys())
