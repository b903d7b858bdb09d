"""Code as HTML, its words in colours. Only this module knows Pygments."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

_PLAIN = HtmlFormatter(nowrap=True)
_CODE = re.compile(r'<pre class="code"><code>.*?</code></pre>', re.S)
_SPAN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
# No characters, so that a page holds none (`outputs`): report.typ has the colours. The first begins a keyword, and so on;
# the last ends each.
_MARKS, _END = {"k": "\ufdd4", "ow": "\ufdd4", "s": "\ufdd5", "c": "\ufdd6", "m": "\ufdd7", "n": "\ufdd8"}, "\ufdd9"
_INKS = {"\ufdd4": "7a1fa2", "\ufdd5": "a8201a", "\ufdd6": "5c5c5c", "\ufdd7": "0a4a73", "\ufdd8": "1f4e79"}
_LONGEST = 3  # letters of a class that is Pygments' own
_NAMES = {"nf", "nc", "nd", "nb"}


def highlighted(code: str, language: str) -> str:
    """A piece of code; in a language that Pygments does not know it stays without colours."""
    return f'<pre class="code"><code>{highlight(code, _lexer(language), _PLAIN).rstrip()}</code></pre>\n'


@lru_cache
def _lexer(language: str) -> Any:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)


def marked(html: str) -> str:
    """Clean HTML in whose code marks stand for the colours, because pandoc takes the text of code and nothing else."""
    return _CODE.sub(lambda code: _SPAN.sub(_with_marks, code[0]), html)


def ink(kind: str) -> str:
    """The colour of a kind of word, by the class that Pygments gives it, as ``7a1fa2``; '' for that of the text."""
    return _INKS.get(_mark(kind), "") if 0 < len(kind) <= _LONGEST else ""


def _mark(kind: str) -> str:
    return _MARKS.get(kind) or ("" if kind[0] == "n" and kind not in _NAMES else _MARKS.get(kind[0], ""))


def _with_marks(span: re.Match[str]) -> str:
    kind, word = span.groups()
    mark = _mark(kind)
    return f"{mark}{word}{_END}" if mark else word
