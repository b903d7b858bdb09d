"""The body of a page alone, with its styles inline: what a clerk pastes into the editor of the bureau's website.

Such editors drop style sheets, classes, ids and scripts. What is left here is what two well-known cleaners leave as it is:
DOMPurify as it comes, and nh3 with ``style`` allowed. Only this module knows css-inline.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import css_inline

from nianbao.paths import TEMPLATES
from nianbao.render import clean
from nianbao.render.frames import without_blank_heads
from nianbao.shown.html import read_fragment
from nianbao.shown.seen import Seen, squeezed

if TYPE_CHECKING:
    from nianbao.render.page import Page

STAMP = "草稿，未经审定，不得发布"


def to_fragment(page: Page) -> str:
    """The fragment as HTML; a draft says so in a line of its own above the title."""
    stamp = f'<p class="stamp">{STAMP}</p>\n' if page.is_draft else ""
    body = stamp + clean.without_screen(page.body)
    styled = css_inline.inline_fragment(body, _css(), load_remote_stylesheets=False)
    return without_blank_heads(clean.bare(styled)).strip() + "\n"


def read(made: bytes) -> Seen:
    """What a fragment shows, and whether it begins with the mark of a draft."""
    seen = read_fragment(made.decode())
    stamped = seen.blocks[:1] == (squeezed(STAMP),)
    return Seen(seen.blocks[stamped:], (stamped,), seen.grids)


@lru_cache(maxsize=1)
def _css() -> str:
    return (TEMPLATES / "fragment.css").read_text("utf-8")
