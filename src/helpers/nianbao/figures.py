"""Matplotlib's figures in the house style, with the kit's font, as numbered drawings of a page.

Matplotlib is imported by the cell that draws, never here: importing it takes a second.
"""

from __future__ import annotations

import base64
import io
import os
import re
import sys
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from nianbao import drawings, fonts, mathtext
from nianbao.findings import Finding
from nianbao.glyphs import Awaited
from nianbao.numbered import NUMBER, number_of
from nianbao.onpages import NAMELESS
from nianbao.paths import TEMPLATES
from nianbao.pictures import NO_TEXT
from nianbao.uprights import upright, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

    from matplotlib.figure import Figure

STYLE = TEMPLATES / "figures.mplstyle"
_CAPTIONED = re.compile(
    r'(?P<opened>(?P<drawn><figure class="numbered">.*?)?<figcaption(?: class="above")?>)(?P<text>[^<]*)'
    "(?P<end></figcaption>)?",
    re.S,
)
# A number that an author has typed in a title or a name: 图1, 图2-1, 图四, 附图1, （图1）, Figure 3, Fig. 3.
_TYPED = re.compile(
    rf"[^\w（(]*[（(]?(?:(?P<kind>附?图表?|附?表)\s?[（(]?(?P<number>{NUMBER})"
    r"|(?:(?P<figure>figure|fig\.?)|chart|table)\s?(?P<digits>[0-9]{1,3})(?!\w))",
    re.I,
)
# What is expected of a figure, and what to do.
NAMED = "说明图的内容", "给图加标题（如 ax.set_title），或用 nianbao.describe 写明 alt"
_HOME = "MPLCONFIGDIR"
_WHOLE = re.compile(r'<figure class="numbered">.*?</figure>', re.S)
_MISSING = re.compile(r"Glyph (\d+) ")
_LACKING = re.compile(r'<p class="lacking">(.*?)</p>')
# Not `Figure`: whenever the inline backend is set up, it forgets all that is known of that class.
_FIGURE, _INLINE = "matplotlib.figure.FigureBase", "matplotlib_inline.config"
_FIGURES, _AXIS = "matplotlib.figure", "matplotlib.axis"


@dataclass(frozen=True, slots=True)
class _Said:
    """What an author says of a figure; '' where its titles say it."""

    caption: str
    alt: str


def describe(plot: Any, *, caption: str = "", alt: str = "") -> None:
    """Say what a figure shows: in its caption, and in words for who does not see it.

    Parameters
    ----------
    plot : Figure or Axes of matplotlib, or an array of Axes
        As pandas' ``plot`` returns it.
    caption, alt : str
        Each is the figure's title when it is left out.
    """
    while not hasattr(plot, "savefig"):
        plot = plot.figure if hasattr(plot, "figure") else plot[0]
    plot.nianbao = _Said(caption, alt)


def prepare(shell: Any) -> None:
    """Make a notebook's figures look like the report's, from now on; the second time nothing happens.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        The shell that runs the notebook's cells.
    """
    formatter = shell.display_formatter.formatters["text/html"]
    if _FIGURE in formatter:
        return
    formatter.for_type_by_name(*_FIGURE.rsplit(".", 1), shown)
    # Of what a cell ends with, such as the axes that pandas returns, the page shows the figure alone.
    for module, name in (("matplotlib.artist", "Artist"), ("matplotlib.container", "Container")):
        formatter.for_type_by_name(module, name, lambda _: "")
    # The drawing is in the HTML; no second one is made beside it.
    shell.config.InlineBackend.figure_formats = set()
    if _INLINE in sys.modules and sys.modules[_INLINE].InlineBackend.initialized():
        sys.modules[_INLINE].InlineBackend.instance().figure_formats = set()
    if "matplotlib" in sys.modules:
        _dress(sys.modules["matplotlib"])
    else:
        others = [one for one in sys.meta_path if not isinstance(one, _Wardrobe)]
        sys.meta_path[:] = [_Wardrobe("matplotlib", shell), *others]
    if _FIGURES in sys.modules:
        watch(sys.modules[_FIGURES], sys.modules[_AXIS])
    elif not any(isinstance(one, _Watcher) for one in sys.meta_path):
        sys.meta_path.insert(0, _Watcher(_FIGURES))


class _Wardrobe(Awaited):
    """Waits for the notebook to import matplotlib, which is then given font and style."""

    def exec_module(self, module: ModuleType) -> None:
        with apart():
            self.loader.exec_module(module)
            _dress(module)


class _Watcher(Awaited):
    """Waits for matplotlib's figures to be imported, whose labels then know who has turned them."""

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        watch(module, sys.modules[_AXIS])


@contextmanager
def apart() -> Iterator[None]:
    """While matplotlib is imported here, it reads no settings of the user's and keeps no list of fonts in their home."""
    before = os.environ.get(_HOME)
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        os.environ[_HOME] = folder
        try:
            yield
        finally:
            os.environ.pop(_HOME)
            os.environ.update({} if before is None else {_HOME: before})


def _dress(matplotlib: Any) -> None:
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(fonts.PINNED.glob("*.otf")):
        if str(path) not in known:
            fontManager.addfont(path)
    matplotlib.rcParams.update(matplotlib.rc_params_from_file(STYLE, use_default_template=False))


def shown(figure: Figure) -> str:
    """A figure as HTML: its drawing, with texts as outlines, and its caption, which its title becomes.

    Below stand those of its texts of which its fonts lack characters, each with a number in its place; see `lacking`.
    """
    said = getattr(figure, "nianbao", _Said("", ""))
    titles = _titles(figure)
    title = " ".join("；".join(mathtext.plain(one.get_text(), _symbol) for one in titles).split())
    with _without(titles if len(titles) == 1 else []), upright(figure):
        kind, drawing, lost = _drawn(figure)
    caption, alt = said.caption or title, said.alt or said.caption or title or NO_TEXT
    picture = f'<img src="data:image/{kind};base64,{base64.b64encode(drawing).decode()}" alt="{escape(alt)}">'
    shown = f'<figure class="numbered">{picture}<figcaption>{escape(caption)}</figcaption></figure>'
    told = f'<p class="lacking">{escape("；".join(lost))}</p>' if lost else ""
    return f'<div class="report">{shown}{told}</div>'


def lacking(html: str, words: Callable[[str], str]) -> str:
    """Clean HTML with the ``words`` for the texts of figures that no font could write."""
    return _LACKING.sub(lambda texts: f"<p>{words(unescape(texts[1]))}</p>", html)


def _symbol(name: str) -> str:
    """The character that a command of TeX names in matplotlib's formulas; '' for a command that names none."""
    from matplotlib.mathtext import get_unicode_index

    try:
        return chr(get_unicode_index(f"\\{name}"))
    except ValueError:
        return ""


def named(language: str) -> str:
    """What a figure is called on a page of a language: 图 on a Chinese one."""
    return NO_TEXT if language.startswith("zh") else "Figure"


def numbered(html: str, before: int, language: str) -> tuple[str, int]:
    """Clean HTML with its figures numbered 图1 … or Figure 1 … after those ``before``, and up to which number.

    A number that an author has typed in a figure's title or beside a picture is its number, and none of a figure behind it.
    """
    count, name = before, named(language)

    def with_number(figure: re.Match[str]) -> str:
        nonlocal count
        opened, text, end = figure["opened"], figure["text"], figure["end"] or ""
        if typed := _TYPED.match(unescape(text)):
            if typed["kind"] == "图" or typed["figure"]:
                count = max(count, number_of(typed["number"] or typed["digits"]) or 0)
            return figure[0]
        if not figure["drawn"]:
            return figure[0]
        count += 1
        opened = opened.replace(f' alt="{NO_TEXT}"', f' alt="{name}"')
        number, space = (f"{name}{count}", " ") if name == NO_TEXT else (f"{name} {count}", ". ")
        return f"{opened}{number}{text and space}{text}{end}"

    return _CAPTIONED.sub(with_number, html), count


def nameless(html: str, cell: int) -> list[Finding]:
    """What is to be said of a cell's figures, in clean HTML, that have neither title nor alternative text."""
    count = sum(f' alt="{NO_TEXT}"' in figure for figure in _WHOLE.findall(html))
    return [Finding(NAMELESS, f"第{cell}个单元格的图", None, "没有标题", *NAMED)] * count


def _titles(figure: Any) -> Sequence[Any]:
    """The title above the whole figure, or else those of its axes."""
    above = figure._suptitle
    if above is not None and above.get_text():
        return [above]
    own = [one for axes in figure.axes for one in (axes.title, axes._left_title, axes._right_title)]
    return [one for one in own if one.get_text()]


@contextmanager
def _without(titles: Sequence[Any]) -> Iterator[None]:
    kept = [one.get_text() for one in titles]
    for one in titles:
        one.set_text("")
    try:
        yield
    finally:
        for one, text in zip(titles, kept, strict=True):
            one.set_text(text)


def _drawn(figure: Figure) -> tuple[str, bytes, list[str]]:
    """The kind of a drawing: SVG, or a picture of one that would be too large; the drawing; texts that lack characters."""
    svg, lost = _saved(figure, "svg", {"Date": None, "Creator": None})
    try:
        drawings.judged(svg)
    except drawings.Unsafe:
        return "png", *_saved(figure, "png", {"Software": None})
    return "svg+xml", svg, lost


def _saved(figure: Figure, kind: str, metadata: dict[str, None]) -> tuple[bytes, list[str]]:
    import matplotlib

    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(record=True) as said,
        matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": "nianbao"}),
    ):
        warnings.simplefilter("always")
        figure.savefig(buffer, format=kind, metadata=metadata)
    lost: list[str] = []
    if missing := [chr(int(found[1])) for one in said if (found := _MISSING.match(str(one.message)))]:
        texts: list[Any] = figure.findobj(matplotlib.text.Text)
        written = (" ".join(one.get_text().split()) for one in texts if {*missing} & {*one.get_text()})
        numbers = str.maketrans({char: fonts.numbered(char) for char in missing})
        lost = [text.translate(numbers) for text in dict.fromkeys([*written] or missing)]
    for one in said:
        warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    return buffer.getvalue(), lost
