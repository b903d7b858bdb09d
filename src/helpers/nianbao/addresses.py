"""Which addresses a published page may hold: links that lead somewhere from anywhere, and pictures that it carries."""

from __future__ import annotations

import re
from html import escape

import nh3

# "https:a" and "https:///a" are read as places on the page's own host.
_LINK = re.compile(r"https?://[^/\\\s]|mailto:|#", re.I)
_ANCHOR = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None)
_PLACE = re.compile(r"(?:\.\.?/)*[^/\\:?#\s][^\\:?#]*")
# An address as people write it in a text: it ends before the mark of a sentence, and before a bracket that it did not open.
_SIGNS = r"[0-9A-Za-z_~:/?#@!$&'*+,;=%.\\-]"
WRITTEN = rf"(?:https?://|www\.)(?:{_SIGNS}|\({_SIGNS}{{0,200}}\))*(?<![:?!'*,;.])"
_PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp|svg\+xml)[;,]", re.I)


def is_link(address: str) -> bool:
    """Whether an address is of the web, of a mailbox, or a place in the page itself.

    A relative one leads nowhere when the page is published alone, and any other scheme opens what readers need not have, or
    runs what they never asked for. What cannot be read as an address (``http://?``) is none.
    """
    return bool(_LINK.match(address)) and "href" in _ANCHOR.clean(f'<a href="{escape(address)}">')


def is_place(address: str) -> bool:
    """Whether an address is a file's place from the page."""
    return bool(_PLACE.fullmatch(address))


def picture_kind(address: str) -> str:
    """The kind of a picture that its address holds as data (``png``, ``svg+xml``, …); '' for any other address."""
    found = _PICTURE.match(address)
    return found[1].lower() if found else ""
