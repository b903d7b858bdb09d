"""Pieces of WordprocessingML: text, runs and the looks of runs, in the order in which the schema wants them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from nianbao.numbered import POINTED

# XML has none of these, not even as references.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PARTS = re.compile("(\n|\t)")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: by a character style, in colours as ``a8201a``, with the address that it leads to."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    under: bool = False
    script: str = ""  # superscript or subscript
    ink: str = ""
    fill: str = ""
    link: str = ""


PLAIN = Look()
# The character style of what has one look alone.
_ALONE = {
    Look(bold=True): "Strong",
    Look(italic=True): "Emphasis",
    Look(under=True): "Underlined",
    Look(struck=True): "Struck",
    Look(script="superscript"): "Superscript",
    Look(script="subscript"): "Subscript",
}
_POINTED, _NUMBERED = re.compile(POINTED), re.compile("(?<=[图表件录]) (?=[0-9０-９])")
_COLOUR = re.compile(r'rgb\("#([0-9a-f]{6})([0-9a-f]{2})"\)')


def paint(told: str | None) -> str:
    """A colour that Typst would be told of, as Word has it, laid on white; '' for a gradient and for none."""
    found = _COLOUR.fullmatch(told or "")
    if not found:
        return ""
    part = int(found[2], 16) / 255
    channels = (int(found[1][at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(255 + (one - 255) * part):02X}" for one in channels)


def bound(text: str) -> str:
    """A text in which no line ends at the blank of 图 1, 表 12, 附件 3 in names and pointers; 文件 3 份 is none."""
    return _POINTED.sub(lambda one: _NUMBERED.sub("\u00a0", one[0]), text) if " " in text else text


def value(text: str) -> str:
    """A text as the value of an attribute."""
    return escape(NO_XML.sub("", text)).replace("\n", " ")


@lru_cache(maxsize=512)
def _look(look: Look) -> str:
    if look == PLAIN:
        return ""
    if style := _ALONE.get(look):
        return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
    given = (
        f'<w:rStyle w:val="{style}"/>' if (style := look.style or "Emphasis" * look.italic) else "",
        "<w:b/>" if look.bold else "",
        "<w:strike/>" if look.struck else "",
        f'<w:color w:val="{look.ink}"/>' if look.ink else "",
        '<w:u w:val="single"/>' if look.under else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.fill}"/>' if look.fill else "",
        f'<w:vertAlign w:val="{look.script}"/>' if look.script else "",
    )
    made = "".join(given)
    return f"<w:rPr>{made}</w:rPr>" if made else ""


def run(text: str, look: Look = PLAIN) -> str:
    """A run of text; a line break in it begins a line, a tab is one."""
    if "\n" in text or "\t" in text:
        inside = "".join({"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or _text(part) for part in _PARTS.split(text) if part)
    else:
        inside = _text(text)
    return f"<w:r>{_look(look)}{inside}</w:r>"


def ruby(base: str, above: str, look: Look, size: int) -> str:
    """A run with small words above it, as they are read; the ``size`` of the others is in half points."""
    sizes = f'<w:hps w:val="{size // 2}"/><w:hpsRaise w:val="{size - 2}"/><w:hpsBaseText w:val="{size}"/>'
    small = f'<w:r><w:rPr><w:sz w:val="{size // 2}"/></w:rPr>{_text(above)}</w:r>'
    return (
        f'<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/>{sizes}<w:lid w:val="zh-CN"/></w:rubyPr>'
        f"<w:rt>{small}</w:rt><w:rubyBase>{run(base, look)}</w:rubyBase></w:ruby></w:r>"
    )


def _text(text: str) -> str:
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "  " in text else ""
    return f"<w:t{kept}>{escape(text, quote=False)}</w:t>"
