"""What a draft in Word says of itself behind its report: its paragraphs are known by the names of their styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.shown.wordruns import plain
from nianbao.shown.wordstyles import W, name_of, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set
    from xml.etree.ElementTree import Element

FINDINGS, FINDING, FINDING_LINE = "Findings", "Finding", "FindingLine"
NAMES = {FINDINGS: "核查发现", FINDING: "核查发现条目", FINDING_LINE: "核查发现说明"}
"""The styles' names by their ids, which programs change."""


def ids(known: Mapping[str, Element]) -> frozenset[str]:
    """The ids that these styles have in a document, by all of its styles."""
    return frozenset(one for one, style in known.items() if _name(style) in NAMES.values())


def texts(body: Element, of: Set[str]) -> Iterator[str]:
    """The paragraphs of a document that have one of these styles."""
    return (said for one in body.iter(f"{W}p") if name_of(one) in of and (said := plain(one).strip()))


def _name(style: Element) -> str:
    said = stands_in(style, "name")
    return said.get(f"{W}val", "") if said is not None else ""
