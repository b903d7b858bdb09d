"""The objects below one address, by fsspec: listed, read, and written under conditions; what goes wrong is said in words."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from nianbao.errors import StoreError, UsageError
from nianbao.language import say
from nianbao.run.store.address import EXTRAS, Address
from nianbao.run.store.connection import TOO_MANY, answer_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")
R = TypeVar("R")
AT_A_TIME = 16  # requests of one process
AHEAD = 1024  # of which so many wait
_PATTERN = {*"*?["}
DENIED, ABSENT, OVERTAKEN = {401, 403}, 404, {409, 412}
# As browsers read them; what is not here is a download.
KINDS = {
    "html": "text/html; charset=utf-8", "json": "application/json", "ipynb": "application/json", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "svg": "image/svg+xml",
    "png": "image/png", "txt": "text/plain; charset=utf-8", "log": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "": "text/plain; charset=utf-8",
}  # fmt: skip


class Overtaken(Exception):
    """A write under a condition did not happen: somebody else has written the object."""


@dataclass(frozen=True, slots=True)
class Object:
    """One object as a listing shows it: how many bytes it has, and what changes with them (its ETag)."""

    size: int
    tag: str


class _Opened:
    """The connection of one process; a copy in another process opens its own."""

    def __init__(self) -> None:
        self.system: Any = None

    def __reduce__(self) -> tuple[type[_Opened], tuple[()]]:
        return _Opened, ()


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects below an address, by their names relative to it. A picklable value."""

    address: Address
    _opened: _Opened = field(default_factory=_Opened, compare=False, repr=False)

    @property
    def _system(self) -> Any:
        if self._opened.system is None:
            with self._saying():
                self._opened.system = opened(self.address)
        return self._opened.system

    @property
    def is_conditional(self) -> bool:
        """Whether objects can be replaced under the condition that they are as they were."""
        return EXTRAS[self.address.protocol] == "s3"

    def find(self, below: str = "") -> dict[str, Object]:
        """All objects, or those in one folder, by one listing; the empty ones that stand for folders are left out."""
        place = self._path(below) if below else self.address.path
        with self._saying():
            found: dict[str, dict[str, Any]] = self._system.find(place, detail=True)
        start = len(self.address.path) + 1
        return {
            path[start:]: _object(one)
            for path, one in found.items()
            if path.startswith(f"{place}/") and path[-1] != "/" and one.get("type") != "directory"
        }

    def look(self, name: str) -> Object | None:
        """One object without its bytes; ``None`` where there is none."""
        try:
            with self._saying():
                found = self._system.info(self._path(name))
        except FileNotFoundError:
            return None
        return None if found.get("type") == "directory" else _object(found)

    def read(self, name: str) -> bytes:
        """The bytes of an object; raises `FileNotFoundError` where there is none."""
        with self._saying():
            # To read by parts s3fs asks for the size of each object first.
            whole = {"max_concurrency": 1} if EXTRAS[self.address.protocol] == "s3" else {}
            data: bytes = self._system.cat_file(self._path(name), **whole)
        return data

    def read_all(self, names: Iterable[str]) -> dict[str, bytes]:
        """The bytes of many objects, read at a time; what is not there is left out."""

        def read(name: str) -> tuple[str, bytes] | None:
            with contextlib.suppress(FileNotFoundError):
                return name, self.read(name)
            return None

        return dict(one for one in at_a_time(read, names) if one)

    def write(self, name: str, data: bytes) -> None:
        """Write an object, whatever is there."""
        with self._saying():
            self._system.pipe_file(self._path(name), data, **self._kind(name))

    def create(self, name: str, data: bytes) -> str:
        """Write an object where there is none, and return its tag; raises `Overtaken` where there is one."""
        return self._write_if(name, data, mode="create")

    def replace(self, name: str, data: bytes, tag: str) -> str:
        """Write an object in the place of the one with this tag, and return the new tag; raises `Overtaken` if it changed.

        A store that knows no such condition writes when the object has the tag before.
        """
        if self.is_conditional:
            return self._write_if(name, data, IfMatch=tag)
        now = self.look(name)
        if now is None or now.tag != tag:
            raise Overtaken(name)
        self.write(name, data)
        after = self.look(name)
        return after.tag if after else ""

    def _write_if(self, name: str, data: bytes, **condition: Any) -> str:
        try:
            with self._saying():
                written = self._system.pipe_file(self._path(name), data, **condition, **self._kind(name))
        except Overtaken:
            # An answer that was lost on the way is asked for again, and then it is this write that stands in its own way.
            now = self.look(name)
            if now is None or now.size != len(data) or self.read(name) != data:
                raise
            return now.tag
        if isinstance(written, dict) and written.get("ETag"):
            return str(written["ETag"])
        after = self.look(name)
        return after.tag if after else ""

    def upload(self, files: Mapping[str, Path]) -> None:
        """Write objects from files, some at a time; large ones go in parts, of which nothing is left when they break off."""

        def put(name: str) -> None:
            with self._saying():
                self._system.put_file(str(files[name]), self._path(name), **self._kind(name))

        at_a_time(put, files)

    def remove(self, names: Iterable[str]) -> None:
        """Delete objects; what is not there is none of them."""

        def remove(name: str) -> None:
            with contextlib.suppress(FileNotFoundError), self._saying():
                self._system.rm_file(self._path(name))

        alone = list(names)
        if self.is_conditional and len(alone) > AT_A_TIME:
            # S3 deletes a thousand in one request; s3fs takes some characters of a name for a pattern.
            together = [path for path in map(self._path, alone) if not _PATTERN & {*path}]
            with contextlib.suppress(UsageError), self._saying():  # Not every store of S3's interface can.
                self._system.rm(together)
                alone = [name for name in alone if _PATTERN & {*self._path(name)}]
        at_a_time(remove, alone)

    def _path(self, name: str) -> str:
        return f"{self.address.path}/{name}"

    def _kind(self, name: str) -> dict[str, Any]:
        """What tells browsers what an object is, in the words of its store."""
        kind = KINDS.get(name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else "")
        store = EXTRAS[self.address.protocol]
        if kind is None or store == "azure":
            return {}
        return {"ContentType" if store == "s3" else "content_type": kind}

    @contextlib.contextmanager
    def _saying(self) -> Iterator[None]:
        """Turn what a library raises into `FileNotFoundError`, `Overtaken`, or a `StoreError` that says what is wrong.

        Nothing that it says itself is repeated, because it may name keys, and the addresses of proxies with passwords.
        """
        try:
            yield
        except UsageError:
            raise
        except Exception as error:
            raise self._told(error) from None

    def _told(self, error: Exception) -> Exception:
        status, code = answer_of(error)
        kinds = {one.__name__ for one in type(error).__mro__}
        where = {"address": str(self.address), "bucket": self.address.bucket, "code": code}
        if code == "NoSuchBucket":
            return StoreError(say("there is no bucket {bucket} ({address}); create it, or name another", **where))
        if "FileExistsError" in kinds or status in OVERTAKEN:
            return Overtaken(code)
        if "FileNotFoundError" in kinds or status == ABSENT:
            return FileNotFoundError(2, say("it is not there"))
        return StoreError(_problem(kinds, status, where))


def _problem(kinds: set[str], status: int | None, where: dict[str, str]) -> str:
    """What went wrong with a request, by the classes of the error and the status of the answer."""
    if {"PermissionError", "NoCredentialsError", "PartialCredentialsError"} & kinds or status in DENIED:
        return say("{address}: no permission ({code}); check the credentials in the store's variables and files", **where)
    if status in TOO_MANY or where["code"] in {"SlowDown", "Throttling"}:
        said = "{address}: the store is asked too much ({code}); try again later, or with fewer reports at a time (--jobs)"
        return say(said, **where)
    if status is None and {"OSError", "HTTPClientError", "ConnectionError"} & kinds:
        return say("{address} cannot be reached ({code}); check the network and the endpoint", **where)
    return say("{address}: the store refuses it ({code})", **where)


def at_a_time(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Call the function with each item, `AT_A_TIME` at a time; after an error no more are begun, and it is raised."""
    left, found = iter(items), list[R]()
    threads = ThreadPoolExecutor(AT_A_TIME)
    try:
        while some := list(islice(left, AHEAD)):
            found += threads.map(function, some)
        return found
    finally:
        threads.shutdown(cancel_futures=True)


def _object(one: Mapping[str, Any]) -> Object:
    """What a listing shows of an object, in the words of s3fs, gcsfs or adlfs."""
    return Object(int(one.get("size") or 0), str(one.get("ETag") or one.get("etag") or ""))
