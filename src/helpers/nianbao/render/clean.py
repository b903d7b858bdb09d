"""Make the HTML of a notebook's outputs safe to publish: without scripts, and without anything loaded from elsewhere."""

from __future__ import annotations

import re

import nh3

_CSS_LOADS = re.compile(r"@import|(url|src|image-set|image|element|cross-fade)\s*\(", re.I)
_PANDAS_SIZE = re.compile(r"<p>\d+ rows × \d+ columns</p>\s*")
_CELL = {"colspan", "rowspan", "headers", "scope"}


def _safe_attribute(_: str, name: str, value: str) -> str | None:
    """The value to keep, or ``None`` to drop the attribute: images must be inline, and styles load nothing."""
    if name == "src" and not value.startswith("data:image/"):
        return None
    return _without_loads(value) if name == "style" else value


def _without_loads(css: str) -> str:
    return _CSS_LOADS.sub("none(", css.replace("\\", ""))


_CLEAN = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS | {"details", "summary", "style", "figure", "figcaption", "colgroup", "col", "caption", "section"},
    clean_content_tags={"script"},
    attributes={"*": {"class", "id", "style", "lang", "title"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
                "td": _CELL, "th": _CELL, "ol": {"start"}, "details": {"open"}, "col": {"span"}, "colgroup": {"span"}},
    attribute_filter=_safe_attribute,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel=None,
)  # fmt: skip


def clean(html: str) -> str:
    """The HTML fragment without scripts, images from elsewhere, and tags and attributes that are not on the lists."""
    return _CLEAN.clean(html)


def framed(fragment: str) -> str:
    """An output's HTML, cleaned. HTML that nianbao did not make gets the report's look, and scrolls when it is too wide."""
    safe = clean(fragment)
    if safe.startswith('<div class="report">') or not safe.strip():
        return safe
    if "<style" in safe:
        safe = re.sub(r"<style.*?</style>", lambda style: _without_loads(style[0]), safe, flags=re.S)
    return f'<div class="report"><div class="scroll">{_PANDAS_SIZE.sub("", safe)}</div></div>'
