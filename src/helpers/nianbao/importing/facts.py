"""The facts of a form → report.yaml, in which all that a person has written stays."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao import yamlgaps, yamlkey
from nianbao.inputs.cells import unread
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.counted import number_of, with_unit
from nianbao.inputs.facts import facts_of
from nianbao.inputs.sources import Form
from nianbao.reading import plain
from nianbao.wording import UNFILLED
from nianbao.yamlfile import YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from nianbao.importing.imported import Imported
    from nianbao.inputs.report import Fact
    from nianbao.inputs.sheets import Facts

UNREAD = "下列事实读不准，没有填：对照原件填上"
OTHERWISE = "report.yaml 里的事实与填报表不同，没有改：核对"
BY_HAND = "下列事实没有取用：照抄进 report.yaml 的 facts"
WHOLELESS = "下列分项没有总数的那一行，没有取用：补进 report.yaml 里那个事实的 parts，或补上总数的行再导入一次"
_HEAD = re.compile(r"(facts:)(?:[ \t]*\{[ \t]*\}|[ \t]*(?:~|null))?([ \t]*(?:#.*)?)")


class Met(NamedTuple):
    """A fact of a form beside that of report.yaml: what this has blank, and what it has otherwise."""

    gaps: Mapping[str, Any]
    differing: tuple[str, ...] = ()


def under_wholes(given: Facts) -> Facts:
    """The facts of a form, each 总数.分项 behind the row of its whole, which may stand below it or in another copy."""
    names = {row[0] for row in given.values()} - {""}
    parts: dict[str, Facts] = {}
    for place, row in given.items():
        if (whole := _parted(row[0])[0]) in names:
            parts.setdefault(whole, {})[place] = row
    moved = {place for some in parts.values() for place in some}
    made: Facts = {}
    for place, row in given.items():
        if place not in moved:
            made |= {place: row} | parts.pop(row[0], {})
    return made


def written(text: str, given: Facts, into: Imported) -> str:
    """The text of report.yaml with the facts that it does not have yet, and those that it has blank.

    What a person has written there stays; what a form says otherwise, and what cannot be written, is asked about.

    Parameters
    ----------
    given : dict
        As `Flow.facts`.
    """
    file = read_yaml(Path("report.yaml"), read=lambda _: text.encode())
    there = file.data.get("facts") or {}
    is_readable = not file.faults and isinstance(there, dict)
    facts = _of_form(under_wholes(given), there if is_readable else {}, into)
    if not is_readable:
        return _by_hand(text, facts, into)
    met = {name: _met(there[name], fact) if name in there else Met(fact) for name, fact in facts.items()}
    for name in (name for name, one in met.items() if one.differing):
        there_said, given_said = "、".join(met[name].differing), yamlgaps.in_line({name: facts[name]})
        into.ask_once(OTHERWISE, f"{name}：report.yaml {there_said}；填报表 {given_said}")
    gaps = {name: one.gaps for name, one in met.items() if one.gaps or name not in there}
    if not gaps:
        return text
    made = yamlgaps.filled(text, {"facts": gaps}) if there else _begun(text, gaps)
    is_proved = yamlkey.is_only("facts", text, made) and yamlkey.said(made)["facts"] == _joined(there, gaps)
    return made if is_proved else _by_hand(text, {name: facts[name] for name in gaps}, into)


def _of_form(given: Facts, there: Mapping[str, Any], into: Imported) -> dict[str, dict[str, Any]]:
    """The facts of a form by name, as report.yaml would have them: a part of a fact that only report.yaml has is that one's.

    What cannot be read is asked about, and so is a part without a whole; what was read is listed.
    """
    found, faults, _, notes = facts_of(ReportParams.model_validate({}), YamlFile(""), [Form("填报表", facts=given)])
    for fault in faults:
        into.ask(UNREAD, f"{fault.place}（{fault.source}）：{fault.found}")
    into.said += [(f"“{sheet}”第{number}行", " ".join(filter(None, row)), "事实") for (sheet, number), row in given.items()]
    into.said += [(str(note.source), note.found, f"{note.place}：{note.title}") for note in notes]
    made: dict[str, dict[str, Any]] = {}
    names = {row[0] for row in given.values()} - {""}
    for (sheet, number), (name, value, unit, *_) in given.items():
        whole, part = _parted(name)
        if not name or unread(name)[1] or whole in names:
            continue
        fact = found.get(name)
        if not part or name in there:
            blank = {"value": None} | ({"unit": unit} if unit and not unread(unit)[1] else {})
            made.setdefault(name, _tree(fact) if fact else blank)
        elif whole in there and fact:
            _take_part(made, whole, part, _tree(fact))
        elif value and fact:
            into.ask_once(WHOLELESS, f"“{sheet}”第{number}行：{name} {value}{unit}", f"{name} {value}{unit}")
    return made


def _parted(name: str) -> tuple[str, str]:
    """总数.分项 as the names of both; two blanks for any other name."""
    whole, _, part = name.partition(".")
    return (whole, part) if whole and part else ("", "")


def _take_part(made: dict[str, dict[str, Any]], whole: str, part: str, fact: Mapping[str, Any]) -> None:
    """Add a part to what a form says of a fact whose whole only report.yaml has."""
    known = made.setdefault(whole, {"value": None, "parts": {}})
    known["parts"][part] = fact["value"]
    known |= {"unit": fact["unit"]} if "unit" in fact else {}
    if note := fact.get("source"):
        known["source"] = "；".join(filter(None, [known.get("source"), f"{part}：{note}"]))


def _tree(fact: Fact) -> dict[str, Any]:
    """A fact as report.yaml has it: its texts by key, without those that are blank but for the value."""
    value = f"未知：{fact.reason}" if fact.reason else _text(fact.value)
    parts = {name: _text(one) for name, one in fact.parts.items()}
    rest = {"unit": fact.unit, "parts": parts, "source": fact.note}
    return {"value": value} | {key: one for key, one in rest.items() if one}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _met(there: Any, fact: Mapping[str, Any]) -> Met:
    """What a form fills in of a fact of report.yaml, and what stands there otherwise.

    Where a number or its unit is otherwise, nothing is filled in: what the form gives belongs together.
    """
    numbers = {key: one for key, one in fact.items() if key not in {"unit", "source"}}
    has_number = any(one is not None for one in (numbers.get("value"), *numbers.get("parts", {}).values()))
    if there is None:
        return Met(fact)
    if not isinstance(there, dict):
        return Met({}, (f"“{there}”",) if has_number else ())
    own, unit, gaps = with_unit(there), fact.get("unit"), dict[str, Any]()
    differing = [f"{what}“{said}”" for what, said in _compared(own, numbers, gaps)]
    if has_number and unit and own.get("unit") and not _is_same(own["unit"], unit):
        differing.append(f"单位“{own['unit']}”")
    if differing:
        return Met({}, tuple(differing))
    gaps |= {"unit": unit} if "value" in gaps and unit and not own.get("unit") else {}
    note, source = fact.get("source"), own.get("source")
    is_said = not note or (isinstance(source, str) and _items(note) <= _items(source))
    gaps |= {"source": note} if source is None and note else {}
    return Met(gaps, () if is_said or source is None else (f"来源“{source}”",))


def _compared(own: Mapping[str, Any], given: Mapping[str, Any], gaps: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Fill in what is blank; yield what is there otherwise, by its name."""
    for key, said in given.items():
        there = own.get(key)
        if isinstance(said, dict) and isinstance(there, dict):
            blank: dict[str, Any] = {}
            yield from ((f"分项{part}", one) for part, one in _compared(there, said, blank))
            gaps |= {key: blank} if blank else {}
        elif said and (there is None or there == UNFILLED):
            gaps[key] = said
        elif said and not _is_same(there, said):
            yield {"value": "数值", "parts": "分项"}.get(key, key), there


def _is_same(there: Any, given: Any) -> bool:
    """Whether two texts are one number, or the same words."""
    if (number := number_of(given)) is not None:
        return number_of(there) == number
    return plain(str(there)) == plain(str(given))


def _items(note: str) -> set[str]:
    return {plain(one) for one in re.split("[；;]", note)}


def _joined(there: Any, gaps: Any) -> Any:
    """What report.yaml says with its gaps filled in."""
    if not isinstance(gaps, dict):
        return gaps
    own = there if isinstance(there, dict) else {}
    return {**own, **{key: _joined(own.get(key), one) for key, one in gaps.items()}}


def _by_hand(text: str, facts: Mapping[str, Mapping[str, Any]], into: Imported) -> str:
    """Ask about facts that cannot be written into a text, which stays as it is."""
    for name, one in facts.items():
        into.ask_once(BY_HAND, yamlgaps.in_line({name: one}))
    return text


def _begun(text: str, facts: Mapping[str, Any]) -> str:
    """The text with the first facts, below the line ``facts:``, or where `nianbao new` shows how they are written."""
    lines = text.split("\n")
    fresh = [f"  {yamlgaps.in_line({name: one})}" for name, one in facts.items()]
    head = next(((number, found) for number, line in enumerate(lines) if (found := _HEAD.fullmatch(line))), None)
    if head:
        lines[head[0] : head[0] + 1] = [head[1][1] + head[1][2], *fresh]
    else:
        end = len(lines) if lines[-1] else len(lines) - 1
        example = next((number for number, line in enumerate(lines) if line.startswith("#facts:")), end)
        lines[example:example] = ["facts:", *fresh]
    return "\n".join(lines)
