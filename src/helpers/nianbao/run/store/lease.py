"""The object by which one build at a time holds an object store, where nothing can be locked.

Each write of it is one under a condition, so that of two builds one gets it. Its holder renews it while it runs. Whoever
finds it held watches it: when it has not changed for as long as it was taken for, its holder is gone, and it is taken over.
No clock of another machine is asked.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import secrets
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.errors import BusyError, StoreError, UsageError
from nianbao.language import say
from nianbao.run.store.objects import Overtaken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.run.store.objects import Object, Objects

NAME = ".nianbao-lock"
RENEWALS = 4  # within the time for which it is taken
LOOKS = 20  # at a lease that may be an interrupted build's, within its time
_HOLDER = re.compile(r"[0-9a-f]+:(\d{1,10}):([\w.-]{1,63})", re.ASCII)
LONGEST = 3600.0  # seconds for which anybody waits, whatever stands in the object


@dataclass(frozen=True, slots=True)
class _Held:
    """What stands in the object: who holds it ('' for nobody), for how many seconds, and how often it was renewed."""

    holder: str
    seconds: float
    renewal: int = 0

    def to_json(self) -> bytes:
        return json.dumps({"holder": self.holder, "seconds": self.seconds, "renewal": self.renewal}).encode()

    @classmethod
    def of(cls, raw: bytes) -> _Held | None:
        """What an object says; ``None`` for one that no build has written."""
        try:
            plain = json.loads(raw)
            held = cls(plain["holder"], float(plain["seconds"]), plain["renewal"])
        except (ValueError, KeyError, TypeError):
            return None
        return held if held.to_json() == raw and 0 < held.seconds <= LONGEST else None


def new_holder() -> str:
    """By what a build is known from others, and for people the number of its process and the name of its machine."""
    machine = re.sub(r"[^A-Za-z0-9-]", "", socket.gethostname().partition(".")[0])[:63]
    return f"{secrets.token_hex(8)}:{os.getpid()}:{machine or '-'}"


def require_there(objects: Objects, holder: str) -> None:
    """Require that the lease is still this holder's, and that the store takes what is written; raises `StoreError`."""
    require(objects, holder)
    try:
        objects.create(NAME, _Held("", 1.0).to_json())
    except Overtaken:  # What is there already is not written; who may not write, or reaches nothing, is told so.
        return
    raise _lost(objects)


def require(objects: Objects, holder: str) -> None:
    """Require that the lease is still this holder's; raises `StoreError` when another build has taken it over."""
    if not is_of(objects, holder):
        raise _lost(objects)


def is_of(objects: Objects, holder: str) -> bool:
    """Whether the lease is this holder's."""
    try:
        held = _Held.of(objects.read(NAME))
    except FileNotFoundError:
        return False
    return held is not None and held.holder == holder


@contextlib.contextmanager
def held(objects: Objects, holder: str, seconds: float) -> Iterator[None]:
    """Hold the lease while the context lasts.

    Raises
    ------
    BusyError
        When another build holds it.
    UsageError
        When the object is not one that a build has made, or the store knows no conditions.
    StoreError
        When the context ends, if another build has taken the lease over meanwhile.
    """
    ours = _Held(holder, float(seconds))
    lease, is_reached = _Renewed(objects, ours, _taken(objects, ours)), True
    try:
        _require_conditions(objects)
        yield
    except StoreError:
        is_reached = False
        raise
    finally:
        lease.end(is_reached)
    if lease.lost:
        raise _lost(objects)


def _taken(objects: Objects, ours: _Held) -> str:
    """Take the lease; returns its tag."""
    for _ in range(3):  # Somebody may give it back between two looks.
        with contextlib.suppress(Overtaken):
            there = objects.look(NAME)
            if there is None:
                return objects.create(NAME, ours.to_json())
            try:
                theirs = _Held.of(objects.read(NAME))
            except FileNotFoundError:
                continue
            if theirs is None:
                raise UsageError(_foreign(objects))
            # Where an object can be created under a condition, but not replaced, one that is there is nobody's to take.
            if theirs.holder or not objects.is_conditional:
                _require_gone(objects, there, theirs)
            return objects.replace(NAME, ours.to_json(), there.tag)
    raise _in_use(objects)


def refusals(objects: Objects) -> list[str]:
    """Why a build could not take the lease now, as far as the object tells."""
    try:
        theirs = _Held.of(objects.read(NAME))
    except FileNotFoundError:
        return []
    if theirs is None:
        return [_foreign(objects)]
    if not theirs.holder:
        return []
    if not objects.is_conditional:
        return [str(_in_use(objects, theirs))]
    said = "{folder} is locked by {holder}; where that has ended, a build takes the lock over after {seconds:g} s"
    return [say(said, folder=objects.address, holder=_who(theirs), seconds=theirs.seconds)]


def _foreign(objects: Objects) -> str:
    said = "{path} is not nianbao's lock; move it away, or use another --outputs"
    return say(said, path=objects.address / NAME)


def _require_gone(objects: Objects, there: Object, theirs: _Held) -> None:
    """Wait until the holder of a lease has not renewed it for its whole time; raises `BusyError` when it does."""
    if not objects.is_conditional:
        said = "{folder} is in use by another build; if none runs, delete the object {path}"
        raise BusyError(say(said, folder=objects.address, path=objects.address / NAME))
    said = "{folder} is locked; for up to {seconds:g} s it is watched whether its holder still runs"
    logging.getLogger("nianbao").warning(say(said, folder=objects.address, seconds=theirs.seconds))
    until = time.monotonic() + theirs.seconds
    while time.monotonic() < until:
        time.sleep(theirs.seconds / LOOKS)
        now = objects.look(NAME)
        if now is None or now.tag != there.tag:
            raise _in_use(objects, theirs)


def _lost(objects: Objects) -> StoreError:
    theirs = None
    with contextlib.suppress(FileNotFoundError, UsageError):
        theirs = _Held.of(objects.read(NAME))
    if theirs is None:
        said = "the lock {path} of this build was deleted or replaced; it publishes nothing more"
        return StoreError(say(said, path=objects.address / NAME))
    said = "{holder} has taken {address} over, as this build did not renew its lease in time; it publishes nothing more"
    return StoreError(say(said, holder=_who(theirs), address=objects.address))


def _in_use(objects: Objects, theirs: _Held | None = None) -> BusyError:
    said = "{folder} is in use by {holder}; wait for it, or use another --outputs"
    return BusyError(say(said, folder=objects.address, holder=_who(theirs)))


def _who(theirs: _Held | None) -> str:
    """Who holds a lease, for a person: a build that has given it back is known no more."""
    known = _HOLDER.fullmatch(theirs.holder) if theirs else None
    return (
        say("another build (process {number} on {machine})", number=known[1], machine=known[2])
        if known
        else say("another build")
    )


def _require_conditions(objects: Objects) -> None:
    """Require that the store refuses writes whose condition does not hold, without which two builds would not notice."""
    free = _Held("", 1.0).to_json()  # what may stay there, if it is written
    for another in (None, f'"{"0" * 32}"') if objects.is_conditional else (None,):
        try:
            objects.replace(NAME, free, another) if another else objects.create(NAME, free)
        except Overtaken:
            continue
        said = "{address}: this store writes whatever the condition (If-None-Match, If-Match); builds cannot be kept apart"
        raise UsageError(say(said, address=objects.address))


class _Renewed:
    """Renews a lease in a thread, until it ends or is lost."""

    def __init__(self, objects: Objects, ours: _Held, tag: str) -> None:
        self.objects, self.ours, self.tag = objects, ours, tag
        self.lost = False
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._renew, daemon=True)
        if objects.is_conditional:
            self.thread.start()

    def _renew(self) -> None:
        while not self.lost and not self.over.wait(self.ours.seconds / RENEWALS):
            self.ours = _Held(self.ours.holder, self.ours.seconds, self.ours.renewal + 1)
            try:
                self.tag = self.objects.replace(NAME, self.ours.to_json(), self.tag)
            except (Overtaken, FileNotFoundError):
                self._look()
            except UsageError:
                continue  # The store cannot be reached now; whoever publishes asks it again whose the lease is.

    def _look(self) -> None:
        """Find out whose the lease is: a store may also refuse a write because it is busy with another one."""
        with contextlib.suppress(UsageError):  # of a store that cannot be reached; the next renewal asks again
            there = self.objects.look(NAME)
            self.lost = there is None or not is_of(self.objects, self.ours.holder)
            self.tag = there.tag if there else self.tag

    def end(self, is_reached: bool) -> None:
        """Renew no more, and give the lease back; of a store that is not reached it is over soon all the same."""
        self.over.set()
        if self.objects.is_conditional:
            if not is_reached:
                return
            self.thread.join()
            with contextlib.suppress(UsageError):  # A lease that nobody renews is over soon.
                try:
                    self.objects.replace(NAME, _Held("", self.ours.seconds).to_json(), self.tag)
                except (Overtaken, FileNotFoundError):
                    self.lost = True
        else:
            self.objects.remove([NAME])
