"""What differs between two reports, as report.json holds them: titles, cells, facts and paragraphs, in a reader's words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.checks.lastyear import bare
from nianbao.inputs.cells import NUMBER
from nianbao.reading import YUAN, converted
from nianbao.review.difference import How, What, compared, difference
from nianbao.review.leaps import leap
from nianbao.review.texts import texts
from nianbao.wording import UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.review.difference import Difference

Data = dict[str, Any]
Labels = tuple[str, ...]
_ABOUT = {
    "title": "标题", "number": "文号", "signature": "落款", "date": "成文日期", "editor": "责任编辑",
    "term": "政府信息的称谓",
}  # fmt: skip


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
        yield difference(What.LOOK, "印出的样子", before["printed"], after["printed"])


def _things(before: Data, after: Data) -> Iterator[Difference]:
    for key, name in _ABOUT.items():
        yield from compared(What.ABOUT, name, _about(before, key), _about(after, key))
    dated = ("标题下" if one["date_below_title"] else "落款处" for one in (before, after))
    yield from compared(What.ABOUT, "成文日期的位置", *dated)
    yield from compared(What.ABOUT, "机关名称", before["bureau"]["name"], after["bureau"]["name"])
    yield from compared(What.FORMAT, "格式", before["format"]["name"], after["format"]["name"])
    yield from _cells(before, after)
    yield from _tables(before, after)
    yield from _facts(before, after)
    yield from texts(before, after)


def _about(data: Data, key: str) -> str:
    why = data["unknown"].get(key, "")
    return f"{UNKNOWN}：{why}" if why else data[key] or ""


def _cells(before: Data, after: Data) -> Iterator[Difference]:
    """The cells of all tables; one that the other report has in another format is known by what it counts.

    Of a table in two formats, the cells that only one of them has are told together.
    """
    forms = [{one["id"]: _form(one) for one in data["tables"]} for data in (before, after)]
    names = {one["id"]: one["name"] for one in (*before["tables"], *after["tables"])}
    past, now = ({_key(one): one for one in data["cells"]} for data in (before, after))
    # Of two formats that name a column otherwise; a cell that both have by its whole name is that one.
    others = {(key[0], bare(key[1:])): key for key in past if key not in now}
    alone: dict[str, tuple[list[str], list[str]]] = {key: ([], []) for key in names}
    for key, cell in now.items():
        was = past.pop(key, None) or past.pop(others.get((key[0], bare(key[1:])), key), None)
        place = _place(names, key)
        if was is None and forms[0].get(key[0]) != forms[1][key[0]]:
            alone[key[0]][1].append(_stated(place, cell))
        else:
            change, far = _change(was, cell)
            yield from compared(What.CELL, place, _cell(was), _cell(cell), change, leap=far)
    for key, cell in past.items():
        if forms[0][key[0]] != forms[1].get(key[0]):
            alone[key[0]][0].append(_stated(_place(names, key), cell))
        else:
            yield from compared(What.CELL, _place(names, key), _cell(cell), "")
    for table, sides in alone.items():
        both = (_together(one.get(table, ""), stated) for one, stated in zip(forms, sides, strict=True))
        yield from compared(What.TABLE, f"{names[table]} 只有一方的格式有的行列", *both)


def _place(names: Mapping[str, str], key: tuple[str, Labels, Labels]) -> str:
    """What a reader calls a cell: its table, its row with the group that it stands in, and its column."""
    return f"{names[key[0]]} {' / '.join('·'.join(labels[-2:]) for labels in key[1:] if labels)}"


def _stated(place: str, cell: Mapping[str, Any]) -> str:
    """A cell with what it says; '' of one that says 0."""
    said = _cell(cell)
    return "" if said == "0" else f"{place.partition(' ')[2]} {said}"


def _together(form: str, stated: Sequence[str]) -> str:
    """How many cells only this format has, and those of them that do not say 0."""
    filled = "；".join(filter(None, stated))
    return f"{form}格式：{len(stated)}格" + (f"，其中不为0的：{filled}" if filled else "，都是0") if stated else ""


def _key(cell: Mapping[str, Any]) -> tuple[str, Labels, Labels]:
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


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, float]:
    """By how much a number has changed, with its sign, and how far it has leapt; '' where one is none or unitless."""
    if before is None or after is None or before["state"] != NUMBER or after["state"] != NUMBER:
        return "", 0.0
    values, units = [Decimal(str(one["value"])) for one in (before, after)], [before["unit"], after["unit"]]
    unit = units[1]
    if units[0] != units[1]:
        if not {*units} <= YUAN.keys():
            return "", 0.0
        values, unit = [converted(value, one, "元") for value, one in zip(values, units, strict=True)], "元"
    difference = values[1] - values[0]
    sums = [converted(value, unit, "万元") if unit in YUAN else value for value in values]
    return (f"{'+' if difference > 0 else ''}{number(difference)}{unit}", leap(*sums)) if difference else ("", 0.0)


def _tables(before: Data, after: Data) -> Iterator[Difference]:
    """What stands around each table: its name, its format, the notes below it, the headings that are printed as typed."""
    past, now = ({one["name"]: one for one in data["tables"]} for data in (before, after))
    for name in dict.fromkeys((*now, *past)):
        old, new = (_around(one) if one else {} for one in (past.get(name), now.get(name)))
        for what in dict.fromkeys((*new, *old)):
            yield from compared(What.TABLE, f"{name} {what}", old.get(what, ""), new.get(what, ""))
        was, is_ = (_typed(one["labels"]) if one else {} for one in (past.get(name), now.get(name)))
        for heading in dict.fromkeys((*is_, *was)):
            plain = heading.rpartition(" / ")[2].rpartition(" > ")[2]
            printed = (one.get(heading, plain) for one in (was, is_))
            yield from compared(What.TABLE, f"{name} 行名或栏名“{heading}”", *printed)


def _form(table: Data) -> str:
    """The format of a table, and those of its parts that have another."""
    return "；".join((table["format"], *(f"{part}：{form}" for part, form in table["parts"].items())))


def _around(table: Data) -> dict[str, str]:
    lines = {"表下的注": "\n".join(table["notes"]), "未印出的文字": "\n".join(table["left_out"])}
    return {"名称": table["caption"], "格式": _form(table), **lines}


def _typed(labels: Sequence[Data]) -> dict[str, str]:
    """The headings that are printed as typed, by the part of the table and the heading of the format."""
    return {" / ".join(filter(None, (one["part"], one["heading"]))): one["printed"] for one in labels}


def _facts(before: Data, after: Data) -> Iterator[Difference]:
    """The facts and their parts, by name."""
    past, now = ({name: one for fact in data["facts"] for name, one in _parts(fact)} for data in (before, after))
    for name in dict.fromkeys((*now, *past)):
        old, new = past.get(name), now.get(name)
        change, far = _change(old, new)
        yield from compared(What.FACT, f"事实“{name}”", _cell(old), _cell(new), change, leap=far)
        notes = ((one or {}).get("note", "") for one in (old, new))
        yield from compared(What.FACT, f"事实“{name}”的备注", *notes)


def _parts(fact: Data) -> Iterator[tuple[str, Data]]:
    """A fact, and each of its parts, with the fields of a cell."""
    yield fact["name"], fact | {"shown": None}
    for name, value in fact["parts"].items():
        state = fact["state"] if value is None else NUMBER
        yield f"{fact['name']}.{name}", fact | {"shown": None, "value": value, "state": state, "note": ""}
