"""A YAML file's text → a typed value, without what breaks the type, and the faults of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from nianbao import yamlslips
from nianbao.findings import Finding, closest, nearest
from nianbao.textfile import MOST_FAULTS, TOO_MUCH, first_of
from nianbao.yamlbraces import of_value
from nianbao.yamlfile import BAD_VALUE, EVERY, MISSING, UNKNOWN_KEY, UNUSABLE, slip_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pydantic_core import ErrorDetails

    from nianbao.yamlfile import YamlFile

M = TypeVar("M", bound=BaseModel)


def typed(model: type[M], file: YamlFile, data: dict[str, Any] | None = None, also: Iterable[str] = ()) -> M | None:
    """The file's data as a ``model``, without the keys and items that break it.

    These, and what unknown keys may have meant, are added to ``file.unread``, and their faults to ``file.faults``. ``None``
    where the file is no YAML, or lacks what the model requires.

    Parameters
    ----------
    data : dict, optional
        The part of the file's data that ``model`` describes; by default all of it.
    also : iterable of str
        Top-level keys that another function reads; a fault about an unknown key names them among the known keys.
    """
    data = file.data if data is None else data
    if any(fault.kind in UNUSABLE for fault in file.faults):
        file.unread.add(())
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        faults = _faults(model, file, errors[:MOST_FAULTS], also)
        file.faults.extend(first_of(file.name, faults, len(errors) - MOST_FAULTS))
    broken = {_broken(data, one["loc"]) for one in errors}
    file.unread |= broken | _meant(model, errors, [key for key in also if key not in data])
    if any(fault.kind in UNUSABLE for fault in file.faults):
        file.unread.add(())  # a slip may have taken in what stands beside it
    lacking = any(field.is_required() and (name,) in broken for name, field in model.model_fields.items())
    return None if lacking or () in broken else model.model_validate(_without(data, broken))


def _meant(model: type[BaseModel], errors: list[ErrorDetails], also: Iterable[str]) -> set[tuple[str | int, ...]]:
    """The known keys that unknown ones are spelt most like: what they were to say, nobody has read."""
    unknown = [str(one["loc"][0]) for one in errors if one["type"] == "extra_forbidden" and len(one["loc"]) == 1]
    return {(key,) for name in unknown for key in closest(name, [*model.model_fields, *also], 1)}


def _broken(data: dict[str, Any], place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """What is left out for an error at a place: a key, or one of its items, such as a fact; () where a key is missing."""
    if not place or place[0] not in data:
        return ()
    below = data[place[0]]
    is_item = len(place) > 1 and (place[1] in below if isinstance(below, dict) else isinstance(below, list))
    return place[:2] if is_item else place[:1]


def _without(data: dict[str, Any], broken: set[tuple[str | int, ...]]) -> dict[str, Any]:
    """The data without its broken keys and items."""
    rest: dict[str, Any] = {}
    for key, below in data.items():
        if isinstance(below, dict):
            rest[key] = {item: value for item, value in below.items() if (key, item) not in broken}
        elif isinstance(below, list):
            rest[key] = [value for item, value in enumerate(below) if (key, item) not in broken]
        else:
            rest[key] = below
    return {key: value for key, value in rest.items() if (key,) not in broken}


def _faults(model: type[BaseModel], file: YamlFile, errors: list[ErrorDetails], also: Iterable[str]) -> list[Finding]:
    """The faults of a typed reading: the slips of the hand behind them, and what does not follow from these."""
    faults = [_fault(model, file, one, also) for one in errors]
    if not file.text:
        return faults  # nobody has typed it as YAML
    lines = [fault.source.line or 1 if fault.source else 1 for fault in faults]
    hollow = {line for line, one in zip(lines, errors, strict=True) if one["input"] is None}
    hollow |= {file.lines[table,] for table in also if table in file.data and file.data[table] is None}
    reach = [_reach(file, line, one) for line, one in zip(lines, errors, strict=True)]
    slips = yamlslips.slips(file.text, set().union(*reach))
    for line, one in zip(lines, errors, strict=True):
        refused = one["loc"][-1] if one["type"] == "extra_forbidden" else one["input"]
        slips += filter(None, [of_value(line, str(refused)), yamlslips.unindented(file.text, line, hollow)])
    told = {one.line: one for one in reversed(slips)}
    rest = [fault for fault, near in zip(faults, reach, strict=True) if not any(line in told for line in near)]
    if any(one.spoils_siblings for one in slips):
        rest = []
    return [*(slip_at(file, told[line]) for line in sorted(told)), *rest]


def _reach(file: YamlFile, line: int, error: ErrorDetails) -> Collection[int]:
    """The lines where a slip may stand behind an error: those of its value, or those that name what is missing."""
    below = yamlslips.block(file.text, line)
    if error["type"] != "missing":
        return below
    name, whole = str(error["loc"][-1]), len(error["loc"]) == 1
    written = enumerate(file.text.split("\n"), 1)
    return [number for number, one in written if name in one and (whole or number in below)]


def _fault(model: type[BaseModel], file: YamlFile, error: ErrorDetails, also: Iterable[str]) -> Finding:
    """One pydantic error as a Chinese finding. What was expected comes from the field, so every type of error has a text."""
    kind, found = error["type"], error["input"]
    path = tuple(step for step in error["loc"] if step != "[key]")
    label, expected, siblings = _describe(model, path)
    source = file.source(*path)
    if kind == "extra_forbidden":
        known = [*siblings, *also] if len(path) == 1 else siblings
        shown = f"未知的键“{path[-1]}”{nearest(str(path[-1]), known)}"
        return Finding(UNKNOWN_KEY, label, source, shown, f"以下各键之一：{'、'.join(known)}", "改正或删去")
    if kind == "missing":
        return Finding(MISSING, label, source, f"没有“{path[-1]}”", expected, f"补上 {path[-1]}:")
    if kind == "too_long" and isinstance(found, (dict, list)):
        most = f"最多{error['ctx']['max_length']}项"
        return Finding(TOO_MUCH, label, source, f"有{len(found)}项", most, "删去多余的；核对是否放错了内容")
    shown = "（空）" if found is None else f"“{found}”" if isinstance(found, str) else "一组值"
    if isinstance(found, str) and kind == "value_error":
        shown += f"（{error['ctx']['error']}）"
    return Finding(BAD_VALUE, label, source, shown, expected, "按“应为”一栏改写")


def _describe(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, str, list[str]]:
    """The label, the expected value and the sibling keys of a place in the contract."""
    labels, expected, here, siblings = [], "", model, []  # type: list[str], str, Any, list[str]
    for step in path:
        if get_origin(here) is Annotated:
            here = get_args(here)[0]
        if step == EVERY:
            break  # nobody has typed this key
        if isinstance(here, type) and issubclass(here, BaseModel):
            siblings = list(here.model_fields)
            info = here.model_fields.get(str(step))
            labels.append(info.title or str(step) if info else str(step))
            expected = info.description or "" if info else ""
            here = info.annotation if info else None
        else:
            labels.append(f"第{step + 1}项" if isinstance(step, int) else step)
            here = get_args(here)[-1] if get_origin(here) in {dict, list} else None
    return " · ".join(labels), expected, siblings
