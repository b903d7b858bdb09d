"""What the block rules have made of a narrative: what is too much of it, which lists stand apart, where paragraphs begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.textfile import without_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

# Many times as many as any report has: of signs that may be Markdown, and of characters.
MOST_SIGNS, LONGEST_PARAGRAPH = 500, 20_000
# Two for a list, one for a quotation. From 20 on markdown-it leaves out what it finds.
DEPTH = 16
_SIGNS = re.compile(r"[*_`~\[\]<>!&\\]")


def bounded(state: StateCore) -> None:
    """Leave out, and name in ``env["too_much"]`` as (line from 0, what, limit), what would take long to understand."""
    found: list[tuple[int, str, str]] = state.env.setdefault("too_much", [])
    line = 0
    for token in state.tokens:
        line = token.map[0] if token.map else line
        if token.level == DEPTH and token.nesting == 1:
            found.append((line, "列表和引用一层套一层，太深了", f"列表最多{DEPTH // 2 - 1}层"))
        if token.type != "inline":
            continue
        text = without_pictures(token.content)
        signs = len(_SIGNS.findall(text))
        if len(text) > LONGEST_PARAGRAPH:
            found.append((line, f"这一段有{len(text)}个字符", f"一段最多{LONGEST_PARAGRAPH}个字符"))
        elif signs > MOST_SIGNS:
            found.append((line, f"这一段有{signs}个 * [ < 之类的符号", f"一段最多{MOST_SIGNS}个"))
        else:
            continue
        token.content = ""


def apart(state: StateCore) -> None:
    """Have the items of a list apart where one has several paragraphs, though no blank line is between them."""
    lists: list[tuple[list[Token], list[int]]] = []  # that are open: the paragraphs of each, and how many each item has
    for token in state.tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(([], []))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            paragraphs, numbers = lists.pop()
            for one in paragraphs if max(numbers) > 1 else ():
                one.hidden = False
        elif token.type == "list_item_open":
            lists[-1][1].append(0)
        elif token.type in {"paragraph_open", "paragraph_close"} and token.hidden:
            lists[-1][0].append(token)
            lists[-1][1][-1] += token.nesting == 1


def breaks(tokens: Sequence[Token]) -> list[int]:
    """The lines, from 0, that begin a paragraph though the line above them is not blank and belongs to another one."""
    texts = [token for token in tokens if token.type in {"paragraph_open", "title_open"}]
    marked = {token.map[0] for token in tokens if token.map and token.type in {"list_item_open", "blockquote_open"}}
    ends = {token.map[1] for token in texts if token.map} - marked
    return [token.map[0] for token in texts if token.map and token.map[0] in ends]
