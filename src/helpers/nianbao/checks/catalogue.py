"""Every kind of finding and its explanation, which ``nianbao explain`` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import markdown, textfile, yamlfile
from nianbao.checks import (
    accepted,
    across,
    contents,
    copied,
    form,
    identities,
    lastyear,
    misplaced,
    personal,
    plausible,
    unfinished,
)
from nianbao.checks.prose import rule
from nianbao.findings import Kind
from nianbao.inputs import cells, folder, format, grid, intake, report
from nianbao.narrative import headings, passages, template
from nianbao.statute.formats import library

if TYPE_CHECKING:
    from types import ModuleType

EXPLANATIONS = Path(__file__).parent / "explanations.yaml"
ROOMS: tuple[ModuleType, ...] = (
    textfile, yamlfile, format, intake, report, folder, grid, cells, template, headings, passages, markdown, contents,
    unfinished, misplaced, form, identities, plausible, lastyear, rule, copied, across, personal, accepted,
)  # fmt: skip


def kinds() -> list[Kind]:
    """The kinds that are declared in Python, sorted by severity, gravest first, and code."""
    found = {one for room in ROOMS for one in vars(room).values() if isinstance(one, Kind)}
    return sorted(found, key=lambda kind: (kind.severity.rank, kind.code))


def explained(params: Path | None = None) -> dict[Kind, str]:
    """Every kind, including those of format files, with its explanation; sorted by severity, gravest first, and code."""
    texts = yamlfile.read_yaml(EXPLANATIONS).data
    found = {kind: str(texts[kind.code]) for kind in kinds()}
    for one in library(params).formats.values():
        found |= one.explanations
    return dict(sorted(found.items(), key=lambda entry: (entry[0].severity.rank, entry[0].code)))
