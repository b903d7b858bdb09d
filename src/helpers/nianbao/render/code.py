"""Code as HTML, its words in colours. Only this module knows Pygments."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

_PLAIN = HtmlFormatter(nowrap=True)


def highlighted(code: str, language: str) -> str:
    """A piece of code; in a language that Pygments does not know it stays without colours."""
    return f'<pre class="code"><code>{highlight(code, _lexer(language), _PLAIN).rstrip()}</code></pre>\n'


@lru_cache
def _lexer(language: str) -> Any:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)
