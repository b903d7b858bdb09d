"""How words and paragraphs look, by the tags and attributes that they stand in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nianbao.numbered import DIGIT, HAN
from nianbao.render import code
from nianbao.render.word.markup import Look, paint

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

HEADINGS = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3", "h5": "Heading4", "h6": "Heading4"}
"""The style of headings by their tag."""
# The style of a heading below a chapter's by its numeral. Source: GB/T 9704-2012, 7.3.3.
_NUMERALS = {
    "Heading1": re.compile(f"{HAN}、"),
    "Heading2": re.compile(f"[（(]{HAN}[）)]"),
    "Heading3": re.compile(f"{DIGIT}{{1,2}}[.．、](?!{DIGIT})"),
    "Heading4": re.compile(f"[（(]{DIGIT}{{1,2}}[）)]"),
}
INSIDE = {
    "signature": "Signature",
    "below-title": "BelowTitle",
    "note": "TableNote",
    "attached": "Attached",
    "editor": "Editor",
    "unshown": "Box",
    "failed": "FailedBox",
    "markdown-alert": "Box",
    "blockquote": "Quoted",
    "caption": "Caption",
    "figcaption": "PictureName",
    "above": "PictureTitle",
    "pre": "Code",
}
"""The style of paragraphs by the class or the tag of what they stand in."""

# What stands before the host of an address, and the host.
_HOST = re.compile(r"(https?://(?:[^/?#@]*@)?|mailto:[^?@]*@)([^/?#]*?)(?=(?::[0-9]*)?(?:[/?#]|$))", re.I)
_NAME, _IPV6 = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?"), re.compile(r"\[[0-9A-Fa-f:.]+\]")

_LOOKS: dict[str, dict[str, str | bool]] = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "sub": {"script": "subscript"},
    **{tag: {"italic": True} for tag in ("em", "i", "cite", "dfn")},
    **{tag: {"under": True} for tag in ("u", "ins")},
    **{tag: {"struck": True} for tag in ("s", "del", "strike")},
    **{tag: {"script": "superscript"} for tag in ("sup", "rt")},
    "code": {"style": "CodeText"},
}


def heading(tag: str, text: str) -> tuple[str, str]:
    """The style of a heading by its numeral, and its level in an outline where its tag has another than the style."""
    usual = HEADINGS[tag]
    found = (style for style, numeral in _NUMERALS.items() if numeral.match(text.strip()))
    style = next(found, usual) if tag != "h2" else usual
    return style, f'<w:outlineLvl w:val="{usual[-1]}"/>' if style != usual else ""


def looking(tag: str, attributes: Mapping[str, str | None], look: Look, in_code: bool, targets: Container[str]) -> Look:
    """The look of what stands in an element, from the look around it; a link into the page leads to one of the targets."""
    given: dict[str, Any] = {} if tag == "code" and in_code else {**_LOOKS.get(tag, {})}
    if attributes:
        if attributes.get("class") == "run-in":
            given = {"style": "RunIn"}
        if tag == "a" and (address := attributes.get("href") or "") and (address[:1] != "#" or address[1:] in targets):
            given |= {"style": "Hyperlink", "link": link} if (link := uri(address)) else {}
        if tag == "span" and in_code and (ink := code.ink(attributes.get("class") or "")):
            given["ink"] = ink
        if ink := paint(attributes.get("data-typst:text:fill")):
            given["ink"] = ink
        if fill := paint(attributes.get("data-typst:fill")):
            given["fill"] = fill
        if attributes.get("data-typst:text:stroke"):
            given["bold"] = True
    return replace(look, **given) if given else look


def uri(address: str) -> str:
    """An address as a URI, its host as name servers know it and all else percent-encoded; '' for what cannot be one.

    Word takes others too, but what is made with Microsoft's library does not open a document that holds one. A place in the
    page is no URI, and stays as it is.
    """
    found = _HOST.match(address)
    if found is None:
        return address if address[0] == "#" else _quoted(address)
    try:
        host = found[2].encode("idna").decode()
    except UnicodeError:
        return ""
    is_host = _NAME.fullmatch(host) or (_IPV6.fullmatch(host) and found[1][0] in "hH")
    return f"{_quoted(found[1])}{host}{_quoted(address[found.end() :])}" if is_host else ""


def _quoted(text: str) -> str:
    return quote(text, safe="!#$%&'()*+,-./:;=?@_~")
