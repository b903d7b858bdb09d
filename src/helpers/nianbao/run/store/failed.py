"""What is kept of a failed job: its traceback, the notebook as far as it ran, and what its cells printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.run.store import disk
from nianbao.run.store.belongings import delete
from nianbao.run.store.inside import is_plain
from nianbao.run.store.store import LOG, PARTIAL

if TYPE_CHECKING:
    from pathlib import Path

TRACEBACK = "traceback.txt"
NAMES = (TRACEBACK, LOG, PARTIAL)
PRINTED = 2**18  # bytes of its log: the beginning and the end of a longer one
LARGEST = 2**24  # bytes of its partial notebook; a larger one is dropped


def keep(place: Path, stage: Path, said: str) -> None:
    """Put into a folder what is kept of a stage, in place of what an earlier failure left there."""
    forget(place)
    place.mkdir(parents=True, exist_ok=True)
    if text := _partial(stage):
        (place / PARTIAL).write_text(text, "utf-8", newline="\n")
    if is_plain(stage / LOG):
        (place / LOG).write_text(printed(stage), "utf-8", newline="\n")
    (place / TRACEBACK).write_text(said, "utf-8")


def printed(stage: Path) -> str:
    """What the cells that ran in a stage have printed, within bounds and without this machine's folders; '' for nothing."""
    from nianbao.render.tidy import without_folders

    if not is_plain(stage / LOG):
        return ""
    return without_folders(disk.ends_of(stage / LOG, PRINTED).decode("utf-8", "replace"), {stage: "."})


def _partial(stage: Path) -> str:
    """The partial notebook as text, as clean of this machine as a published one; '' when there is none to read."""
    import nbformat.v4

    from nianbao.render.tidy import tidy

    path = stage / PARTIAL
    try:
        whole = is_plain(path) and path.stat().st_size <= LARGEST
        return tidy(nbformat.v4.reads(path.read_text("utf-8")), stage) if whole else ""
    except Exception:  # a cell may have written anything there; the rest is kept all the same
        return ""


def forget(place: Path) -> None:
    """Delete what is kept of a failed job, and its folder when nothing else is in it."""
    delete(place / name for name in NAMES)
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()


def log(place: Path) -> str:
    """What the cells of a failed job have printed, as far as it is kept; '' when there is none."""
    path = place / LOG
    return disk.ends_of(path, PRINTED).decode("utf-8", "replace") if is_plain(path) else ""
