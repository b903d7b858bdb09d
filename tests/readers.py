"""What each output format says to its reader, as plain text: blocks on lines, list items with their marks."""

import re
from collections import defaultdict
from html.parser import HTMLParser

import pypdfium2
from pypdfium2 import raw

BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "div", "section", "article", "aside",
    "header", "footer", "nav", "hgroup", "center", "blockquote", "pre", "table", "caption", "tr", "td", "th",
    "figure", "figcaption", "details", "summary", "br", "hr",
}  # fmt: skip
VOID = {"br", "hr", "img", "wbr", "col", "area", "meta"}


class _Seen(HTMLParser):
    """The text inside ``<main>`` without what is for the screen only: the print button and a draft's findings."""

    def __init__(self):
        super().__init__()
        self.said, self.open, self.lists = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            attributes = dict(attributes)
            screen = tag == "style" or attributes.get("class") == "tools" or "data-screen" in attributes
            self.open.append((tag, screen))
        if tag in {"ul", "ol"}:
            start = dict(attributes).get("start", "1")
            self.lists.append([tag, int(start) if start.isdecimal() else 1])
        if tag in BLOCKS:
            self._say("\n")
        if tag == "q":
            self._say("“")
        if tag == "li" and self.lists:
            kind, number = self.lists[-1]
            self.lists[-1][1] += 1
            self._say("• " if kind == "ul" else f"{number}. ")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open[-1][0] == tag, (tag, self.open)
        if tag in {"ul", "ol"}:
            self.lists.pop()
        if tag in BLOCKS:
            self._say("\n")
        if tag == "q":
            self._say("”")
        self.open.pop()

    def handle_data(self, data):
        self._say(data if ("pre", False) in self.open else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _say(self, text):
        if ("main", False) in self.open and not any(screen for _, screen in self.open):
            self.said.append(text)


def html(made):
    seen = _Seen()
    seen.feed(made.decode())
    return "".join(seen.said)


def pdf(made):
    """The text in the order of its tags, as a screen reader has it: without page numbers, stamps, repeated heads of tables.

    PDFium hands out a hyphen at a line's end as U+0002.
    """
    with pypdfium2.PdfDocument(made) as document:
        return "\n".join(_tagged(page) for page in document).replace("\x02", "-")


def _tagged(page):
    written, sheet, at = defaultdict(str), page.get_textpage(), -1
    for index in range(sheet.count_chars()):
        # A blank that PDFium puts between pieces of text belongs to none.
        if piece := raw.FPDFText_GetTextObject(sheet, index):
            at = raw.FPDFPageObj_GetMarkedContentID(piece)
        written[at] += chr(raw.FPDFText_GetUnicode(sheet, index))
    tree = raw.FPDF_StructTree_GetForPage(page)
    tops = range(raw.FPDF_StructTree_CountChildren(tree))
    order = [mark for top in tops for mark in _marks(raw.FPDF_StructTree_GetChildAtIndex(tree, top))]
    raw.FPDF_StructTree_Close(tree)
    return "\n".join(written[mark] for mark in order if mark >= 0)


def _marks(element):
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
            yield from _marks(child)
        else:
            yield raw.FPDF_StructElement_GetChildMarkedContentID(element, index)


# One for each output format; the tests fail for a format without one.
READERS = {"html": html, "pdf": pdf}
