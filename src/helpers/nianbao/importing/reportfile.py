"""What an import writes into report.yaml beside what it has read of a text: facts of forms, and what the report is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import yamlkey
from nianbao.errors import UsageError
from nianbao.importing import facts
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import onlycompared
from nianbao.language import say
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.paths import ReportPaths


def take_facts(
    flows: Sequence[Flow], paths: ReportPaths, texts: dict[Path, str], begun: dict[Path, bytes], made: Imported
) -> None:
    """Write the facts of the forms among the files into report.yaml, as it is or will be."""
    given = {place: row for flow in flows for place, row in flow.facts.items()}
    before = texts.get(paths.report_file, _report_yaml(paths, begun))
    if given and (text := facts.written(before, given, made)) != before:
        texts[paths.report_file] = text


def set_aside(paths: ReportPaths, texts: dict[Path, str], begun: dict[Path, bytes]) -> None:
    """Write into report.yaml, as it is or will be, that the report is only compared with."""
    before = texts.get(paths.report_file, _report_yaml(paths, begun))
    if (text := yamlkey.written(before, onlycompared.KEY, "是")) is None:
        said = "{file} says {key} in a way that is not changed; nothing was written. Write “{key}: 是” there yourself"
        raise UsageError(say(said, file=paths.report_file, key=onlycompared.KEY))
    texts[paths.report_file] = text


def _report_yaml(paths: ReportPaths, begun: dict[Path, bytes]) -> str:
    """report.yaml as it is laid out or lies in the folder; '' where it is neither."""
    try:
        raw = begun[paths.report_file] if paths.report_file in begun else read_file(paths.report_file)
    except NotRead:
        raw = b""
    return lines_of(decoded(raw)[0])
