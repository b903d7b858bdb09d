"""Characters that no font of a matplotlib figure has are drawn in the kit's font, in whatever style a notebook draws.

Nothing else of matplotlib changes, and nothing happens before it is imported.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_FONTS, _FACE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
_MANAGER, _MATHTEXT = "matplotlib.font_manager", "matplotlib._mathtext"
_WIDE = 0x2E80  # the first of the characters that stand beside formulas and that matplotlib's fonts for them lack


class Awaited(MetaPathFinder, Loader):
    """Waits for a module to be imported for the first time: by a notebook that runs in a shell, or by anybody."""

    def __init__(self, name: str, shell: Any = None) -> None:
        self.name, self.shell = name, shell
        self.loader: Any = None

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        if name != self.name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec and spec.loader and self.is_wanted():
            self.loader, spec.loader = spec.loader, self
        return spec

    def is_wanted(self) -> bool:
        """Whether somebody still waits; a notebook that did may have ended, and its shell with it."""
        return self.shell is None or type(self.shell)._instance is self.shell

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self.loader.create_module(spec)
        return made


class _Lender(Awaited):
    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        _LENT[self.name](module)


def lend() -> None:
    """From now on the kit's font stands in for what a figure's own fonts lack."""
    for name, lent in _LENT.items():
        if name in sys.modules:
            lent(sys.modules[name])
        elif not any(isinstance(one, _Lender) and one.name == name for one in sys.meta_path):
            sys.meta_path.insert(0, _Lender(name))


def _lent(module: Any) -> None:
    manager, face = module.fontManager, _face()
    if "_find_fonts_by_props" in vars(manager) or not face:
        return
    found_by = manager._find_fonts_by_props

    def found(prop: Any, fontext: str = "ttf", **named: Any) -> list[str]:
        paths: list[str] = found_by(prop, fontext, **named)
        return [*paths, face] if fontext == "ttf" and face not in paths else paths

    manager._find_fonts_by_props = found


def _lent_to_formulas(module: Any) -> None:
    """In a text with a formula, which matplotlib sets by other fonts, as ``图 $x^2$``."""
    fonts, face = module.UnicodeFonts, _face()
    if getattr(fonts._get_glyph, "is_lent", False) or not face:
        return
    found_by = fonts._get_glyph

    def found(self: Any, fontname: str, font_class: str, sym: str) -> Any:
        if len(sym) == 1 and ord(sym) >= _WIDE and (font := module.get_font(face)).get_char_index(ord(sym)):
            return font, ord(sym), False
        return found_by(self, fontname, font_class, sym)

    found.is_lent = True  # type: ignore[attr-defined]  # asked above, so that it is lent once
    fonts._get_glyph = found


def _face() -> str:
    """The file of the kit's font; '' where it is not installed."""
    spec = importlib.util.find_spec(_FONTS)
    return str(Path(spec.origin).with_name(_FACE)) if spec and spec.origin else ""


_LENT = {_MANAGER: _lent, _MATHTEXT: _lent_to_formulas}
