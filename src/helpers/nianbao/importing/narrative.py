"""The parts of a report → narrative.md, with what was done to its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from nianbao.importing import prose
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.gathered import CHANGED, ONLY_COUNTED
from nianbao.importing.outline import Table
from nianbao.narrative import chapters
from nianbao.narrative.headings import NO_CHAPTER, by_words, heading_of
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.importing.outline import Outline, Part
    from nianbao.narrative.headings import Heading
    from nianbao.statute.formats import Format

_WIDE = dict(zip(",:;?!()", "，：；？！（）", strict=True))
_HALF = re.compile(r"[,:;?!()]")
_ADDRESS = re.compile(r"[A-Za-z]+://\S+|[\w.+-]+@[\w.-]+|[0-9][0-9,:]*[0-9]")

Pictures = Mapping[str, Sequence[str]]
NO_PICTURES: Pictures = MappingProxyType({})


@dataclass(slots=True)
class Written:
    """narrative.md, and what is to be said of it.

    Parameters
    ----------
    widened : list of (str, str, str)
        The place of each paragraph whose punctuation was made full-width, before and after.
    disputed : list of str
        The headings of which nobody knows for certain which chapter they head.
    lost : list of str
        The places of paragraphs that would not be printed as they stand.
    doubtful : list of str
        The cells of tables of the text that may not be taken as they stand: place, text, why.
    """

    text: str = ""
    understood: list[tuple[str, str, str]] = field(default_factory=list)
    widened: list[tuple[str, str, str]] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def write(outline: Outline, form: Format, full_width: bool = False, pictures: Pictures = NO_PICTURES) -> Written:
    """The text of one report. Captions that the kit prints with a table itself are left out.

    ``pictures`` are the lines of Markdown that show them, by the place behind which they stand.
    """
    into = Written()
    said: list[str] = []
    if outline.title:
        said.append(f"# {_one(outline.title.text, outline.title.place, into, full_width)}")
    said += blocks_of(outline.preamble, outline, form, into, full_width, pictures)
    for chapter in (*outline.chapters, *outline.attachments):
        heading = _one(chapter.heading.text, chapter.heading.place, into, full_width)
        is_one = any(part.place == chapter.heading.place for part in chapter.parts)
        below = [] if is_one else pictures.get(chapter.heading.place, ())
        said += [f"## {heading}", *below, *blocks_of(chapter.parts, outline, form, into, full_width, pictures)]
    into.text = settled("\n\n".join(said) + "\n", form, into)
    return into


def _one(text: str, place: str, into: Written, full_width: bool) -> str:
    wide = widened(text) if full_width else text
    if wide != text:
        into.widened.append((place, text, wide))
    return wide


def widened(text: str) -> str:
    """A text with its half-width punctuation full-width, but in numbers and addresses."""
    kept = [found.span() for found in _ADDRESS.finditer(text)]
    return _HALF.sub(
        lambda found: found[0] if any(a <= found.start() < b for a, b in kept) else _WIDE[found[0]], text
    )  # fmt: skip


def blocks_of(
    parts: Sequence[Part],
    outline: Outline,
    form: Format,
    into: Written,
    full_width: bool = False,
    pictures: Pictures = NO_PICTURES,
) -> list[str]:
    """The blocks of Markdown that some parts of a report are written as."""
    result: list[str] = []
    listed: list[Paragraph] = []
    behind: Sequence[str] = ()  # the pictures behind the part before
    for at, part in enumerate([*parts, None]):
        if behind:
            result += [*(prose.items(listed) if listed else ()), *behind]
            listed = []
        next_ = parts[at + 1].place if at + 1 < len(parts) else ""
        behind = pictures.get(part.place, ()) if part and part.place != next_ else ()
        if isinstance(part, Paragraph) and part.mark:
            listed.append(replace(part, text=_one(part.text, part.place, into, full_width)))
            continue
        result += prose.items(listed) if listed else []
        listed = []
        if isinstance(part, Table):
            result.append(f"{{{{ {form.tables[part.id].name} }}}}")
        elif isinstance(part, Grid):
            result.append(prose.table(part))
            into.understood.append((part.place, "不是法定表格的表", "作为正文里的表格"))
            into.doubtful += [
                f"{part.place}第{part.number(row)}行：原文“{part.rows[row][column]}”，{why}"
                for row, column in sorted({*part.doubtful, *part.marks})
                if (why := part.doubt((row, column))) not in {"", ONLY_COUNTED, CHANGED}
            ]
        elif part and _is_caption(part, parts[at + 1 : at + 2], form):
            outline.left_out.append((part.place, part.text, "表题，印表时自动带上"))
        elif part:
            made = prose.block(replace(part, text=_one(part.text, part.place, into, full_width)))
            if made.startswith(("#", "**")):
                into.understood.append((part.place, made.strip("#* ").partition("**")[0], "小标题"))
            result.append(made)
    _prove(parts, result, outline, into, full_width)
    return result


def _is_caption(part: Paragraph, following: Iterable[Part], form: Format) -> bool:
    """Whether a line is the caption of the table below it, with a numeral before it at most."""
    table = next((one for one in following if isinstance(one, Table)), None)
    if table is None:
        return False
    tight = tree.normalise(part.text)
    caption = tree.normalise(form.tables[table.id].caption)
    return tight.endswith(caption) and len(tight) <= len(caption) + 3


def _prove(parts: Sequence[Part], made: list[str], outline: Outline, into: Written, full_width: bool) -> None:
    """Find what would be printed otherwise than it stands, when all blocks are read together."""
    without = [one for one in made if not one.startswith(("{{ 表", "|", "!["))]
    shown = prose.prints_in_all(without)
    left_out = {place for place, _, _ in outline.left_out}
    texts = [part for part in parts if isinstance(part, Paragraph) and part.place not in left_out]
    texts = [replace(part, text=widened(part.text)) for part in texts] if full_width else texts
    meant = [prose.unbraced(prose.plain(part)) for part in texts]
    if shown != "".join(meant):
        lost = (part for part, text in zip(texts, meant, strict=True) if text not in shown)
        into.lost += [f"{part.place}：{part.text[:40]}" for part in lost]


def settled(text: str, form: Format, into: Written) -> str:
    """The text with the chapter in braces behind each heading that the kit cannot match by itself.

    It is the one that the heading's wording names, where the order of all allows it; else 无: a chapter of the bureau's own.
    """
    for _ in range(3):
        lines = text.split("\n")
        found = chapters.split(text, form)
        faults = ((one.source.line, one.found) for one in found.faults if one.kind is NO_CHAPTER and one.source)
        places = {line - 1: why for line, why in faults if line}
        places = {at: why for at, why in places.items() if lines[at].startswith("## ") and not lines[at].endswith("}")}
        known = {chapter.line - 1: chapter.section.numeral for chapter in found.chapters if chapter.section in form.sections}
        for at, why in sorted(places.items()):
            numeral = _by_order(heading_of(at, 2, lines[at].removeprefix("## ")), at, known, form)
            known |= {at: numeral} if numeral else {}
            heading = lines[at].removeprefix("## ")
            lines[at] += f" {{{numeral or '无'}}}"
            if numeral:
                into.understood.append(("", heading, f"按文字和次序认作第{numeral}章"))
            else:
                into.disputed.append(f"“{heading}”：{why}")
        text = "\n".join(lines)
        if not places:
            break
    return text


def _by_order(heading: Heading, at: int, known: dict[int, str], form: Format) -> str:
    """The only chapter that a heading's wording names, where it stands in its place among the known ones; else ''."""
    order = [section.numeral for section in form.sections]
    named = {section.numeral for section in by_words(heading, form)} - set(known.values())
    above = max((order.index(one) for place, one in known.items() if place < at), default=-1)
    below = min((order.index(one) for place, one in known.items() if place > at), default=len(order))
    fitting = [one for one in named if above < order.index(one) < below]
    return fitting[0] if len(fitting) == 1 else ""
