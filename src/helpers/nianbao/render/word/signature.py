"""Where lines stand: below a title, of a signature, of the list of attachments above it, of the heading of one below it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.render.headings import title_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.render.word.blanks import Part

_ATTACHED, _NUMBER = "附件：", re.compile(r"\d+\. ")
_SIGNS = "：:、．. \u3000"
FROM_RIGHT = 4  # characters
_LINE = 28


def is_signature(node: LexborNode) -> bool:
    """Whether an element holds paragraphs and nothing else."""
    return {one.tag for one in node.iter()} == {"p"} and not node.text(deep=False).strip()


def listed(runs: Sequence[Part]) -> tuple[list[Part], str]:
    """A line of the list of attachments with a tab behind its number, and its style: names begin below one another."""
    made: list[Part] = [
        one if isinstance(one, str) or not _NUMBER.fullmatch(one[0]) else (f"{one[0].rstrip()}\t", one[1]) for one in runs
    ]
    text = "".join(one[0] for one in made if not isinstance(one, str))
    if "\t" not in text:
        return made, "Attached"
    return made, "AttachedFirst" if text.startswith(_ATTACHED) else "AttachedNext"


def headed(runs: Sequence[Part]) -> tuple[list[Part], str]:
    """The heading of an attachment, and its style: 附件 and number on the first line, the name in the middle of the third.

    What stands between both in a line of text is unseen. A long name breaks between its parts; the line below it is empty.
    """
    words = [one for one in runs if not isinstance(one, str)]
    if len(words) < 2 or words[0][0][:2] not in {"附件", "附表", "附录"}:
        return list(runs), "Attachment"
    (mark, look), *parts = words
    number = mark.rstrip(_SIGNS)
    made: list[Part] = [one for one in runs if isinstance(one, str)]
    made += [(number, look), (mark[len(number) :], replace(look, style="Unseen"))]
    is_long = title_lines([text for text, _ in parts]) > 1
    for at, (text, around) in enumerate(parts):
        begins = "\n\n\t" if at == 0 else "\n\t" if is_long else ""
        ends = "\n" if at == len(parts) - 1 else ""
        made.append((begins + text + ends, replace(around, style="AttachmentName")))
    return made, "Attachment"


def numbered(runs: Sequence[Part]) -> tuple[list[Part], str]:
    """A line below the title, and its style: the day stands in brackets, the number of the document in none."""
    text = "".join(one[0] for one in runs if not isinstance(one, str))
    return list(runs), "BelowTitle" if text.startswith("（") else "Number"


SET = {"Attached": listed, "Attachment": headed, "BelowTitle": numbered}
"""What sets the paragraphs of a style."""


def indents(lines: Sequence[str]) -> tuple[float, float]:
    """Left and right indents of the names and of the date below them, which is the last line, in characters.

    Between them all lines are centred: in official fonts the date ends four characters from the right, and in fonts whose
    digits are wider the names stand over it all the same. Names so long that they would reach over the right edge end there.
    Lines may be half a character wider on either side than they are thought to be.
    """
    widths = [min(_LINE, sum(0.5 if one.isascii() else 1 for one in line)) for line in lines]
    middle = max(FROM_RIGHT + widths[-1] / 2, max(widths) / 2)
    return _LINE - 2 * middle - 0.5, -0.5
