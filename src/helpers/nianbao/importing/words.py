"""The characters of a paragraph as a reader sees them: white space as a browser shows it, and which of them are bold."""

from __future__ import annotations

import re
import unicodedata

_BLANK = re.compile("[ \t\r\n\f]+")
_EDGE = " \t\r\n\f\u3000\u00a0\u2002\u2003\u2009\ufeff\u200b"
_WIDE = {"W", "F"}


def is_wide(char: str) -> bool:
    """Whether a character is Chinese script or full-width punctuation."""
    return unicodedata.east_asian_width(char) in _WIDE or char in "“”‘’…—·"


class Words:
    """Collects the pieces of one paragraph."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, bool, bool]] = []  # text, whether it is bold, whether it is a link

    def add(self, text: str, bold: bool = False, link: bool = False) -> None:
        """Add a piece."""
        if text:
            self.pieces.append((text, bold, link))

    def taken(self) -> tuple[str, int, bool]:
        """The text, how many of its first characters are bold, whether all of it is a link; begins anew."""
        raw = "".join(text for text, _, _ in self.pieces)
        bold = [one for text, is_bold, _ in self.pieces for one in [is_bold] * len(text)]
        links = [link for text, _, link in self.pieces if text.strip(_EDGE)]
        self.pieces = []
        text, bold = _collapsed(raw, bold)
        begin, end = len(text) - len(text.lstrip(_EDGE)), len(text.rstrip(_EDGE))
        text, bold = text[begin:end], bold[begin:end]
        leading = next((at for at, (char, is_bold) in enumerate(zip(text, bold, strict=True)) if not is_bold), len(text))
        return text, leading, bool(links) and all(links)


def one_line(text: str) -> str:
    """A text as one line: a line end between Chinese characters is nothing, any other white space a blank."""
    return _collapsed(text, [False] * len(text))[0].strip(_EDGE)


def _collapsed(text: str, bold: list[bool]) -> tuple[str, list[bool]]:
    made: list[str] = []
    kept: list[bool] = []
    at = 0
    for blank in _BLANK.finditer(text):
        made.append(text[at : blank.start()])
        kept += bold[at : blank.start()]
        at = blank.end()
        before, after = text[blank.start() - 1 : blank.start()], text[at : at + 1]
        is_break = "\n" in blank.group() and (not before or not after or is_wide(before) or is_wide(after))
        if not is_break:
            made.append(" ")
            kept.append(bold[blank.start()])
    return "".join((*made, text[at:])), [*kept, *bold[at:]]
