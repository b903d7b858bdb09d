"""Title, day, signature, number and editor of a file that came back: what its reviewer changed of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.importing import yamltext
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.result import BY_HAND
from nianbao.importing.returned.tokens import TEXT, Token
from nianbao.importing.returned.wordings import merged
from nianbao.narrative import chapters
from nianbao.shown.seen import squeezed
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.importing.imported import Imported
    from nianbao.statute.formats import Format

KEYS = ("date", "signature", "number", "editor")
_SCALAR = r"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'\[{{|>&*!][^\n]*?)?(?P<rest>[ \t]*(?:[ \t]#.*)?)"


def title(text: str, form: Format, base: Imported, theirs: Imported) -> str:
    """narrative.md with the title that the reviewer wrote."""
    before, after = base.title, theirs.title
    if before is None or after is None or squeezed(before.text) == squeezed(after.text):
        return text
    known = chapters.split(text, form).title
    if known is None:
        return f"# {after.text}\n\n{text}"
    lines = text.split("\n")
    number, _ = known
    own = lines[number - 1]
    end = number
    while end < len(lines) and lines[end].strip() and squeezed(known[1]) != squeezed(own.lstrip("# ")):
        own += lines[end].strip()
        end += 1
    made = merged([Token(own, own, TEXT)], Paragraph(after.text, ""))
    return "\n".join([*lines[: number - 1], made.source, *lines[end:]])


def report_file(text: str, base: Imported, theirs: Imported, ask: Callable[[str, str], None]) -> str:
    """report.yaml with what the reviewer changed of it; all else stays as it is, its comments too."""
    assert base.outline
    assert theirs.outline
    old, new = base.outline.values, theirs.outline.values
    for key in KEYS:
        before, after = (some.get(key, ("", ""))[0] for some in (old, new))
        if squeezed(before) == squeezed(after):
            continue
        made = _written(text, key, after) if after and not yamltext.is_refused(key, after) else None
        if made is None:
            ask(BY_HAND, f"{yamltext.NAMES[key]}：印的是“{before or '没有'}”，稿子是“{after or '没有'}”")
        text = made or text
    if ("date_below_title" in old) != ("date_below_title" in new):
        ask(BY_HAND, "成文日期的位置：report.yaml 的 date_below_title")
    return text


def _written(text: str, key: str, value: str) -> str | None:
    """The file with a key's value changed, or with the key added; none where it is written in another way."""
    source = yamltext.scalar(key, value)
    pattern = re.compile(rf"^{key}:[ \t]*{_SCALAR}$", re.M)
    found = pattern.findall(text)
    if len(found) == 1:
        made = pattern.sub(lambda one: f"{key}: {source}{one['rest'].rstrip() and one['rest']}", text)
    elif re.search(rf"^{key}:", text, re.M):
        return None
    else:
        made = f"{text.rstrip()}\n{key}: {source}\n"
    before, after = _data(text), _data(made)
    others = {name: one for name, one in after.items() if name != key}
    return made if key in after and others == {name: one for name, one in before.items() if name != key} else None


def _data(text: str) -> dict[str, Any]:
    """What a report.yaml says; nothing where it cannot be read."""
    file = read_yaml(Path("report.yaml"), read=lambda _: text.encode())
    return {} if file.faults else file.data
