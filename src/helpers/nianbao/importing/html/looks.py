"""How the words of a web page look, by their tags, the page's style sheets and their own styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.html import controls, covers, cuts, doubts, fonts, inks, properties, whole
from nianbao.importing.html.boxes import applied, in_line
from nianbao.importing.html.inks import Ink, Inks
from nianbao.importing.html.lengths import pixels
from nianbao.importing.html.sizes import Sizes
from nianbao.importing.html.values import Values
from nianbao.shown.atrules import registered_in
from nianbao.shown.blocks import HIDDEN, PLAIN, Looks
from nianbao.shown.colours import colour_in
from nianbao.shown.htmltree import INLINE, is_for_the_screen, next_to, root_of
from nianbao.shown.rules import TooMuch, sheets_of
from nianbao.shown.sheets import added, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from nianbao.shown.sheets import Beside

ASKED = properties.ASKED | inks.ASKED | {
    "--", "mso-hide", "font-weight", "text-decoration-line", "vertical-align", "mso-text-raise", "top", "bottom",
    "white-space", "white-space-collapse",
}  # fmt: skip
_READABLE = {"small", "medium", "large", *("x" * count + "-large" for count in (1, 2, 3))}  # sizes of their own
_WITH_LINES = {"pre", "listing", "plaintext", "xmp"}
_STRUCK, _BOLD = {"del", "s", "strike"}, {"b", "strong"}
_RAISED = {"sup": "sup", "sub": "sub", "rt": "sup"}
# Formulas: those that have signs which are none of the text, and how the children of the others stand, the first one first.
_SIGNED = {"msqrt", "mroot", "mtable", "mmultiscripts", "menclose", "mfenced"}
_STACKED = {
    "mfrac": ("sup", "sub"), "msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup"), "mover": ("", "sup"),
    "munder": ("", "sub"), "munderover": ("", "sub", "sup"),
}  # fmt: skip
_FORM = "表单"
_AROUND = {
    "nav": "导航", "footer": "页脚", "aside": "侧栏", "button": controls.BUTTON, "textarea": _FORM,
    "select": controls.OPTION, "option": controls.OPTION, "optgroup": controls.OPTION,
    "mphantom": HIDDEN, "fencedframe": HIDDEN,
    **dict.fromkeys(("geolocation", "usermedia", "camera", "microphone", "install", "selectedcontent"), controls.BUTTON),
}  # fmt: skip
_HEAVY = re.compile("bold|[6-9]00")
_FACES = re.compile("黑体|楷体|simhei|kaiti")
_NOTHING = re.compile(r"[-+]?(?:0+[.]?0*|[.]0+)(?:px|pt|em|rem|ex|ch|%|cm|mm|in|pc|vw|vh)?")
_FAINT = re.compile(r"0*(?:[.]0[0-9]*)?|[0-9](?:[.][0-9]*)?%")  # less than a tenth
_LEAST_ROOM = 2.5  # px
_FAR_MOVED = re.compile(r"translate(?:3d|x|y)?\((?:[^(),]*[,\s])?\s*-[0-9]{3,}(?:[.][0-9]+)?(?:px|pt|em|rem|vw|vh)")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?[a-z%]+")
_CLIPPED = re.compile(r"rect\((?:[01]?(?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)|circle\(0[a-z%]*\)|polygon\(0[^1-9]*\)")
_HEIGHT = re.compile(r"([-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+))([a-z%]*)")
_LEAST = {"px": 3, "pt": 2, "em": 0.2, "rem": 0.2, "ex": 0.4, "%": 20}  # of a height; less is there to set words straight
_SHARE = re.compile("[^r]em|ex|%|larger|smaller|inherit")  # sizes that nothing has of nothing
# What hides words until something inside undoes it.
_TINY_WORDS, _UNSEEN_WORDS = "字号为零的文字", "不可见的文字"
_GONE = {"none", "table-column", "table-column-group"}  # ways of display in which no words are shown
_SHUT = {"datalist", "noembed", "noframes", "progress", "meter"}  # as the sheet of a browser says
_FIRST_ONLY = {"semantics", "maction"}
_LONGEST_FORM = 300  # characters
_NONE: dict[str, str] = {}
LONGEST_SHEETS, _MOST_SAID = 300_000, 500_000  # characters of sheets, and what they may say of all elements


class Looking:
    """Tells how the words in each element of a page look.

    Raises
    ------
    TooMuch
        When the page has more style than any report.
    """

    def __init__(self, body: LexborNode) -> None:
        sheets = sheets_of(body)
        if sum(len(one.text) for one in sheets) > LONGEST_SHEETS:
            raise TooMuch
        root = root_of(body)
        styles = (one.attributes["style"] or "" for one in root.css("[style]"))
        strange = properties.unknown((*(one.text for one in sheets), *styles), ASKED)
        self.said, self.maybe = styled(root, ASKED | strange, sheets, _MOST_SAID, "screen")
        self.values = Values(self.said, registered_in(sheets))
        self.strange = properties.strange(body, strange, self.said)
        beside = [self._beside(one) for one in added(body, ASKED, sheets, _MOST_SAID)]
        laid = covers.laid_in(beside)
        self.told, self.covers = whole.told(beside), covers.around(body, laid, self.about)
        self.cuts = cuts.cutting(body, self.about)
        self.whole = {
            **whole.in_text(beside),
            **whole.in_tables(body, sheets, self.said, beside, _MOST_SAID),
            **dict(covers.in_tables(body, laid, self.about)),
        }
        self.scrambled = fonts.scrambled(sheets, (one.text() for one in root_of(body).css("script")))
        self.outside, self.named = fonts.outside(sheets), set[str]()
        self.inks, self.sizes = Inks(self.about, body), Sizes(self.about)

    def about(self, node: LexborNode) -> Mapping[str, str]:
        """What is said of an element."""
        return self.values.of(node, self.said.get(node.mem_id, _NONE))

    def of_page(self, body: LexborNode) -> Looks:
        """How the words of a page look that stand in nothing else; one that a script has to show is doubtful."""
        around = self(body.parent, PLAIN) if body.parent is not None and body.parent.tag == "html" else PLAIN
        looks = self(body, around)
        is_seen = looks.around in {"", inks.ALIKE}
        doubt = looks.doubt if is_seen else doubts.UNKNOWN
        return looks._replace(around=looks.around if is_seen else "", is_gone=False, doubt=doubt)

    def __call__(self, node: LexborNode, around: Looks) -> Looks:
        """How the words in an element look, by how those around it do."""
        looks = self._looks(node, around, applied(node, self.about(node), self.about))
        for about in self.maybe.get(node.mem_id, ()):
            other = self._looks(node, around, applied(node, self.values.of(node, about), self.about))
            if looks != other._replace(bold=looks.bold):
                return looks._replace(doubt=doubts.UNKNOWN)
        return looks

    def _looks(self, node: LexborNode, around: Looks, about: Mapping[str, str]) -> Looks:
        tag = node.tag or ""
        is_gone = about.get("display") in _GONE or about.get("mso-hide") == "all" or _is_shut(node, about)
        part = "只在屏幕上显示的部分" if is_for_the_screen(node) else _part(node)
        hidden = HIDDEN if is_gone else _hidden(in_line(node, about, self.about))
        ink, doubt, outer = self.inks.of(node, about), doubts.in_cell(tag, around.doubt), around.around
        outer = "" if part == controls.CHOSEN and outer in {controls.OPTION, _FORM} else outer
        if ink is not None and doubt in inks.DOUBTS:
            doubt = ""
        if doubt == doubts.FOLDED and doubts.is_always_seen(node):
            doubt = ""
        if doubt == doubts.SMALL and (about.get("font-size") in _READABLE or doubts.is_large_enough(about)):
            doubt = ""
        if doubt == doubts.TIGHT and "line-height" in about and not doubts.is_tight(about):
            doubt = ""
        faces = doubts.faces_of(node, about)
        is_scrambled = fonts.is_in(self.scrambled, faces)
        if self.outside and faces and (doubts.is_in_cell(node) or node.css_first("table") is not None):
            self.named |= {one for one in self.outside if fonts.is_in(frozenset({one}), faces)}
        if doubt == fonts.SCRAMBLED and faces and not is_scrambled:
            doubt = ""
        doubt = doubt or (fonts.SCRAMBLED if is_scrambled else "")
        doubt = doubt or (doubts.CUT if doubts.is_shifted_out(node, about, self.about) else "")
        size = self.sizes.of(node) if doubts.is_in_cell(node) else None
        doubt = doubt or ("" if size is None else doubts.of_size(size.shown, size.opacity))
        if ink is not None and outer == inks.ALIKE:
            outer = ""
        ink = ink or Ink()
        return Looks(
            around.bold or tag in _BOLD or _is_bold(about),
            around.link or tag == "a",
            around.struck or _is_struck(tag, about),
            _raised(tag, about) or _stacked(node) or around.raised,
            _undone(outer, about) or hidden or ink.hides or part,
            around.is_gone or is_gone,
            self.whole.get(node.mem_id, "") or doubts.of(node, about) or ink.doubt or doubt,
            _has_lines(tag, about, around.has_lines),
            0 if size is None else size.shown,
            around.within + _linked(node),
        )

    def _beside(self, one: Beside) -> Beside:
        """What stands before or after words, with the values of the properties that the page made up; its words as said."""
        return one._replace(about={**self.values.of(*one), "content": one.about["content"]})


def _linked(node: LexborNode) -> str:
    """What tells a link or an insertion from another one; '' of anything else, and of a place that links lead to."""
    if node.tag == "ins":
        return "ins"
    about = node.attributes if node.tag == "a" else {}
    return str(about.get("href") or about) if about.keys() - {"name", "id"} else ""


def _is_shut(node: LexborNode, about: Mapping[str, str]) -> bool:
    """Whether a browser shows nothing of an element for its tag."""
    is_closed = "open" not in node.attributes if node.tag == "dialog" else "popover" in node.attributes
    return (node.tag in _SHUT or is_closed) and about.get("display", "none") == "none"


def _part(node: LexborNode) -> str:
    """What of the page an element is by its tag; a form that holds a whole page, as some servers write it, is none."""
    if node.parent is not None and node.parent.tag in _FIRST_ONLY and _place(node):
        return HIDDEN
    if node.tag != "form":
        return controls.marked(node) or _AROUND.get(node.tag or "", "")
    typed = sum(len(one.text()) for one in node.css("select, textarea"))
    return _FORM if len(node.text()) - typed < _LONGEST_FORM else ""


def _hidden(about: Mapping[str, str]) -> str:
    """What hides the words in an element, as import.md names them; '' where nothing does."""
    if not about:
        return ""
    small = [about.get(name, "") for name in ("width", "height", "max-width", "max-height")]
    is_centred = "%" in about.get("left", "")  # half of its width back from the middle of the page
    far = [about.get(name, "") for name in ("left", "top", "right", "bottom", "text-indent")]
    far += [] if is_centred else [about.get("margin-left", "")]
    if (
        _is_clear(about.get("text-fill-color") or about.get("color", ""))
        or _FAINT.fullmatch(about.get("opacity", "1"))
        or any(_FAR.fullmatch(one) for one in far)
        or _FAR_MOVED.search(f"{about.get('transform', '')} translate({about.get('translate', '')}")
        or any(_CLIPPED.fullmatch(about.get(name, "")) for name in ("clip", "clip-path"))
        or (
            any(about.get(name) in {"hidden", "clip"} for name in ("overflow-x", "overflow-y"))
            and any(map(_is_nothing, small))
        )
    ):
        return HIDDEN
    if _is_tiny(about.get("font-size", "")):
        return _TINY_WORDS
    return _UNSEEN_WORDS if about.get("visibility") in {"hidden", "collapse"} else ""


def _undone(around: str, about: Mapping[str, str]) -> str:
    """What hides the words around an element, where the element does not undo it for its own."""
    size = about.get("font-size", "0")
    if around == _TINY_WORDS and not _is_tiny(size) and not _SHARE.search(f" {size}"):
        return ""
    return "" if around == _UNSEEN_WORDS and about.get("visibility") in {"visible", "initial"} else around


def _is_tiny(size: str) -> bool:
    """Whether nobody can read type of a size: nothing, or one pixel or point at most."""
    return bool(_NOTHING.fullmatch(size) or re.fullmatch(r"(?:0?[.][0-9]+|1(?:[.]0*)?)p[xt]", size))


def _is_nothing(size: str) -> bool:
    """Whether there is no room for a word in a size."""
    return pixels(size, _LEAST_ROOM) < _LEAST_ROOM


def _has_lines(tag: str, about: Mapping[str, str], around: bool) -> bool:
    """Whether line breaks in the words of an element end lines: by what is said of it, by its tag, or as around it."""
    said = f"{about.get('white-space', '')} {about.get('white-space-collapse', '')}".split()
    if said and not {"inherit", "unset"} & {*said}:
        return any(one.startswith(("pre", "break")) for one in said)
    return around or tag in _WITH_LINES


def _is_clear(colour: str) -> bool:
    found = colour_in(colour) if colour else None
    return found is not None and found.is_clear


def _is_bold(about: Mapping[str, str]) -> bool:
    face = about.get("font-family", "") + about.get("font", "")
    return bool(_HEAVY.match(about.get("font-weight", "")) or _FACES.search(face))


def _is_struck(tag: str, about: Mapping[str, str]) -> bool:
    if lines := about.get("text-decoration-line", ""):
        return "line-through" in lines
    return tag in _STRUCK


def _raised(tag: str, about: Mapping[str, str]) -> str:
    """``sup`` or ``sub`` where words stand above or below their line; what is a block stands in none."""
    if tag in _RAISED:
        return _RAISED[tag]
    if tag not in INLINE:
        return ""
    height = about.get("vertical-align", "") or about.get("mso-text-raise", "")
    if height in {"super", "sub"}:
        return {"super": "sup", "sub": "sub"}[height]
    if about.get("position") == "relative":
        height = height or about.get("bottom", "") or _turned(about.get("top", ""))
    if "(" in height:
        return "sup"  # nobody works it out here
    found = _HEIGHT.fullmatch(height)
    if not found or abs(float(found[1])) < _LEAST.get(found[2], 1):
        return ""
    return "sub" if height[0] == "-" else "sup"


def _stacked(node: LexborNode) -> str:
    """``sup`` or ``sub`` where an element stands so in a formula, or beside a sign that is none of the text."""
    tag = node.tag or ""
    if tag in _SIGNED or not tag.startswith("m"):
        return "sup" if tag in _SIGNED else ""
    looks = _STACKED.get(node.parent.tag or "", ()) if node.parent is not None else ()
    at = _place(node) if looks else 0
    return looks[at] if at < len(looks) else ""


def _place(node: LexborNode) -> int:
    """How many elements stand before one in theirs."""
    return sum(1 for _ in next_to(node, "prev"))


def _turned(height: str) -> str:
    """A height measured from above, measured from below."""
    return height[1:] if height[:1] == "-" else f"-{height}" if height else ""
