"""What each cell of a notebook and each of its outputs becomes on the page, as clean HTML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import figures, fonts, pictures
from nianbao.bundle import MIME, PIECE
from nianbao.errors import RenderError
from nianbao.inputfiles import InputFiles
from nianbao.language import say
from nianbao.onpages import NAMELESS, UNDESCRIBED
from nianbao.render import printed, unshown
from nianbao.render.beside import Beside, alternative, displayed, replaced, with_alternative, with_pictures
from nianbao.render.clean import clean, findings, framed
from nianbao.render.code import highlighted
from nianbao.render.footnotes import Footnotes
from nianbao.render.frames import aligned, hinted
from nianbao.render.gfm import to_html
from nianbao.render.hidden import is_blank, without_hidden
from nianbao.render.losses import Losses
from nianbao.render.mathematics import Formulas, with_dollars
from nianbao.render.parts import IMAGES, attachments, is_tagged, outputs_of, owned, unwritten
from nianbao.rowlabels import labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nbformat import NotebookNode

_TABLE = re.compile(r"<table.*?</table>", re.S)
_TITLED = re.compile(r"<t[dh]\b[^>]* title=")
_UNREAD = re.compile(r'<code class="tex">(.*?)</code>', re.S)


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
    seal : str
        What nothing in the notebook holds: see `Footnotes` and `Formulas`.
    """

    view: View
    language: str
    lexer: str
    is_report: bool
    seal: str

    def __post_init__(self) -> None:
        self._beside = Beside(self.view.folders)
        self.losses = Losses(self.language, self.is_report)
        self.footnotes = Footnotes(self.seal)
        self._formulas = Formulas(self.seal)
        self._places: set[str] = set()  # the names of headings
        self._drawn: set[str] = set()  # addresses of pictures that were drawings inside HTML
        self._album = pictures.Album(InputFiles(self.view.folders[0] if self.view.folders else Path()))

    def fragments(self, cell: NotebookNode, number: int) -> Iterator[str]:
        """What a cell, counted from 1, shows, piece by piece; raises `RenderError` as `Cells` says."""
        self.losses.begin(number)
        has_input = not is_tagged(cell, "input") and not cell.metadata.get("transient", {}).get("remove_source")
        if cell.cell_type == "markdown" and cell.source.strip() and has_input:
            yield self._owned(self._markdown(cell.source, attachments(cell)))
        elif cell.cell_type == "raw" and cell.metadata.get("raw_mimetype", cell.metadata.get("format")) == "text/html":
            yield from map(self._owned, self._html(cell.source, {}))
        elif cell.cell_type == "code" and self.view.with_code and has_input and cell.source.strip():
            yield f'<div class="report">{clean(highlighted(cell.source, self.lexer))}</div>'
        if is_tagged(cell, "output"):
            return
        for output in outputs_of(cell):
            is_reports = MIME in (data := output.get("data", {})) or data.get("text/plain") == PIECE
            yield from self._output(output) if is_reports else map(self._owned, self._output(output))
        if lost := unwritten(cell):
            self.losses.glyphs("".join(map(fonts.numbered, lost)))

    def _owned(self, html: str) -> str:
        return owned(html, self.losses.number) if self.is_report else html

    def _output(self, output: NotebookNode) -> Iterator[str]:
        """One output in its best form; stderr is left out, because it is not for the public."""
        if output.output_type == "error" and output.ename == "SystemExit" and not self.is_report:
            return  # what it kept from running is a warning of its own
        if output.output_type == "error":
            yield self._failed(output)
        elif output.output_type == "stream":
            if output.name == "stdout":
                self.losses.judge_letters(output.text)
                yield printed.boxed(output.text)
        elif MIME in (data := output.get("data", {})):
            if data[MIME]["draft"]:
                yield findings(data["text/html"].partition("</style>")[2])
        else:
            yield from self._displayed(data, output.get("metadata", {}))

    def _displayed(self, data: Mapping[str, Any], about: Mapping[str, Any]) -> Iterator[str]:
        image = next((kind for kind in IMAGES if kind in data), None)
        if "text/html" in data and (shown := tuple(self._html(data["text/html"], data))):
            yield from shown
        elif image:
            yield self._image(image, data, about.get(image, {}))
        elif "text/markdown" in data:
            yield self._markdown(data["text/markdown"], {})
        elif "text/latex" in data:
            tex = with_dollars(data["text/latex"])
            lost = "a formula", "it is not understood", data["text/latex"]
            yield self._markdown(tex, {}) if tex else self.losses.box(*lost)
        elif "application/json" in data:
            yield printed.boxed(json.dumps(data["application/json"], ensure_ascii=False, indent=2))
        elif what := unshown.by_kind(data):
            yield self.losses.box(what, "it has no static form", unshown.named(data))
        elif data.get("text/plain"):
            self.losses.judge_letters(data["text/plain"])
            yield printed.boxed(data["text/plain"])

    def _html(self, html: str, data: Mapping[str, Any]) -> Iterator[str]:
        """HTML and a box for each thing in it that no page shows; nothing where the output has a better form."""
        lost: list[str] = []
        seen = without_hidden(hinted(html))
        self.losses.judge_words(seen)
        safe = self._pictured(framed(with_pictures(seen, self._drawn), self._finder({}, lost)), lost)
        if ' title="' in safe and _TITLED.search(safe):
            self.losses.warn("the hints of a table", "only a screen shows them")
        if (has_nothing := is_blank(safe)) and data.keys() & {*IMAGES, "text/markdown", "text/latex"}:
            return
        safe = figures.lacking(safe, self.losses.glyphs)
        kind = unshown.by_kind(data) if has_nothing else ""
        unseen = [(kind, unshown.named(data))] if kind else list(unshown.embedded(html, has_nothing))
        if not (has_nothing and unseen):
            yield safe
        for what, address in unseen:
            yield self.losses.box(what, "it has no static form", address)

    def _image(self, kind: str, data: Mapping[str, Any], size: Mapping[str, Any]) -> str:
        said = data.get("text/plain", "")
        alt = str(size.get("alt") or ("" if said.startswith("<") else said))
        if not alt:
            self.losses.nameless(NAMELESS)
            alt = figures.named(self.language)
        picture = clean(displayed(kind, data[kind], alt, size))
        return self._pictured(f'<div class="report">{picture}</div>', [])

    def _markdown(self, text: str, attached: Mapping[str, str]) -> str:
        self.footnotes.begin(self.losses.number)
        ruled = self._formulas.ruled
        (_, made), *notes = to_html(text, self._formulas, self._places, self.footnotes.mark)
        if self._formulas.ruled > ruled:
            self.losses.warn("the rules of an array", "a formula has columns and rows only")
        body = self._passage(made, attached)
        for name, note in notes:
            self.footnotes.add(name, self._passage(note, attached))
        return f'<div class="report">{body}</div>' if body.strip() else ""

    def _passage(self, html: str, attached: Mapping[str, str]) -> str:
        lost: list[str] = []
        made = with_pictures(without_hidden(html), self._drawn)
        self.losses.judge_words(made)
        safe = aligned(labelled(clean(made, picture=self._finder(attached, lost))))
        body = _TABLE.sub(r'<div class="scroll">\g<0></div>', safe)
        told = _UNREAD.sub(lambda tex: self.losses.words("a formula", "it is not understood", unescape(tex[1])), body)
        return self._pictured(told, lost, is_own=True)

    def with_numbers(self, html: str) -> str:
        """The page, of which all cells are there, with the numbers of the equations to which its text refers."""
        self.losses.begin(0)

        def unknown(label: str) -> str:
            return self.losses.words("the number of an equation", "no equation has this label", label)

        return self._formulas.resolved(html, unknown)

    def _finder(self, attached: Mapping[str, str], lost: list[str]) -> Any:
        def find(address: str) -> str:
            found, why = self._beside.data(address, attached)
            if why:
                lost.append(why)
            return found

        return find

    def _pictured(self, html: str, lost: list[str], is_own: bool = False) -> str:
        """Clean HTML whose pictures are judged; words stand for each that is not shown. ``lost`` says why, in order."""
        reasons = iter(lost)

        def judged(tag: str, alt: str) -> str:
            address = next(pictures.in_html(tag), None)
            if address is None:
                why = next(reasons, "it cannot be read")
                if self.is_report and is_own:
                    raise self._unfit(unshown.said(why, "zh"))
                return self.losses.words("a picture", why, alt)
            try:
                self._album.data(address)
            except pictures.Unfit as error:
                if self.is_report and address not in self._drawn:
                    raise self._unfit(f"{error.found}；{error.action}") from error
                return self.losses.words("a picture", "it cannot be read", alt)
            return self._described(tag)

        return replaced(html, judged)

    def _unfit(self, why: str) -> RenderError:
        said = "{where}: a picture cannot be published: {why}"
        return RenderError(say(said, where=self.losses.where, why=f"图片{why}"))

    def _described(self, tag: str) -> str:
        """A picture that has no alternative text with one that tells of it; an ornament, whose text is empty, as it is."""
        alt = alternative(tag)
        if alt is None:
            is_drawn = next(pictures.in_html(tag), "") in self._drawn
            self.losses.nameless(NAMELESS if is_drawn else UNDESCRIBED)
            return with_alternative(tag, figures.named(self.language))
        return with_alternative(tag, "") if alt.strip() in pictures.ORNAMENT else tag

    def _failed(self, output: NotebookNode) -> str:
        if self.is_report:
            said = "{where} failed: {name}: {value}"
            raise RenderError(say(said, where=self.losses.where, name=output.ename, value=output.evalue))
        return unshown.failed(output, self.language, self.view.folders)
