"""Whether the fields of a manifest agree with each other and with the files that it names."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from nianbao.language import say
from nianbao.run.fingerprint import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.run.manifest import Manifest

_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')


def disagreements(manifest: Manifest, read: Callable[[str], bytes]) -> list[str]:
    """What does not agree; nothing when all does. ``read`` gives the bytes of a file by its name.

    Raises `OSError` when a file cannot be read.
    """
    return [said for record in manifest.records for said in _of(record, {*manifest.outputs}, read)]


def _of(record: Manifest, names: set[str], read: Callable[[str], bytes]) -> Iterator[str]:
    if record.key != key_of(record.parts):
        yield say("“{field}” does not follow from “{other}”", field="key", other="parts")
    if missing := sorted(record.own_names - names):
        yield say("“{field}” names files that are not there: {names}", field="formats", names=", ".join(missing))
        return
    if record.bureau:
        yield from _unlike(record, read(f"{record.stem}.json"))
    if "html" in record.formats:
        page = read(f"{record.stem}.html").decode("utf-8", "replace")
        for field, pattern in {"title": _TITLE, "language": _LANGUAGE}.items():
            told = pattern.search(page)
            if told is None or unescape(told[1]).strip() != getattr(record, field).strip():
                yield say("“{field}” is not that of {file}", field=field, file=f"{record.stem}.html")


def _unlike(record: Manifest, raw: bytes) -> Iterator[str]:
    """The fields of a report's record that report.json says otherwise."""
    file = f"{record.stem}.json"
    try:
        data = json.loads(raw)
        told = {"bureau": data["bureau"]["id"], "bureau_name": data["bureau"]["name"], "year": data["year"]}
        told["findings"] = data["findings"]
        if data["title"] == record.title:  # A notebook may put another report first.
            told["date"] = data["date"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield say("{file} is no report's data", file=file)
        return
    known = record.model_dump(mode="json", include={*told})
    for field, value in told.items():
        if value != known[field]:
            yield say("“{field}” is not that of {file}", field=field, file=file)
