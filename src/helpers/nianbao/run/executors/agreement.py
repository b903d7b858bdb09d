"""Whether a machine makes the same bytes of a job as the one that planned it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.errors import NianbaoError
from nianbao.formatnames import in_order
from nianbao.inputfiles import VARIABLE, text_mib
from nianbao.language import reason, say, speak
from nianbao.render import formats
from nianbao.run import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nianbao.run.job import Job, Options

MOST_NAMED = 5  # packages that differ; more are counted


@dataclass(frozen=True, slots=True)
class Agreement:
    """What has to be the same on every machine, as it is on the one that plans.

    Parameters
    ----------
    versions : tuple of (str, str)
        Python, nianbao, the packages that can show in an output, and the variable that bounds what is read.
    parts : tuple of (str, str)
        The hashes that all reports share (`fingerprint.shared`).
    options : Options or None
        Those of the batch, with its store.
    scratch : Path or None
        The scratch folder of that store.
    first : Job or None
        A job of the batch: whoever finds its inputs as they were planned sees the same params.
    """

    versions: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...] = ()
    options: Options | None = None
    scratch: Path | None = None
    first: Job | None = None

    @classmethod
    def of(cls, jobs: Sequence[Job], scratch: Path) -> Agreement:
        """What the machines that are to run these jobs have to agree in."""
        if not jobs:
            return cls(tuple(_versions().items()))
        options = replace(jobs[0].options, formats=in_order({name for job in jobs for name in job.options.formats}))
        parts = _parts(options)
        return cls(tuple(_versions().items()), tuple(parts.items()), options, scratch, jobs[0])

    def renewed(self, jobs: Sequence[Job]) -> Agreement | None:
        """Another agreement, in place of one whose job is not as it was planned any more, not even here."""
        if not self.first or not _unlike_params(self.first):
            return None
        return replace(self, first=next((job for job in jobs if not _unlike_params(job)), None))

    def differences(self) -> list[str]:
        """What is different on this machine, in words."""
        here = _versions()
        unlike = [
            say("{name} {here} instead of {there}", name=name, here=here.get(name, say("missing")), there=version)
            for name, version in self.versions
            if here.get(name) != version
        ]
        if len(unlike) > MOST_NAMED:
            unlike[MOST_NAMED:] = [say("{count} more packages differ", count=len(unlike) - MOST_NAMED)]
        try:
            if self.options and self.scratch:
                unlike += self._unlike_parts(self.options, bool(unlike))
                self.options.store.require_reached(self.scratch)
        except (OSError, NianbaoError) as error:
            unlike.append(reason(error))
        return unlike + (_unlike_params(self.first) if self.first else [])

    def told(self, chinese: bool) -> str:
        """The differences, or what keeps this machine from looking, in the language of who asks; '' for none."""
        speak(chinese)
        try:
            return "; ".join(self.differences())
        except (OSError, NianbaoError) as error:
            return reason(error) or type(error).__name__

    def _unlike_parts(self, options: Options, has_others: bool) -> list[str]:
        here, there = _parts(options), dict(self.parts)
        unlike = []
        if _loaded() != there["code"] and not has_others:  # which other versions of nianbao have anyway
            unlike.append(say("nianbao's own code differs; update it there, and restart the workers"))
        if here["fonts"] != there["fonts"]:
            unlike.append(say("the fonts in {folder} differ, or are not there", folder=options.fonts))
        if here["options"] != there["options"]:
            names = ", ".join(name for name in options.formats if name not in formats.OWN)
            unlike.append(say("the packages of the formats {names} differ", names=names))
        return unlike


def _parts(options: Options) -> dict[str, str]:
    return fingerprint.shared(options.fonts) | {"options": fingerprint.formats_of(options.formats)}


@lru_cache(maxsize=1)
def _loaded() -> str:
    """The hash of the kit's code; asked once, as a process goes on with what it has loaded."""
    return fingerprint.own_code()


def _versions() -> dict[str, str]:
    return fingerprint.environment() | {VARIABLE: str(text_mib())}


def _unlike_params(job: Job) -> list[str]:
    """What is said when a job's inputs are not as they were planned, or cannot be reached."""
    options, why = job.options, ""
    try:
        if options.origin:
            options.origin.bring(job)
        if fingerprint.is_as_planned(job.target, options.params, job.parts):
            return []
    except (OSError, NianbaoError) as error:
        why = f": {reason(error)}"
    folder = options.origin.params if options.origin else options.params
    return [say("the params folder {folder} is not the same there", folder=folder) + why]
