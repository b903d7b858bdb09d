"""The tracked changes and comments of a file that came back: which of them somebody still has to decide."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.digests import digest
from nianbao.importing import questions
from nianbao.importing.flow import Paragraph
from nianbao.importing.words import STRUCK
from nianbao.shown.blocks import CHANGE
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.record import Touched
    from nianbao.importing.remark import Remark

# Nobody can tell by its text alone whether a paragraph was moved; it may also be taken out here and put in there.
_MOVED = ("移走", "移来")
_NUMBER = re.compile(r"(?:本章)?第[0-9]+(?:段|个表格|行)")


def read(flow: Flow, prints: Flow, earlier: Sequence[Touched]) -> tuple[dict[str, str], list[str]]:
    """What an import says of each remark of a file → what is asked: the same without its author, as places are looked for.

    That is '' where nothing has to be decided: the folder prints what a change of words makes of its paragraph; of anything
    else, an earlier file has asked the same of the same paragraph or row. With it, what the record keeps of those asked.

    Parameters
    ----------
    prints : Flow
        What the folder prints before the file is merged with it.
    earlier : sequence of Touched
        What of the files that were merged before is kept.
    """
    nameless = replace(flow, remarks=tuple(replace(one, who="") for one in flow.remarks))
    pairs = zip(questions.of_remarks(flow), questions.of_remarks(nameless), flow.remarks, strict=True)
    around = {place: text for places, text in _parts(flow.blocks) for place in places}
    printed = [(_text(prints.blocks, by_lines), _text(flow.blocks, by_lines)) for by_lines in (False, True)]
    known = {one for file in earlier for one in file["remarks"]}
    gone, came = ({_bare(one.text) for one in flow.remarks if one.is_gone is is_gone} for is_gone in (True, False))
    asks, noted = dict[str, str](), list[str]()
    for (_, told), (_, asked), remark in pairs:
        key = f"{key_of(asked)} {digest(squeezed(around.get(remark.block, '')).encode())}"
        is_seen = _is_of_words(remark) and _bare(remark.text) not in gone & came
        is_decided = _is_printed(remark, printed) if is_seen else key in known
        asks[told] = "" if is_decided and not asks.get(told) else asked
        noted += [] if is_decided else [key]
    return asks, noted


def key_of(asked: str) -> str:
    """What is asked without numbers of paragraphs, which other changes move."""
    return _NUMBER.sub("", asked)


def _is_printed(remark: Remark, pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether what a change makes stands in the folder as often as in the file: the same words may stand elsewhere too.

    Parameters
    ----------
    pairs : iterable of (str, str)
        What the folder prints and what the file says, once by paragraphs and once by lines: a title may be in several.
    """
    text = _bare(remark.text)
    counts = [(now.count(text), theirs.count(text)) for now, theirs in pairs]
    if remark.is_gone:
        return all(there <= here for there, here in counts)
    return any(there >= max(1, here) for there, here in counts)


def _is_of_words(remark: Remark) -> bool:
    """Whether a remark is a change whose outcome can be seen in its paragraph, or in its row."""
    return remark.kind == CHANGE and bool(remark.text.strip()) and not remark.said.startswith(_MOVED)


def _parts(blocks: Iterable[Block], by_lines: bool = False) -> list[tuple[list[str], str]]:
    """The paragraphs of a file with the places of their lines, and the rows of its tables with their places."""
    found: list[tuple[list[str], str]] = []
    for one in blocks:
        if isinstance(one, Paragraph) and one.around == STRUCK:
            continue  # none of the text
        if not isinstance(one, Paragraph):
            found += (([f"{one.place}第{at}行"], "".join(row)) for at, row in enumerate(one.rows, 1))
        elif one.goes_on and not by_lines and found:
            places, text = found.pop()
            found.append(([*places, one.place], text + one.text))
        else:
            found.append(([one.place], one.text))
    return found


def _text(blocks: Iterable[Block], by_lines: bool) -> str:
    """The paragraphs or lines of a file, and the rows of its tables, each between line feeds of its own."""
    return "".join(_bare(f"\n{text}\n") for _, text in _parts(blocks, by_lines))


def _bare(text: str) -> str:
    """A text without white space, but for the line feeds at its ends."""
    return "\n" * text.startswith("\n") + squeezed(text) + "\n" * text.endswith("\n")
