"""The facts of a form → report.yaml, in which all else stays as it is."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import yamlkey
from nianbao.inputs.cells import unread
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.facts import facts_of
from nianbao.inputs.sources import Form
from nianbao.yamlfile import YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.importing.imported import Imported
    from nianbao.inputs.report import Fact
    from nianbao.inputs.sheets import Facts

UNREAD = "下列事实读不准，没有填：对照原件填上"
OTHERWISE = "report.yaml 里的事实与填报表不同，没有改：核对"
BY_HAND = "下列事实没有取用：照抄进 report.yaml 的 facts"
_KEYS = {"value", "unit", "parts", "source"}  # of a fact
_HEAD = re.compile(r"(facts:)(?:[ \t]*\{[ \t]*\})?([ \t]*(?:#.*)?)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")  # which is read as it is written
# What stands on the line of a fact whose value nobody has filled in, as `nianbao new` lays it out, and what is noted there.
_STILL_BLANK = re.compile(r"[^:]+: *\{value: *(?:,.*)?\}( *(?:#.*)?)")


def written(text: str, given: Facts, into: Imported) -> str:
    """The text of report.yaml with the facts that it does not have yet; what cannot be written is asked about.

    Parameters
    ----------
    given : dict
        As `Flow.facts`.
    """
    found, faults, _, notes = facts_of(ReportParams.model_validate({}), YamlFile(""), [Form("填报表", facts=given)])
    for fault in faults:
        into.ask(UNREAD, f"{fault.place}（{fault.source}）：{fault.found}")
    into.said += [(f"“{sheet}”第{number}行", " ".join(filter(None, row)), "事实") for (sheet, number), row in given.items()]
    into.said += [(str(note.source), note.found, f"{note.place}：{note.title}") for note in notes]
    named = [row for row in given.values() if row[0] and not unread(row[0])[1]]
    units = {name: unit if unit and not unread(unit)[1] else "" for name, _, unit, *_ in named}
    blank = {name: f"{{value: , unit: {_quoted(unit)}}}" if unit else "{value: }" for name, unit in units.items()}
    flow = {name: _flow(found[name]) if name in found else blank[name] for name in (*found, *blank)}
    wholes = {name.partition(".")[0] for name in blank if name.partition(".")[0] in blank}
    flow = {
        name: one for name, one in flow.items() if name in found or "." not in name or name.partition(".")[0] not in wholes
    }
    file = read_yaml(Path("report.yaml"), read=lambda _: text.encode())
    there = file.data.get("facts") or {}
    if file.faults or not isinstance(there, dict):
        return _by_hand(text, flow, into)
    lines = text.split("\n")
    at = {name: file.lines["facts", name] - 1 for name in there}
    meant = {name: yamlkey.said(f"fact: {one}").get("fact") for name, one in flow.items()}
    new = {}
    for name, one in flow.items():
        blank_line = _STILL_BLANK.fullmatch(lines[at[name]].strip()) if name in there else None
        if name not in there:
            new[name] = one
        elif blank_line and there[name] != meant[name]:
            filled = meant[name] = _filled(there[name], meant[name])
            new[name] = _in_braces(filled) + blank_line[1]
        elif there[name] != meant[name] and _says_more(meant[name], there[name]):
            into.ask(OTHERWISE, f"填报表：{_quoted(name)}: {one}")
    made = _put(lines, at, new) if new else text
    is_proved = yamlkey.is_only("facts", text, made) and yamlkey.said(made)["facts"] == {
        **there,
        **{one: meant[one] for one in new},
    }
    return made if not new or is_proved else _by_hand(text, new, into)


def _says_more(given: Any, there: Any) -> bool:
    """Whether a form says anything of a fact that report.yaml gives: the fact may be blank there, of another section."""
    blank = isinstance(given, dict) and given.get("value") is None and not any((given.get("parts") or {}).values())
    return not (blank and isinstance(there, dict) and given.get("source") in {None, there.get("source")})


def _filled(there: Any, given: Any) -> dict[str, Any]:
    """A fact that was blank, with what the form gives; its other parts, its source and its unit stay."""
    parts = {**(there.get("parts") or {}), **(given.get("parts") or {})}
    return {**there, **given} | ({"parts": parts} if parts else {})


def _by_hand(text: str, flow: dict[str, str], into: Imported) -> str:
    """Ask about facts that cannot be written into a text, which stays as it is."""
    into.ask(BY_HAND, *(f"{_quoted(name)}: {one}" for name, one in flow.items()))
    return text


def _put(lines: list[str], at: dict[str, int], new: dict[str, str]) -> str:
    """The text with new facts below ``facts:``, indented as the first there, or on the lines (``at``) that they have."""
    indent = next((" " * (len(lines[one]) - len(lines[one].lstrip(" "))) for one in at.values()), "  ")
    entries = {name: f"{indent}{_quoted(name)}: {one}" for name, one in new.items()}
    made = [*lines]
    for name in at.keys() & entries.keys():
        made[at[name]] = entries.pop(name)
    fresh = [*entries.values()]
    head = next(((number, found) for number, line in enumerate(lines) if (found := _HEAD.fullmatch(line))), None)
    if fresh and head:
        made[head[0] : head[0] + 1] = [head[1][1] + head[1][2], *fresh]
    elif fresh:
        end = len(lines) if lines[-1] else len(lines) - 1
        example = next((number for number, line in enumerate(lines) if line.startswith("#facts:")), end)
        made[example:example] = ["facts:", *fresh]
    return "\n".join(made)


def _flow(fact: Fact) -> str:
    """A fact as YAML, in braces."""
    unknown = f"未知：{fact.reason}" if fact.reason else None
    said = {"unit": fact.unit, "parts": fact.parts, "source": fact.note}
    value = unknown if fact.value is None else fact.value
    return _in_braces({"value": value} | {key: one for key, one in said.items() if one})


def _in_braces(values: Mapping[str, Any]) -> str:
    """Values by name as YAML; ``None`` is blank."""
    return f"{{{', '.join(f'{one if one in _KEYS else _quoted(one)}: {_value(value)}' for one, value in values.items())}}}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _in_braces(value)
    if isinstance(value, str):
        return value if _NUMBER.fullmatch(value) else _quoted(value)
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)


def _quoted(text: str) -> str:
    return yamlkey.quoted(text, may_be_plain=True)
