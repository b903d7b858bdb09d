"""The number formats of an ODS workbook as the codes that other programs write: ``#,##0.00``, ``0"件"``."""

from __future__ import annotations

import re

# Each kind of format, and the code of one that shows no number.
_KINDS = {
    "number-style": "", "currency-style": "", "percentage-style": "", "text-style": "", "date-style": "yyyy",
    "time-style": "[h]", "boolean-style": '"TRUE"',
}  # fmt: skip
_WHOLE = {"scientific-number": "0.00E+00", "fraction": "# ?/?", "text-content": "@"}
_WITH_WORDS = {"text", "currency-symbol", "fill-character", "embedded-text"}
_CONDITION = re.compile(r"value\(\)(<=|>=|!=|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_WHITE = "#ffffff"
_LONGEST = 20


class Numbers:
    """Reads number formats; ``codes`` has the code of each, by its name."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.kind, self.name, self.made, self.sections = "", "", "", ""
        self.words: str | None = None  # of the part that is open
        self.digits: dict[str, str] = {}
        self.among: list[tuple[int, str]] = []  # words among the digits before the point, from the right

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name in _KINDS:
            self.kind, self.name, self.made, self.sections = name, about.get("style:name", ""), _KINDS[name], ""
        elif not self.kind:
            return
        elif name == "map" and (found := _CONDITION.fullmatch(about.get("style:condition", ""))):
            sign = found[1].replace("!=", "<>")
            self.sections += f"[{sign}{found[2]}]{self.codes.get(about.get('style:apply-style-name', ''), '')};"
        elif name == "text-properties" and about.get("fo:color", "").lower() == _WHITE:
            self.made = f"[White]{self.made}"
        elif name == "number":
            self.digits, self.among = about, []
        elif name in _WITH_WORDS:
            self.words = ""
            self.among += [(_whole(about.get("number:position", "0")), "")] * (name == "embedded-text")
        self.made += _WHOLE.get(name, "")

    def text(self, some: str) -> None:
        """Take some words."""
        if self.words is not None:
            self.words += some

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if not self.kind:
            return
        words, is_percent = self.words or "", self.kind == "percentage-style"
        if name in _KINDS:
            self.codes[self.name], self.kind = self.sections + self.made, ""
        elif name == "number":
            self.made += _digits(self.digits, self.among)
        elif name == "fill-character":
            self.made += f"*{words[:1]}" if words else ""
        elif name == "embedded-text" and self.among:
            self.among[-1] = self.among[-1][0], words
        elif name in _WITH_WORDS:
            self.made += "%".join(map(_quoted, words.split("%"))) if is_percent else _quoted(words)
        if name in _WITH_WORDS:
            self.words = None


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "") + '"' if words else ""


def _whole(text: str) -> int:
    """A number of digits, no more than any number of a report has."""
    return min(int(text), _LONGEST) if text.isdecimal() and len(text) < 4 else 0


def _digits(about: dict[str, str], among: list[tuple[int, str]]) -> str:
    """The places of a number's digits."""
    if "number:decimal-places" not in about and not among:
        return "General"
    least, parts = _whole(about.get("number:min-integer-digits", "0")), _whole(about.get("number:decimal-places", "0"))
    fixed = about.get("number:min-decimal-places", about.get("loext:min-decimal-places", str(parts)))
    places = ["0"] * least
    places = ["#"] * (max([1, *(at for at, _ in among)]) - least) + places
    for at, words in sorted(among, reverse=True):
        places[len(places) - at : len(places) - at] = [_quoted(words)]
    before = "".join(places)
    before = f"#,{before}" if about.get("number:grouping") == "true" else before
    behind = ("0" * _whole(fixed)).ljust(parts, "#")
    thousands = 0
    factor = about.get("number:display-factor", "1")
    while factor.endswith("000"):
        factor, thousands = factor[:-3], thousands + 1
    return before + (f".{behind}" if parts else "") + "," * thousands
