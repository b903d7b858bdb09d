"""A bureau's id from what people call it: the id itself, the full name or the short name in its bureau.yaml."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nianbao import job_id
from nianbao.errors import UsageError
from nianbao.findings import closest
from nianbao.inputfiles import InputFiles, NotRead
from nianbao.language import say
from nianbao.reading import plain
from nianbao.textfile import decoded
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE = "bureau.yaml"


def is_id(params: Path, named: str) -> bool:
    """Whether it is the id of a bureau in params."""
    return len(named) <= 100 and job_id.BUREAU.fullmatch(named) is not None and (params / named).is_dir()


def ids_of(params: Path, named: str) -> list[str]:
    """The id itself, else the ids of all bureaus of this full name, else of this short name.

    Only for a text that is no id every bureau.yaml is looked at.
    """
    if is_id(params, named):
        return [named]
    wanted = plain(named)
    full, short = [], []
    for bureau, name, brief in _names(params, wanted) if wanted else ():
        full += [bureau] if name == wanted else []
        short += [bureau] if brief == wanted else []
    return full or short


def id_of(params: Path, named: str) -> str:
    """The id of a bureau; '' when there is none of this id or name.

    Raises
    ------
    UsageError
        When several bureaus have the name.
    """
    ids = ids_of(params, named)
    if len(ids) > 1:
        said = "“{bureau}” is the name of several bureaus: {ids}; give the id"
        raise UsageError(say(said, bureau=named, ids=say(", ").join(ids)))
    return ids[0] if ids else ""


def is_pattern(named: str) -> bool:
    """Whether a text stands for all bureaus that it fits, as ``shili-*`` does."""
    return any(sign in named for sign in "*?[")


def fits(named: str, *names: str) -> bool:
    """Whether a text is one of a bureau's names, or a pattern of the shell's that fits one."""
    return named in names or any(fnmatchcase(one, named) for one in names)


def all_of(params: Path, named: str, ids: Iterable[str]) -> list[str]:
    """Of these ids those that a pattern fits, else those of the bureaus whose names it fits; of any other text its `id_of`.

    Empty when there is none. Raises `UsageError` when several bureaus have a name that is no pattern.
    """
    known = list(ids)
    if named in known or not is_pattern(named):
        found = named if named in known else id_of(params, named)
        return [found] if found in known else []
    if like := [one for one in known if fits(named, one)]:
        return like
    return [bureau for bureau, *names in _names(params) if bureau in known and fits(plain(named), *names)]


def nearest_to(params: Path, named: str, ids: Iterable[str]) -> list[str]:
    """The ids, and the names with their ids, that are spelt most like a text."""
    shown = {one: one for one in ids}
    for bureau, name, brief in _names(params):
        shown |= {one: f"{one} ({bureau})" for one in (name, brief) if one}
    return [shown[one] for one in closest(named, shown)]


def _names(params: Path, wanted: str = "") -> Iterator[tuple[str, str, str]]:
    """The id, full name and short name of each bureau whose bureau.yaml has the wanted text."""
    files = InputFiles(params)
    for path in sorted(params.glob(f"*/{FILE}")):
        if not job_id.BUREAU.fullmatch(path.parent.name):
            continue
        try:
            # To parse 10,000 files takes long, to search them does not.
            seen = not wanted or wanted in plain(decoded(files.read(path))[0])
        except (NotRead, UnicodeError):
            continue
        if seen:
            data = read_yaml(path, read=files.read).data
            names = (data.get(key) for key in ("name", "short"))
            name, brief = (plain(one) if isinstance(one, str) else "" for one in names)
            yield path.parent.name, name, brief
