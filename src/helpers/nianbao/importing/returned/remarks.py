"""The tracked changes and comments of a file that came back: which of them somebody still has to decide."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing import questions
from nianbao.importing.flow import Grid, Paragraph
from nianbao.shown.blocks import CHANGE
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.record import Touched
    from nianbao.importing.remark import Remark

_MOVED = ("移走", "移来")  # nobody can tell by its text alone whether a paragraph was moved
_NUMBER = re.compile(r"(?:本章)?第[0-9]+(?:段|个表格|行)")


def read(flow: Flow, prints: Flow, earlier: Sequence[Touched]) -> dict[str, str]:
    """What an import says of each remark of a file → what is asked: the same without its author, as places are looked for.

    That is '' where nothing has to be decided: the folder prints what a change of words makes of its paragraph; of anything
    else, an earlier file has asked the same.

    Parameters
    ----------
    prints : Flow
        What the folder prints before the file is merged with it.
    earlier : sequence of Touched
        What of the files that were merged before is kept.
    """
    nameless = replace(flow, remarks=tuple(replace(one, who="") for one in flow.remarks))
    pairs = zip(questions.of_remarks(flow), questions.of_remarks(nameless), flow.remarks, strict=True)
    prints_, known = _text(prints.blocks), {one for file in earlier for one in file["remarks"]}

    def is_decided(remark: Remark, asked: str) -> bool:
        if _is_of_words(remark):
            return (_bare(remark.text) in prints_) != remark.is_gone
        return key_of(asked) in known

    return {told: "" if is_decided(remark, asked) else asked for (_, told), (_, asked), remark in pairs}


def key_of(asked: str) -> str:
    """What is asked, as the record keeps it: without numbers of paragraphs, which other changes move."""
    return _NUMBER.sub("", asked)


def _is_of_words(remark: Remark) -> bool:
    """Whether a remark is a change whose outcome can be seen in its paragraph, or in its row."""
    return remark.kind == CHANGE and bool(remark.text.strip()) and not remark.said.startswith(_MOVED)


def _text(blocks: Iterable[Block]) -> str:
    """The paragraphs of a file, and the rows of its tables, one a line."""
    texts = [one.text for one in blocks if isinstance(one, Paragraph)]
    rows = ["".join(row) for one in blocks if isinstance(one, Grid) for row in one.rows]
    return _bare("\n".join(["", *texts, *rows, ""]))


def _bare(text: str) -> str:
    """A text without white space, but for the ends of its lines."""
    return "\n".join(map(squeezed, text.split("\n")))
