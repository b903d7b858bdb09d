"""The signs of Markdown in a line, apart from its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.returned.tokens import TEXT, Token
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN = "sign"  # a part of a line that Markdown takes for a sign
_SIGNS = re.compile(r"\*{1,3}|\]\([^()\n]*\)|\[(?=[^\[\]\n]*\]\()|</?[A-Za-z][^<>\n]*>|\\(?=[\\`*_#+\-.!\[\]<>|])|\s+")
_BEFORE = re.compile(r"\s*(?:#{1,6}\s+|(?:[-+*]|\d{1,9}\.)\s+|(?:>\s*)+)|\s+")
_BEHIND = re.compile(r"\s*\{[^{}]{1,3}\}\s*$|\s+$")


def sign_of(line: str) -> str:
    """The sign of Markdown with which a line begins, with the white space beside it; '' without one."""
    return found[0] if (found := _BEFORE.match(line)) else ""


def edges(tokens: Sequence[Token], printed: str) -> tuple[str, list[Token], str]:
    """What stands before the words of a line, as the sign of a heading or of an item of a list; the line; what is behind.

    ``printed`` is what a reader sees of the line, without the number or the sign of an item: what stands there is no sign.
    """
    inner, before, behind = list(tokens), "", ""
    if inner and inner[0].kind is TEXT:
        before = sign_of(inner[0].source)
        before = "" if squeezed(before) and squeezed(printed).startswith(squeezed(before)) else before
        inner[0] = _cut(inner[0], len(before), len(inner[0].source))
    if inner and inner[-1].kind is TEXT:
        behind = found[0] if (found := _BEHIND.search(inner[-1].source)) else ""
        inner[-1] = _cut(inner[-1], 0, len(inner[-1].source) - len(behind))
    return before, [one for one in inner if one.source], behind


def _cut(token: Token, begin: int, end: int) -> Token:
    return Token(token.source[begin:end], token.source[begin:end], TEXT)


def signed(tokens: Sequence[Token], with_signs: bool) -> list[Token]:
    """The parts of a line, the signs of Markdown in its words apart; without them they are left out, but white space."""
    found: list[Token] = []
    for token in tokens:
        if token.kind is not TEXT:
            found.append(token)
            continue
        at = 0
        for sign in _SIGNS.finditer(token.source):
            found += [_cut(token, at, sign.start())] if sign.start() > at else []
            found += [Token(sign.group(), sign.group(), SIGN)] if with_signs or sign.group().isspace() else []
            at = sign.end()
        found += [_cut(token, at, len(token.source))] if at < len(token.source) else []
    return found
