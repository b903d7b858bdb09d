"""The store that a caller names, kept apart from the inputs."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run.store.address import Address
from nianbao.run.store.inside import entries, is_folder
from nianbao.run.store.local import LocalStore

if TYPE_CHECKING:
    from nianbao.run.store.store import Store


def store_of(outputs: Path | Address | Store, work: Path | None = None) -> Store:
    """The store itself, or a store in the given folder or at the given address; stages lie in ``work``, if given."""
    if isinstance(outputs, Path):
        return LocalStore(outputs.absolute(), work)
    if not isinstance(outputs, Address):
        return replace(outputs, work=work) if isinstance(outputs, LocalStore) and work else outputs
    from nianbao.run.store.bucket import BucketStore
    from nianbao.run.store.objects import Objects

    return BucketStore(Objects(outputs), work or Path(tempfile.gettempdir()))


def keep_apart(params: Path | Address, outputs: Path | Address | Store) -> None:
    """Refuse outputs that are the params folder, lie in it, or hold it, however links lead there.

    Raises
    ------
    UsageError
        When they are not apart, or a folder above them has a name that no page can hold.
    """
    outputs = outputs.root if isinstance(outputs, LocalStore) else outputs
    for folder in (one for one in (params, outputs) if isinstance(one, Path)):
        if not _is_utf8(str(folder.absolute())):
            said = "the name of the folder {folder} is not in UTF-8; rename it, or work in another one"
            raise UsageError(say(said, folder=ascii(str(folder.absolute()))))
    if not _are_apart(params, outputs):
        said = "params ({params}) and outputs ({outputs}) have to be two folders, neither inside the other"
        raise UsageError(say(said, params=params, outputs=outputs))


def _are_apart(params: Path | Address, outputs: Path | Address | Store) -> bool:
    if isinstance(params, Address) and isinstance(outputs, Address):
        return not params.holds(outputs) and not outputs.holds(params)
    if not isinstance(params, Path) or not isinstance(outputs, Path):
        return True
    ours, theirs = Path(os.path.realpath(params)), Path(os.path.realpath(outputs))
    return not (_is_in(ours, theirs) or _is_in(theirs, ours) or _is_one_of(theirs, ours))


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
