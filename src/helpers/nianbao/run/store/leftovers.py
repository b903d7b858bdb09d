"""What killed processes leave in a store, and how it is put in order: nothing of a person's or published is ever deleted."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from typing import TYPE_CHECKING

from nianbao.errors import NianbaoError
from nianbao.job_id import RUNS
from nianbao.language import reason, say
from nianbao.run.store import disk
from nianbao.run.store.belongings import MOVED, free, hand_over, is_whole, record_in
from nianbao.run.store.inside import entries, is_folder, is_name, is_own, is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STAGE, OLD, SCRATCH = ".nianbao-stage-", ".nianbao-old-", ".nianbao-scratch-"
UNREMOVED = "could not remove an unfinished {name}"
LEFT_OVER = "{name} is left of an interrupted run and cannot be put in order: {why}"
_LEFT = re.compile(f"({re.escape(STAGE)}|{re.escape(OLD)})(.+)-[a-z0-9_]{{8}}")


def left(root: Path, prefix: str) -> list[Path]:
    """The folders that killed processes have left, at both depths at which jobs have theirs."""
    folders = [path for path in entries(root) if path.name != RUNS] + entries(root / RUNS)
    found = (path for folder in folders if not folder.name.startswith(".") for path in entries(folder))
    return [path for path in found if path.name.startswith(prefix) and is_left(path) and is_own(root, path)]


def is_scratch(root: Path, path: Path) -> bool:
    """Whether a path is a folder that a build made for what its checks have read."""
    return path.parent == root and path.name.startswith(SCRATCH)


def is_ours(root: Path, path: Path) -> bool:
    """Whether a path is a folder of either kind, which the next build puts in order."""
    return is_left(path) or is_scratch(root, path)


def is_left(path: Path) -> bool:
    """Whether a path is a folder that a build made to swap it with a job's."""
    made = _LEFT.fullmatch(path.name)
    return made is not None and is_name(made[2]) and made[2][0] != "." and is_folder(path)


def target_of(path: Path) -> Path:
    """The job's folder for which a folder was made."""
    made = _LEFT.fullmatch(path.name)
    assert made
    return path.with_name(made[2])


def repair(root: Path, apart: Callable[[Path], Path], partials: list[Path]) -> list[str]:
    """Put everything in order; what cannot be is said, and stops nothing else.

    ``apart`` gives the folder for what a person put under a name that a job's folder needs.
    """
    said: list[str] = []
    for old in left(root, OLD):
        with _saying(said, root, old):
            if _put_back(root, old, apart, said):
                said.append(say("restored {name} from an interrupted run", name=_name(root, target_of(old))))
    for stage in left(root, STAGE):
        disk.remove(stage)
        name = _name(root, target_of(stage))
        is_there = os.path.lexists(stage)
        said.append(say("removed an unfinished {name}", name=name) if not is_there else say(UNREMOVED, name=name))
    for scratch in (path for path in entries(root) if is_scratch(root, path)):
        disk.remove(scratch)
    for partial in partials:
        if is_plain(partial) and is_own(root, partial):
            with _saying(said, root, partial):
                partial.unlink(missing_ok=True)
    return said


@contextlib.contextmanager
def _saying(said: list[str], root: Path, path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, NianbaoError) as error:
        why = reason(error)
        said.append(say(LEFT_OVER, name=_name(root, path), why=why))


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _put_back(root: Path, old: Path, apart: Callable[[Path], Path], said: list[str]) -> bool:
    """Whether an old folder is back in its place; it is cleared away when what is there now is published and whole.

    ``said`` gets a line where something was put aside.
    """
    target = target_of(old)
    if not os.path.lexists(target):
        old.rename(target)
        return True
    then, now = record_in(old), record_in(target)
    if then is None or (now and now.name == then.name and is_whole(target, now)):
        _say_moved(hand_over(old, target, lambda: apart(target)), root, said)
        if os.path.lexists(old):
            raise NianbaoError(say("its files cannot be deleted"))
        return False
    if is_folder(target) and not target.is_symlink():  # A person's, and the published one goes before.
        theirs = old.with_name(f"{OLD}{target.name}-{secrets.token_hex(4)}")
        target.rename(theirs)
        old.rename(target)
        _say_moved(hand_over(theirs, target, lambda: apart(target)), root, said)
    else:
        place = free(apart(target), target.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        target.rename(place)
        old.rename(target)
        _say_moved([place], root, said)
    return True


def _say_moved(moved: list[Path], root: Path, said: list[str]) -> None:
    if moved:
        said.append(say(MOVED, places=", ".join(_name(root, path) for path in moved)))
