"""The shape of a notebook, as nbformat's schema has it: says which cell of a notebook has another."""

from __future__ import annotations

from typing import Any

from nianbao.language import say

KINDS = ("code", "markdown", "raw")
MOST_SHOWN = 200  # characters


def odd_of(notebook: Any, name: str) -> str:
    """What is wrong with the shape of a notebook, as JSON values: its name, cell and key, and what to do; '' of a sound one.

    The standard tools warn of another shape, if at all, and mostly go on; so this is asked when something has failed.
    """
    odd = _odd(notebook)
    said = "{notebook} is no notebook as Jupyter writes them: {odd}; open it in JupyterLab and save it"
    return say(said, notebook=name, odd=odd) if odd else ""


def _odd(notebook: Any) -> str:
    from nbformat.validator import iter_validate

    if not isinstance(notebook, dict):
        return f"{str(notebook)[:MOST_SHOWN]}"
    cells, minor = notebook.get("cells"), notebook.get("nbformat_minor")
    version = {"version": 4, "version_minor": minor if isinstance(minor, int) else 5, "relax_add_props": True}
    for error in iter_validate({**notebook, "cells": [] if isinstance(cells, list) else cells}, **version):
        return _said(error)
    for number, cell in enumerate(cells or (), 1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        errors = iter_validate(cell, f"{kind}_cell", **version) if kind in KINDS else [f"cell_type: {kind}"]
        for error in errors:
            return say("cell {count}", count=number) + f": {_said(error)}"
    return ""


def _said(error: Any) -> str:
    """What a validator says: the key and what is wrong with it."""
    keys, said = ".".join(map(str, getattr(error, "path", ()))), str(getattr(error, "message", error))
    if getattr(error, "validator", "") in {"oneOf", "anyOf"}:  # its message names no reason
        return f"{keys} = {str(error.instance)[:MOST_SHOWN]}"
    return f"{keys}: {said[:MOST_SHOWN]}" if keys else said[:MOST_SHOWN]
