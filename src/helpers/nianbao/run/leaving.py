"""Batches that are still open when the interpreter ends: they are closed while all modules are there."""

from __future__ import annotations

import atexit
import contextlib
import weakref
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

G = TypeVar("G", bound="Generator[Any, Any, Any]")


def closed_at_exit(generator: G) -> G:
    """The generator, which is closed before the interpreter ends, if it is still there then.

    What is registered last is called first: the temporary folders of the batch, which weakref clears away at exit, have to
    be there when it is closed, and so weakref registers before.
    """
    close = partial(_close, weakref.ref(generator))
    weakref.finalize(generator, atexit.unregister, close).atexit = False
    atexit.register(close)
    return generator


def _close(found: weakref.ref[Generator[Any, Any, Any]]) -> None:
    generator = found()
    if generator is not None:
        with contextlib.suppress(Exception):  # There is nobody left to tell.
            generator.close()
