"""Which characters inside a line are Markdown: the inline rules of the narrative's dialect (docs/text.md)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from markdown_it.rules_inline import autolink, escape, html_inline, link
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from nianbao.blocks import NO_TAG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_STOPS = "、，。；：！？）》」』】"
_ESCAPE = re.compile(r"\\[\\*_`#+\-.!\[\]<>|]")
_ADDRESS = re.compile(r"[.:/#]")
_AUTOLINK = re.compile(r"<https?://[^\s<>]+>")


def install(parser: MarkdownIt) -> None:
    """Give a CommonMark parser the dialect's inline rules."""
    parser.disable(["backticks", "entity"])
    ruler = parser.inline.ruler
    ruler.at("emphasis", _emphasis)
    ruler.at("escape", _escape)
    ruler.at("link", _link)
    ruler.at("autolink", _autolink)
    ruler.at("html_inline", _html)
    parser.inline.ruler2.before("emphasis", "wordless", _wordless)
    parser.renderer.rules["softbreak"] = soft_break  # type: ignore[attr-defined]  # the renderer of HTML has rules


def _is_wide(char: str) -> bool:
    """Whether a character is Chinese script or full-width punctuation, which includes “ ” ‘ ’ … — ·."""
    return unicodedata.east_asian_width(char) in {"W", "F"} or char in "“”‘’…—·"


def _emphasis(state: StateInline, silent: bool) -> bool:
    """``*`` emphasis that may touch Chinese text and full-width punctuation on either side.

    Three or more stars in a row are a mask (``1***``), and a star between digits is a multiplication sign: both stay text.
    This replaces CommonMark's flanking rules; the existing CJK plugin patches them globally, only for markdown-it-py < 4.
    """
    if silent or state.src[state.pos] != "*":
        return False
    run = state.scanDelims(state.pos, True)
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + run.length] if state.pos + run.length < state.posMax else " "
    opens, closes = run.can_open, run.can_close
    if _is_wide(before) or _is_wide(after):
        # Emphasis never begins with a punctuation mark: in 张**、李** the stars stand for parts of names.
        opens, closes = not after.isspace() and after not in _STOPS, not before.isspace()
    if run.length > 2 or (before.isdigit() and after.isdigit()):
        opens = closes = False
    for _ in range(run.length):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(Delimiter(ord("*"), run.length, len(state.tokens) - 1, -1, opens, closes))
    state.pos += run.length
    return True


def _is_word(char: str) -> bool:
    return char.isalnum() or not (char.isascii() or unicodedata.category(char)[0] in "PZ")


def _wordless(state: StateInline) -> None:
    """Part a pair of stars that has nothing but punctuation between them: nothing there can be emphasised."""
    inside = [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in (state.delimiters, *inside):
        for opening in delimiters:
            between = state.tokens[opening.token + 1 : delimiters[opening.end].token] if opening.end >= 0 else []
            if not any(token.type == "image" or any(map(_is_word, token.content)) for token in between):
                opening.end = -1


def _escape(state: StateInline, silent: bool) -> bool:
    """A backslash before a markup character; before any other, and at a line's end, it is text."""
    return bool(_ESCAPE.match(state.src, state.pos, state.posMax)) and escape(state, silent)


def _link(state: StateInline, silent: bool) -> bool:
    """A link of a text and an address, or of a text and none; the 45号 of ``[2023](45号)`` is no address."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    if end < 0 or not state.src[state.pos + 1 : end].strip() or not state.src.startswith("(", end + 1):
        return False
    rest = state.src[end + 2 : state.posMax].lstrip()
    address = state.md.helpers.parseLinkDestination(rest, 0, len(rest))
    return bool(rest.startswith(")") or _ADDRESS.search(address.str)) and link(state, silent)


def _autolink(state: StateInline, silent: bool) -> bool:
    return bool(_AUTOLINK.match(state.src, state.pos, state.posMax)) and autolink(state, silent)


def _html(state: StateInline, silent: bool) -> bool:
    return not NO_TAG.match(state.src, state.pos) and html_inline(state, silent)


def soft_break(tokens: Sequence[Token], index: int, options: Any = None, env: Any = None) -> str:
    """A line break inside a paragraph prints nothing beside Chinese text."""
    before = next((token.content[-1] for token in reversed(tokens[:index]) if token.content), " ")
    after = next((token.content[0] for token in tokens[index + 1 :] if token.content), " ")
    return "" if _is_wide(before) or _is_wide(after) else "\n"
