"""bureau.yaml beside an imported report: how it calls the bureau; written anew, or its names filled in from the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import yamlkey
from nianbao.checks.bodies import level_of, may_be_same
from nianbao.errors import UsageError
from nianbao.findings import Severity
from nianbao.importing import encoding
from nianbao.inputfiles import InputFiles, read_file
from nianbao.inputs import bureau as bureaus
from nianbao.language import say
from nianbao.starting import starter
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.importing.imported import Imported
    from nianbao.paths import ReportPaths

_TO_FILL = {"name": starter.UNNAMED, "short": starter.NO_SHORT}
_NAMES = {"name": "全称", "short": "简称"}
_BY_HAND = "bureau.yaml 里待填的下列各项没有填：照报告的标题写的，核对后填上"


def names(paths: ReportPaths) -> tuple[str, str]:
    """The name in bureau.yaml and the short one, each '' where there is none or it is still to be filled in.

    Raises
    ------
    UsageError
        When bureau.yaml cannot be used, with all its faults.
    """
    if not paths.bureau_file.exists():
        return "", ""
    about, found = bureaus.read(InputFiles(paths.params), paths.bureau)
    if about is None:
        faults = "\n\n".join(str(one) for one in found if one.severity is Severity.FAULT)
        said = "{file} cannot be used; nothing was written. Put it right, and import once more:\n\n{faults}"
        raise UsageError(say(said, file=paths.bureau_file, faults=faults))
    name, short = ("" if text == _TO_FILL[key] else text for key, text in (("name", about.name), ("short", about.short)))
    return name, short


def written(paths: ReportPaths, made: Imported) -> dict[Path, bytes]:
    """bureau.yaml where it has to be written, and says what it holds: a new one, or one that is as `nianbao new` made it.

    Of one that a person has edited only the names that are still to be filled in become other; where that cannot be done, it
    is asked about.
    """
    there = read_file(paths.bureau_file) if paths.bureau_file.exists() else None
    if there is None or (made.name and there == starter.bureau_text().encode()):
        return {paths.bureau_file: _new(made, "新建" if there is None else "填写").encode()}
    name, short = names(paths)
    if not made.name or (name and not may_be_same(made.name, name)):
        return {}
    before = filled = lines_of(decoded(there)[0])
    done = []
    for key in [key for key, known in (("name", name), ("short", short)) if not known]:
        if text := yamlkey.written(filled, key, yamlkey.quoted(name or made.name)):
            filled = text
            done.append(_NAMES[key])
        else:
            made.ask(_BY_HAND, f"{key}: {name or made.name}")
    if filled == before:
        return {}
    made.said.append(("", made.name, f"bureau.yaml 里待填的{'、'.join(done)}照报告的标题填上，请核对"))
    return {paths.bureau_file: encoding.encoded(there, filled)}


def _new(made: Imported, done: str) -> str:
    """The text for a bureau that is new: by the report's own name, which tells its level."""
    level = level_of(made.name) if made.name else ""
    if made.name:
        said = f"{done} bureau.yaml：层级写作“{level or starter.LEVEL}”，简称写全称，写明本机关不制定规章，请核对"
        made.said.append(("", made.name, said))
    if made.name and not level:
        made.ask("从名称看不出机关的层级：核对 bureau.yaml 的 level", f"{made.name}：写作“{starter.LEVEL}”")
    return starter.bureau_text(made.name, level or starter.LEVEL)
