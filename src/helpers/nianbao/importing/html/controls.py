"""What the controls and attributes of a web page say beside its tables: the option that is chosen, a table's title."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nianbao.importing.html.doubts import is_in_cell
from nianbao.importing.words import one_line
from nianbao.shown.htmltree import body_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CHOSEN, OPTION, ATTRIBUTE, BUTTON = "选中的选项", "选项", "表格或图片的说明", "按钮"
MARK = "data-nianbao-said"  # on what is written here for an attribute
_ATTRIBUTES = ("title", "summary", "aria-label", "alt")
# Of what an attribute may say whose, or of which time, a table is.
_SAYS = re.compile("[年月季]|稿|样[表例]|作废|模板|[局厅委]")
_LONGEST = 60


def mark(body: LexborNode) -> None:
    """Mark the options that a page's lists show, and write what its attributes say of tables, as words none of the text."""
    acts = body.css_first("script") is not None
    for one in body.css("select"):
        for option in _chosen(one, acts):
            option.attrs[MARK] = ""
    for node in body.css("table[title], table[summary], table[aria-label], img[alt], img[title]"):
        if not is_in_cell(node):
            said = dict.fromkeys(one_line(node.attributes.get(name) or "") for name in _ATTRIBUTES)
            for text in said:
                if text and len(text) <= _LONGEST and _SAYS.search(text):
                    words = body_of(f"<data {MARK}>{escape(text)}</data>").css_first("data")
                    assert words is not None
                    node.insert_before(words)


def marked(node: LexborNode) -> str:
    """What of the page an element is that is marked here; '' for any other."""
    if MARK not in node.attributes:
        return ""
    return {"option": CHOSEN, "data": ATTRIBUTE}.get(node.tag or "", "")


def _chosen(box: LexborNode, acts: bool) -> list[LexborNode]:
    """The options that are marked as chosen, of a list of one line the last; of none the first, if no script may choose."""
    said, options = box.attributes, box.css("option")
    chosen = [one for one in options if "selected" in one.attributes]
    is_long = "multiple" in said or said.get("size") not in {None, "", "0", "1"}
    if not chosen and not is_long and not acts and not any(name.startswith("on") for name in said):
        chosen = [one for one in options if "disabled" not in one.attributes][:1]
    return chosen if "multiple" in said else chosen[-1:]
