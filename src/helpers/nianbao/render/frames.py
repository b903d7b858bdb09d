"""Tables that nianbao did not make, such as frames: numbers stand at the right of their column, words at the left."""

from __future__ import annotations

import re
from html import escape, unescape

from nianbao.render.styles import is_coloured
from nianbao.units import unit_of

# In clean HTML every row and cell is closed. A table with another one in it stays as it is.
TABLE = re.compile(r"<table\b([^>]*)>([^<]*(?:<(?!/?table\b)[^<]*)*)</table>")
_ROW = re.compile(r"(<tr\b[^>]*>)(.*?)</tr>", re.S)
_CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.S)
_HEAD = re.compile(r"<thead\b.*?</thead>", re.S)
_HINT = re.compile(r'#(T_\w+_row\d+_col\d+) \.pd-t::after \{\s*content: "(.*?)";\s*\}', re.S)
_CELL_ID = re.compile(r'<td id="(T_\w+)"')
_BLANK_HEAD = re.compile(r"<th\b([^>]*)>((?:\s|&nbsp;)*)</th>")
_BLANK = re.compile(r"(?:\s|&nbsp;)*")
_SCOPE = re.compile(r' scope="\w*"')
_FOR_HEADS = re.compile(r"<style[^>]*>([^<]*(?<![-\w.#])th\b[^<]*)")
_SPAN = re.compile(r'\b(col|row)span="([0-9]{1,9})"')
_CLASS = re.compile(r' class="([^"]*)"')
_STYLE = re.compile(r'^<\w+\b[^>]*? style="')
_SIDE = re.compile(r"text-align:\s*(left|right|center)")
_NUMBER = re.compile(
    r"[<>≤≥≈~]?\s?\(?[-+−]?\s?[¥￥$€£]?\s?"
    r"(?:\d{1,3}(?:[,\u2009\u202f ]\d{3})+|\d+)?(?:\.\d*)?(?:(?<=\d)|(?<=\d\.))(?:[eE][-+]?\d+)?"
    r"\s?(?:[%‰％]|[万亿]?元|[万亿])?\)?|[-+−]?inf"
)
# Numbers that name something and count nothing, unless a measure stands behind: 接听电话（次）.
_NAMING = re.compile(r"(?:编码|代码|编号|区划|邮编|电话|手机|账号)(?:[（(][^（()）]*[）)])?$")
_ZEROS = re.compile(r"0\d")
# What stands where there is no number.
_NONE = {"", "nan", "none", "nat", "<na>", "null", "n/a", "-", "–", "—", "…", "...", "⋮", "未知", "不适用", "/"}
_MOST = 1_000_000  # places that are counted in a table, row by row; a larger one keeps all at the left

Placed = tuple[re.Match[str], int, int]  # a cell, the column where it begins, how many it takes


def with_style(html: str, style: str) -> str:
    """Clean HTML whose first tag has one more style; its own style counts where both say something."""
    if not style:
        return html
    styled = _STYLE.sub(rf"\g<0>{style}; ", html, count=1)
    return styled if styled != html else re.sub(r"^<\w+[^>]*", rf'\g<0> style="{style}"', html, count=1)


def hinted(html: str) -> str:
    """HTML whose cells have their tooltips (``Styler.set_tooltips``) as titles: pandas writes them into its style sheet."""
    texts = {cell: escape(text) for cell, text in _HINT.findall(html)} if ".pd-t::after" in html else {}
    return (
        _CELL_ID.sub(lambda cell: f'{cell[0]} title="{texts[cell[1]]}"' if cell[1] in texts else cell[0], html)
        if texts
        else html
    )


def without_blank_heads(html: str) -> str:
    """Clean HTML whose headings without a word, which head nothing, are plain cells; none where a sheet colours headings."""
    if any(map(is_coloured, _FOR_HEADS.findall(html))):
        return html
    return _BLANK_HEAD.sub(lambda head: f"<td{_SCOPE.sub('', head[1])}>{head[2]}</td>", html)


def aligned(html: str) -> str:
    """Clean HTML whose tables are of the class ``frame``, and in these the cells of columns of numbers of the class ``num``.

    The names of a frame's index stand in the row of its columns' names. A table's ``data-sides`` has a letter for each
    column: l, r or c, also where its own style says so. The PDF goes by it.
    """
    return TABLE.sub(_aligned, html) if "<table" in html else html


def _aligned(table: re.Match[str]) -> str:
    attributes, inside = table.groups()
    inside = _HEAD.sub(lambda head: _with_index_names(head[0]), inside, count=1)
    head = _HEAD.search(inside)
    rows = rows_of(inside)
    columns = max((begin + across for row in rows for _, begin, across in row), default=0)
    below = head.end() if head else 0
    data = [row for row in rows if row and row[0][0].start() >= below and any(one[1] == "td" for one, *_ in row)]
    sides = _sides(data, columns, _codes([row for row in rows if row and row[0][0].start() < below]))
    numbers = {cell.start() for row in rows for cell, at, across in row if across == 1 and sides[at] == "r"}

    def with_side(cell: re.Match[str]) -> str:
        if cell.start() not in numbers or _SIDE.search(cell[2]):
            return cell[0]
        return f"<{cell[1]}{_with_class(cell[2], 'num')}>{cell[3]}</{cell[1]}>"

    return f'<table{_with_class(attributes, "frame")} data-sides="{"".join(sides)}">{_CELL.sub(with_side, inside)}</table>'


def _with_index_names(head: str) -> str:
    """A head in which the names of the index stand in the empty cells above them: pandas gives them a row of their own."""
    rows = list(_ROW.finditer(head))
    if len(rows) < 2:
        return head
    upper, lower = (list(_CELL.finditer(head, row.end(1), row.end())) for row in rows[-2:])
    named = next((at for at, cell in enumerate(lower) if _BLANK.fullmatch(cell[3])), 0)
    blank = [*lower[named:], *upper[:named]]
    spans = any(_SPAN.search(cell[2]) for cell in (*lower, *upper[:named])) or "rowspan" in head
    if not named or spans or not all(_BLANK.fullmatch(cell[3]) for cell in blank):
        return head
    names = "".join(cell[0] for cell in lower[:named])
    return head[: upper[0].start()] + names + head[upper[named - 1].end() : rows[-1].start()] + head[rows[-1].end() :]


def rows_of(inside: str) -> list[list[Placed]]:
    """The rows with the places of their cells, of which some lie below a cell of several rows; none of a huge table."""
    free: dict[int, int] = {}  # the row in which a column is free again
    rows: list[list[Placed]] = []
    counted = 0
    for number, row in enumerate(_ROW.finditer(inside)):
        at = 0
        rows.append([])
        for cell in _CELL.finditer(inside, row.end(1), row.end()):
            spans = {side: int(count) for side, count in _SPAN.findall(cell[2])}
            while free.get(at, 0) > number:
                at += 1
            across = min(max(spans.get("col", 1), 1), 1000)  # as in a browser
            if (along := spans.get("row", 1)) > 1:
                free |= dict.fromkeys(range(at, at + across), number + along)
            rows[-1].append((cell, at, across))
            at += across
        counted += at
        if counted > _MOST:
            return []
    return rows


def _codes(heads: list[list[Placed]]) -> set[int]:
    """The columns whose name says that their numbers are codes."""
    cells = ((_said(cell), at) for row in heads for cell, at, across in row if across == 1)
    return {at for text, at in cells if _NAMING.search(text) and not unit_of(text)}


def _said(cell: re.Match[str]) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", "", cell[3])).split())


def _sides(rows: list[list[Placed]], columns: int, codes: set[int]) -> list[str]:
    texts: list[list[str]] = [[] for _ in range(columns)]
    told: dict[int, str] = {}
    for row in rows:
        for cell, at, across in row:
            if across == 1:
                texts[at].append(_said(cell))
                if own := _SIDE.search(cell[2]):
                    told.setdefault(at, own[1][0])
    counts = [at not in codes and _are_numbers(column) for at, column in enumerate(texts)]
    return [told.get(at) or ("r" if counted else "l") for at, counted in enumerate(counts)]


def _are_numbers(texts: list[str]) -> bool:
    said = [text for text in texts if text.lower() not in _NONE]
    return bool(said) and all(map(_NUMBER.fullmatch, said)) and not any(map(_ZEROS.match, said))


def _with_class(attributes: str, name: str) -> str:
    if _CLASS.search(attributes):
        return _CLASS.sub(rf' class="{name} \1"', attributes, count=1)
    return f'{attributes} class="{name}"'
