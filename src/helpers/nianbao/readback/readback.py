"""Read the files of one report back, before they are published, and compare them with the report.

Nothing here puts a byte into a file: a report that fails is not published, and any other is as it was.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from nianbao import fonts
from nianbao.bundle import MIME, counted, for_page
from nianbao.errors import MisprintError
from nianbao.findings import Finding
from nianbao.language import is_chinese, say, say_in
from nianbao.onpages import TORN
from nianbao.readback.compare import MOST, Misprint, misprints
from nianbao.readback.expected import Chapter, expected
from nianbao.render import formats
from nianbao.render.page import UNTITLED
from nianbao.render.traces import Traces, trace
from nianbao.render.verdict import TITLE, Verdict
from nianbao.shown.html import texts_of
from nianbao.shown.seen import Seen, squeezed
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.document.document import Document
    from nianbao.inputs.report import Report
    from nianbao.readback.local import Machine
    from nianbao.render.page import Page

_TAG = re.compile("<[^>]*>")
_FIELDS = ("table", "row", "column", "unit", "state", "shown")


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one run of a notebook.

    Parameters
    ----------
    stem : str
        The files' name before the dot.
    pages : mapping
        The bytes of each output format by its name.
    notebook, data : str
        The texts of the executed notebook and of the report's JSON; '' without a report.
    page : Page
        What the pages were made from: it says whether another report that it shows makes it a draft.
    """

    stem: str
    pages: Mapping[str, bytes]
    notebook: str
    data: str
    page: Page


def read_back(made: Made, report: Document | None, machine: Machine) -> list[Finding]:
    """Compare all files with the report that they have to show.

    Without a report, as those of any other notebook, they are only searched for what is local and does not belong there. On
    a page that shows no report at all the user and the name of this machine may be ordinary words.

    Returns
    -------
    list of Finding
        A warning for each such word, and for each torn line of a file with pages. They depend on the machine and its fonts,
        and so no file holds them.

    Raises
    ------
    MisprintError
        With the first differences of each file: the place, what is expected and what is found; then what to do.
    """
    notebook = json.loads(made.notebook)
    wanted = _Wanted.of(made, notebook["cells"], report, machine)
    found: dict[str, list[object]] = {}
    torn: list[Finding] = []
    for name, one in made.pages.items():
        if read := formats.find(name).read:
            seen = read(one)
            found[formats.suffix(name)] = list(wanted.in_page(seen, one, formats.find(name).tells))
            torn += (_torn(formats.find(name).label, *line) for line in seen.torn)
    if any(found.values()) or "html" not in made.pages:
        wanted = replace(wanted, proved="")
    found["ipynb"] = list(wanted.in_notebook(notebook, made.notebook))
    if report:
        found["json"] = [*_in_data(made.data, report), *wanted.folders_in(made.data)]
    if said := [line for suffix, some in found.items() for line in _lines(f"{made.stem}.{suffix}", some)]:
        if any(isinstance(one, Misprint) for some in found.values() for one in some):
            said.append(_advice())
        raise MisprintError("\n".join(said))
    return torn if wanted.is_strict else [*torn, *wanted.words_in(notebook)]


def _torn(label: str, page: int, text: str) -> Finding:
    """The warning about one torn line of a file."""
    action = "改写这一行：拆开或移动其中的网址、代码、长的外文词"
    return Finding(TORN, f"{label} 第{page}页", None, f"“{text}”一行", "字与字之间的空不超过字宽的15%", action)


def _advice() -> str:
    return say(
        "nothing of this report was published, and what stood there before is as it was. Where a notebook of the bureau's"
        " own makes it, that has to show the whole report. Otherwise nianbao is at fault: please report it with these lines;"
        " until then write that place in another way, or leave the format out with --to"
    )


def _lines(name: str, found: Iterable[object]) -> list[str]:
    """What was found in one file, a line each; of much the beginning."""
    said = [f"{name}: {one}" for one in found]
    return said[:MOST] + ([say("{name}: {count} more", name=name, count=len(said) - MOST)] if len(said) > MOST else [])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What files have to show, and what they must not: traces of how they were made, and names that nobody ``typed``.

    ``proved`` is the body of a page that shows all of it, and ``told`` is what a draft says of itself on paper.
    A page that shows no report is not ``is_strict``: its traces are
    among its own findings.
    """

    chapters: list[Chapter]
    title: str
    draft: bool
    traces: Traces
    typed: str
    machine: Machine
    proved: str
    is_strict: bool
    told: tuple[str, ...]

    @classmethod
    def of(cls, made: Made, cells: list[dict[str, Any]], report: Document | None, machine: Machine) -> _Wanted:
        chapters = expected(report) if report else []
        title = (report.narrative.title or UNTITLED) if report else made.page.title
        sources = [_joined(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        own = [block for chapter in chapters for piece in chapter.texts for block in piece.blocks]
        own += [report.report.id, report.report.bureau.name, report.report.bureau.short] if report else []
        typed = "".join((*own, *(_joined(cell["source"]) for cell in cells)))
        draft = made.page.is_draft or (report is not None and report.is_draft)
        is_strict = report is not None or made.page.state is not None
        told = tuple(filter(None, map(squeezed, Verdict.of(made.page).blocks)))
        return cls(chapters, title, draft, Traces.of(sources), typed, machine, made.page.body, is_strict, told)

    def in_page(self, seen: Seen, made: bytes, tells: bool) -> Iterator[object]:
        # In a draft numbers stand for characters that no font has.
        said = replace(seen, blocks=tuple(map(fonts.lettered, seen.blocks))) if self.draft else seen
        end = len(seen.blocks) - (len(self.told) if tells else 0)
        if tells:
            yield from self._untold(said.blocks[end:])
        yield from misprints(self.chapters, said)
        if seen.about and seen.about[0] != squeezed(self.title):
            yield Misprint(say("its title"), self.title, seen.about[0])
        if self.draft and not all(seen.stamps):
            yield say("it is a draft, and is not stamped as one everywhere")
        if not self.draft and any(seen.stamps):
            yield say("it is no draft, and is stamped as one")
        yield from self.folders_in("\n".join((_text(made), *seen.blocks, *seen.about)))
        if self.is_strict:
            yield from self.traces.found_in("".join(seen.blocks[:end]), is_chinese())  # findings may quote some
            yield from self.names_in("\n".join(seen.about), is_chinese())

    def _untold(self, found: Sequence[str]) -> Iterator[Misprint]:
        """The first finding that does not stand at the end of a draft."""
        for at, (told, one) in enumerate(zip_longest(self.told, found, fillvalue=""), 1):
            if told != one:
                yield Misprint(say("{name}, paragraph {number}", name=TITLE, number=at), told, one)
                return

    def in_notebook(self, notebook: dict[str, Any], text: str) -> Iterator[object]:
        printed, shown = _shown_in(notebook["cells"])
        if not _stands_in(self.proved, shown):
            yield from misprints(self.chapters, Seen(tuple(block for one in shown for block in texts_of(one)), ()))
        yield from self.folders_in(text)
        if self.is_strict:
            yield from Traces({}).found_in("".join(map(squeezed, printed)), is_chinese())
            yield from self.names_in(_words(printed, shown), is_chinese())

    def folders_in(self, text: str) -> Iterator[str]:
        return (say("it shows a folder of this machine, {folder}", folder=one) for one in self.machine.folders_in(text))

    def names_in(self, text: str, chinese: bool) -> Iterator[str]:
        say = partial(say_in, chinese)
        found = (name for name in self.machine.names_in(text) if name not in self.typed)
        return (say("it shows the user or the name of this machine, “{name}”", name=name) for name in found)

    def words_in(self, notebook: dict[str, Any]) -> Iterator[Finding]:
        own = counted(notebook["cells"])
        for count, cell in enumerate(own, 1):
            yield from (trace(count, one) for one in self.names_in(_words(*_shown_in([cell])), chinese=True))


def _shown_in(cells: Iterable[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """What the cells of a notebook print, and the HTML that they show."""
    printed, shown = [], []
    for data in (output for cell in cells for output in cell.get("outputs", [])):
        kinds = data.get("data", {})
        printed.append(_joined(data.get("text") or kinds.get("text/plain", "")))
        if "text/html" in kinds and MIME not in kinds:
            shown.append(for_page(_joined(kinds["text/html"])))
    return printed, shown


def _words(printed: Iterable[str], shown: Iterable[str]) -> str:
    return "\n".join((*printed, *(unescape(_TAG.sub(" ", html)) for html in shown)))


def _stands_in(body: str, shown: list[str]) -> bool:
    """Whether a page's body holds the outputs of its notebook as they are, one behind the other."""
    at = 0
    for one in shown:
        at = body.find(one, at)
        if at < 0:
            return False
        at += len(one)
    return bool(shown)


def _text(made: bytes) -> str:
    """The text of a file; '' when it is none."""
    try:
        return made.decode()
    except UnicodeDecodeError:
        return ""


def _in_data(text: str, document: Document) -> Iterator[Misprint]:
    """The differences between a report and its JSON: title, date, state and every cell."""
    plain, report = json.loads(text), document.report
    about = {
        "title": document.narrative.title, "date": report.date and report.date.isoformat(), "draft": document.is_draft
    }  # fmt: skip
    yield from (Misprint(name, str(one), str(plain[name])) for name, one in about.items() if plain[name] != one)
    cells, rows = plain["cells"], _rows(report)
    if len(rows) != len(cells):
        yield Misprint("cells", str(len(rows)), str(len(cells)))
    for row, cell in zip(rows, cells, strict=False):
        if row != (found := tuple(cell[name] for name in (*_FIELDS, "value"))):
            yield Misprint(" / ".join(map(str, row[:3])), str(row[-1]), str(found[-1]))


def _rows(report: Report) -> list[tuple[Any, ...]]:
    return [
        (*(row[name] for name in _FIELDS), value if value is None or isinstance(value, int) else number(value))
        for row in report.rows() for value in [row["value"]]
    ]  # fmt: skip


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
