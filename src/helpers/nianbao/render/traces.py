"""Traces of how a page was made: the code of its cells, prompts, tracebacks."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from nianbao.findings import Finding
from nianbao.language import say_in
from nianbao.onpages import TRACE
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST = 8  # characters of code that is told from a text
_CODE = re.compile(r"[(=\[.]|^import ")
_PRINTED = "Traceback(mostrecentcalllast)"
_PROMPT = re.compile(r"(?:In|Out)\[\d+\]:")


@dataclass(frozen=True, slots=True)
class Traces:
    """What texts are searched for.

    Parameters
    ----------
    code : dict
        The code of each cell by the same without blanks.
    """

    code: dict[str, str]

    @classmethod
    def of(cls, sources: Iterable[str]) -> Traces:
        """Those of a notebook whose cells have this code."""
        return cls({tight: one for one in sources if len(tight := squeezed(one)) >= LEAST and _CODE.search(one)})

    def found_in(self, text: str, chinese: bool) -> Iterator[str]:
        """A sentence for each trace in a text without blanks."""
        say = partial(say_in, chinese)
        if _PRINTED in text:
            yield say("it shows a traceback")
        if found := _PROMPT.search(text):
            yield say("it shows a prompt, “{text}”", text=found[0])
        for tight, source in self.code.items():
            if tight in text and not _is_literal(source):
                yield say("it shows the code of a cell, “{text}”", text=source.strip().partition("\n")[0])

    def warned(self, cells: Iterable[tuple[int, str]]) -> Iterator[Finding]:
        """A warning for each trace in what cells show, which comes with their numbers."""
        texts = [(number, squeezed(text)) for number, text in cells]
        if any(self.found_in("".join(text for _, text in texts), chinese=True)):
            for number, text in texts:
                yield from (trace(number, one) for one in self.found_in(text, chinese=True))


def trace(number: int, found: str) -> Finding:
    """The warning about one trace in what a cell shows."""
    action = (
        "确要公开的不必改；不要公开的，改写文字，或给单元格加标签 remove-cell（整格不发布）、remove-output（不发布输出）"
    )
    return Finding(TRACE, f"第{number}个单元格", None, found, "读者要看的内容", action)


def _is_literal(source: str) -> bool:
    """Whether a cell is nothing but a value, which prints as it is written."""
    try:
        ast.literal_eval(source.strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True
