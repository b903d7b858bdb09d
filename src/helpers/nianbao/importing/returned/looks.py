"""What a reviewer has changed beside words: bold type, and where links lead. It is not taken, and asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import items_of, matched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported

LOOKS = "稿子改了字体（加粗），没有取用：要改的，改 narrative.md"
LINKS = "稿子改了链接，没有取用：核对 narrative.md 里的链接"


def asked(now: Flow, flow: Flow, base: Imported, theirs: Imported) -> Iterator[tuple[str, str]]:
    """Each question about a paragraph with other words in bold, or about a link.

    Parameters
    ----------
    now : Flow
        What the folder prints now, whose links are compared.
    """
    assert base.outline
    assert theirs.outline
    given, there = items_of(base.outline), items_of(theirs.outline)
    for after, before in sorted(matched(given, there).items()):
        old, new = given[before].part, there[after].part
        if isinstance(old, Paragraph) and isinstance(new, Paragraph) and _is_other(old, new):
            stands, stood = (f"加粗的是“{one.strong}”" if one.strong else "没有加粗" for one in (new, old))
            yield LOOKS, f"{there[after].chapter}：“{new.text}”，稿子{stands}，印的{stood}"
    known, found = ({address for _, address in some} for some in (now.links, flow.links))
    yield from ((LINKS, f"“{text}”：稿子是 {address}") for text, address in flow.links if address not in known)
    shown, printed = ("".join(one.text for one in some.blocks) for some in (flow, now))
    gone = (one for one in now.links if one[1] not in found and shown.count(one[0]) >= printed.count(one[0]))
    yield from ((LINKS, f"“{text}”：印的是 {address}，稿子没有") for text, address in gone)


def _is_other(old: Paragraph, new: Paragraph) -> bool:
    """Whether other words are bold: in a paragraph whose words are the same, or where only one of both has any."""
    return old.strong != new.strong if old.text == new.text else bool(old.strong) != bool(new.strong)
