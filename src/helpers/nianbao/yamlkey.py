"""A text as YAML takes it, and one key of a YAML file with another value; all else stays as it is written, comments too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from nianbao.yamlfile import read_yaml

_QUOTE = '"'
_VALUE = r"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'\[{|>&*!][^\n]*?)?(?P<rest>[ \t]*(?:[ \t]#.*)?)"


def quoted(text: str, may_be_plain: bool = False) -> str:
    """A text in double quotation marks, or plain where it is one word that YAML takes for a text, between braces too."""
    is_plain = may_be_plain and re.fullmatch(r"[^\W\d_][\w（）]*", text) and not text.isascii()  # null is none
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def written(text: str, key: str, source: str) -> str | None:
    """A file with a key's value changed, in the quotation marks that it had or without; or with the key added.

    None where it is written in another way: in braces, or on several lines.

    Parameters
    ----------
    source : str
        The value as YAML: a number, a day, or a text in double quotation marks.
    """
    lines = re.finditer(rf"^(?P<key> *([\"']?){key}\2):[ \t]*{_VALUE}$", text, re.M)
    made = [one for line in lines for one in _changed(text, line, source)]
    made.append(f"{text.rstrip()}\n{key}: {source}\n")
    return next((one for one in made if is_only(key, text, one)), None)


def _changed(text: str, line: re.Match[str], source: str) -> list[str]:
    """The file with another value in a line: as this was written, where that says the same, or else as it is given."""
    made = _put(text, line, source)
    mark = line["value"][:1] if line["value"] else ""
    mark = mark if mark in {'"', "'"} else ""
    alike = _put(text, line, f"{mark}{source.strip(_QUOTE)}{mark}")
    return [alike, made] if said(alike) == said(made) else [made]


def _put(text: str, line: re.Match[str], source: str) -> str:
    rest = line["rest"].rstrip() and line["rest"]
    return f"{text[: line.start()]}{line['key']}: {source}{rest}{text[line.end() :]}"


def is_only(key: str, text: str, made: str) -> bool:
    """Whether what was made of a file says the same but for this key."""
    before, after = said(text), said(made)
    others = {name: one for name, one in after.items() if name != key}
    return key in after and others == {name: one for name, one in before.items() if name != key}


def said(text: str) -> dict[str, Any]:
    """What a file says; nothing where it cannot be read."""
    file = read_yaml(Path("one.yaml"), read=lambda _: text.encode())
    return {} if file.faults else file.data
