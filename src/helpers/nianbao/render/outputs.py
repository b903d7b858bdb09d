"""Turn an executed notebook into its page: its Markdown and its cells' outputs, without code and prompts."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from nianbao import figures, markdown, titles
from nianbao.bundle import MIME, Bundle, counted
from nianbao.characters import NO_CHARACTER
from nianbao.errors import RenderError
from nianbao.findings import Finding
from nianbao.language import say
from nianbao.onpages import UNFINISHED
from nianbao.render import mislaid, names, numerals, raw, tabled
from nianbao.render.cells import Cells, View
from nianbao.render.clean import MOST_NESTED, too_deep
from nianbao.render.page import CHINESE, Page
from nianbao.render.parts import in_html, is_tagged, written
from nianbao.render.traces import Traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nbformat import NotebookNode

# Characters that print nothing and have no place in HTML; some readers take some of them for the punctuation of Windows.
_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{NO_CHARACTER}]")
# Typst takes about half a minute for so much, and the time grows faster than the page.
MOST_LINES = 60_000
_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WORD = re.compile("[A-Za-z]{2,}")
_TAG = re.compile("<[^>]*>")
_HAN = re.compile("[\u4e00-\u9fff]")


def page_of(notebook: NotebookNode, view: View = View()) -> Page:  # noqa: B008  nothing can change it
    """The page of an executed notebook; see `Page.of` for its title and state.

    Raises
    ------
    RenderError
        When it cannot be published; see `Cells`.
    """
    shown, about = shown_in(notebook), notebook.get("metadata", {})
    language = CHINESE if shown else _language(notebook, about.get("lang"))
    spoken = about.get("language_info", {})
    lexer = str(spoken.get("pygments_lexer") or spoken.get("name") or about.get("kernelspec", {}).get("language", "python"))
    notes: list[Finding] = []
    # A text that holds its own hash cannot be written.
    seal = hashlib.sha256(repr(notebook.cells).encode(errors="surrogatepass")).hexdigest()[:16]
    cells = Cells(view, language, lexer, bool(shown), seal)
    placed = [*_numbered(names.named(_fragments(notebook, cells, notes), bool(shown)), language, notes)]
    notes += (*mislaid.unordered(placed, bool(shown)), *mislaid.lonely(placed, bool(shown)))
    notes += raw.behind(placed) if shown else ()
    body, unlike = cells.footnotes.laid("\n".join(fragment for _, fragment in placed), bool(shown))
    body = _CONTROL.sub("", cells.with_numbers(body))
    body = markdown.levelled(body, [])
    body = titles.parted(numerals.looking(body)) if language.startswith("zh") else body
    if not shown and not view.with_code:
        sources = (cell.source for cell in notebook.cells if cell.cell_type == "code")
        notes += Traces.of(sources).warned(_seen(notebook))
    notes += (*_unfinished(notebook), *unlike)
    return Page.of(
        shown, body, (*notes, *cells.losses.findings), title=str(about.get("title", "")), name=view.name, language=language
    )


def shown_in(notebook: NotebookNode) -> list[Bundle]:
    """What the load cells of an executed notebook say of their reports, in order; raises `RenderError` where they do not."""
    data = (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", []))
    try:
        return [Bundle.from_json(one[MIME]) for one in data if MIME in one]
    except ValueError as error:
        said = "a cell's output is marked as a report of nianbao's and holds something else ({why})"
        raise RenderError(say(said, why=error)) from error


def _fragments(notebook: NotebookNode, writer: Cells, notes: list[Finding]) -> Iterator[tuple[int, str]]:
    """What the cells show, piece by piece, with their numbers."""
    lines = 0
    for index, cell in _counted(notebook):
        where = say("cell {count}", count=index)
        try:
            shown = () if is_tagged(cell, "cell") else tuple(writer.fragments(cell, index))
        except (AttributeError, KeyError, TypeError, ValueError) as error:  # no shape that Jupyter knows
            why = f"{type(error).__name__}: {error}"
            raise RenderError(say("{where}: what it shows cannot be published ({why})", where=where, why=why)) from error
        below = tuple(note.html for note in writer.footnotes.notes if note.cell == index)
        for fragment in (*shown, *below):
            _refuse_deep(fragment, where)
            lines += fragment.count("\n") + fragment.count("<") // 2
            if lines > MOST_LINES:
                said = "{where}: a page of more than {count} lines, rows and cells; show a part of them"
                raise RenderError(say(said, where=where, count=MOST_LINES))
        yield from ((index, fragment) for fragment in shown)
        notes += raw.found_in(cell, index, (*shown, *below), writer.is_report)


def _numbered(shown: Iterable[tuple[int, str]], language: str, notes: list[Finding]) -> Iterator[tuple[int, str]]:
    """What the cells show, with the numbers of its figures."""
    count = 0
    for index, plain in shown:
        fragment, count = figures.numbered(plain, count, language)
        notes += figures.nameless(plain, index)
        yield index, fragment


def own_texts(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """The Chinese texts that cells of an executed notebook add to its page, with the number of each cell."""
    for index, cell in _counted(notebook):
        if not is_tagged(cell, "cell"):
            yield from ((index, text) for text in written(cell, is_said=True) if _HAN.search(text))


def own_tables(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """The Chinese tables, such as frames, that cells show as HTML beside the report, in Markdown, by the cells' numbers."""
    for index, cell in _counted(notebook):
        for html in in_html(cell, is_own=True) if not is_tagged(cell, "cell") else ():
            yield from ((index, table) for table in tabled.in_markdown(html) if _HAN.search(table))


def _seen(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """What each cell shows in words, with its number."""
    for index, cell in _counted(notebook):
        if not is_tagged(cell, "cell"):
            yield index, "\n".join((*written(cell), *(unescape(_TAG.sub(" ", html)) for html in in_html(cell))))


def _unfinished(notebook: NotebookNode) -> Iterator[Finding]:
    """A warning where ``sys.exit()`` in a cell has kept the cells behind it from running."""
    ended = 0
    for number, cell in _counted(notebook):
        if ended and cell.cell_type == "code" and cell.source.strip():
            if cell.execution_count is None:
                action = "笔记本到此为止的，删去后面的单元格；否则去掉 sys.exit()"
                found = f"sys.exit() 结束了运行，第{number}个单元格起没有运行"
                yield Finding(UNFINISHED, f"第{ended}个单元格", None, found, "每个单元格都运行", action)
            return
        if any(output.get("ename") == "SystemExit" for output in cell.get("outputs", [])):
            ended = number


def _counted(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """The cells with their numbers."""
    return enumerate(counted(notebook.cells), 1)


def _refuse_deep(fragment: str, where: str) -> None:
    """Refuse what the PDF cannot show."""
    if too_deep(fragment):
        said = "{where}: more than {count} tags one inside another"
        raise RenderError(say(said, where=where, count=MOST_NESTED))


def _language(notebook: NotebookNode, told: Any) -> str:
    """What the metadata say, or Chinese where Chinese is written, or English."""
    if isinstance(told, str) and _LANGUAGE.fullmatch(told):
        return told
    written = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    text = written or " ".join(_said(output) for cell in notebook.cells for output in cell.get("outputs", []))
    return CHINESE if len(_HAN.findall(text)) > len(_WORD.findall(text)) else "en"


def _said(output: NotebookNode) -> str:
    """The words of an output, without markup and pictures, whose letters are no language."""
    data = output.get("data", {})
    texts = (data[kind] for kind in ("text/html", "text/markdown", "text/plain") if kind in data)
    return _TAG.sub(" ", str(next(texts, output.get("text", ""))))
