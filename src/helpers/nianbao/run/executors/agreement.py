"""Whether a machine makes the same bytes of a job as the one that planned it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import NianbaoError
from nianbao.language import say
from nianbao.paths import PACKAGE
from nianbao.run import fingerprint
from nianbao.run.manifest import digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.run.job import Job

MOST_NAMED = 5  # packages that differ; more are counted


@dataclass(frozen=True, slots=True)
class Agreement:
    """What has to be the same on every machine, as it is on the one that plans.

    Parameters
    ----------
    versions : tuple of (str, str)
        Python, nianbao and the packages that can show in an output.
    code : str
        The hash of the kit's own files.
    fonts : (Path, str) or None
        The folder of the official fonts, and the hash of its files.
    mark : (Path, str) or None
        A file in the folder of the outputs, and what it holds: whoever reads it there shares the folder.
    first : Job or None
        A job of the batch: whoever finds its inputs as they were planned sees the same params.
    """

    versions: tuple[tuple[str, str], ...]
    code: str
    fonts: tuple[Path, str] | None = None
    mark: tuple[Path, str] | None = None
    first: Job | None = None

    @classmethod
    def of(cls, jobs: Sequence[Job], mark: tuple[Path, str] | None) -> Agreement:
        """What the machines that are to run these jobs have to agree in."""
        fonts = jobs[0].options.fonts if jobs else None
        listed = (fonts, _fonts(fonts)) if fonts else None
        return cls(tuple(fingerprint.environment().items()), own_code(), listed, mark, jobs[0] if jobs else None)

    def differences(self) -> list[str]:
        """What is different on this machine, in words."""
        here = fingerprint.environment()
        unlike = [
            say("{name} {here} instead of {there}", name=name, here=here.get(name, say("missing")), there=version)
            for name, version in self.versions
            if here.get(name) != version
        ]
        if len(unlike) > MOST_NAMED:
            unlike[MOST_NAMED:] = [say("{count} more packages differ", count=len(unlike) - MOST_NAMED)]
        elif not unlike and own_code() != self.code:
            unlike.append(say("nianbao's own code differs; update it there, and restart the workers"))
        if self.fonts and _fonts(self.fonts[0]) != self.fonts[1]:
            unlike.append(say("the fonts in {folder} differ, or are not there", folder=self.fonts[0]))
        if self.mark and not _holds(*self.mark):
            unlike.append(say("the outputs folder {folder} is not the same folder there", folder=self.mark[0].parent.parent))
        if self.first and not _is_planned(self.first):
            unlike.append(say("the params folder {folder} is not the same there", folder=self.first.options.params))
        return unlike


@lru_cache(maxsize=1)
def own_code() -> str:
    """The hash of the kit's files; asked once, as a process goes on with what it has loaded."""
    return digest(json.dumps(digest_of(fingerprint.code(), PACKAGE), sort_keys=True).encode())


def _fonts(folder: Path) -> str:
    return digest(json.dumps(digest_of(filter(Path.is_file, folder.rglob("*")), folder), sort_keys=True).encode())


def _holds(mark: Path, text: str) -> bool:
    try:
        return mark.read_text("utf-8") == text
    except (OSError, ValueError):
        return False


def _is_planned(job: Job) -> bool:
    try:
        if job.options.origin:
            job.options.origin.bring(job)
        return fingerprint.is_as_planned(job.target, job.options.params, job.parts)
    except (OSError, NianbaoError):
        return False
