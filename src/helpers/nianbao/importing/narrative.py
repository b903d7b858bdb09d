"""The parts of a report → narrative.md, with what was done to its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing import prose
from nianbao.importing.flow import Paragraph
from nianbao.importing.outline import Table
from nianbao.narrative import chapters
from nianbao.narrative.headings import NO_CHAPTER
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.outline import Outline, Part
    from nianbao.statute.formats import Format

_WIDE = dict(zip(",:;?!()", "，：；？！（）", strict=True))
_HALF = re.compile(r"[,:;?!()]")
_ADDRESS = re.compile(r"[A-Za-z]+://\S+|[\w.+-]+@[\w.-]+|[0-9][0-9,:]*[0-9]")


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
    """

    text: str = ""
    understood: list[tuple[str, str, str]] = field(default_factory=list)
    widened: list[tuple[str, str, str]] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def write(outline: Outline, form: Format, full_width: bool = False) -> Written:
    """The text of one report. Captions that the kit prints with a table itself are left out."""
    into = Written()
    said: list[str] = []
    if outline.title:
        said.append(f"# {_one(outline.title.text, outline.title.place, into, full_width)}")
    said += _blocks(outline.preamble, outline, form, into, full_width)
    for chapter in (*outline.chapters, *outline.attachments):
        heading = _one(chapter.heading.text, chapter.heading.place, into, full_width)
        said += [f"## {heading}", *_blocks(chapter.parts, outline, form, into, full_width)]
    into.text = _settled("\n\n".join(said) + "\n", form, into)
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


def _blocks(parts: Sequence[Part], outline: Outline, form: Format, into: Written, full_width: bool) -> list[str]:
    result: list[str] = []
    before: Part | None = None
    for at, part in enumerate(parts):
        if isinstance(part, Table):
            result.append(f"{{{{ {form.tables[part.id].name} }}}}")
        elif not isinstance(part, Paragraph):
            result.append(prose.table(part))
            into.understood.append((part.place, "不是法定表格的表", "作为正文里的表格"))
        elif _is_caption(part, parts[at + 1 : at + 2], form):
            outline.left_out.append((part.place, part.text, "表题，印表时自动带上"))
        else:
            part = replace(part, text=_one(part.text, part.place, into, full_width))
            made = prose.block(part)
            if made.startswith(("#", "**")):
                into.understood.append((part.place, made.strip("#* ").partition("**")[0], "小标题"))
            goes_on = bool(part.mark) and isinstance(before, Paragraph) and bool(before.mark)
            if goes_on and result:
                result[-1] += f"\n{made}"
            else:
                result.append(made)
        before = part
    _prove(parts, result, outline, into)
    return result


def _is_caption(part: Paragraph, following: Iterable[Part], form: Format) -> bool:
    """Whether a line is the caption of the table below it, with a numeral before it at most."""
    table = next((one for one in following if isinstance(one, Table)), None)
    if table is None:
        return False
    tight = tree.normalise(part.text)
    caption = tree.normalise(form.tables[table.id].caption)
    return tight.endswith(caption) and len(tight) <= len(caption) + 3


def _prove(parts: Sequence[Part], made: list[str], outline: Outline, into: Written) -> None:
    """Find what would be printed otherwise than it stands, when all blocks are read together."""
    without = [one for one in made if not one.startswith(("{{ 表", "|"))]
    shown = prose.prints("\n\n".join(without))
    left_out = {place for place, _, _ in outline.left_out}
    texts = [part for part in parts if isinstance(part, Paragraph) and part.place not in left_out]
    meant = "".join("".join(part.text.split()) for part in texts)
    if "{{" not in "".join(without) and not into.widened and shown != meant:
        into.lost += [f"{part.place}：{part.text[:40]}" for part in texts if "".join(part.text.split()) not in shown]


def _settled(text: str, form: Format, into: Written) -> str:
    """The text with ``{无}`` behind each heading that the kit cannot match: it then is a chapter of the bureau's own."""
    for _ in range(3):
        lines = text.split("\n")
        faults = [
            one for one in chapters.split(text, form).faults if one.kind is NO_CHAPTER and one.source and one.source.line
        ]
        faults = [one for one in faults if lines[one.source.line - 1].startswith("## ")]  # type: ignore[operator, union-attr]
        if not faults:
            break
        for fault in faults:
            at = fault.source.line - 1  # type: ignore[operator, union-attr]
            if not lines[at].endswith("{无}"):
                into.disputed.append(f"“{lines[at].removeprefix('## ')}”：{fault.found}")
                lines[at] += " {无}"
        text = "\n".join(lines)
    return text
