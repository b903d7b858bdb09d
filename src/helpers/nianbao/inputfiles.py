"""The one door through which every file that params names is read.

It opens regular files of a bounded size only, so that no pipe or device hangs who reads; it refuses links that leave params,
so that no file from elsewhere is published; and it keeps the hash of what it read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from nianbao.characters import in_a_line
from nianbao.digests import digest
from nianbao.errors import UsageError
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "NIANBAO_MAX_MIB"
TEXT_MIB = 2
PICTURES = 8  # times as large as a text may a picture be, and any other file
FONTS = 64  # and as many times a font
FACES = {".otf", ".ttf", ".ttc", ".otc"}
TEXTS = {".yaml", ".yml", ".md", ".csv"}
_MIB = 1 << 20
# Without these, on other systems, `_regular` alone has to do.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
_SPECIAL = {
    stat.S_IFIFO: "命名管道", stat.S_IFSOCK: "套接字", stat.S_IFCHR: "设备", stat.S_IFBLK: "设备", stat.S_IFDIR: "文件夹",
}  # fmt: skip


class Why(StrEnum):
    """Why a file is not read; in a plan it stands in the place of the file's hash."""

    MISSING = "missing"
    DENIED = "unreadable"
    SPECIAL = "no regular file"
    LARGE = "too large"
    OUTSIDE = "link out of params"


class NotRead(Exception):
    """A file that is not read: why, and in Chinese what stands there and what to do."""

    def __init__(self, why: Why, found: str, action: str) -> None:
        super().__init__(found)
        self.why, self.found, self.action = why, found, action


def text_mib() -> int:
    """How large a text may be, in MiB.

    Raises
    ------
    UsageError
        When the environment variable holds something else than a number from 1 to 1024.
    """
    given = os.environ.get(VARIABLE) or str(TEXT_MIB)
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:5]) <= 1024:
        raise UsageError(say("{name}={value}: give a number from 1 to 1024", name=VARIABLE, value=given))
    return int(given)


def limit_of(path: Path) -> int:
    """How many bytes a file may have, by its name; what begins with ``_`` is no text of the kit's."""
    if path.suffix.lower() in FACES:
        return text_mib() * _MIB * FONTS
    is_text = path.suffix.lower() in TEXTS and not path.name.startswith("_")
    return text_mib() * _MIB if is_text else picture_limit()


def picture_limit() -> int:
    """How many bytes a picture may have, and any other file that is no text."""
    return text_mib() * _MIB * PICTURES


def read_file(path: Path) -> bytes:
    """A file's bytes, wherever it lies.

    Raises
    ------
    NotRead
        When it is not there, cannot be read, is no regular file or is too large.
    """
    with _opened(path, os.path.realpath(path)) as file:
        return b"".join(_pieces(file, path))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file that is read by parts; raises `NotRead` as `read_file`."""
    with _opened(path, os.path.realpath(path)) as file, os.fdopen(file, "rb", closefd=False) as reader:
        yield reader


class InputFiles:
    """The files below one params folder.

    Parameters
    ----------
    root : Path
        The params folder, which may itself be a link.

    Attributes
    ----------
    hashes : dict
        SHA-256 of what was read, by the path relative to params.

    Raises
    ------
    UsageError
        As `text_mib`.
    """

    def __init__(self, root: Path) -> None:
        text_mib()  # a limit that is none is said at once, and not when the first large file is met
        self.root = root
        self.hashes: dict[str, str] = {}
        self._prefix = os.path.join(root, "")  # noqa: PTH118  a string is faster: each file of each report passes here
        self._straight: set[str] = set()

    def read(self, path: Path) -> bytes:
        """A file's bytes.

        Raises
        ------
        NotRead
            As `read_file`, and when a link on the way to it leaves params.
        """
        with _opened(path, self.real(path)) as file:
            data = b"".join(_pieces(file, path))
        self.hashes[self.name(path)] = digest(data)
        return data

    def digest(self, path: Path) -> str:
        """A file's SHA-256, made piece by piece; why it is not read, where it is not."""
        made = hashlib.sha256()
        try:
            with _opened(path, self.real(path)) as file:
                for piece in _pieces(file, path):
                    made.update(piece)
        except NotRead as error:
            return error.why
        return made.hexdigest()

    def name(self, path: Path) -> str:
        """A path relative to params, with forward slashes; bytes that are no text are shown by their code."""
        return in_a_line(os.fspath(path).removeprefix(self._prefix).replace(os.sep, "/"))

    def real(self, path: Path) -> str:
        """Where a path leads.

        Raises
        ------
        NotRead
            When it leads out of params.
        """
        text = os.fspath(path)
        try:
            if self._is_straight(text):
                return text
        except (OSError, ValueError):
            return text  # opening it says what is wrong
        real, root = os.path.realpath(text), os.path.realpath(self.root)
        if not Path(real).is_relative_to(root):
            raise NotRead(Why.OUTSIDE, "是指向 params/ 之外的链接", "把文件本身复制到这里，或删去链接")
        return real

    def _is_straight(self, text: str) -> bool:
        """Whether no step of a path from params on is a link or leads up."""
        if text in self._straight or text == os.fspath(self.root):
            return True
        folder, _, name = text.rpartition(os.sep)
        if not text.startswith(self._prefix) or name == ".." or not self._is_straight(folder):
            return False
        about = os.lstat(text)
        if stat.S_ISDIR(about.st_mode):
            self._straight.add(text)
        return not stat.S_ISLNK(about.st_mode)

    def walk(self, folder: Path, deep: bool = True) -> Iterator[tuple[Path, Why | None]]:
        """Each file in a folder, in order, and why it cannot be read.

        Folders below are walked when ``deep``, those that a link inside params leads to as well, each once. A folder that
        cannot be listed stands for its files. A link that leads nowhere is nothing.
        """
        yield from self._walk(folder, deep, set())

    def _walk(self, folder: Path, deep: bool, seen: set[str]) -> Iterator[tuple[Path, Why | None]]:
        try:
            real = os.path.realpath(self.real(folder))
            if real in seen:
                return
            seen.add(real)
            with os.scandir(real) as inside:
                entries = sorted(inside, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        except NotRead as error:
            yield folder, error.why
            return
        except OSError:
            yield folder, Why.DENIED
            return
        for entry in entries:
            path = folder / entry.name
            try:
                # What is no link lies where its folder does.
                about = Path(self.real(path)).stat() if entry.is_symlink() else entry.stat()
            except NotRead as error:
                yield path, error.why
                continue
            except FileNotFoundError:
                continue
            except OSError:
                yield path, Why.DENIED
                continue
            if not stat.S_ISDIR(about.st_mode):
                yield path, _why(path, about)
            elif deep:
                yield from self._walk(path, deep, seen)


def _why(path: Path, about: os.stat_result) -> Why | None:
    """Why a file that is there cannot be read."""
    if not stat.S_ISREG(about.st_mode):
        return Why.SPECIAL
    if about.st_size > _MIB and about.st_size > limit_of(path):
        return Why.LARGE
    can_read = os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids)
    return None if can_read else Why.DENIED


@contextmanager
def _opened(path: Path, real: str) -> Iterator[int]:
    """A regular file; what it is, is looked at before it is opened, as opening a pipe waits, and once more behind that."""
    try:
        _regular(path, os.stat(real))  # noqa: PTH116  a string is faster, as above
        file = os.open(real, _FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # a NUL in the name
        found = "链接所指的文件不存在" if os.path.lexists(path) else "文件不存在"
        raise NotRead(Why.MISSING, found, "补上文件") from error
    except OSError as error:
        found = "没有读取权限" if isinstance(error, PermissionError) else "读不出来"
        raise NotRead(Why.DENIED, found, "核对文件的读取权限，或重新保存一份") from error
    try:
        _regular(path, os.fstat(file))
        yield file
    except OSError as error:  # a disk that fails
        raise NotRead(Why.DENIED, "读不出来", "重新保存一份") from error
    finally:
        os.close(file)


def _regular(path: Path, about: os.stat_result) -> None:
    if not stat.S_ISREG(about.st_mode):
        kind = _SPECIAL.get(stat.S_IFMT(about.st_mode), "特殊文件")
        raise NotRead(Why.SPECIAL, f"是{kind}，不是普通文件", "换成普通文件，或移走")
    if about.st_size > _MIB and about.st_size > limit_of(path):
        raise _too_large(path, f"有 {about.st_size / _MIB:.1f} MiB")


def _pieces(file: int, path: Path) -> Iterator[bytes]:
    """A file piece by piece, as far as it may be read: it may have grown since it was looked at."""
    length = 0
    while piece := os.read(file, _MIB):
        length += len(piece)
        if length > _MIB and length > limit_of(path):
            raise _too_large(path, "在读取时变大")
        yield piece


def _too_large(path: Path, found: str) -> NotRead:
    return NotRead(Why.LARGE, f"{found}，超过上限 {limit_of(path) // _MIB} MiB", smaller("缩小或移走"))


def smaller(do: str) -> str:
    """What to do about a file, or files, too large: ``do`` it, or raise the limit."""
    return f"{do}；确需这么大的，设环境变量 {VARIABLE}（文字的上限，现为 {text_mib()}；图片等是它的{PICTURES}倍）"
