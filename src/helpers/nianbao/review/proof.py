"""The proofs of a store: of its reports, and of its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputs.naming import all_of, fits
from nianbao.inputs.select import bureaus_of
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.review import listing
from nianbao.run import seal
from nianbao.run.asked import all_targets
from nianbao.run.results import Proved
from nianbao.run.store.store import FINDINGS
from nianbao.run.targets import Targets, targets_of
from nianbao.run.verify import against_manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store
    from nianbao.run.verify import Proof


def copied(store: Store, bureaus: Sequence[str], years: Sequence[range]) -> Proved:
    """The proofs of outputs that have no params beside them.

    Raises
    ------
    UsageError
        When they hold none of the reports that are asked for.
    """
    ids = asked(store, bureaus, years)
    if not ids:
        said = "no reports in {outputs}" if not bureaus and not years else "none of these reports in {outputs}"
        raise UsageError(say(said, outputs=getattr(store, "root", "outputs")))
    return proved_by(store, against_manifests(store, ids), ())


def asked(store: Store, bureaus: Sequence[str], years: Sequence[range]) -> list[JobId]:
    """What is there of the given bureaus, by id or by the name under which they were published, and years."""
    bureaus = _published_as(store, bureaus)
    return [one for one in store.ids() if _is_asked(one, bureaus, years)]


def selected(root: Path, store: Store, bureaus: tuple[str, ...], years: tuple[range, ...]) -> Targets:
    """The reports that are asked for and have params; each bureau and year has to be there, or in the store."""
    try:
        return targets_of(root, bureaus=bureaus, years=years)
    except UsageError:
        ids = {bureau: all_of(root, bureau, bureaus_of(root)) for bureau in bureaus}
        wanted = {one for found in ids.values() for one in found}
        chosen = [one for one in all_targets(root).targets if not bureaus or one.id.parts[0] in wanted]
        there = {int(one.id.parts[1]) for one in chosen}
        if not all(ids[bureau] or asked(store, (bureau,), ()) for bureau in bureaus):
            raise
        if not all(there.intersection(span) or asked(store, bureaus, (span,)) for span in years):
            raise
        return Targets(tuple(one for one in chosen if not years or any(int(one.id.parts[1]) in span for span in years)))


def proved_by(
    store: Store,
    proved: Sequence[Proof],
    faults: tuple[Finding, ...],
    listed: Sequence[JobId] = (),
    named: Callable[[str], str] | None = None,
) -> Proved:
    """The result of a verification, with what is wrong with the index and what else lies in the store.

    ``listed`` may have rows in the index besides what has a folder; ``named`` gives the name of a bureau by its id, where
    there are params.
    """
    again = [proof.id for proof in proved if proof.is_good and not proof.alone and isinstance(proof.id, ReportId)]
    proofs = tuple(sorted(proved, key=lambda proof: proof.id))
    strangers = tuple(store.strangers())
    try:
        raw = store.index()
    except UsageError as error:
        return Proved(proofs, faults, (str(error),), strangers)
    if raw is None:
        return Proved(proofs, faults, (), strangers, has_index=False)
    wrong = [*wrong_in_index(raw, store, again, listed, named), *_wrong_in_findings(store)]
    return Proved(proofs, faults, tuple(wrong), strangers)


def wrong_in_index(
    raw: bytes,
    store: Store,
    again: Collection[JobId],
    known: Collection[JobId] = (),
    name_of: Callable[[str], str] | None = None,
) -> list[str]:
    """What is wrong with the index of a store.

    Every line has to be one that a build writes of what is in the store, in its place; all that counts them has to follow
    from them; and of what was rendered ``again`` it has to tell that it is up to date. The states that it tells of the
    others depend on when it was written, and what it says of what was never published on what was checked then.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return [say("it is not made from nianbao's template")]
    return listing.wrong_in(text, store, again, known, listing.Names(name_of))


def _wrong_in_findings(store: Store) -> list[str]:
    """What is wrong with the page of the findings' words, which tells of the last checks: whether anyone has changed it."""
    try:
        raw = store.index(FINDINGS)
    except UsageError as error:
        return [str(error)]
    is_sound = raw is None or seal.intact(raw, seal.HTML)
    return [] if is_sound else [say("{file} was changed after it was written", file=FINDINGS)]


def _published_as(store: Store, bureaus: Sequence[str]) -> tuple[str, ...]:
    """The ids of bureaus, and of those published under a name, that are asked for; manifests are read for names only."""
    ids = [one for one in store.ids() if isinstance(one, ReportId)]
    known = {one.bureau for one in ids}
    like = {one for one in known if any(fits(bureau, one) for bureau in bureaus)}
    named = [bureau for bureau in bureaus if not any(fits(bureau, one) for one in known)]
    found = {one.bureau for one in ids if named and (made := store.record(one)) and _is_named(made, named)}
    return (*bureaus, *sorted(like | found))


def _is_named(made: Manifest, named: Sequence[str]) -> bool:
    return any(fits(one, made.bureau_name or "") for one in named)


def _is_asked(one: JobId, bureaus: Sequence[str], years: Sequence[range]) -> bool:
    """Whether a folder is one of the given bureaus and years; other notebooks' runs belong to none."""
    if isinstance(one, ReportId):
        return (not bureaus or one.bureau in bureaus) and (not years or any(one.year in span for span in years))
    return not bureaus and not years
