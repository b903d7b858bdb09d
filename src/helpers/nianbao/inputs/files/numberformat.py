"""How a spreadsheet shows a number: the unit, currency or percent sign that its format adds; its digits stay as typed."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from nianbao.inputs.files.inspected import SCALED

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([^0#?,.%;Ee+/@ -]+)')
_DIGITS = re.compile(r"[0#?][0#?,.]*(?:E[+-]?0+)?")
_SHOWN = re.compile(r"([^0-9+-]*)([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)(.*)", re.S)
GENERAL = "General"
LONGEST = 255  # characters of a format code, in every spreadsheet program
# The formats that a file names by number only. Source: ECMA-376-1, 18.8.30.
BUILT_IN = {9: "0%", 10: "0.00%"}


def typed(value: float) -> str:
    """A number with the digits that were typed: spreadsheet programs keep 15."""
    text = f"{value:.15g}"
    return text if "e" not in text else f"{Decimal(text):f}"


def with_format(value: float, code: str) -> str | None:
    """A number as a format code shows it, with all of its digits; ``None`` where the format adds nothing."""
    before, behind, percent, scaled = _affixes(code if len(code) <= LONGEST else "")
    if scaled:
        return SCALED.format(shown=f"格式{code}", stored=typed(value))
    if percent:
        return f"{before}{typed(value * 100)}%{behind}"
    return f"{before}{typed(value)}{behind}" if before or behind else None


@lru_cache(maxsize=256)
def _affixes(code: str) -> tuple[str, str, bool, bool]:
    """What stands before and behind the digits, and whether they are a percentage, or shown smaller than they are."""
    section = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)[0]
    if section in {"", GENERAL, "@"} or section.lower().startswith("general"):
        return "", "", False, False
    found = _DIGITS.search(re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', lambda match: "\0" * len(match.group()), section))
    if not found:
        return "", "", False, False
    digits, rest = found.group(), section[found.end() :]
    scaled = digits.rstrip("E+0").endswith(",") or "!" in section
    return _literals(section[: found.start()]), _literals(rest), "%" in rest, scaled


def _literals(text: str) -> str:
    return "".join(next(filter(None, one.groups()), "") for one in _LITERAL.finditer(text)).strip()


def as_shown(value: float, shown: str) -> str | None:
    """A number as its cell shows it, with all of its digits; ``None`` where that is the number alone."""
    stored = typed(value)
    found = _SHOWN.fullmatch(shown.strip())
    if not shown.strip() or shown.strip() == stored:
        return None
    if found is None:
        return None if _is_dash(shown) and not value else SCALED.format(shown=shown.strip(), stored=stored)
    before, digits, behind = found.groups()
    if (before, behind) == ("(", ")") and value < 0:
        before, digits, behind = "", f"-{digits}", ""  # as accountants write it
    try:
        seen, exact = Decimal(digits.replace(",", "")), Decimal(stored)
    except InvalidOperation:
        return SCALED.format(shown=shown.strip(), stored=stored)
    if behind.strip() == "%":
        return f"{typed(value * 100)}%"
    places = -int(seen.as_tuple().exponent)
    if seen != exact and abs(seen - exact) > Decimal(1).scaleb(-places) / 2:
        return SCALED.format(shown=shown.strip(), stored=stored)
    return f"{before.strip()}{stored}{behind.strip()}" if before.strip() or behind.strip() else None


def _is_dash(shown: str) -> bool:
    """Whether a zero is shown as a dash, as accountants do."""
    return shown.strip() in {"-", "–", "—"}
