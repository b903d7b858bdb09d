"""The formulas of an ODS workbook, written as XLSX writes them."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"\[((?:'[^']*'|[^\[\]'])*)\]")  # the address of a file may have brackets


def written(text: str) -> str:
    """A formula as XLSX writes it: ``of:=SUM([.B2:.B5];[$明细.C3])`` → ``SUM(B2:B5,明细!C3)``."""
    text = re.sub("^(?:[a-z]+:)?=", "", text)
    return "".join(_cell(part) if at % 2 else part.replace(";", ",") for at, part in enumerate(_REFERENCE.split(text)))


def _cell(reference: str) -> str:
    """A reference to a cell, or to some, with the name of its file in brackets and the sheet's before it."""
    file, _, inside = reference.rpartition("#")
    cells = [re.fullmatch(r"(?:\$?('(?:[^']|'')*'|[^.']*))?\.(.*)", one) for one in inside.split(":")]
    if not all(cells):
        return f"{f'[{file}]' if file else ''}{inside}"
    sheet = next((one[1] for one in cells if one and one[1]), "")
    named = f"[{file.strip(chr(39)).rpartition('/')[2]}]{sheet}" if file else sheet
    return (f"{named}!" if named else "") + ":".join(one[2] for one in cells if one)
