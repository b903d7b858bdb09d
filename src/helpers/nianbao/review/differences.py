"""What differs between two reports, as report.json holds them: titles, cells, facts and paragraphs, in a reader's words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.checks.lastyear import bare
from nianbao.inputs.cells import NUMBER, place_in
from nianbao.reading import YUAN, converted
from nianbao.review.changedwords import are_numbers_only, changes, marked, paired, paragraphs
from nianbao.state import Word
from nianbao.wording import UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.review.changedwords import Pair

Data = dict[str, Any]
_ABOUT = {
    "title": "标题", "number": "文号", "signature": "落款", "date": "成文日期", "editor": "责任编辑",
    "term": "政府信息的称谓",
}  # fmt: skip


class How(Word):
    """How a thing differs; programs compare the member or its `code`."""

    CHANGED = "改"
    NUMBERS = "只改数字"
    """A paragraph that is the same but for its numbers."""
    ADDED = "增"
    REMOVED = "删"
    SAME = "相同"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two reports, or that is the same in both.

    Parameters
    ----------
    kind : str
        about, format, table, cell, fact, order, heading, paragraph, look or file.
    place : str
        What a reader calls it: ``表三 一、本年新收政府信息公开申请数量 / 总计``, ``五、… 第2段``.
    before, after : str
        What stood there and what stands there; '' for nothing. Of a look the SHA-256 of what is printed.
    how : How
    change : str
        By how much a number has changed: ``+3``; of money in its unit, or in 元 where the units differ.
    """

    kind: str
    place: str
    before: str
    after: str
    how: How
    change: str = ""

    @property
    def words(self) -> list[tuple[str, str]]:
        """What was taken out of a paragraph and what was put in its place."""
        return [(was, now) for was, now, is_same in changes(self.before, self.after) if not is_same]

    def __str__(self) -> str:
        """One line: ``表三 … / 总计：34 → 37（+3）``; of a paragraph the words that have changed."""
        if self.how is How.SAME:
            return f"{self.place}：{How.SAME.value}：{self.after}"
        if self.kind == "look":
            return f"{self.place}：文字和数逐项相同，排法有变"
        if self.kind in {"paragraph", "heading"}:
            return f"{self.place}：{marked(changes(self.before, self.after))}"
        change = f"（{self.change}）" if self.change else ""
        return f"{self.place}：{self.before or '（无）'} → {self.after or '（无）'}{change}"

    def to_json(self) -> dict[str, Any]:
        """The difference as JSON values."""
        about = {"kind": self.kind, "place": self.place, "how": self.how.code}
        words = [{"before": was, "after": now} for was, now in self.words] if self.kind == "paragraph" else []
        return {**about, "before": self.before, "after": self.after, "change": self.change, "words": words}


def between(before: Data, after: Data) -> Iterator[Difference]:
    """All that a reader sees in one report and in the other, in reading order, also what is the same in both.

    Where each thing is the same and the page is another one, its look is the difference. Both are as `ReportData.to_json`
    gives them.
    """
    is_same = True
    for one in _things(before, after):
        is_same = is_same and one.how is How.SAME
        yield one
    if is_same and before["printed"] != after["printed"]:
        yield difference("look", "印出的样子", before["printed"], after["printed"])


def _things(before: Data, after: Data) -> Iterator[Difference]:
    for key, name in _ABOUT.items():
        yield from _compared("about", name, _about(before, key), _about(after, key))
    dated = ("标题下" if one["date_below_title"] else "落款处" for one in (before, after))
    yield from _compared("about", "成文日期的位置", *dated)
    yield from _compared("about", "机关名称", before["bureau"]["name"], after["bureau"]["name"])
    yield from _compared("format", "格式", before["format"]["name"], after["format"]["name"])
    yield from _cells(before, after)
    yield from _tables(before, after)
    yield from _facts(before, after)
    yield from _texts(before, after)


def difference(kind: str, place: str, before: str, after: str, change: str = "") -> Difference:
    """One thing that stands in both reports, or in one of them."""
    how = How.SAME if before == after else How.CHANGED if before and after else How.ADDED if after else How.REMOVED
    return Difference(kind, place, before, after, how, change)


def _compared(kind: str, place: str, before: str, after: str, change: str = "") -> Iterator[Difference]:
    """One thing in both reports; nothing where neither has it."""
    if before or after:
        yield difference(kind, place, before, after, change)


def _about(data: Data, key: str) -> str:
    why = data["unknown"].get(key, "")
    return f"{UNKNOWN}：{why}" if why else data[key] or ""


def _cells(before: Data, after: Data) -> Iterator[Difference]:
    """The cells of all tables; one that the other report has in another format is known by what it counts."""
    names = {one["id"]: one["name"] for one in (*before["tables"], *after["tables"])}
    keyed = [{_key(one): one for one in data["cells"]} for data in (before, after)]
    past, now = keyed
    # Of two formats that name a column otherwise; a cell that both have by its whole name is that one.
    others = {(key[0], bare(key[1:])): key for key in past if key not in now}
    for key, cell in now.items():
        was = past.pop(key, None) or past.pop(others.get((key[0], bare(key[1:])), key), None)
        place = place_in(names[key[0]], *key[1:])
        yield from _compared("cell", place, _cell(was), _cell(cell), _change(was, cell))
    for key, cell in past.items():
        yield from _compared("cell", place_in(names[key[0]], *key[1:]), _cell(cell), "")


def _key(cell: Mapping[str, Any]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    row, column = (tuple(cell[name].split(" > ")) if cell[name] else () for name in ("row", "column"))
    return cell["table"], row, column


def _cell(cell: Mapping[str, Any] | None) -> str:
    """What a cell says: its number or state, and what is printed in its place."""
    if cell is None:
        return ""
    plain = f"{cell['value']}{cell['unit']}" if cell["value"] is not None else cell["state"]
    plain += f"：{cell['reason']}" if cell["reason"] else ""
    shown = cell["shown"]
    return plain if shown in {None, plain} else f"{shown}（{plain}）"


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """By how much a number has changed, with its sign; '' where one of both is none, or has no unit."""
    if before is None or before["state"] != NUMBER or after["state"] != NUMBER:
        return ""
    values, units = [Decimal(str(one["value"])) for one in (before, after)], [before["unit"], after["unit"]]
    unit = units[1]
    if units[0] != units[1]:
        if not {*units} <= YUAN.keys():
            return ""
        values, unit = [converted(value, one, "元") for value, one in zip(values, units, strict=True)], "元"
    difference = values[1] - values[0]
    return f"{'+' if difference > 0 else ''}{number(difference)}{unit}" if difference else ""


def _tables(before: Data, after: Data) -> Iterator[Difference]:
    """What stands around each table: its name, its format, the notes below it, the headings that are printed as typed."""
    past, now = ({one["name"]: _around(one) for one in data["tables"]} for data in (before, after))
    for name in dict.fromkeys((*now, *past)):
        old, new = past.get(name, {}), now.get(name, {})
        for what in dict.fromkeys((*new, *old)):
            yield from _compared("table", f"{name} {what}", old.get(what, ""), new.get(what, ""))


def _around(table: Data) -> dict[str, str]:
    headings = (" / ".join(filter(None, (one["part"], one["heading"]))) for one in table["labels"])
    typed = {f"行名或栏名“{heading}”": one["printed"] for heading, one in zip(headings, table["labels"], strict=True)}
    formats = "；".join((table["format"], *(f"{part}：{form}" for part, form in table["parts"].items())))
    lines = {"表下的注": "\n".join(table["notes"]), "未印出的行": "\n".join(table["left_out"])}
    return {"名称": table["caption"], "格式": formats, **lines, **typed}


def _facts(before: Data, after: Data) -> Iterator[Difference]:
    """The facts and their parts, by name."""
    past, now = ({name: one for fact in data["facts"] for name, one in _parts(fact)} for data in (before, after))
    for name in dict.fromkeys((*now, *past)):
        old, new = past.get(name), now.get(name)
        yield from _compared("fact", f"事实“{name}”", _cell(old), _cell(new), _change(old, new) if new else "")
        notes = ((one or {}).get("note", "") for one in (old, new))
        yield from _compared("fact", f"事实“{name}”的备注", *notes)


def _parts(fact: Data) -> Iterator[tuple[str, Data]]:
    """A fact, and each of its parts, with the fields of a cell."""
    yield fact["name"], fact | {"shown": None}
    for name, value in fact["parts"].items():
        state = fact["state"] if value is None else NUMBER
        yield f"{fact['name']}.{name}", fact | {"shown": None, "value": value, "state": state, "note": ""}


def _texts(before: Data, after: Data) -> Iterator[Difference]:
    """The order of the chapters, their headings, tables and paragraphs, and those of attachments."""
    past, now = _passages(before), _passages(after)
    common = [[key for key in some if key in other] for some, other in ((past, now), (now, past))]
    if common[0] != common[1]:
        orders = ("、".join(some[key]["heading"] for key in keys) for some, keys in zip((past, now), common, strict=True))
        yield from _compared("order", "章节的顺序", *orders)
    names = {one["id"]: one["name"] for one in (*before["tables"], *after["tables"])}
    nothing = {"heading": "", "text": "", "tables": []}
    for key in dict.fromkeys((*now, *past)):
        old, new = past.get(key, nothing), now.get(key, nothing)
        place = new["heading"] or old["heading"] or "引言"
        yield from _compared("heading", "章节标题", old["heading"], new["heading"])
        tables = ("、".join(names[table] for table in one["tables"]) for one in (old, new))
        yield from _compared("table", f"{place} 放的表", *tables)
        pairs = list(paired(paragraphs(old["text"]), paragraphs(new["text"])))
        for table in new["tables"]:
            if table in old["tables"]:
                yield from _compared("table", f"{place} {names[table]}的位置", *_places(table, old, new, pairs))
        yield from _paragraphs(place, old["text"], new["text"], pairs)


def _passages(data: Data) -> dict[tuple[str, str, int], Data]:
    """The pieces of a text by what they are: a chapter by its numeral, however it is worded."""
    found: dict[tuple[str, str, int], Data] = {}
    for one in data["narrative"]:
        numeral, mark, _ = one["heading"].partition("、")
        name = numeral if mark and one["kind"] == "chapter" else one["heading"]
        times = sum(key[:2] == (one["kind"], name) for key in found)
        found[one["kind"], name, times] = one
    return found


def _places(table: str, before: Data, after: Data, pairs: Sequence[Pair]) -> tuple[str, str]:
    """Behind which paragraph a table stands in both; the same where all that both have stands on the same side of it."""
    was, now = (len(paragraphs(one["text"][: one["table_places"][one["tables"].index(table)]])) for one in (before, after))
    is_moved = any(i is not None and j is not None and (i < was) != (j < now) for i, j in pairs)
    old, new = (f"第{at}段之后" if at else "正文之前" for at in (was, now))
    return (old if is_moved else new), new


def _paragraphs(place: str, before: str, after: str, pairs: Sequence[Pair]) -> Iterator[Difference]:
    old, new = paragraphs(before), paragraphs(after)
    for i, j in pairs:
        was, now = "" if i is None else old[i], "" if j is None else new[j]
        where = f"{place} 第{j + 1}段" if j is not None else f"{place} 原第{(i or 0) + 1}段"
        for one in _compared("paragraph", where, was, now):
            yield replace(one, how=How.NUMBERS) if was and now and are_numbers_only(was, now) else one
