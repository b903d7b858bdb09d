"""The store that a caller names, kept apart from the inputs."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run.store.address import place_of
from nianbao.run.store.inside import entries, is_folder
from nianbao.run.store.local import LocalStore

if TYPE_CHECKING:
    from nianbao.run.store.store import Store


def store_of(outputs: str | Path | Store, work: Path | None = None) -> Store:
    """The store itself, or a store in the given folder or at the given address, with its stages in a working folder."""
    if not isinstance(outputs, (str, Path)):
        return outputs
    place = place_of(outputs)
    if isinstance(place, Path):
        return LocalStore(place.absolute())
    from nianbao.run.store.bucket import BucketStore
    from nianbao.run.store.objects import Objects

    return BucketStore(Objects(place), work or Path(tempfile.gettempdir()))


def keep_apart(params: Path, store: Store) -> None:
    """Refuse outputs that are the params folder, lie in it, or hold it, however links lead there.

    Raises
    ------
    UsageError
        When they are not apart, or a folder above them has a name that no page can hold.
    """
    for folder in (params, store.root) if isinstance(store, LocalStore) else (params,):
        if not _is_utf8(str(folder.absolute())):
            said = "the name of the folder {folder} is not in UTF-8; rename it, or work in another one"
            raise UsageError(say(said, folder=ascii(str(folder.absolute()))))
    if not isinstance(store, LocalStore):
        return
    inputs, outputs = Path(os.path.realpath(params)), Path(os.path.realpath(store.root))
    if _is_in(inputs, outputs) or _is_in(outputs, inputs) or _is_one_of(outputs, inputs):
        said = "params ({params}) and outputs ({outputs}) have to be two folders, neither inside the other"
        raise UsageError(say(said, params=params, outputs=store.root))


def _is_utf8(path: str) -> bool:
    """Whether a path can be written into a page; Python keeps bytes that are no UTF-8 as lone surrogates."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_one_of(folder: Path, params: Path) -> bool:
    """Whether a folder is also a bureau's in params, by a mount under another name."""
    return is_folder(folder) and any(is_folder(one) and one.samefile(folder) for one in entries(params))


def _is_in(folder: Path, other: Path) -> bool:
    """Whether a folder is the other or lies in it; one that has two names, such as a mount, is known by its inode."""
    above = (folder, *folder.parents)
    return other in above or (other.exists() and any(one.exists() and one.samefile(other) for one in above))
