"""The files of one import, opened: what each says, under its name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.findings import Finding
from nianbao.importing import account, kinds, labelled, titles, unpacked
from nianbao.importing.flow import Grid, Unreadable
from nianbao.inputfiles import NotRead, read_file
from nianbao.textfile import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nianbao.importing.flow import Flow
    from nianbao.statute.formats import Format, Library


def flows(given: Sequence[Path], year: int, library_: Library, form: Format) -> tuple[list[Flow], list[account.Origin]]:
    """What each file says; all files that cannot be read are named together."""
    found, origins, faults = [], [], []
    labels = labelled.labels_of(library_, form)
    for name in given:
        try:
            raw = read_file(name)
            flow = kinds.read(raw, library_)
        except (NotRead, Unreadable) as error:
            faults.append(refused(str(name), error))
            continue
        is_titled = bool(titles.of_pages([flow.titled], year) or titles.find(unpacked.unpacked(flow.blocks, labels)))
        found.append(_named(flow, "" if is_titled else name.stem, f"{name.name} " if len(given) > 1 else ""))
        origins.append(account.Origin(name.name, flow.kind, hashlib.sha256(raw).hexdigest()))
    if faults:
        raise UsageError("\n\n".join(map(str, faults)))
    return found, origins


def refused(name: str, error: NotRead | Unreadable) -> Finding:
    """What is said of files that cannot be imported."""
    expected = error.expected if isinstance(error, Unreadable) else ""
    return Finding(UNREADABLE, name, None, error.found, expected, error.action)


def _named(flow: Flow, file: str, begins: str) -> Flow:
    """A flow whose places begin with its file's name, where there are several; a file of tables says by its name whose."""
    return replace(
        flow,
        blocks=tuple(
            replace(one, place=f"{begins}{one.place}", file=file)
            if isinstance(one, Grid)
            else replace(one, place=f"{begins}{one.place}")
            for one in flow.blocks
        ),
        remarks=tuple(replace(one, place=f"{begins}{one.place}") for one in flow.remarks),
        pictures=tuple(replace(one, place=f"{begins}{one.place}") for one in flow.pictures),
        unseen=tuple((f"{begins}{place}", what) for place, what in flow.unseen),
        said=tuple((f"{begins}{place}", what, why) for place, what, why in flow.said),
        facts={(f"{begins}{sheet}", number): row for (sheet, number), row in flow.facts.items()},
    )
