"""report.yaml of an imported report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.ending import day_in
from nianbao.statute.formats import TERM
from nianbao.wording import day
from nianbao.yamlkey import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.importing.taken import Taken
    from nianbao.statute.formats import Format

NAMES = {"date": "成文日期", "signature": "落款", "number": "文号", "editor": "责任编辑"}


def write(
    year: int, form: Format, is_default: bool, values: Mapping[str, tuple[str, str]], taken: Mapping[str, Taken]
) -> tuple[str, list[tuple[str, str, str]]]:
    """report.yaml, and what was taken for what: its place, its text, what it is.

    Parameters
    ----------
    is_default : bool
        Whether the format is the year's.
    values : mapping
        As `Outline.values`.
    """
    said = []
    lines = [f"# {year}年度报告的数据，由 nianbao import 写成；怎样读出来的，见 import.md。"]
    for key in ("date", "signature", "number", "editor"):
        if key not in values:
            continue
        text, place = values[key]
        if key == "date":
            found = day_in(text)
            assert found
            if day(found) != text:
                said.append((place, text, f"成文日期写作 {found}"))
        lines.append(f"{key}: {scalar(key, text)}")
        said.append((place, text, NAMES[key]))
    lines += ["date_below_title: 是"] if "date_below_title" in values else []
    lines += [] if is_default else [f'format: "{form.id}"']
    lines += [f"term: {form.term}"] if form.term != TERM else []
    lines.append("lead: none  # 正文照原文，不印自动生成的导语")
    return "\n".join([*lines, *settings(taken)]) + "\n", said


def settings(taken: Mapping[str, Taken]) -> list[str]:
    """The lines that say how the tables are read: their marks, rows of the bureau's own, and the formats of their parts."""
    lines: list[str] = []
    marks = sorted(mark for one in taken.values() for mark in one.marks)
    if marks:
        lines += ["marks:", *(f"  {quoted(mark)}: 不适用 print" for mark in dict.fromkeys(marks))]
    if local := {key: one.local for key, one in taken.items() if one.local}:
        lines.append("extra_rows:")
        for key, parts in local.items():
            lines.append(f"  {key}:")
            lines += [f"    {quoted(title)}: [{', '.join(map(quoted, labels))}]" for title, labels in parts.items()]
    for key, one in taken.items():
        if one.formats:
            whole = one.formats.get("")
            named = ", ".join(f'{quoted(title)}: "{other}"' for title, other in one.formats.items())
            lines.append(f'{key}: {{format: "{whole}"}}' if whole else f"{key}: {{format: {{{named}}}}}")
    return lines


def scalar(key: str, text: str) -> str:
    """The value of a key as report.yaml has it; the day of a ``date`` by its numbers."""
    if key == "date":
        return str(day_in(text))
    return quoted(_editor(text) if key == "editor" else text)


def is_refused(key: str, text: str) -> bool:
    """Whether the kit's own reader refuses a value: 未知, as a page prints it, without the reason."""
    try:
        reading.unknown(_editor(text) if key == "editor" else text)
    except ValueError:
        return True
    return False


def _editor(text: str) -> str:
    return text.removeprefix("责任编辑：").strip()
