"""The labels that a form has around its tables, such as 填表人：, by the kind of what stands behind them.

The words stand in formlabels.yaml; what reads them are who filled a table in, the lines in cells, whose a table is and when
it was filled in, and what is said behind labels.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

PERSON, TELEPHONE, ADDRESS, DAY, YEAR, TERM = "person", "telephone", "address", "day", "year", "term"
BODY, FORM, AUTHORITY, PUBLISHER = "body", "form", "authority", "publisher"
CODE, COUNT, PAGE, OTHER = "code", "count", "page", "other"
NUMBERED = (TELEPHONE, ADDRESS, DAY, YEAR, TERM, CODE, COUNT, PAGE)
"""The kinds of which a number may stand behind a label."""
SILENT = (PERSON, TELEPHONE, ADDRESS, DAY, FORM, AUTHORITY, PUBLISHER, CODE, COUNT, OTHER)
"""The kinds of which nothing is said of figures behind a label, unless it says that they are off."""


@lru_cache(maxsize=32)
def labels(*kinds: str) -> str:
    """A pattern of whole labels of some kinds, the longest first, without colon and what stands in brackets behind them."""
    return "|".join(sorted(_labels(kinds), key=len, reverse=True))


@lru_cache(maxsize=32)
def ends(*kinds: str) -> str:
    """A pattern of how labels of some kinds end; other words may stand before it."""
    return "|".join(one for kind in kinds if (one := _words()["ends"].get(kind)))


@lru_cache(maxsize=8)
def deeds(kind: str) -> str:
    """A pattern of what stands before 人, 单位 or 日期: ``handles``, ``makes``, ``sets``, ``gets``."""
    return str(_words()["deeds"][kind])


def _labels(kinds: tuple[str, ...]) -> Iterator[str]:
    for kind in kinds:
        for one in _words()["labels"].get(kind, ()):
            yield one.replace("{makes}", deeds("makes"))


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    """The words of formlabels.yaml: deeds, labels, ends."""
    return read_yaml(Path(__file__).with_suffix(".yaml")).data
