"""A folder outside of outputs in which a published notebook can be run again as if it lay in its own place."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTPUTS = ".nianbao-outputs"  # stands for the name of the outputs folder, which may be any


@contextmanager
def elsewhere(params: Path, params_dir: str, within: Path) -> Iterator[Path]:
    """An empty folder from which ``params_dir``, a relative path, leads to params, and to what lies beside params.

    Nothing is written to params or to outputs: the folder is a temporary one ``within`` another, and the rest are links.
    """
    ups = Path(params_dir).parts.count("..")
    with tempfile.TemporaryDirectory(dir=within, ignore_cleanup_errors=True) as name:
        top = Path(name).resolve()
        stage = top.joinpath(*[OUTPUTS] * max(ups, 1))
        stage.mkdir(parents=True)
        if params_dir:
            link = Path(os.path.normpath(stage / params_dir))
            link.parent.mkdir(parents=True, exist_ok=True)
            home = params.resolve().parent
            for path in home.iterdir() if home.is_dir() else ():
                if path != params.resolve() and path.name != link.name:
                    make_link(link.parent / path.name, path)
            make_link(link, params.resolve())
        yield stage


def make_link(place: Path, target: Path) -> None:
    """Make a link to a folder; to a file only where anybody may."""
    if sys.platform == "win32" and target.is_dir():
        import _winapi

        _winapi.CreateJunction(str(target), str(place))  # other links need a right that users lack
    elif sys.platform != "win32":
        place.symlink_to(target)
