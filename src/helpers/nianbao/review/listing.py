"""Whether the text of outputs/index.html is one that a build writes.

From its lines follows what state it tells of each report; from those states, and the manifests, all the rest of the page.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.job_id import RUNS, JobId, ReportId, RunId
from nianbao.language import say
from nianbao.review import index, lines
from nianbao.review.lines import Listed
from nianbao.run import seal
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store

_TEXT = "[^<>]*"
_HEAD = re.compile(
    f'<tbody><tr><th colspan="6" scope="rowgroup">(?:{_TEXT} <small>)?([a-z0-9-]+)(?:</small>)?'
    f'(?: <a href="[^"<>]*">{_TEXT}</a>)*'
)
_TALLY = '(?:没有核查发现|<a href="findings.html#[^"<>]+">(?:(?:故障|错误|警告|提示)\u00a0[0-9]+　?)+</a>|)'
# The row of what was never published: of a report it may tell the title of the last check.
_NEVER = re.compile(
    f'<tr(?P<run> class="run")?><th scope="row">'
    f"(?:(?P<year>[0-9]{{4}})<td>(?P<title>{_TEXT})| <small>(?P<over>{_TEXT})</small>)"
    f'<td class="(?P<kind>[a-z]+)">(?P<state>{_TEXT})<td>{_TALLY}<td><td>(?P<link>.*)'
)
_PUBLISHED = re.compile('<a href="([a-z]+(?:-[a-z0-9]+)+)/([0-9]{4})/report\\.')
UNPUBLISHED = (State.BLOCKED, State.FAILED, State.ABSENT, State.ORPHANED, State.COMPARED)


def wrong_in(text: str, store: Store, proved: Collection[JobId], known: Collection[JobId], names: Names) -> list[str]:
    """What is wrong with the text of an index; see `proof.wrong_in_index`. ``proved`` were rendered again."""
    wrong = [] if seal.intact(text.encode(), seal.HTML) else [say("it was changed after it was written")]
    page, there, tail = lines.without_beside(text).rpartition(seal.HTML)
    body = index.body_of(page)
    if body is None or not there or not re.fullmatch("[0-9a-f]{64} -->\n", tail):
        return [*wrong, say("it is not made from nianbao's template")]
    chinese = not page.startswith('<!DOCTYPE html>\n<html lang="en">')
    found = _Listing(store, known, names, chinese)
    written = body.rstrip("\n").split("\n") if body.strip() else []
    foreign = [line for line in written if not found.takes(line)]
    gone = {line: report for line in foreign if (report := found.gone(line))}
    wrong += [say("it lists {name}, of which nothing is in these outputs", name=one) for one in gone.values()]
    if foreign := [line for line in foreign if line not in gone]:
        shown = re.sub("<[^>]*>", " ", foreign[0])[:60].strip()
        wrong.append(say("a line of it is not one that a build writes: {line}", line=shown or foreign[0][:60]))
    wrong += [say("what it says of {name} is not what its manifest says", name=one) for one in found.missing()]
    is_as_written = index.page_of(found.told, found.heads, found.rows, chinese) == page
    if not wrong and not (is_as_written and index.is_chinese(found.told, found.records, chinese) == chinese):
        wrong.append(say("what it counts, or the order of its lines, is not as a build writes it"))
    for one in proved:
        record, told = store.record(one), found.told.get(one)
        if record and told not in {record.state, State.STALE if store.failure(one) else None, None}:
            said = "it tells “{state}” of {name}, which is as built; the next build writes it again"
            wrong.append(say(said, state=told, name=one))
    return wrong


class Names:
    """The names that a page may tell of bureaus: with params those that stand there, without them any plain text."""

    def __init__(self, name_of: Callable[[str], str] | None) -> None:
        self.name_of = name_of

    def allow(self, head: str, one: JobId, made: Collection[Manifest], listed: Listed) -> bool:
        """Whether a line may stand above the rows of a job's group, of which ``made`` was published."""
        own = lines.own_name(one)
        published = {record.bureau_name if isinstance(one, ReportId) else record.notebook for record in made} - {None, ""}
        if not published and self.name_of is None and isinstance(one, ReportId):
            return True
        given = {own, self.name_of(own)} if self.name_of and isinstance(one, ReportId) else {own}
        return head in {lines.head_of(listed, one, name or own) for name in published or given}


class _Listing:
    """The lines of an index, read one by one."""

    def __init__(self, store: Store, known: Collection[JobId], names: Names, chinese: bool) -> None:
        self.store, self.names = store, names
        self.records = {one: record for one in store.ids() if (record := store.record(one))}
        self.ids = {*store.ids(), *known, *(one for one in store.failures() if isinstance(one, RunId))}
        self.listed = Listed.of(store, self.records, chinese)
        self.states = {state.word(chinese): state for state in UNPUBLISHED}
        self.told: dict[JobId, State] = {}
        self.heads: dict[str, str] = {}
        self.rows: dict[JobId, str] = {}
        self.groups: dict[str, list[JobId]] = {}
        for one in self.ids:
            self.groups.setdefault(one.parts[-2], []).append(one)
        self.group = ""
        self.possible: dict[str, tuple[JobId, State]] = {}

    def takes(self, line: str) -> bool:
        """Whether a build may write this line after those before it; remembers what it tells."""
        if line.startswith("<tbody>"):
            return self._begins(line)
        if self.group and (row := self.possible.get(line) or self._never(line)) and row[0] not in self.told:
            self.told[row[0]], self.rows[row[0]] = row[1], line
            return True
        return False

    def gone(self, line: str) -> ReportId | None:
        """The published report of which a line tells, where its folder is there no more."""
        report = _PUBLISHED.search(line)
        one = ReportId(report[1], int(report[2])) if report else None
        return one if one not in self.records else None

    def missing(self) -> list[JobId]:
        """What was published, and has no row."""
        return sorted(one for one in self.records if one not in self.told)

    def _begins(self, head: str) -> bool:
        for group, ones in self.groups.items():
            made = [self.records[one] for one in ones if one in self.records]
            if group not in self.heads and self._is_of(head, ones[0]) and self.names.allow(head, ones[0], made, self.listed):
                self.group, self.heads[group] = group, head
                rows = ((one, lines.rows_of(self.listed, one)) for one in ones if one in self.records)
                self.possible = {line: (one, state) for one, possible in rows for state, line in possible}
                return True
        # A copy without params may list bureaus of which nothing was ever published.
        named = _HEAD.fullmatch(head)
        if named and self.names.name_of is None and named[1] not in self.groups:
            self.group, self.heads[named[1]], self.possible = named[1], head, {}
            self.groups[named[1]] = []
            return True
        return False

    def _is_of(self, head: str, one: JobId) -> bool:
        named = _HEAD.fullmatch(head)
        return not isinstance(one, ReportId) or bool(named and named[1] == one.bureau)

    def _never(self, line: str) -> tuple[JobId, State] | None:
        row = _NEVER.fullmatch(line)
        if row is None or bool(row["run"]) != bool(row["over"]) or row["state"] not in self.states:
            return None
        one: JobId = RunId(self.group, row["over"]) if row["run"] else ReportId(self.group, int(row["year"]))
        state = self.states[row["state"]]
        links = lines.links_of_none(self.listed, one, state)
        if one in self.records or row["kind"] != lines.CLASSES[state] or row["link"] not in links:
            return None
        if row["run"]:
            return (one, state) if one in self.ids or (RUNS, self.group) == one.parts[:2] else None
        verdict = self.store.verdict(one) if isinstance(one, ReportId) else None
        is_told = not row["title"] or verdict is None or row["title"] == escape(verdict.title)
        is_known = self.names.name_of is None or one in self.ids
        return (one, state) if is_told and is_known else None
