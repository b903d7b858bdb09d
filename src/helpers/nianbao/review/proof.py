"""Whether outputs/index.html is as a build writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.language import say
from nianbao.review import index
from nianbao.run import seal

if TYPE_CHECKING:
    from collections.abc import Collection

    from nianbao.job_id import JobId
    from nianbao.run.store.store import Store

FOREIGN = ("<script", "<style", "<iframe", "<link", "<meta", "<form", "<img", "<base")


def wrong_in_index(store: Store, sound: Collection[JobId]) -> list[str]:
    """What is wrong with the index of a store; nothing when there is none.

    The page has to be as it was sealed and made from the kit's template, and to say of each report that is ``sound`` what
    its manifest says. What it says of the others depends on when it was written.
    """
    raw = store.index()
    if raw is None:
        return []
    text, wrong = raw.decode("utf-8", "replace"), []
    if not seal.intact(raw, seal.HTML):
        wrong.append(say("it was changed after it was written"))
    at = 0
    for piece in index.fixed_pieces():
        at = text.find(piece, at)
        if at < 0:
            return [*wrong, say("it is not made from nianbao's template")]
        at += len(piece)
    template, lines = "".join(index.fixed_pieces()), set(text.split("\n"))
    if any(text.lower().count(word) != template.lower().count(word) for word in FOREIGN):
        wrong.append(say("it holds a script or a style that is not nianbao's"))
    known = {row for one in store.ids() if (made := store.record(one)) for row in index.rows_of(store, one, made)}
    if any("href" in line and line not in known for line in lines - set(template.split("\n"))):
        wrong.append(say("it has links that no manifest accounts for"))
    for one in sound:
        manifest = store.record(one)
        if manifest and not any(row in lines for row in index.rows_of(store, one, manifest)):
            wrong.append(say("what it says of {name} is not what its manifest says", name=one))
    return wrong
