"""What is kept of a failed job: what tells why, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.run.store import disk
from nianbao.run.store.belongings import delete
from nianbao.run.store.inside import is_plain
from nianbao.run.store.store import LOG, PARTIAL

if TYPE_CHECKING:
    from pathlib import Path

TRACEBACK = "traceback.txt"
PRINTED = 2**18  # bytes of its log: the beginning and the end of a longer one
LARGEST = 2**23  # bytes of its partial notebook; a larger one is dropped


def keep(place: Path, stage: Path, said: str) -> None:
    """Keep log and partial notebook of a stage, with a traceback, in place of those of an earlier failure."""
    forget(place)
    place.mkdir(parents=True, exist_ok=True)
    partial = stage / PARTIAL
    if is_plain(partial) and partial.stat().st_size <= LARGEST:
        partial.rename(place / PARTIAL)
    if is_plain(stage / LOG):
        (place / LOG).write_bytes(disk.ends_of(stage / LOG, PRINTED))
    (place / TRACEBACK).write_text(said, "utf-8")


def forget(place: Path) -> None:
    """Delete what is kept of a failed job, and its folder when nothing else is in it."""
    delete(place / name for name in (TRACEBACK, LOG, PARTIAL))
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()


def log(place: Path) -> str:
    """What the cells of a failed job have printed, as far as it is kept; '' when there is none."""
    path = place / LOG
    return disk.ends_of(path, PRINTED).decode("utf-8", "replace") if is_plain(path) else ""
