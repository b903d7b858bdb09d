"""What each cell of a notebook and each of its outputs becomes on the page, as clean HTML."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import figures, fonts, pictures
from nianbao.addresses import is_link
from nianbao.bundle import MIME, PIECE
from nianbao.errors import RenderError
from nianbao.findings import Finding, Kind
from nianbao.inputfiles import InputFiles
from nianbao.language import is_chinese, say
from nianbao.onpages import DESCRIBED, LACKING, NAMELESS, UNDESCRIBED, UNSHOWN, UNTITLED
from nianbao.render import printed, unshown
from nianbao.render.beside import Beside, alternative, displayed, replaced, with_alternative, with_pictures
from nianbao.render.clean import clean, findings, framed
from nianbao.render.code import highlighted
from nianbao.render.footnotes import Footnotes
from nianbao.render.frames import aligned, hinted
from nianbao.render.gfm import to_html
from nianbao.render.hidden import without_hidden
from nianbao.render.mathematics import Formulas, with_dollars
from nianbao.render.parts import IMAGES, attachments, is_tagged, outputs_of, owned, unwritten
from nianbao.rowlabels import labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nbformat import NotebookNode

LETTERS, MOST_LETTERS = "letters of a figure", 12
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.S)
_SEEN = re.compile(r"<(?:img|math|hr|table)\b")  # although it is no text
_TABLE = re.compile(r"<table.*?</table>", re.S)
_TITLED = re.compile(r"<t[dh]\b[^>]* title=")
_UNREAD = re.compile(r'<code class="tex">(.*?)</code>', re.S)
_HREF = re.compile(r"<a\b[^>]*?\shref\s*=\s*[\"']([^\"'>]*)[\"']", re.I)
_TAG = re.compile(r"<[^>]*>")
_SILENT = re.compile(r"<(script|style|svg|math)\b.*?</\1>", re.S | re.I)  # what is no text, or set in a font of its own


@dataclass(frozen=True, slots=True)
class View:
    """How a notebook is shown.

    Parameters
    ----------
    folders : tuple of Path
        Where it ran and where it lies: pictures that it names are looked for there.
    with_code : bool
        Whether its code is shown.
    name : str
        The title of a notebook that has none.
    """

    folders: tuple[Path, ...] = ()
    with_code: bool = False
    name: str = ""


@dataclass
class Cells:
    """The cells of one notebook.

    Parameters
    ----------
    view : View
        How they are shown.
    language : str
        That of the page, as ``zh-CN``.
    lexer : str
        The language of the code, as Pygments names it.
    is_report : bool
        Whether the notebook shows a statutory report: then a picture that cannot be read, or a cell that failed, stops the
        page. On any other page a box says so.
    """

    view: View
    language: str
    lexer: str
    is_report: bool

    def __post_init__(self) -> None:
        self._beside = Beside(self.view.folders)
        self.findings: list[Finding] = []
        self._number = 0
        self.footnotes = Footnotes()
        self._formulas = Formulas()
        self._places: set[str] = set()  # the names of headings
        self._drawn: set[str] = set()  # addresses of pictures that were drawings inside HTML
        self._album = pictures.Album(InputFiles(self.view.folders[0] if self.view.folders else Path()))

    def fragments(self, cell: NotebookNode, number: int) -> Iterator[str]:
        """What a cell, counted from 1, shows, piece by piece; raises `RenderError` as `Cells` says."""
        self._number, where = number, say("cell {count}", count=number)
        has_input = not is_tagged(cell, "input") and not cell.metadata.get("transient", {}).get("remove_source")
        if cell.cell_type == "markdown" and cell.source.strip() and has_input:
            yield self._owned(self._markdown(cell.source, where, attachments(cell)))
        elif cell.cell_type == "raw" and cell.metadata.get("raw_mimetype", cell.metadata.get("format")) == "text/html":
            yield from map(self._owned, self._html(cell.source, where, {}))
        elif cell.cell_type == "code" and self.view.with_code and has_input and cell.source.strip():
            yield f'<div class="report">{clean(highlighted(cell.source, self.lexer))}</div>'
        if is_tagged(cell, "output"):
            return
        for output in outputs_of(cell):
            is_reports = MIME in (data := output.get("data", {})) or data.get("text/plain") == PIECE
            yield from self._output(output, where) if is_reports else map(self._owned, self._output(output, where))
        if lost := unwritten(cell):
            self._warn(LETTERS, "no font has them", where, f"“{''.join(map(fonts.numbered, lost))}”")

    def _owned(self, html: str) -> str:
        return owned(html, self._number) if self.is_report else html

    def _output(self, output: NotebookNode, where: str) -> Iterator[str]:
        """One output in its best form; stderr is left out, because it is not for the public."""
        if output.output_type == "error" and output.ename == "SystemExit" and not self.is_report:
            return  # what it kept from running is a warning of its own
        if output.output_type == "error":
            yield self._failed(output, where)
        elif output.output_type == "stream":
            if output.name == "stdout":
                self._judge_letters(output.text, where)
                yield printed.boxed(output.text)
        elif MIME in (data := output.get("data", {})):
            if data[MIME]["draft"]:
                yield findings(data["text/html"].partition("</style>")[2])
        else:
            yield from self._displayed(data, output.get("metadata", {}), where)

    def _displayed(self, data: Mapping[str, Any], about: Mapping[str, Any], where: str) -> Iterator[str]:
        image = next((kind for kind in IMAGES if kind in data), None)
        if "text/html" in data and (shown := tuple(self._html(data["text/html"], where, data))):
            yield from shown
        elif image:
            yield self._image(image, data, about.get(image, {}), where)
        elif "text/markdown" in data:
            yield self._markdown(data["text/markdown"], where, {})
        elif "text/latex" in data:
            tex = with_dollars(data["text/latex"])
            yield (
                self._markdown(tex, where, {})
                if tex
                else self._box("a formula", "it is not understood", where, data["text/latex"])
            )
        elif "application/json" in data:
            yield printed.boxed(json.dumps(data["application/json"], ensure_ascii=False, indent=2))
        elif what := unshown.by_kind(data):
            yield self._box(what, "it has no static form", where, unshown.named(data))
        elif data.get("text/plain"):
            self._judge_letters(data["text/plain"], where)
            yield printed.boxed(data["text/plain"])

    def _html(self, html: str, where: str, data: Mapping[str, Any]) -> Iterator[str]:
        """HTML and a box for each thing in it that no page shows; nothing where the output has a better form."""
        lost: list[str] = []
        seen = without_hidden(hinted(html))
        self._judge_words(seen, where)
        safe = self._pictured(framed(with_pictures(seen, self._drawn), self._finder({}, lost)), lost, where)
        if ' title="' in safe and _TITLED.search(safe):
            self._warn("the hints of a table", "only a screen shows them", where, "")
        is_blank = not re.sub("<[^>]*>", "", _STYLE.sub("", safe)).strip() and not _SEEN.search(safe)
        if is_blank and data.keys() & {*IMAGES, "text/markdown", "text/latex"}:
            return
        safe = figures.lacking(safe, lambda texts: self._words(LETTERS, "no font has them", where, f"“{texts}”"))
        kind = unshown.by_kind(data) if is_blank else ""
        unseen = [(kind, unshown.named(data))] if kind else list(unshown.embedded(html, is_blank))
        if not (is_blank and unseen):
            yield safe
        for what, address in unseen:
            yield self._box(what, "it has no static form", where, address)

    def _image(self, kind: str, data: Mapping[str, Any], size: Mapping[str, Any], where: str) -> str:
        said = data.get("text/plain", "")
        alt = str(size.get("alt") or ("" if said.startswith("<") else said))
        if not alt:
            self._nameless(NAMELESS)
            alt = figures.named(self.language)
        picture = clean(displayed(kind, data[kind], alt, size))
        return self._pictured(f'<div class="report">{picture}</div>', [], where)

    def _markdown(self, text: str, where: str, attached: Mapping[str, str]) -> str:
        self.footnotes.begin(self._number)
        ruled = self._formulas.ruled
        (_, made), *notes = to_html(text, self._formulas, self._places, self.footnotes.mark)
        if self._formulas.ruled > ruled:
            self._warn("the rules of an array", "a formula has columns and rows only", where, "")
        body = self._passage(made, where, attached)
        for name, note in notes:
            self.footnotes.add(name, self._passage(note, where, attached))
        return f'<div class="report">{body}</div>' if body.strip() else ""

    def _passage(self, html: str, where: str, attached: Mapping[str, str]) -> str:
        lost: list[str] = []
        made = with_pictures(without_hidden(html), self._drawn)
        self._judge_words(made, where)
        safe = aligned(labelled(clean(made, picture=self._finder(attached, lost))))
        body = _TABLE.sub(r'<div class="scroll">\g<0></div>', safe)
        told = _UNREAD.sub(lambda tex: self._words("a formula", "it is not understood", where, unescape(tex[1])), body)
        return self._pictured(told, lost, where, is_own=True)

    def _judge_words(self, html: str, where: str) -> None:
        """Warn of links that lead nowhere from a published page, and of characters that the PDF names instead."""
        if self.is_report:  # of its text, that is a fault
            return
        for address in dict.fromkeys(unescape(one) for one in _HREF.findall(html)):
            if not is_link(address):
                self._warn("a link", "it leads nowhere from a published page", where, address[:80])
        self._judge_letters(unescape(_TAG.sub("", _SILENT.sub("", html))), where)

    def _judge_letters(self, text: str, where: str) -> None:
        if lacking := [] if self.is_report or text.isascii() else sorted(fonts.foreign(text), key=text.index):
            shown = f"“{''.join(lacking[:MOST_LETTERS])}{'…' * (len(lacking) > MOST_LETTERS)}”"
            self._warn("letters of the text", "the PDF has no font for them", where, shown)

    def with_numbers(self, html: str) -> str:
        """The page, of which all cells are there, with the numbers of the equations to which its text refers."""
        self._number = 0

        def unknown(label: str) -> str:
            return self._words("the number of an equation", "no equation has this label", say("the page"), label)

        return self._formulas.resolved(html, unknown)

    def _finder(self, attached: Mapping[str, str], lost: list[str]) -> Any:
        def find(address: str) -> str:
            found, why = self._beside.data(address, attached)
            if why:
                lost.append(why)
            return found

        return find

    def _pictured(self, html: str, lost: list[str], where: str, is_own: bool = False) -> str:
        """Clean HTML whose pictures are judged; words stand for each that is not shown. ``lost`` says why, in order."""
        reasons = iter(lost)

        def judged(tag: str, alt: str) -> str:
            address = next(pictures.in_html(tag), None)
            if address is None:
                why = next(reasons, "it cannot be read")
                if self.is_report and is_own:
                    said = "{where}: a picture cannot be published: {why}"
                    raise RenderError(say(said, where=where, why=f"图片{unshown.said(why, 'zh')}"))
                return self._words("a picture", why, where, alt)
            try:
                self._album.data(address)
            except pictures.Unfit as error:
                if self.is_report and address not in self._drawn:
                    said = "{where}: a picture cannot be published: {why}"
                    raise RenderError(say(said, where=where, why=f"图片{error.found}；{error.action}")) from error
                return self._words("a picture", "it cannot be read", where, alt)
            return self._described(tag)

        return replaced(html, judged)

    def _described(self, tag: str) -> str:
        """A picture that has no alternative text with one that tells of it; an ornament, whose text is empty, as it is."""
        alt = alternative(tag)
        if alt is None:
            is_drawn = next(pictures.in_html(tag), "") in self._drawn
            self._nameless(NAMELESS if is_drawn else UNDESCRIBED)
            return with_alternative(tag, figures.named(self.language))
        return with_alternative(tag, "") if alt.strip() in pictures.ORNAMENT else tag

    def _nameless(self, kind: Kind) -> None:
        expected, action = DESCRIBED if kind is UNDESCRIBED else UNTITLED
        self.findings.append(Finding(kind, f"第{self._number}个单元格的图", None, "没有替代文字", expected, action))

    def _words(self, what: str, why: str, where: str, named: str) -> str:
        self._warn(what, why, where, named)
        return f'<span class="unshown">{escape(unshown.words(what, why, self.language, named))}</span>'

    def _box(self, what: str, why: str, where: str, named: str = "") -> str:
        self._warn(what, why, where, named)
        return unshown.box(unshown.words(what, why, self.language, named))

    def _warn(self, what: str, why: str, where: str, named: str) -> None:
        said = unshown.words(what, why, "zh" if is_chinese() else "en", named)
        logging.getLogger("nianbao").warning("%s: %s", where, said)
        place = f"第{self._number}个单元格" if self._number else "网页"
        found = unshown.words(what, why, "zh", named)
        if what == LETTERS:
            kind, wanted, action = LACKING, "字体里有的字", "换一个字，或设 font.family 为含有该字的字体"
        else:
            kind, wanted = UNSHOWN, "页面能显示的内容"
            action = "换成能印在纸上的形式（如 matplotlib 图、静态图片），或给单元格加标签 remove-output"
        self.findings.append(Finding(kind if self.is_report else UNSHOWN, place, None, found, wanted, action))

    def _failed(self, output: NotebookNode, where: str) -> str:
        if self.is_report:
            said = "{where} failed: {name}: {value}"
            raise RenderError(say(said, where=where, name=output.ename, value=output.evalue))
        return unshown.failed(output, self.language, self.view.folders)
