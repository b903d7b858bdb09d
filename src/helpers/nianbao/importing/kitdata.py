"""report.json → its flow: what the page shows, and its tables cell by cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import markdown, reading
from nianbao.importing.flow import Flow, Paragraph, Unreadable
from nianbao.importing.html import webpage
from nianbao.importing.rectangles import Cell, set_out
from nianbao.inputs.placing import place
from nianbao.narrative.headings import PREAMBLE
from nianbao.statute.formats import LOCAL
from nianbao.statute.tree import Node, repeated
from nianbao.wording import UNKNOWN, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.flow import Block, Grid
    from nianbao.inputs.sheets import Facts
    from nianbao.statute.formats import Library
    from nianbao.statute.tree import Table

KEYS = {"schema", "title", "narrative", "tables", "cells"}


def read(data: dict[str, Any], library: Library) -> Flow:
    """The flow of a report.json.

    Raises
    ------
    Unreadable
        When a table is in a format that the library does not have.
    KeyError, TypeError, AttributeError, ValueError
        When it is not as the kit writes it.
    """
    blocks: list[Block] = [Paragraph(data["title"], "标题", 1)]
    if data["number"]:
        blocks.append(Paragraph(data["number"], "文号"))
    tables = {one["id"]: one for one in data["tables"]}
    for key in (key for one in tables.values() for key in (one["format"], *one["parts"].values())):
        if key not in library.formats:
            raise Unreadable(f"报告用的是格式 {key}，这里没有", f"params/{LOCAL}/{key}.yaml", "先把这种格式的文件放进去")
    for part in data["narrative"]:
        place = part["heading"] or PREAMBLE
        blocks += [Paragraph(part["heading"], place, 2)] * bool(part["heading"])
        blocks += _passage(part, place, [_grid(tables[key], data["cells"], library) for key in part["tables"]])
    blocks += [Paragraph(data["signature"], "落款")] * bool(data["signature"])
    blocks += [Paragraph(day(reading.day(data["date"])), "成文日期")] * bool(data["date"])
    why = data.get("unknown", {}).get("editor", "")
    if editor := data["editor"] or (f"{UNKNOWN}：{why}" if why else ""):
        editor = editor if "编辑" in editor else f"责任编辑：{editor}"
        blocks.append(Paragraph(editor, "责任编辑"))
    return Flow("report.json", tuple(blocks), facts=_facts(data["facts"]), said=tuple(_sources(data["narrative"])))


def _passage(part: dict[str, Any], place: str, tables: list[Grid]) -> Iterator[Block]:
    """The paragraphs and tables of a passage, each statutory one where it stands, or at the end where no place is said."""
    text = part["text"]
    where = part.get("table_places", [len(text)] * len(tables))
    if len(where) != len(tables):
        raise ValueError(where)
    pages = [_html(text[begin:end]).encode() for begin, end in pairwise([0, *where, len(text)])]
    page = b"".join(pages)
    blocks = [replace(one, place=f"{place} {one.place}") for one in (webpage.read(page).blocks if page else ())]
    begin = 0
    for above, table in zip(pages, tables, strict=False):
        end = begin + len(webpage.read(above).blocks if above else ())
        yield from (*blocks[begin:end], table)
        begin = end
    yield from blocks[begin:]


def _html(text: str) -> str:
    return markdown.to_html(text, "report.json", 1, Path())[0]


def _facts(facts: list[dict[str, Any]]) -> Facts:
    """The facts, in rows as a form has them: a part behind its whole, under the name of both."""
    rows = []
    for one in facts:
        value = _digits(one["value"]) or (f"{UNKNOWN}：{one['reason']}" if one["reason"] else "")
        rows.append([one["name"], value, one["unit"], one["note"]])
        rows += [[f"{one['name']}.{part}", _digits(value), "", ""] for part, value in one["parts"].items()]
    return {("facts", number): row for number, row in enumerate(rows, 1)}


def _digits(value: int | str | None) -> str:
    return "" if value is None else str(value)


def _sources(narrative: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Each number that a placeholder has printed, with its source: it is taken as a number, which no data move any more."""
    for part in narrative:
        for one in part["values"] if part["own"] else ():
            said = f"印自 {one['source']}，现在是写死的数字；要随数据变的，改成占位符"
            yield part["heading"] or PREAMBLE, one["text"], said


def _grid(about: dict[str, Any], cells: list[dict[str, Any]], library: Library) -> Grid:
    """A table as a rectangle, laid out as the official form."""
    forms = library.formats
    table = forms[about["format"]].tables[about["id"]]
    others = {title: forms[key].tables[about["id"]] for title, key in about["parts"].items()}
    parts = [next((one for one in others[part.title].parts if one.title == part.title), part) if part.title in others
             else part for part in table.parts]  # fmt: skip
    own = [one for one in cells if one["table"] == about["id"]]
    table = _as_written(replace(table, parts=tuple(parts)), own)
    values = {(_labels(one["row"]), _labels(one["column"])): _text(one) for one in own}
    typed = {(one["part"], *_labels(one["heading"])): one["printed"] for one in about["labels"]}
    rows = [*place(table, typed=typed).rows(values), *([note] for note in about["notes"])]
    return set_out([[Cell(cell) for cell in row] for row in rows], about["name"])


def _as_written(table: Table, cells: list[dict[str, Any]]) -> Table:
    """The table with its rows that stand several times, and with local ones in the part before whose next one they stand."""
    rows = list(dict.fromkeys(_labels(one["row"]) for one in cells))
    times = Counter(row[0] for row in rows if len(row) > 1 and row[1].startswith("第"))
    parts = []
    for part in table.parts:
        made = replace(part, rows=repeated(part.rows, times))
        last = made.row_chains[-1]
        at = rows.index(tuple(node.label for node in last)) + 1 if last else len(rows)
        known = {node.label for one in table.parts for chain in one.row_chains for node in chain}
        extra = []
        while at < len(rows) and rows[at] and rows[at][0] not in known:
            extra.append(rows[at][0])
            at += 1
        parts.append(replace(made, rows=(*made.rows, *(Node(label) for label in extra))))
    return replace(table, parts=tuple(parts))


def _labels(path: str) -> tuple[str, ...]:
    return tuple(path.split(" > ")) if path else ()


def _text(cell: dict[str, Any]) -> str:
    if cell["shown"]:
        return str(cell["shown"])
    if cell["state"] == UNKNOWN:
        return f"{UNKNOWN}：{cell['reason']}"
    return f"{cell['value']}{cell['unit']}" if cell["value"] is not None else cell["state"]
