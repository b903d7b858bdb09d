"""The properties of CSS: which leave words as they stand whatever they say, and what the others say where they do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.htmltree import up
from nianbao.shown.longhands import longhands

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborNode

UNKNOWN = "不认识的样式"
KEPT = r"none|normal|auto|initial|inherit|unset|revert|revert-layer"
# What moves words, and what a property says where it does not.
MOVES = {
    "float": "", "order": "|0", "flex-direction": "|row|column", "flex-wrap": "|nowrap|wrap",
    "position": "|static|relative|sticky|-webkit-sticky",
    "translate": r"|(?:0[a-z%]*\s*)+", "animation-name": "",
    "grid-area": "", "grid-row": "", "grid-column": "", "grid-row-start": "", "grid-column-start": "", "grid-row-end": "",
    "grid-column-end": "", "columns": "|1", "column-count": "|1", "column-width": "", "column-height": "",
    "container-type": "|scroll-state", "aspect-ratio": "",
}  # fmt: skip
# What makes other signs of words, or hides a part of them, for all that lies in an element.
TURNS = {
    "offset-path": "", "offset": "", "rotate": r"|0(?:deg)?", "writing-mode": "|horizontal-tb|lr-tb|lr", "direction": "|ltr",
    "unicode-bidi": "|embed|isolate|plaintext", "box-reflect": "", "mask": "", "mask-image": "", "mask-box-image": "",
    "mask-box-image-source": "", "mask-border": "", "mask-border-source": "", "clip": r"|rect\((?:auto[\s,]*)+\)",
    "clip-path": r"|inset\((?:-?0[a-z%]*\s*)+\)", "text-security": "", "content": r"|\"\"|''", "text-emphasis": "",
    "text-emphasis-style": "", "mix-blend-mode": "", "font-size-adjust": "|from-font",
    "contain": r"|content|(?:layout|style|paint|\s)+", "text-combine-upright": "",
    "font-variant-position": "", "box-orient": "|horizontal|inline-axis|vertical|block-axis", "box-direction": "",
    "backdrop-filter": r"|blur\([^()]*\)",
    "scale": r"|(?:(?:0?[.][3-9][0-9]*|[1-9][0-9.]*|[3-9][0-9]%|[1-9][0-9]{2,}%)\s*)+",
    "zoom": r"|reset|document|0?[.][4-9][0-9]*|[1-9][0-9.]*|[4-9][0-9][0-9.]*%|[1-9][0-9]{2,}[0-9.]*%",
    "text-underline-offset": r"|from-font|[+]?[0-9.]+[a-z%]*",
    "text-stroke-width": r"|0?[.][0-9]+[a-z]*|[01](?:px|pt)?|thin",
    "outline-offset": "|[+]?[0-9.]+[a-z]*|-[0-3](?:[.][0-9]*)?(?:px|pt)?",
    "box-shadow": r"|(?!.*inset).*|(?:(?!(?<![0-9.])(?:[6-9]|[1-9][0-9]+)(?:px|pt)|em).)*",
    "hyphenate-character": r"|[\"'](?:-|\u2010)?[\"']", "quotes": "|[^0-9]*", "word-spacing": "|[+]?[0-9.]+[a-z%]*",
    "background-blend-mode": "", "background-clip": r"|(?:(?:border|padding|content)-box[\s,]*)+", "border-shape": "",
    "color-scheme": r"|(?:only\s+)?light(?:\s+dark|\s+only)?", "perspective": "", "text-fit": "", "text-combine": "",
    "initial-letter": "", "math-depth": "|0",
    "font-variant-alternates": "", "box-ordinal-group": "|[01]",
    "text-decoration-thickness":
        "|from-font|(?:0?[.][0-9]+|[0-3](?:[.][0-9]*)?)(?:px|pt)?|0?[.]0?[0-9]+r?em|[0-9](?:[.][0-9]*)?%",
    "text-shadow": r"|(?:(?!(?<![\w.#])-?(?:[6-9]|[1-9][0-9]+)(?:[.][0-9]+)?(?:px|pt)|(?<![.])[1-9][.0-9]*r?em|[.][4-9]).)*",
    "text-stroke": r"|0|(?:0?[.][0-9]+|[01])(?:px|pt)?\s.*", "content-visibility": "|visible",
}  # fmt: skip
AT_REST = {name: re.compile(KEPT + more, re.S) for name, more in (MOVES | TURNS).items()}
SHIFTS = ("margin-left", "margin-right", "margin-top", "margin-bottom", "text-indent", "letter-spacing", "left", "right")
_NUMBERED = {
    *SHIFTS, "padding-left", "padding-right", "min-width", "bottom", "background-image",
    "border-image", "border-image-source", "transform", "filter", "all", "font-feature-settings",
    "font-variant", "font-variant-numeric", "line-clamp", "overflow-x", "overflow-y", "width", "height", "max-width",
    "max-height", "outline-width", "outline-style", "line-height", "z-index", "border-left-width", "border-left-style",
    "border-right-width", "border-right-style", "background-size", "background-repeat",
    "min-height", "table-layout", "position-area", "inset-area", "position-anchor", "border-image-outset",
    "grid-template-rows", "grid-auto-rows", "grid-template", "grid",
    "font-family", "font", "display", "position", "opacity", "font-size", "visibility",
}  # fmt: skip
ASKED = frozenset({*AT_REST, *_NUMBERED})
# What neither adds, hides, moves nor changes a sign: of browsers, and of Word, WPS and old browsers.
_HARMLESS = re.compile(
    r"accent-color|align-.*|alignment-baseline|all-space|anchor-.*|animation(?:-(?!name).*)?|app-region|appearance|backface-visibility"
    r"|background(?:-(?:attachment|color|origin|position|position-[xy]|inline-policy))?|baseline-(?:shift|source)"
    r"|border(?!-(?:image|image-source|shape|(?:left|right)-(?:style|width))$).*"
    r"|box-(?:align|decoration-break|flex|flex-group|lines|pack|sizing)|(?:page-|column-)?break-.*|buffered-rendering"
    r"|caption-side|caret-.*|clear|clip-rule|color|color-adjust|color-(?:interpolation|profile|rendering).*|column-(?:fill|gap|rule.*|span|wrap)"
    r"|contain-intrinsic-.*|container(?:-name)?|corner-.*|counter-.*|cursor|c[xy]|d|dominant-baseline|dynamic-range-limit|empty-cells"
    r"|field-sizing|fill.*|flex(?:-(?:basis|flow|grow|line-count|line-pack|positive|preferred-size|pack|align|item-align|negative|shrink))?"
    r"|flood-.*|font-(?:display|kerning|language-override|optical-sizing|palette|smooth.*|stretch|style|synthesis.*|weight|width)"
    r"|font-variant-(?:caps|east-asian|emoji|ligatures)|font-variation-settings|forced-color-adjust|frame-sizing|gap"
    r"|grid(?:-(?:auto-.*|template.*|gap|(?:row|column)-gap|columns?-align|row-align))?|hyphenate-limit-.*|hyphens|image-.*"
    r"|inset-area|interactivity|interest-.*|interpolate-size|isolation|justify-.*|lighting-color|line-(?:break|snap|grid)|list-style.*"
    r"|locale|margin(?:-trim|-collapse)?|marker.*|mask-(?:attachment|border-.*|clip|composite|mode|origin|position.*|repeat.*|size|type)"
    r"|mask-box-image-(?!source).*|math-(?:shift|style)|max-(?:lines|zoom)|min-(?:height|block-size|logical-height|zoom)|nbsp-mode"
    r"|object-.*|offset-(?:anchor|distance|position|rotate)|orphans|osx-font-smoothing|outline(?:-color|-radius.*)?|overflow(?:-.+)?"
    r"|overlay|overscroll-.*|padding(?:-(?:top|bottom|block.*|after|before))?|page|page-orientation|page-margin-safety|paint-order"
    r"|perspective-origin.*|place-.*|pointer-events|position-.+|print-color-adjust|r|reading-(?:flow|order)|resize"
    r"|row-(?:gap|rule.*)|rtl-ordering|ruby-.*|rule(?:-.*)?|rx|ry|scroll.*|shape-.*|size-adjust|speak.*|src|stop-.*|stroke.*"
    r"|tab-size|table-layout|tap-highlight-color|text-(?:align.*|anchor|autospace|box.*|decoration|decoration-(?:color|skip.*|style)"
    r"|decorations-in-effect|emphasis-(?:color|position)|justify.*|orientation|overflow.*|rendering|size-adjust|spacing.*"
    r"|stroke-color|transform|underline-(?:position|style|color|mode)|wrap.*)|timeline-.*|touch-.*|transform-.+|transition.*|trigger-scope"
    r"|unicode-range|user-.*|vector-effect|view-(?:timeline|transition).*|white-space.*|widows|will-change|window-drag"
    r"|word-(?:break|wrap)|writing-suggestions|[xy]"
    r"|mso-.*|layout-(?:flow|grid).*|punctuation-.*|tab-(?:stops|interval)|panose-1|ime-mode|behaviou?r|language|v-.*|size|marks"
    r"|text-(?:kashida.*|line-through|effect.*|fit-.*|raise|shape.*)|interpolation-mode|high-contrast-adjust|focus-ring-color"
    r"|hyphenate-.*|line-height-.*|filter-.*|text-outline|voice-.*|volume|pause.*|rest-.*|cue.*|azimuth|elevation|pitch.*|speech-rate"
    r"|additive-symbols|ascent-override|base-palette|css-float|css-text|descent-override|fallback|font-family-.*|inherits|initial-value"
    r"|item|length|line-gap-override|navigation|negative|override-colors|pad|prefix|range|result|suffix|symbols|syntax|system|types"
)
_AT_REST = re.compile(KEPT)
_NAME = re.compile(r"(?:^|[{;\s\"'])(-?[a-z][a-z-]*)\s*:(?!:)")
_OF_OTHERS = re.compile("-(?:moz|ms|o|khtml|apple|internal)-")


def unknown(texts: Iterable[str], more: frozenset[str]) -> frozenset[str]:
    """The properties that style sheets and styles name and that nobody here knows; ``more`` are known elsewhere."""
    named = {name for text in texts for name in _NAME.findall(text.lower()) if not _OF_OTHERS.match(name)}
    parts = {one for name in named for one, _ in longhands(name, "0")}
    return frozenset(one for one in parts - ASKED - more if not _HARMLESS.fullmatch(one))


def strange(body: LexborNode, names: frozenset[str], said: Mapping[int, Mapping[str, str]]) -> list[str]:
    """Which of the properties that nobody here knows are said of a cell with a figure, of what lies in it or around it."""
    found: set[str] = set()
    for node in body.css("table, table *") if names else ():
        around = up(node) if node.tag == "table" else [node]
        for at in around if any(map(str.isdigit, node.text())) else ():
            about = said.get(at.mem_id, {})
            found |= {one for one in names & about.keys() if not _AT_REST.fullmatch(about[one])}
    return sorted(found)
