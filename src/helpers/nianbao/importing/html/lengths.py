"""About how many pixels a length of CSS takes."""

from __future__ import annotations

import re

_NUMBER = r"[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:e[-+]?[0-9]+)?"
LENGTH = re.compile(rf"({_NUMBER})([a-z%]*)")
_SCREEN = {"w": 12.8, "i": 12.8, "h": 9.0, "b": 9.0, "min": 9.0, "max": 12.8}  # a hundredth of a screen's width, or height
_PIXELS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 14.0, "rem": 16.0, "ex": 7.0, "ch": 7.0, "%": 0.16, "cm": 37.8, "mm": 3.78,
           "in": 96.0, "pc": 16.0, "q": 0.945, "rex": 8.0, "rch": 8.0, "cap": 10.0, "rcap": 11.0, "ic": 14.0, "ric": 16.0,
           "lh": 20.0, "rlh": 22.0,
           **{f"{kind}v{way}": size for kind in ("", "s", "l", "d") for way, size in _SCREEN.items()},
           **{f"cq{way}": size for way, size in _SCREEN.items()}}  # fmt: skip


def pixels(said: str, otherwise: float) -> float:
    """About how many pixels a length takes; ``otherwise`` for what is none."""
    found = LENGTH.fullmatch(said)
    return float(found[1]) * _PIXELS[found[2]] if found and found[2] in _PIXELS else otherwise
