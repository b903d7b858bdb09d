"""What a process has seen of an object store: one listing, and small records, so that many reports are few requests.

The process that plans lists everything once, and reads records ahead, many at a time. A copy in another process, which works
on one report, asks for what belongs to that report only.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.run.store.belongings import LONGEST
from nianbao.run.store.layout import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nianbao.run.store.objects import Object, Objects

AHEAD = 256  # records that are read together
MOST = 4096  # records that are kept


@dataclass(slots=True)
class Seen:
    """What was seen, until it is forgotten; ``is_whole`` says that everything is listed when anything is asked for."""

    is_whole: bool = True
    groups: dict[str, dict[str, Object]] | None = None
    alone: dict[str, dict[str, Object]] = field(default_factory=dict)
    texts: dict[str, bytes | None] = field(default_factory=dict)
    records: dict[str, list[str]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __reduce__(self) -> tuple[type[Seen], tuple[bool]]:
        return Seen, (False,)

    def forget(self) -> None:
        """Forget everything."""
        self.groups, self.alone, self.texts = None, {}, {}

    def forget_one(self, objects: Objects, group: str) -> None:
        """List one group again, and forget the texts in it."""
        with self.lock:
            if self.groups is not None or group in self.alone:
                self.alone[group] = objects.find(group)
            self.texts = {name: text for name, text in self.texts.items() if group_of(name) != group}

    def drop(self, names: Iterable[str]) -> None:
        """Forget objects that are deleted."""
        for name in names:
            for group in (self.groups or {}, self.alone):
                group.get(group_of(name), {}).pop(name, None)

    def everything(self, objects: Objects) -> Iterable[str]:
        """The names of all groups."""
        self._list(objects)
        return {*(self.groups or ()), *(group for group, inside in self.alone.items() if inside)}

    def below(self, objects: Objects, group: str) -> Mapping[str, Object]:
        """The objects of one group, by their names below the root of the store."""
        with self.lock:
            if self.is_whole and group not in self.alone:
                self._list(objects)
                return (self.groups or {}).get(group, {})
            if group not in self.alone:
                self.alone[group] = objects.find(group)
            return self.alone[group]

    def text(self, objects: Objects, name: str) -> bytes | None:
        """The bytes of a record; ``None`` where there is none."""
        with self.lock:
            if name not in self.texts:
                if len(self.texts) > MOST:
                    self.texts = {}
                wanted = self._ahead(objects, name) if self.is_whole else [name]
                found = objects.read_all(wanted) if wanted else {}
                self.texts |= {one: found.get(one) for one in (name, *wanted)}
            return self.texts[name]

    def _ahead(self, objects: Objects, name: str) -> list[str]:
        """The record and those that follow it; nothing where the listing has no such record."""
        there = self.below(objects, group_of(name))
        if name not in there or there[name].size > LONGEST:
            return []
        known = self.records.get(_kind(name), [])
        start = bisect_left(known, name)
        return [name, *(one for one in known[start : start + AHEAD] if one not in self.texts and one != name)]

    def _list(self, objects: Objects) -> None:
        if self.groups is not None:
            return
        self.groups, self.alone, self.texts = {}, {}, {}
        found = objects.find()
        for name, one in found.items():
            self.groups.setdefault(group_of(name), {})[name] = one
        self.records = {}
        for name in sorted(found):
            if (kind := _kind(name)) and found[name].size <= LONGEST:
                self.records.setdefault(kind, []).append(name)


def _kind(name: str) -> str:
    """Which records are read together; '' for what is read alone."""
    if name.endswith(".json") and name.startswith(".checked/"):
        return "checked"
    return "manifest" if name == f"{group_of(name)}/manifest.json" and name[0] != "." else ""
