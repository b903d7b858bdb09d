"""Title, day, signature, number and editor of a file that came back: what its reviewer changed of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import yamlkey
from nianbao.checks.bodies import is_own
from nianbao.importing import yamltext
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import tokens
from nianbao.importing.returned.proof import title_of
from nianbao.importing.returned.rebased import rebased
from nianbao.importing.returned.result import BOTH, BY_HAND, SIGNED
from nianbao.importing.returned.tokens import TEXT, Token
from nianbao.narrative import chapters
from nianbao.narrative.names import scope
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from nianbao.importing.imported import Imported
    from nianbao.importing.returned.printed import Own
    from nianbao.importing.returned.result import Result

_OFFICE = re.compile("办公[室厅]$")
KEYS = ("date", "signature", "number", "editor")
NONE = "没有"  # what a report was printed with of these


def title(result: Result, own: Own, base: Imported, theirs: Imported) -> str:
    """The merged text with the title that the reviewer wrote; what was changed of it is said, and asked about."""
    before, now, after = base.title, own.made.title, theirs.title
    if not (before and now and after) or squeezed(after.text) in {squeezed(before.text), squeezed(now.text)}:
        return result.text
    text, is_disputed, is_mixed = rebased(before.text, now.text, after.text)
    if is_disputed:
        result.ask_both("标题", before.text, now.text, after.text, text, is_mixed=is_mixed)
    lines = own.report.narrative.split("\n")
    known = chapters.split(own.report.narrative, own.report.format)
    begin, end = (known.title[0] - 1, known.preamble[0]) if known.title else (0, 0)
    read = tokens.read(lines, begin, end, scope(own.report))
    if (begin < end and not read) or any(one.is_cut for one in read):
        about = f"标题：印的是“{before.text}”，稿子是“{after.text}”"
        result.ask(BY_HAND, about, title_of(now.text), title_of(after.text))
        return result.text
    if squeezed(text) != squeezed(after.text):
        result.apart.update(title_of(one).key for one in (text, after.text))
    result.revised.insert(0, ("标题", before.text, after.text))
    parts = [token for line in read for token in line.tokens] or [Token("# ", "# ", TEXT)]
    source = result.line("标题", parts, now.text, Paragraph(text, ""))
    merged = result.text.split("\n")
    return "\n".join([*merged[:begin], source, *([] if known.title else [""]), *merged[end:]])


def report_file(text: str, own: Own, base: Imported, theirs: Imported, into: Imported) -> str:
    """report.yaml with what the reviewer changed of it; all else stays as it is, its comments too.

    What is written is listed as changed. Where the folder has another value by now than was printed and than the reviewer
    has, the file gets the reviewer's, and all three are named by a question. A signature that is not the bureau's name, or
    is its office's, is asked about.
    """
    assert base.outline
    assert own.made.outline
    assert theirs.outline
    bureau = own.report.bureau
    old, now, new = base.outline.values, own.made.outline.values, theirs.outline.values
    for key in KEYS:
        before, ours, after = (some.get(key, ("", ""))[0] for some in (old, now, new))
        if squeezed(after) in {squeezed(before), squeezed(ours)}:
            continue
        both = squeezed(ours) != squeezed(before)
        was = f"原来印{_quoted(before)}，现在印{_quoted(ours)}" if both else f"印的是{_quoted(before)}"
        about = f"{yamltext.NAMES[key]}：{was}，稿子是{_quoted(after)}"
        is_writable = bool(after) and not yamltext.is_refused(key, after)
        made = yamlkey.written(text, key, yamltext.scalar(key, after)) if is_writable else None
        if made is None:
            into.ask(BY_HAND, about)
            continue
        text = made
        into.revised.append((yamltext.NAMES[key], before or NONE, after))
        if both:
            into.ask(BOTH, f"{about}，已照稿子写")
        elif key == "signature" and (_OFFICE.search(after) or not is_own(after, bureau.name, bureau.short)):
            into.ask(SIGNED, about)
    if ("date_below_title" in new) not in {"date_below_title" in old, "date_below_title" in now}:
        into.ask(BY_HAND, "成文日期的位置：report.yaml 的 date_below_title")
    return text


def _quoted(value: str) -> str:
    return f"“{value or NONE}”"
