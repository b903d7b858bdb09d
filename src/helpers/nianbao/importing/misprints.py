"""Labels of a table with one wrong character (尚末审结): read as the statutory ones, and asked about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.inputs.labels import apart
from nianbao.statute import tree
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nianbao.inputs.labels import Typed
    from nianbao.statute.tree import Table

ASKED = "下列栏名、行名与法定的差一个字，按法定的读：对照原件核对"
_FEWEST = 3  # characters of a label, beside its number
# In the place of another character these make another label: of another year, a part of one, the opposite.
_TURNS = frozenset(f"{HAN}〇零百千万亿0123456789年月季周日上下前后去今本当半全不非无没已应增减内外新旧")


def read(texts: Collection[str], tables: Iterable[Table]) -> dict[str, str]:
    """The cells of one of these tables that are statutory labels but for a character → these labels.

    Of a label that stands there as often as the statute has it, no other text is a misprint: 行政处分 beside 行政处罚.
    """
    counts = [Counter(_labels(table)) for table in tables]
    there = Counter(map(tree.normalise, texts))
    known = {tree.normalise(label) for some in counts for label in some}
    missing = {
        label: apart(label) for some in counts for label, count in some.items() if there[tree.normalise(label)] < count
    }
    odd = [
        text for text in dict.fromkeys(texts) if text and not reading.is_figure(text) and tree.normalise(text) not in known
    ]
    return {text: label for text in odd if (label := _meant(text, missing))}


def _meant(text: str, names: dict[str, Typed]) -> str:
    """The one label that a text is but for a character; '' where several are, or none."""
    typed = apart(text)
    alike = [
        label for label, name in names.items() if name.ordinal == typed.ordinal and _is_misprint(typed.words, name.words)
    ]
    return alike[0] if len(alike) == 1 and len(typed.words) >= _FEWEST else ""


def _is_misprint(typed: str, name: str) -> bool:
    if len(typed) != len(name):
        return False
    odd = [{one, other} for one, other in zip(typed, name, strict=True) if one != other]
    return len(odd) == 1 and _TURNS.isdisjoint(odd[0])


def _labels(table: Table) -> list[str]:
    return [node.label for part in table.parts for node in tree.nodes_of((*part.rows, *part.columns))]
