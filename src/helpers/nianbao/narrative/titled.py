"""The title of an attachment that stands below its heading 附件1, as GB/T 9704-2012, 7.3.7, lays it out."""

from __future__ import annotations

import re

from nianbao.asides import is_aside
from nianbao.names import is_name
from nianbao.narrative.attached import is_unnamed, label_of
from nianbao.reading import is_note

_LINES = 2  # of a title at most
_HASHES = re.compile(r"\s{0,3}(#{3,6})[\s\u3000]+")
_DAY = re.compile(r"[0-9０-９二〇○零一三四五六七八九]{4}\s*年.*[月日]$|[0-9]{4}[-./]")
# Words and no sentence, no row of a table, no item of a list or of an outline, and nothing in brackets alone.
_TITLE = re.compile(
    r"(?![（(【\[|!<>{*+•·●■◆①-⑳-]|[0-9０-９]{1,2}\s*[.．、）)]|第?[一二三四五六七八九十]{1,3}\s*[、.．是部章]|附[件表录])"
    r"(?=.*[\u4e00-\u9fff])[^。；！？，,;:：|\t{}]{2,40}"
)


def with_title(heading: str, text: str) -> tuple[str, str]:
    """The heading of an attachment with the title that stands below it, and the text with empty lines in its place.

    A title is a short line, or two, with nothing right below but a table or picture, and with something further below.
    """
    lines = text.split("\n")
    begin = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    end = next((at for at in range(begin, len(lines)) if not lines[at].strip() or lines[at].startswith(("|", "!["))), 0)
    title, marked = "", _HASHES.match(lines[begin]) if begin < end else None
    if not is_unnamed(heading) or not begin < end <= begin + _LINES or not any(one.strip() for one in lines[end:]):
        return heading, text
    if marked and (end > begin + 1 or any(_HASHES.match(one) for one in lines[end:])):
        return heading, text  # the first of several parts
    for line in lines[begin:end]:
        one = _HASHES.sub("", line).strip(" \u3000").removeprefix("**").removesuffix("**")
        if not _TITLE.fullmatch(one) or is_name(one) or is_aside(one) or is_note(one) or _DAY.match(one):
            return heading, text
        title += one
    label = label_of(heading)
    mark = (label.mark if label else heading).rstrip(" \u3000：:、．.")
    return f"{mark}：{title}", "\n".join(["" if begin <= at < end else line for at, line in enumerate(lines)])
