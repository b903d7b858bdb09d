"""The connection to a store, by fsspec: opened, asked again while the store is busy, and what an error of it answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from nianbao.errors import UsageError
from nianbao.language import say
from nianbao.run.store.address import EXTRAS

if TYPE_CHECKING:
    from nianbao.run.store.address import Address

TOO_MANY = {429, 503}
TRIES = 2  # of one request by s3fs; botocore asks five times in each, about 8 s
_PREPARED: list[Any] = []  # botocore's loader, with what it has read


def opened(address: Address) -> Any:
    """The file system of fsspec for an address.

    Raises
    ------
    UsageError
        When the packages for it are not installed.
    """
    extra = EXTRAS[address.protocol]
    try:
        import fsspec

        # A listing that fsspec keeps would show what was there before.
        system = fsspec.filesystem(address.protocol, use_listings_cache=False, skip_instance_cache=True)
        if extra == "s3":
            import s3fs

            # Of itself s3fs asks a busy store again where the answer has a text, and the one to HEAD has none.
            s3fs.set_custom_error_handler(_is_busy)
            system.retries = TRIES
        if _PREPARED and extra == "s3" and system.session is None:
            from aiobotocore.session import AioSession

            system.session = AioSession(**system.kwargs)  # as s3fs makes it
            system.session.register_component("data_loader", _PREPARED[0])
        return system
    except ImportError:
        said = "{address} needs packages that are not installed: pip install 'nianbao[{extra}]'"
        raise UsageError(say(said, address=address, extra=extra)) from None


def _is_busy(error: BaseException) -> bool:
    """Whether a store answers that it is asked too much at the moment."""
    return answer_of(error)[0] in TOO_MANY


def prepare() -> None:
    """Read what a connection to S3 needs, once for all processes that will be forked from this one, if it has loaded s3fs.

    That takes half of the time of a connection; nothing is connected.
    """
    if "s3fs" in sys.modules and not _PREPARED:
        import botocore.session

        session = botocore.session.Session()
        session.create_client("s3", "us-east-1", aws_access_key_id="-", aws_secret_access_key="-")
        _PREPARED.append(session.get_component("data_loader"))


def answer_of(error: BaseException) -> tuple[int | None, str]:
    """The HTTP status of the answer that an error tells of, ``None`` for none, and the code of what is wrong."""
    one: BaseException | None = error
    while one is not None:
        answer = getattr(one, "response", None)
        if isinstance(answer, dict):
            code = str(answer.get("Error", {}).get("Code") or type(error).__name__)
            return answer.get("ResponseMetadata", {}).get("HTTPStatusCode"), code
        status = getattr(one, "status_code", None) or getattr(one, "code", None)
        if isinstance(status, int):
            return status, type(one).__name__
        one = one.__cause__
    return None, type(error).__name__
