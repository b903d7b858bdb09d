"""The verdicts of the last checks, one file for each report, and each under the key of what was checked."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from nianbao.run import seal
from nianbao.run.job import Verdict
from nianbao.run.store import disk
from nianbao.run.store.belongings import LONGEST
from nianbao.run.store.inside import is_plain

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.job_id import ReportId


def read(path: Path, report: ReportId, key: str) -> Verdict | None:
    """The verdict that a file holds, if it was kept under this key (any when ''); ``None`` for any other file."""
    try:
        raw = path.read_bytes() if is_plain(path) and path.stat().st_size <= LONGEST else b""
    except (OSError, ValueError):
        return None
    return verdict_of(raw, report, key)


def verdict_of(raw: bytes, report: ReportId, key: str) -> Verdict | None:
    """The verdict that a text holds, as `read`."""
    try:
        plain = json.loads(raw) if seal.intact(raw, seal.JSON) else {}
        if key and plain.get("key") != key:
            return None
        verdict = Verdict.from_kept(report, plain)
        texts = [verdict.title, *(text for one in verdict.findings for text in (one.code, one.title, one.place, one.found))]
        return verdict if all(isinstance(text, str) for text in texts) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep(path: Path, verdict: Verdict, key: str) -> None:
    """Write a verdict to a file; without it the report is checked again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_whole(path, text_of(verdict, key))


def text_of(verdict: Verdict, key: str) -> str:
    """The text that keeps a verdict."""
    plain = {"key": key, **verdict.kept(), "seal": seal.BLANK}
    return seal.sealed(json.dumps(plain, ensure_ascii=False), seal.JSON)
