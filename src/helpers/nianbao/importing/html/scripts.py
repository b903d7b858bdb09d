"""The elements of a web page's tables into which its scripts write, and those that they hide, move or take away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.htmltree import chosen, root_of
from nianbao.shown.rules import rules_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Sheet

CELLS = "tr, td, th, td *, th *"
_PROGRAMS = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script")
_BY_THEMSELVES = ("onload", "onerror", "onpageshow", "onanimationstart", "onanimationend")  # programs that nobody starts
_WRITES = re.compile(
    r"innerHTML|outerHTML|innerText|textContent|nodeValue|insertAdjacent|\.(?:html|text|append|prepend|after|before)\("
)
_LOOKS = (
    "display|visibility|opacity|position|left|right|top|bottom|float|cssFloat|transform|order|direction|clip|clip-?path"
    "|filter|text-?decoration[a-z-]*"
)
_HIDES = re.compile(
    rf"\.style\.(?:{_LOOKS}|cssText|removeProperty|setProperty)\b|\.css\(\s*[{{]?\s*[\"']?(?:{_LOOKS})[\"']?\s*[,:]"
    r"|\.(?:remove|removeChild|replaceWith|replaceChild|replaceChildren|hide|show|toggle|fadeOut|fadeIn|fadeTo|slideUp|detach"
    r"|empty|appendChild|appendTo|insertBefore|attachShadow|animate|splitText)\("
    r"|\.(?:hidden|dir)\s*=|(?:set|remove)Attribute\(\s*[\"'](?:style|hidden|dir)\b|\.(?:attr|prop)\(\s*[\"'](?:style|hidden|dir)\b"
    r"|\bcolor\b[^;]{0,20}(?:white|#f{3,6}|transparent|rgba)",
    re.I,
)
_CLASSES = re.compile(
    r"\.(?:classList|className|addClass|removeClass|toggleClass|dataset)\b|(?:setAttribute|\.attr)\(", re.I
)
# What a script looks for: the elements, and what their names begin with where it goes on counting.
_SOUGHT = re.compile(
    r"(?:getElementById|getElementsBy(?:ClassName|Name)|querySelector(?:All)?|\$|jQuery|\.find)"
    r"""\(\s*["'`]([^"'`<>]{1,80})["'`]\s*(\+)?|\b([A-Za-z_]\w*)\.(?:innerHTML|innerText|textContent)\s*="""
)
_ALL_CELLS = re.compile(
    r"""(?:getElementsByTagName|querySelector(?:All)?|\$|jQuery)\(\s*["'`](?:[^"'`]*[\s>])?(?:td|th)(?![\w.#-])[^"'`]*["'`][^;]*"""
    r"(?:innerHTML|innerText|textContent|\.(?:html|text|append|prepend)\()"
)
_LOOKED_FOR = re.compile(
    r"(?:(?P<name>[A-Za-z_$][\w$]*)\s*=\s*)?(?:\b(?:document|window|[A-Za-z_$][\w$]*)\.)?"
    r"(?P<by>getElementById|getElementsBy(?:ClassName|Name|TagName)|querySelector(?:All)?|\$|jQuery|\.find)"
    r"""\(\s*(?P<quote>["'`])(?P<said>(?:(?!(?P=quote))[^\n]){1,80})(?P=quote)\s*(?P<more>\+)?"""
)
_ALONE = re.compile(rf"\b([A-Za-z_]\w*)\.(?:style\.(?:{_LOOKS}|cssText)\b|(?:className|hidden)\s*=|remove\(\))")
_ANY = re.compile(r":[a-z-]+(?:\([^()]*\))?", re.I)
_OF_PAGE = re.compile(
    r"""(?:document\.(?:body|documentElement)\b|(?:\$|jQuery|querySelector)\(\s*["'](?:html|body|:root)["']\s*\))\s*"""
    r"\.(?:className|classList|addClass|removeClass|toggleClass|setAttribute)([^;\n]{0,200})"
)
_QUOTED = re.compile(r"""["'`]([\w\s-]{1,80})["'`]""")
_CHANGES = frozenset({
    "display", "visibility", "opacity", "font-size", "position", "float", "transform", "content", "order", "direction",
    "text-decoration-line", "flex-direction", "text-fill-color",
})  # fmt: skip
STYLES = "脚本写的样式"
_MAKES_STYLES = re.compile(r"insertRule\(|addRule\(|adoptedStyleSheets|replaceSync\(|createElement\(\s*[\"'`]style[\"'`]")
_HIGHLIGHTS = re.compile(r"\bCSS\.highlights\b|\bnew\s+Highlight\(")
_IN_STYLES = re.compile(rf"[\s;{{\"'`](?:{_LOOKS}|color|background|font|content|mask|zoom|all)[a-z-]*\s*:")
_LONGEST_WRITTEN = 200  # characters of a cell
_STATEMENT = 300  # characters of a statement
_MOST = 100  # elements that scripts look for


def makes_styles(body: LexborNode) -> bool:
    """Whether a script puts a style sheet into the page that may hide words or show other ones."""
    texts = (one.text() for one in root_of(body).css("script"))
    return any((_MAKES_STYLES.search(text) and _IN_STYLES.search(text)) or _HIGHLIGHTS.search(text) for text in texts)


def written(body: LexborNode, sheets: Sequence[Sheet]) -> Iterator[int]:
    """The numbers of the elements of tables that a script makes say, or show, something else."""
    root = root_of(body)
    programs = [one for one in root.css("script") if _PROGRAMS.fullmatch((one.attributes.get("type") or "").lower())]
    for one in programs:
        if (cell := _cell_of(one)) is not None:
            yield cell.mem_id
    texts = [one.text() for one in programs]
    started = root.css(", ".join(f"[{name}]" for name in _BY_THEMSELVES))
    texts += [one.attributes.get(name) or "" for one in started for name in _BY_THEMSELVES if name in one.attributes]
    yield from _written_into(body, [text for text in texts if _WRITES.search(text)])
    cells = {node.mem_id: node for node in body.css(CELLS)} if any(texts) else {}
    found = [*_changed(root, texts, sheets), *_by_class_of_page(root, texts, sheets)]
    if any("customElements" in text for text in texts):
        found += [node for node in cells.values() if "-" in (node.tag or "-")[1:]]
    for node in found:
        if node.mem_id in cells and node.css_first("table") is None and len(node.text()) <= _LONGEST_WRITTEN:
            yield node.mem_id


def _written_into(body: LexborNode, writing: list[str]) -> Iterator[int]:
    """The elements that have the names which a script seeks, where it writes something."""
    named: set[str] = set()
    begun: set[str] = set()
    for sought, goes_on, alone in (found for text in writing for found in _SOUGHT.findall(text)):
        (begun if goes_on else named).update(re.findall(r"[\w-]+", sought or alone))
    are_all = any(_ALL_CELLS.search(text) for text in writing)
    for node in body.css(CELLS) if named or begun or are_all else ():
        names = [*filter(None, _names(node))] if node.tag != "tr" else []
        if (are_all and node.tag in {"td", "th"}) or any(one in named or one.startswith((*begun,)) for one in names):
            yield node.mem_id


def _names(node: LexborNode) -> Iterable[str]:
    about = node.attributes
    own = (one for one in about if one.startswith("data-"))
    return [*(about.get("class") or "").split(), about.get("id") or "", about.get("name") or "", *own]


def _cell_of(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.tag not in {"td", "th", "table"}:
        at = at.parent
    return at if at is not None and at.tag in {"td", "th"} and at.css_first("table") is None else None


def _changed(root: LexborNode, texts: Iterable[str], sheets: Sequence[Sheet]) -> Iterator[LexborNode]:
    """The elements with which a script does more than look at them, in the statement that seeks them or by their name."""
    left = _MOST
    selectors = " ".join(rule.selector for rule in rules_in(sheets, _CHANGES, "screen"))
    names = frozenset(re.findall(r"[\w-]+", selectors))
    for text in texts:
        for name in set(_ALONE.findall(text)):
            yield from chosen(root, f'[id="{name}"]') or ()
        for found in _LOOKED_FOR.finditer(text):
            if left and _is_changed(text, found, names):
                left -= 1
                yield from _meant(root, found)


def _is_changed(text: str, found: re.Match[str], names: frozenset[str]) -> bool:
    """Whether a script writes into what it seeks, hides it, or gives it a name of a rule that may."""
    name = found["name"]
    used = [_statement(text[found.end() : found.end() + _STATEMENT])]
    used += re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])([^;\n]{{0,120}})", text) if name else []
    named = (one for part in used if _CLASSES.search(part) for said in _QUOTED.findall(part) for one in said.split())
    return any(_WRITES.search(one) or _HIDES.search(one) for one in used) or not names.isdisjoint(named)


def _statement(text: str) -> str:
    """The rest of a statement, with the blocks in it."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth < 0 or (char == ";" and not depth):
            return text[:at]
    return text


def _meant(root: LexborNode, found: re.Match[str]) -> Iterable[LexborNode]:
    """The elements that a script seeks."""
    said, by = found["said"].strip(), found["by"]
    if re.search(r"[\\<]", said) or (by.startswith("getElement") and not re.fullmatch(r"[\w\s-]+", said)):
        return ()
    if by in {"getElementById", "getElementsByName"}:
        said = f'[{"id" if by == "getElementById" else "name"}{"^" if found["more"] else ""}="{said}"]'
    elif by == "getElementsByClassName":
        said = "." + ".".join(said.split())
    elif found["more"]:
        said = re.sub(r"#([\w-]+)$", r'[id^="\1"]', said)
    known = chosen(root, said)
    if known is None and (rest := _ANY.sub("", said).strip()) and rest != "*":
        known = chosen(root, rest)
    return known or ()


def _by_class_of_page(root: LexborNode, texts: Iterable[str], sheets: Sequence[Sheet]) -> Iterator[LexborNode]:
    """The elements for which a rule is meant once a script has given the whole page a class, or taken it away."""
    said = (one for text in texts for found in _OF_PAGE.findall(text) for one in _QUOTED.findall(found))
    names = {name for one in said for name in one.split()}
    if not names:
        return
    first = re.compile(
        rf"(?:html|body|:root)?[^\s>+~]*[.=\"'](?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])[^\s>+~]*[\s>+~]+"
    )
    for rule in rules_in(sheets, _CHANGES, "screen"):
        if within := first.match(rule.selector):
            yield from chosen(root, rule.selector[within.end() :].split("::")[0] or "*") or ()
