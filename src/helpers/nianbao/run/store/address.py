"""The address of a place in an object store, such as ``s3://bucket/outputs``: what it may hold, what nobody may print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.language import say

# The extra of this package that brings what a kind of address needs.
EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "az": "azure", "abfs": "azure", "abfss": "azure"}
LOCAL = "file"
MODULES = {"s3": "s3fs", "gcs": "gcsfs", "azure": "adlfs"}  # of each extra
_ADDRESS = re.compile("([A-Za-z][A-Za-z0-9+.-]+):/{1,2}(.*)", re.S)  # One letter is a drive of Windows.
_ODD = re.compile("[?#\\\\\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Address:
    """A place in an object store.

    Parameters
    ----------
    protocol : str
        One of `EXTRAS`.
    path : str
        Bucket and prefix, without a slash at the end.
    """

    protocol: str
    path: str

    def __str__(self) -> str:
        return f"{self.protocol}://{self.path}"

    def __truediv__(self, name: str) -> Address:
        return Address(self.protocol, f"{self.path}/{name}")

    @property
    def bucket(self) -> str:
        return self.path.partition("/")[0]

    @property
    def modules(self) -> tuple[str, ...]:
        """What reaches it, by the names of the modules, which are slow to import."""
        return (MODULES[EXTRAS[self.protocol]],)

    @property
    def name(self) -> str:
        """The last part, as a folder's name."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> Address:
        """The place that this one lies in; a bucket lies in none."""
        return Address(self.protocol, self.path.rpartition("/")[0] or self.path)

    def holds(self, other: Address) -> bool:
        """Whether the other is this place or lies in it; two names of one protocol are one."""
        ours, theirs = (EXTRAS[one.protocol] for one in (self, other))
        return ours == theirs and f"{other.path}/".startswith(f"{self.path}/")


def place_of(given: str | Path) -> Address | Path:
    """What was given as the name of a folder: an address, or a path; ``file://`` stands for a path.

    Raises
    ------
    UsageError
        For an address that no store has, or that holds a password; what it holds is not said.
    """
    known = _ADDRESS.fullmatch(str(given))
    protocol, path = (known[1].lower(), known[2].rstrip("/")) if known else ("", "")
    # A `Path` has lost one of the two slashes; with one slash anything else is a folder's name.
    if known is None or ("://" not in str(given) and protocol not in {LOCAL, *EXTRAS}):
        return Path(given)
    if protocol == LOCAL:
        return Path(known[2] if isinstance(given, str) else f"/{known[2]}")
    if protocol not in EXTRAS:
        said = "{protocol}:// is no address that nianbao knows; name a folder, or an address that begins with {known}"
        raise UsageError(say(said, protocol=protocol, known=", ".join(f"{one}://" for one in ("s3", "gs", "az", LOCAL))))
    if _holds_secret(protocol, path):
        said = "the address {protocol}://… holds a name, a password or a key; leave it out: {why}"
        why = say("the store takes credentials from its usual variables and files, such as AWS_ACCESS_KEY_ID")
        raise UsageError(say(said, protocol=protocol, why=why))
    if not path or _ODD.search(path) or {"", ".", ".."} & {*path.split("/")}:
        said = "the address {address} names no place in a bucket; write it as {protocol}://bucket/folder"
        raise UsageError(say(said, address=ascii(f"{protocol}://{path}"), protocol=protocol))
    return Address(protocol, path)


def _holds_secret(protocol: str, path: str) -> bool:
    """Whether an address holds what stands for a person or a key; in Azure's ``container@account`` is neither."""
    user, at, _ = path.partition("/")[0].rpartition("@")
    return "?" in path or (bool(at) and (":" in user or EXTRAS[protocol] != "azure"))
