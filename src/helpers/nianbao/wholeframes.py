"""pandas' frames as a report shows them: with all rows, columns, texts and digits; a series is a frame of one column.

By itself pandas shows 10 rows of more than 60, 50 characters of a text, and numbers of very unlike size as 1.23e+08. Of a
series it shows no table, and what is printed has a Chinese character as wide as a digit.
Settings that a notebook makes stay. pandas is imported by the cell that needs it, never here.
"""

from __future__ import annotations

import math
import re
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.glyphs import Awaited

if TYPE_CHECKING:
    from types import ModuleType

# What pandas sets, and what takes its place; a frame of more rows is a warning (W517), and nobody reads one in a report.
_SHOWN: dict[str, tuple[set[Any], Any]] = {
    "display.max_rows": ({60}, 1_000),
    "display.max_columns": ({0, 20}, None),
    "display.max_colwidth": ({50}, None),
    "display.unicode.east_asian_width": ({False}, True),
}
SCIENTIFIC = re.compile(r"[-−]?\d(?:\.\d+)?[eE][+-]\d+")  # 1.23e+08, and 1E+8 of a Decimal
_IN_CELL = re.compile(f">{SCIENTIFIC.pattern}<")


def prepare(shell: Any) -> None:
    """Show a notebook's frames whole from now on; the second time nothing happens.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        The shell that runs the notebook's cells.
    """
    if "pandas" in sys.modules:
        _widen(sys.modules["pandas"], shell)
    else:
        sys.meta_path[:] = [_Waiting("pandas", shell), *(one for one in sys.meta_path if not isinstance(one, _Waiting))]


class _Waiting(Awaited):
    """Waits for the notebook to import pandas."""

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        _widen(module, self.shell)


def _widen(pandas: Any, shell: Any) -> None:
    formatter = shell.display_formatter.formatters["text/html"]
    if pandas.DataFrame in formatter.type_printers:
        return
    for name, (own, ours) in _SHOWN.items():
        if pandas.get_option(name) in own:
            pandas.set_option(name, ours)
    formatter.for_type(pandas.DataFrame, shown)
    formatter.for_type(pandas.Series, lambda one: shown(one.to_frame("" if one.name is None else one.name)))


def shown(frame: Any) -> str | None:
    """A frame as pandas writes it in HTML, without 1.23e+08; ``None`` where the notebook wants no HTML of frames."""
    html: str | None = frame._repr_html_()
    pandas = sys.modules["pandas"]
    if html and pandas.get_option("display.float_format") is None and _IN_CELL.search(html):
        with pandas.option_context("display.float_format", _in_full):
            html = frame._repr_html_()
    return html


def _in_full(value: float) -> str:
    """A number with as many decimals as pandas shows, where these are all 0 as many as it has: 123456789.12, 0.00000001."""
    if not math.isfinite(value):
        return str(value)
    whole = float(value) + 0.0  # of -0.0 this is 0.0
    short = round(whole, sys.modules["pandas"].get_option("display.precision"))
    return format(Decimal(repr(short or whole)), "f").removesuffix(".0")
