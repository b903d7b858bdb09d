"""Style sheets of a page → their rules, one selector each, in order: those in other rules and in groups too."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2

from nianbao.shown.htmltree import root_of
from nianbao.shown.longhands import longhands
from nianbao.shown.media import holds
from nianbao.shown.values import is_sure, is_valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode
    from tinycss2.ast import Node

_GROUPS = {"supports", "container", "scope", "starting-style"}  # nobody knows here whether they hold
DEEPEST, _MOST, _LONGEST = 8, 2_000, 1_000  # of rules in rules; the selectors of one of them, and their characters
_BOUND = re.compile(r"\b(?:layer|supports)\b(?:\((?:[^()]|\([^()]*\))*\))?", re.I)
NO_LAYER = 1_000_000
_SILENT = {"none", "normal", "open-quote", "close-quote", "no-open-quote", "no-close-quote", "inherit", "initial", "unset"}


class Declared(NamedTuple):
    """One property of a rule, with its value in lower case.

    Parameters
    ----------
    is_certain : bool
        Whether a browser takes the value; ``False`` where nobody knows here.
    """

    name: str
    is_important: bool
    value: str
    is_certain: bool = True


class Rule(NamedTuple):
    """A selector and what it says.

    Parameters
    ----------
    is_certain : bool
        Whether a browser takes it; ``False`` where nobody knows here.
    layer : int
        The place of its layer among all; a rule of a later layer is stronger, and one of none the strongest.
    """

    selector: str
    declared: list[Declared]
    is_certain: bool = True
    layer: int = NO_LAYER


class TooMuch(Exception):
    """More style than was allowed."""


@dataclass(frozen=True)
class Sheet:
    """A style sheet, and the media that it is for."""

    media: str
    text: str

    @cached_property
    def nodes(self) -> list[Node]:
        """What stands in it."""
        found: list[Node] = tinycss2.parse_stylesheet(self.text, skip_comments=True, skip_whitespace=True)
        return found


def sheets_of(inside: LexborNode) -> list[Sheet]:
    """The style sheets that a page holds; those of a page without scripts, and switched off, are none."""
    found: list[Sheet] = []
    preferred = ""
    for node in root_of(inside).css("style, link[href]"):
        about = node.attributes
        kind, is_off = (about.get("type") or "text/css").strip().lower(), node.tag == "link" and "disabled" in about
        title = (about.get("title") or "").strip()
        if title and (node.tag == "style" or _is_sheet(about)):
            preferred = preferred or title
            is_off = is_off or title != preferred  # one of several looks, of which the first is shown
        if kind != "text/css" or is_off or (node.parent is not None and node.parent.tag == "noscript"):
            continue
        sheet = node.text() if node.tag == "style" else _in_address(about)
        if sheet:
            found += _with_imported(Sheet(about.get("media") or "", sheet), 0)
    return found


def _with_imported(sheet: Sheet, depth: int) -> Iterator[Sheet]:
    """A style sheet, after those that stand in the addresses that it imports."""
    for node in sheet.nodes if depth < DEEPEST else ():
        if node.type != "at-rule" or node.lower_at_keyword not in {"import", "charset", "layer"} or node.content is not None:
            break
        first, *rest = [one for one in node.prelude if one.type not in {"whitespace", "comment"}] or [None]
        named = first.arguments if first is not None and first.type == "function" else [first]
        address = next((one.value for one in named if one is not None and one.type in {"string", "url"}), "")
        if node.lower_at_keyword == "import" and (text := _in_data(address)):
            asked = [one for one in (_BOUND.sub("(unknown)", tinycss2.serialize(rest)), sheet.media) if one.strip()]
            # Where a sheet and the one that imports it are for several media, nobody tells here which are meant.
            yield from _with_imported(Sheet(" and not ".join(asked), text), depth + 1)
    yield sheet


def _in_address(about: dict[str, str | None]) -> str:
    """The style sheet that the address of a link holds itself; '' for none."""
    return _in_data(about.get("href") or "") if _is_sheet(about) else ""


def _is_sheet(about: dict[str, str | None]) -> bool:
    words = (about.get("rel") or "").lower().split()
    return "stylesheet" in words and "alternate" not in words


def _in_data(address: str) -> str:
    """The style sheet that an address holds itself; '' for none."""
    kind, comma, written = address.strip().partition(",")
    if not comma or not re.match(r"data:(?:text/css)?(?:;|$)", kind, re.I):
        return ""
    raw = unquote_to_bytes(written)
    try:
        return (base64.b64decode(raw) if kind.lower().endswith(";base64") else raw).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def rules_in(sheets: Iterable[Sheet], names: frozenset[str], medium: str = "") -> Iterator[Rule]:
    """The rules of sheets that say something of some properties, in order.

    Parameters
    ----------
    medium : str
        ``screen`` or ``print``: what the sheets say for it; without it only what they say for all.
    """
    reading = _Reading(names, medium)
    for sheet in sheets:
        is_for = holds(sheet.media, medium) if medium else True
        if is_for is not False:
            yield from reading.rules(sheet.nodes, [], Rule("", [], is_for is True))


def declared_in(style: str, names: frozenset[str]) -> list[Declared]:
    """What a ``style`` says of some properties."""
    return list(_declared(tinycss2.parse_blocks_contents(style), names))


class _Reading:
    """Reads the sheets of a page, and knows the layers that they have named."""

    def __init__(self, names: frozenset[str], medium: str) -> None:
        self.names, self.medium, self.layers = names, medium, list[str]()

    def rules(self, nodes: Iterable[Node], parents: list[str], within: Rule, depth: int = 0) -> Iterator[Rule]:
        """The rules among some nodes, which lie in rules with the selectors ``parents``."""
        nodes = list(nodes)
        own = [node for node in nodes if node.type == "declaration"]
        if parents and (declared := list(_declared(own, self.names))):
            for one in parents:
                yield within._replace(selector=one, declared=declared)
        for node in nodes:
            if node.type == "qualified-rule":
                selectors = _selectors(node.prelude)
                if not any(_FOREIGN.search(one) for one in selectors) and self._is_bounded(selectors, parents, depth):
                    around = [_inside(one, parent) for one in selectors for parent in parents or [""]]
                    yield from self.rules(_contents(node.content), around, within, depth + 1)
            elif node.type == "at-rule":
                yield from self._group(node, parents, within, depth)

    def _is_bounded(self, selectors: list[str], parents: list[str], depth: int) -> bool:
        """Whether rules in rules are as few and as short as people write them; those of a page that is read have to be."""
        longest = max(map(len, parents), default=0)
        is_long = any((one.count("&") + 1) * longest > _LONGEST for one in selectors if longest)
        is_so = depth < DEEPEST and len(selectors) * len(parents) <= _MOST and not is_long
        if not is_so and self.medium:
            raise TooMuch
        return is_so

    def _group(self, node: Node, parents: list[str], within: Rule, depth: int) -> Iterator[Rule]:
        asked, is_for = node.lower_at_keyword, None
        if asked == "layer":
            named = [one.strip() for one in tinycss2.serialize(node.prelude).split(",")]
            self.layers += [one for one in named if one not in self.layers or not one]
        if node.content is None or not self.medium or not self._is_bounded([], parents, depth):
            return
        if asked == "media":
            is_for = holds(tinycss2.serialize(node.prelude), self.medium)
        elif asked == "layer":
            # A layer in a layer is weaker than the rules around it, which are not told apart here.
            is_for = None if within.layer != NO_LAYER or "." in named[0] else True
            layer = self.layers.index(named[0]) if named[0] else len(self.layers) - 1
            within = within._replace(layer=layer)
        elif asked not in _GROUPS:
            return
        if is_for is not False:
            inner = within._replace(is_certain=within.is_certain and is_for is True)
            inside = _contents(node.content) if parents else tinycss2.parse_rule_list(node.content, True, True)
            yield from self.rules(inside, parents, inner, depth + 1)


# What a telephone leaves free at its edges, and a desk does not.
_FREE_EDGES = re.compile(r"env\(\s*safe-area-(?:max-)?inset-(?:top|right|bottom|left)\s*(?:,[^()]*)?\)")
LATER = "later:"  # before a property of several whose value is known once those that the page made up are
_OF_FONT = {"font": {"font-family": ""}}
# A browser of today knows none of these, and passes over a rule that has one.
_FOREIGN = re.compile(r":-(?:moz|ms|o)-", re.I)


def _contents(nodes: Sequence[Node]) -> list[Node]:
    found: list[Node] = tinycss2.parse_blocks_contents(nodes, skip_comments=True, skip_whitespace=True)
    return found


def _selectors(prelude: Iterable[Node]) -> list[str]:
    """The selectors of a list, parted by commas that stand in no brackets."""
    parts: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return [one for part in parts if (one := tinycss2.serialize(part).strip())]


def _inside(written: str, parent: str) -> str:
    """The selector of a rule that lies in another."""
    if not parent:
        return written.replace("&", ":root")
    return written.replace("&", parent) if "&" in written else f"{parent} {written}"


def _declared(nodes: Iterable[Node], names: frozenset[str]) -> Iterator[Declared]:
    for node in nodes:
        if node.type != "declaration":
            continue
        value = _FREE_EDGES.sub("0px", tinycss2.serialize(node.value).strip().lower())
        if node.name.startswith("--"):
            if "--" in names:
                yield Declared(node.name.lower(), node.important, value or " ")
        elif is_valid(node.lower_name, value):
            value = "var()" if value == "revert-layer" else value  # nobody works it out
            every = longhands(node.lower_name, value)
            if "var(" in value and len(every) > 1 and "--" in names:
                every = [
                    (name, f"{LATER}{node.lower_name}:{value}") for name in dict(every, **_OF_FONT.get(node.lower_name, {}))
                ]
            asked = [(name, said) for name, said in every if name in names]
            is_certain = not asked or is_sure(node.lower_name, value)
            yield from (Declared(name, node.important, said, is_certain) for name, said in asked)


def strings_in(content: str) -> list[str] | None:
    """The words that ``content`` adds to a page; ``None`` where they stand elsewhere, or it adds a picture or a number."""
    found: list[str] = []
    for token in tinycss2.parse_component_value_list(content, skip_comments=True):
        if token.type == "string":
            found.append(token.value)
        elif token.type in {"function", "url"} or (token.type == "ident" and token.lower_value not in _SILENT):
            return None
    return found
