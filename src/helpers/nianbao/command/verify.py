"""``nianbao verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.progress import count
from nianbao.errors import UsageError
from nianbao.inputs.select import select
from nianbao.paths import find_params
from nianbao.run import verify as proofs
from nianbao.run.plan import jobs_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nianbao.run.process import Limits
    from nianbao.run.verify import Proof


@click.command(cls=options.Command)
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.TO
@options.NOTEBOOK_PATH
@options.FONTS
@options.with_limits
@options.FORMAT
def verify(
    params: str, outputs: Path | None, shown: str, bureaus: Iterable[str], years: Iterable[int], limits: Limits, **asked: Any
) -> int:
    """Prove published reports: against their manifests, and by rendering them again."""
    try:
        find_params(params)
    except UsageError:
        if params or outputs is None:
            raise
        found = _against_manifests(outputs)
    else:
        made = api.options_of(params, outputs, **asked)
        jobs = jobs_of(select(made.params, bureaus, years).reports, made)
        found = sorted(proofs.again(jobs, limits), key=lambda proof: proof.id)
    if shown == "json":
        reports = [{"name": str(proof.id), "state": str(proof.state), "details": proof.details} for proof in found]
        options.print_json({"reports": reports})
    else:
        for proof in found:
            print(f"{proof.id}  {proof.state}", *proof.details, sep="\n  ")
        print(f"{len(found)} 份报告：{count(proof.state for proof in found)}")
    return int(not all(proof.is_good for proof in found))


def _against_manifests(outputs: Path) -> list[Proof]:
    store = api.store_of(outputs)
    found = [proofs.against_manifest(store, report) for report in store.reports()]
    if not found:
        raise UsageError(f"no reports in {outputs}")
    return found
