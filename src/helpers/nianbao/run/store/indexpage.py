"""Whose the index page of a store is: a build's, as it was written; changed by hand; or somebody else's."""

from __future__ import annotations

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run import seal
from nianbao.run.store.store import LONGEST_INDEX, MARK


def is_as_written(text: bytes | None) -> bool:
    """Whether a build may replace the page: there is none, it is empty, or nobody has changed it."""
    return text is None or not text.strip() or seal.intact(text, seal.HTML)


def require_bounded(size: int, place: object) -> None:
    """Require that a page can be read; raises `UsageError` for one that is too large."""
    if size > LONGEST_INDEX:
        raise UsageError(say("{path} is too large to be an index of nianbao's; move it away", path=place))


def require_as_written(text: bytes | None, place: object) -> None:
    """Raise a `UsageError` for a page that a person has written into."""
    if not is_as_written(text):
        raise UsageError(say("{path} was changed by hand; move it away", path=place))


def require_own(text: bytes | None, place: object) -> None:
    """Raise a `UsageError` for a page that no build has made."""
    if text is not None and text.strip() and MARK not in text[:2000]:
        said = "{path} is not nianbao's, and a build would replace it; move it away, or use another --outputs"
        raise UsageError(say(said, path=place))
