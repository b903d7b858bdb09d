"""The pages of outputs/ before anything is put into them, each in the dress that all of them share."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent
_DRESS = "<!--dress-->"


def dressed(page: str) -> str:
    """The template of a page, with the style sheet of all pages in it."""
    sheet = (_FOLDER / "dress.css").read_text("utf-8").rstrip("\n")
    return (_FOLDER / page).read_text("utf-8").replace(_DRESS, sheet)
