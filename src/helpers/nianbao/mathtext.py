r"""Formulas in the titles of figures as plain text, for captions and alternative texts: ``$x^2 \leq 3$`` is x² ≤ 3."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao import fonts

if TYPE_CHECKING:
    from collections.abc import Callable

_DOLLAR = re.compile(r"(?<!\\)\$")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|[^\\{}^_]", re.S)
_RAISED = str.maketrans("1234", "¹²³⁴")  # the fonts have no others, and none that are lowered
_QUIET = {"left", "right", "limits", "nolimits", "displaystyle", "textstyle", "big", "Big", "bigg", "Bigg", "!"}
_SPACES = {",", ";", ":", " ", "quad", "qquad", "thinspace", "enspace", "\\"}
_WORDS = re.compile("math[a-z]+|text[a-z]*|operatorname|boldsymbol|rm|bf|it|sf|tt|cal")
_FRACTIONS = {"frac", "dfrac", "tfrac", "cfrac"}
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303", "widetilde": "\u0303",
    "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300",
}  # fmt: skip
_MARKS = {"circ": "°", "∘": "°", "°": "°", "prime": "′", "′": "′"}
LONGEST = 500  # characters: a longer formula stays as it is
_SIMPLE = re.compile(r"[\w.]*")


def plain(title: str, symbol: Callable[[str], str]) -> str:
    """A title of matplotlib's without the signs of its formulas.

    ``symbol`` gives the character that a command of TeX names, or ''. A command that names none stays as its word, as does
    one whose character no font of the PDF has.
    """
    parts = _DOLLAR.split(title)
    if len(parts) % 2 == 0:  # matplotlib takes an odd number of dollars for dollars
        return title.replace(r"\$", "$")
    said = [
        _Formula(part, symbol).rest() if number % 2 and len(part) < LONGEST else part for number, part in enumerate(parts)
    ]
    return "".join(said).replace(r"\$", "$")


class _Formula:
    def __init__(self, tex: str, symbol: Callable[[str], str]) -> None:
        self.tokens = _TOKEN.findall(tex)[::-1]  # the next one is the last
        self.symbol = symbol

    def rest(self) -> str:
        """What is left, up to the end of a group."""
        said = []
        while self.tokens:
            if self.tokens[-1] == "}":
                self.tokens.pop()
                break
            said.append(self.one())
        return "".join(said)

    def one(self) -> str:
        """The next thing: a character, a group, a command with what belongs to it."""
        while self.tokens and self.tokens[-1] == " ":
            self.tokens.pop()
            if not self.tokens or self.tokens[-1] not in "^_":
                return " "
        token = self.tokens.pop() if self.tokens else ""
        if token == "{":
            return self.rest()
        if token in {"^", "_"}:
            return self.script(token)
        return self.command(token[1:]) if token.startswith("\\") else token

    def script(self, sign: str) -> str:
        inside = self.one()
        if sign == "^" and not set(inside) - set("1234"):
            return inside.translate(_RAISED)
        if sign == "^" and inside in _MARKS:
            return _MARKS[inside]
        return inside if sign == "_" and inside.isdigit() else sign + _whole(inside)

    def command(self, name: str) -> str:
        if name in _QUIET:
            return ""
        if name in _SPACES:
            return " "
        if name in _FRACTIONS:
            return f"{_whole(self.one())}/{_whole(self.one())}"
        if name == "sqrt":
            return self.root()
        if _WORDS.fullmatch(name):
            return self.one()
        if name in _ACCENTS:
            inside = self.one()
            return _printed(unicodedata.normalize("NFC", inside + _ACCENTS[name])) or f"{inside}-{name}"
        return _printed(self.symbol(name)) or name

    def root(self) -> str:
        degree = ""
        if self.tokens and self.tokens[-1] == "[":
            self.tokens.pop()
            while self.tokens and self.tokens[-1] != "]":
                degree += self.one()
            self.tokens = self.tokens[:-1]
        return f"{degree.translate(_RAISED)}√{_whole(self.one())}"


def _printed(text: str) -> str:
    return text if len(text) == 1 and not fonts.missing(text) else ""


def _whole(text: str) -> str:
    """A text that belongs together."""
    return text if _SIMPLE.fullmatch(text) or len(text) == 1 else f"({text})"
