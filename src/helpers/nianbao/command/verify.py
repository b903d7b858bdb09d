"""``nianbao verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nianbao import api
from nianbao.command import options
from nianbao.command.plan import REASONS, print_strangers
from nianbao.command.progress import SHOWN, Progress, counted
from nianbao.command.subcommand import Command
from nianbao.command.terminal import print_json
from nianbao.language import say

if TYPE_CHECKING:
    from nianbao.run.verify import Proof

ALONE = "{count} were not rendered again; they are as they were built, as far as their manifests tell: {names}"


@click.command(cls=Command, help=say("Prove published reports: against their manifests, and by rendering them again."))
@options.PARAMS
@options.OUTPUTS
@options.SELECTION
@options.with_run
@options.FONTS
@options.with_limits
@options.FORMAT
def verify(params: str, outputs: str | None, style: str, **asked: Any) -> int:
    """Verify, print the proofs; 1 when one does not hold."""
    watch = Progress(quiet=style == "json")
    proved = api.verify(params, outputs, watch=watch, **asked)
    watch.close()
    if style == "json":
        faults = [fault.to_json() for fault in proved.faults]
        about = {"index": list(proved.index), "has_index": proved.has_index, "strangers": list(proved.strangers)}
        print_json({"faults": faults, "reports": [proof.to_json() for proof in proved.proofs], **about})
    else:
        for fault in proved.faults:
            print(fault, end="\n\n")
        for proof in proved.proofs:
            print(f"{proof.id}  {proof.state}", *_details(proof), sep="\n  ")
        if proved.index:
            print("index.html", *proved.index, sep="\n  ")
        if not proved.has_index:
            print(say("there is no index.html; the next build writes it"))
        print_strangers(proved.strangers)
        if alone := [str(proof.id) for proof in proved.proofs if proof.alone and proof.is_good]:
            shown = say(", ").join(alone[:SHOWN]) + ("…" if len(alone) > SHOWN else "")
            print(say(ALONE, count=len(alone), names=shown))
        states = counted(proof.state for proof in proved.proofs)
        print(say("{count} in all: {states}", count=len(proved.proofs), states=states))
    return int(not proved.is_good)


def _details(proof: Proof) -> list[str]:
    return [*(say(REASONS[part]) for part in proof.changed), *(f"  {name}" for name in proof.files), *proof.details]
