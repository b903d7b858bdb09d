"""Whether outputs/index.html is as a build writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.review import index
from nianbao.run import seal
from nianbao.run.results import Proved
from nianbao.run.verify import against_manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.store.store import Store
    from nianbao.run.verify import Proof

ALONE = "nothing was changed since it was built, as far as its manifest tells (it was not rendered again)"
ORPHANED = "there are no params for it; nothing was changed since it was built, as far as its manifest tells"
# What the head of the page counts: no text of a report is in it.
_BUTTON = (
    r'<label><input type="radio" name="s" value="[^"<>]*"(?: checked)?><span class="[a-z]*">[^<>]* <b>\d+</b></span></label>'
)
_COUNTS = re.compile(f"[^<>&]*|(?:{_BUTTON})+")


def copied(store: Store, bureaus: Sequence[str], years: Sequence[int]) -> Proved:
    """The proofs of outputs that have no params beside them.

    Raises
    ------
    UsageError
        When they hold none of the reports that are asked for.
    """
    bureaus = _published_as(store, bureaus)
    ids = [one for one in store.ids() if _is_asked(one, bureaus, years)]
    if not ids:
        said = "no reports in {outputs}" if not bureaus and not years else "none of these reports in {outputs}"
        raise UsageError(say(said, outputs=getattr(store, "root", "outputs")))
    return proved_by(store, against_manifests(store, ids, say(ALONE)), ())


def proved_by(
    store: Store,
    proved: Sequence[Proof],
    faults: tuple[Finding, ...],
    listed: Sequence[JobId] = (),
    named: Callable[[str], str] = str,
) -> Proved:
    """The result of a verification, with what is wrong with the index and what else lies in the store."""
    wrong = wrong_in_index(store, [proof.id for proof in proved if proof.is_good], listed, named)
    return Proved(tuple(sorted(proved, key=lambda proof: proof.id)), faults, tuple(wrong), tuple(store.strangers()))


def wrong_in_index(
    store: Store, sound: Collection[JobId], known: Collection[JobId] = (), name_of: Callable[[str], str] = str
) -> list[str]:
    """What is wrong with the index of a store; nothing when there is none.

    The page has to be as it was sealed, made from the kit's template, of lines that a build writes, and it has to say of
    each report that is ``sound`` what its manifest says. What it says of the others depends on when it was written.

    Parameters
    ----------
    known : collection of JobId
        Reports and runs that the page may list besides those that have a folder in the store.
    name_of : callable
        The name of a bureau by its id.
    """
    raw = store.index()
    if raw is None:
        return []
    text, wrong = raw.decode("utf-8", "replace"), []
    if not seal.intact(raw, seal.HTML):
        wrong.append(say("it was changed after it was written"))
    parts = _between(text.rpartition(seal.HTML)[0], index.fixed_pieces())
    if parts is None or not all(map(_COUNTS.fullmatch, parts[:-1])):
        return [*wrong, say("it is not made from nianbao's template")]
    lines = index.without_across(parts[-1]).rstrip("\n").split("\n") if parts[-1].strip() else []
    possible = _possible(store, known, name_of)
    if foreign := [line for line in lines if line not in possible]:
        shown = re.sub("<[^>]*>", " ", foreign[0])[:60].strip()
        wrong.append(say("a line of it is not one that a build writes: {line}", line=shown or foreign[0][:60]))
    for one in sound:
        manifest = store.record(one)
        if manifest and not {*index.rows_of(store, one, manifest)} & {*lines}:
            wrong.append(say("what it says of {name} is not what its manifest says", name=one))
    return wrong


def _between(text: str, pieces: list[str]) -> list[str] | None:
    """What stands between the pieces of the template; ``None`` where one of them is missing."""
    if not text.startswith(pieces[0]) or not text.endswith(pieces[-1]):
        return None
    found, rest = [], text.removeprefix(pieces[0])
    for piece in pieces[1:-1]:
        part, there, rest = rest.partition(piece)
        if not there:
            return None
        found.append(part)
    return [*found, rest.removesuffix(pieces[-1])]


def _possible(store: Store, known: Collection[JobId], name_of: Callable[[str], str]) -> set[str]:
    """Every line that the body of an index may have."""
    lines = set()
    for one in {*known, *store.ids()}:
        manifest = store.record(one)
        lines |= {*index.rows_of(store, one, manifest), *index.rows_of(store, one, None)}
        names = {one.parts[-2], name_of(one.parts[-2])}
        names |= {manifest.bureau_name or "", manifest.notebook} if manifest else set()
        lines |= {index.head_of(one, name) for name in names}
    return lines


def _published_as(store: Store, bureaus: Sequence[str]) -> tuple[str, ...]:
    """The ids of bureaus, and of those that were published under a name; manifests are read for names only."""
    ids = [one for one in store.ids() if isinstance(one, ReportId)]
    named = {bureau for bureau in bureaus if all(one.bureau != bureau for one in ids)}
    found = {one.bureau for one in ids if named and (made := store.record(one)) and made.bureau_name in named}
    return (*bureaus, *sorted(found))


def _is_asked(one: JobId, bureaus: Sequence[str], years: Sequence[int]) -> bool:
    """Whether a folder is one of the given bureaus and years; other notebooks' runs belong to none."""
    if isinstance(one, ReportId):
        return (not bureaus or one.bureau in bureaus) and (not years or one.year in years)
    return not bureaus and not years
