"""Which lines are Markdown, and where a paragraph begins: the block rules of the narrative's dialect (docs/text.md).

Most narratives are pasted from Word, where every line end ends a paragraph, and signs at the start of a line are signs. So
a line begins a paragraph where its writer saw one, and a list, quotation or heading is one only where it must be meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block import blockquote, heading, html_block, list_block

from nianbao import blocktokens
from nianbao.names import is_alone, is_titled
from nianbao.notes import is_over
from nianbao.reading import is_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_HAN = "[一二三四五六七八九十百]+"
# （一）项 is a part of an article that is cited, （一）项目 is a heading.
_LEVEL_TWO = rf"[（(]{_HAN}[）)](?!项(?!目))"
_OUTLINE = rf"(?:(?P<level>{_LEVEL_TWO})|{_HAN}、(?!{_HAN}、)|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)])"
_ITEM_MARK = rf"{_HAN}是|第{_HAN}[，、：,:]|\d{{1,2}}[)）]|[\u2460-\u249b]|[•·●■◆▪○◇□]|–(?!\d)|(?:备?注|附)\d?[：:]"
_ITEM_MARK += rf"|附[件表录图]\s?(?:\d{{1,2}}|{_HAN})?(?:[：:]|(?<=\d)[.．、](?!\d))"
_ITEM_MARK += r"|[（(]?[A-Za-z][.．、)）][ \t]*(?=[\u4e00-\u9fff“《])"
_MARKED = rf"\*{{0,2}}(?:{_OUTLINE}|{_ITEM_MARK})"
_BEGINS = re.compile(rf"[\u3000\u2003]|[ \u00a0]{{2}}|{_MARKED}")
_IS_MARKED = re.compile(_MARKED)
_ENDED = re.compile(r"(?:[。！？；：]|(?<=[\u2e80-\uffef])[!?;:])[”’）》〕」』】)\]\"'*]*\s*$")
_TITLE = re.compile(
    rf"(?=.*[\u4e00-\u9fff])(?P<bold>\*{{0,2}})(?P<text>{_OUTLINE}[^*。；！？：]*[^*。；，：！？、,;:.!?（(《“‘\s—-])(?P=bold)\s*",
)
# A date by itself, as below a title or a signature, and cells that a tab parts, are lines of their own.
_ALONE = re.compile(r"^\s*[（(]?[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[）)]?\s*$|\S\t+\S")
LONGEST_TITLE = 30
_WORD = re.compile(r"[^\W_]")
_ITEM = re.compile(r"(?P<mark>[-+*]|(?P<number>\d{1,9})\.)[ \t]+(?P<text>\S.*)")
_QUOTE = re.compile(r">[ \t>]*(?![-+±<¥￥$]*\d)[^\s=>].*?[^\W_]|>[ \t>]*[^\W\d_]")
_RULE = re.compile(r"-{3,}[ \t]*")
_HEADING = re.compile(r"#{1,6}[ \t]+(?!#*\s*$)")
# Signs that begin no HTML, in a line of their own or inside one: <? before no letter, <!-->.
NO_TAG = re.compile(r"<\?(?![A-Za-z])|<!--?-?>")


def install(parser: MarkdownIt) -> None:
    """Give a CommonMark parser the dialect's block rules."""
    parser.enable("table").disable(["code", "fence", "lheading", "reference"])
    ruler = parser.block.ruler
    anywhere = ["paragraph", "reference", "blockquote"]
    ruler.at("blockquote", _quote, {"alt": [*anywhere, "list"]})
    ruler.at("hr", _rule, {"alt": [*anywhere, "list"]})
    ruler.at("list", _list, {"alt": anywhere})
    ruler.at("html_block", _html, {"alt": anywhere})
    ruler.at("heading", _heading, {"alt": anywhere})
    ruler.at("paragraph", _paragraph)
    ruler.before("paragraph", "title", _title)
    ruler.before("paragraph", "break", _break, {"alt": ["paragraph", "blockquote"]})
    ruler.before("paragraph", "miscounted", _miscounted, {"alt": ["list"]})
    parser.core.ruler.before("inline", "bounded", blocktokens.bounded)
    parser.core.ruler.before("inline", "apart", blocktokens.apart)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_title(text: str) -> re.Match[str] | None:
    """Match a short line that is numbered as a heading is and does not end as a sentence does."""
    found = _TITLE.fullmatch(text)
    return found if found and len(found["text"]) <= LONGEST_TITLE else None


def _begins(state: StateBlock, line: int) -> bool:
    """Whether a line below a line of text begins a paragraph of its own."""
    # A list shifts the start of an item's line behind the item's mark.
    text, above = _line(state, line), state.src[state.bMarks[line - 1] : state.eMarks[line - 1]].lstrip()
    if state.blkIndent:
        # A line of a list's item is set in by more than the item's own mark.
        item = next((token for token in reversed(state.tokens) if token.type == "list_item_open"), None)
        start = state.bMarks[item.map[0]] if item and item.map else 0
        lead = state.src[start:].partition("\n")[0].expandtabs(4)
        if state.sCount[line] > len(lead) - len(lead.lstrip(" ")):
            return bool(_IS_MARKED.match(text))
    elif state.sCount[line] >= 2:
        return True
    alone = _ALONE.search(text) or _ALONE.search(above) or _is_beside(state, line)
    return bool(alone or _BEGINS.match(text) or _ENDED.search(above) or _is_title(above))


def _is_beside(state: StateBlock, line: int) -> bool:
    """Whether a picture, a name beside one or above a table, or a note, stands in a line or ends in that above it."""
    text, above = _line(state, line), _line(state, line - 1)
    below = _line(state, line + 1) if line + 1 < state.lineMax else ""
    first = _line(state, state.line) if state.line < line else above
    if is_alone(text, _line(state, line - 2) if line > 1 else "", above, below) or is_over(first, above, text):
        return True
    return (state.line >= line - 1 and is_titled(above, text)) or (text[:1] == above[:1] == "*" and _is_starred(state, line))


def _is_starred(state: StateBlock, line: int) -> bool:
    """Whether a line with a star is a note below a table: it stands alone, or a cell has a star too."""
    tokens, at = state.tokens, len(state.tokens)
    while at > 2 and tokens[at - 1].type in {"paragraph_close", "ordered_list_close", "bullet_list_close"}:
        if tokens[at - 1].type != "paragraph_close":  # of a note: 注：, and a list below it
            level = tokens[at - 1].level
            at = next(one for one in range(at - 2, -1, -1) if tokens[one].level == level and tokens[one].nesting == 1)
        text = tokens[at - 2].content if tokens[at - 1].type == "paragraph_close" else ""
        if not (text[:1] == "*" or is_note(text)):
            return False
        at -= 3
    if not at or tokens[at - 1].type != "table_close":
        return False
    rows = next(one.map for one in reversed(tokens[:at]) if one.type == "table_open") or [0, 0]
    cells = state.src[state.bMarks[rows[0]] : state.bMarks[rows[1]]].split("|")
    return any(one.count("*") % 2 for one in cells) or not _has_a_second(state, line, "*")


def _break(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """End a paragraph, also in a list or quotation, above a line that begins one; a table, above a line without cells."""
    if state.parentType == "table":
        return silent and "|" not in _line(state, line)
    return silent and _begins(state, line)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph, as markdown-it's own, but a line that is set in by four spaces can begin another block as well."""
    line, rules = start + 1, state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    while line < state.lineMax and not state.isEmpty(line):
        # A negative count marks a line that the quotation around it has already taken.
        if state.sCount[line] >= 0 and any(rule(state, line, state.lineMax, True) for rule in rules):
            break
        line += 1
    state.parentType = outer
    _push(state, "paragraph", "p", start, line, state.getLines(start, line, state.blkIndent, False))
    return True


def _push(state: StateBlock, kind: str, tag: str, start: int, line: int, content: str) -> None:
    state.line = line
    state.push(f"{kind}_open", tag, 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content.strip(), [start, line], []
    state.push(f"{kind}_close", tag, -1)


def _title(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A lone line ``（一）…`` is a heading of level 3, also when it is all in bold type."""
    found = None if silent or state.level else _is_title(_line(state, line).strip())
    if not found or not found["level"]:
        return False
    _push(state, "title", "h3", line, line + 1, found["text"])
    return True


def _quote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A quotation; ``> 5万元`` is a comparison."""
    return bool(_QUOTE.match(_line(state, line))) and blockquote(state, line, end, silent)


def _rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A rule of hyphens; stars and underscores are text."""
    if not _RULE.fullmatch(_line(state, line)):
        return False
    if not silent:
        state.line = line + 1
        state.push("hr", "hr", 0).map = [line, line + 1]
    return True


def _heading(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A heading with something behind its number signs."""
    return bool(_HEADING.match(_line(state, line))) and heading(state, line, end, silent)


def _html(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    return not NO_TAG.match(_line(state, line)) and html_block(state, line, end, silent)


def _list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    return _is_list(state, line) and list_block(state, line, end, silent)


def _is_list(state: StateBlock, line: int) -> bool:
    """Whether a line begins a list, or an item of the list around it."""
    item = _ITEM.match(_line(state, line))
    if not item or not _WORD.search(item["text"]):
        return False
    if item["mark"] == "*" and _is_starred(state, line):
        return False
    if state.sCount[line] < state.blkIndent and any(_follows(item, before) for before in _open_items(state)):
        return True
    if item["number"]:
        return item["number"] == "1" and not _is_taken_up_again(state, line)
    return not item["text"][0].isdigit() or _has_a_second(state, line, item["mark"])


def _open_items(state: StateBlock) -> list[Token]:
    """The items that are open, the innermost first."""
    items: list[Token] = []
    closed = 0
    for token in reversed(state.tokens):
        closed += token.type == "list_item_close"
        if token.type == "list_item_open":
            items += [] if closed else [token]
            closed -= bool(closed)
        # Around each open item is its list: two levels.
        if len(items) * 2 >= state.level:
            break
    return items


def _follows(item: re.Match[str], before: Token) -> bool:
    """Whether an item goes on from another one of its list: by the same sign, or by the next number."""
    return int(item["number"]) == int(before.info) + 1 if item["number"] and before.info else item["mark"] == before.markup


def _miscounted(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """End a list above an item that does not count on, or is no item: a list would print another number, or none."""
    if not silent:
        return False
    level = state.tokens[-1].level
    before = next(token for token in reversed(state.tokens) if token.type == "list_item_open" and token.level == level)
    item = _ITEM.match(_line(state, line))
    return not (item and _WORD.search(item["text"]) and _follows(item, before))


def _below(state: StateBlock, line: int) -> Iterator[tuple[str, bool]]:
    """The lines below an item that are not set in, as far as the item around it; whether each stands apart."""
    apart = False
    for below in range(line + 1, state.lineMax):
        if state.isEmpty(below):
            apart = True
        elif state.sCount[below] < state.blkIndent:
            return
        elif state.sCount[below] <= state.sCount[line] + 1:
            yield _line(state, below), apart or _begins(state, below)
            apart = False


def _has_a_second(state: StateBlock, line: int, mark: str) -> bool:
    for text, apart in _below(state, line):
        if (item := _ITEM.match(text)) and item["mark"] == mark:
            return True
        if apart:
            return False
    return False


def _is_taken_up_again(state: StateBlock, line: int) -> bool:
    """Whether numbered paragraphs go on below a paragraph without a number: then all of them are text, and look alike."""
    number, interrupted = 1, False
    for text, apart in _below(state, line):
        item = _ITEM.match(text)
        if item and item["number"]:
            if int(item["number"]) != number + 1:
                return False
            if interrupted:
                return True
            number += 1
        else:
            interrupted = interrupted or apart
    return False
