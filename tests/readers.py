"""What each output format says to its reader, as plain text: blocks on lines, list items with their marks."""

import ctypes
import io
import re
from collections import defaultdict
from html.parser import HTMLParser

import pypdfium2
from docx import Document
from docx.table import Table
from lxml import etree
from pypdfium2 import raw

BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "div", "section", "article", "aside",
    "header", "footer", "nav", "hgroup", "center", "blockquote", "pre", "table", "caption", "tr", "td", "th",
    "figure", "figcaption", "details", "summary", "br", "hr",
}  # fmt: skip
VOID = {"br", "hr", "img", "wbr", "col", "area", "meta"}

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class _Seen(HTMLParser):
    """The text inside ``<main>`` without what is hidden or for the screen only: the print button, a draft's findings."""

    def __init__(self):
        super().__init__()
        self.said, self.open, self.lists, self.is_chinese = [], [], [], True

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            attributes = dict(attributes)
            unseen = not attributes.keys().isdisjoint({"data-screen", "hidden"})
            screen = tag == "style" or attributes.get("class") == "tools" or unseen
            self.open.append((tag, screen))
        if tag == "html":
            self.is_chinese = dict(attributes).get("lang", "zh").startswith("zh")
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
            depth = sum(one == kind for one, _ in self.lists) if self.is_chinese else 1
            self._say(f"{_mark(kind, number, min(depth, 3))} ")

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


def _mark(kind, number, depth):
    """What stands before an item, in so many lists of its kind: a browser shows what report.css says."""
    if kind == "ul":
        return "•–◦"[min(depth, 3) - 1]
    return f"{number}." if depth == 1 else f"（{number}）" if depth == 2 else _circled(number)


def _circled(number):
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def html(made):
    seen = _Seen()
    seen.feed(made.decode())
    return "".join(seen.said)


def fragment(made):
    """The text of a fragment, without the mark of a draft."""
    return html(b"<main>%b</main>" % re.sub(rb"^<p[^>]*>%b</p>\n" % "草稿，未经审定，不得发布".encode(), b"", made))


def pdf(made):
    """The text in the order of the document's tags, as a screen reader has it: what breaks across pages is in one piece.

    All of it has to be on the paper. It is without page numbers, stamps and repeated heads of tables. PDFium hands out a
    hyphen at a line's end as U+0002.
    """
    said = {}
    with pypdfium2.PdfDocument(made) as document:
        for page in list(document):  # kept open together, so that each font is read once
            tree, written = raw.FPDF_StructTree_GetForPage(page), _written(page)
            for at in range(raw.FPDF_StructTree_CountChildren(tree)):
                marks = _marks(raw.FPDF_StructTree_GetChildAtIndex(tree, at), (at,))
                said |= {path: written.get(mark, "") for path, mark in marks}
            raw.FPDF_StructTree_Close(tree)
    return "\n".join(said[path] for path in sorted(said)).replace("\x02", "-")


def _written(page):
    """What a page holds, by the numbers of its marks."""
    written, textpage, last, at = defaultdict(str), page.get_textpage(), None, -1
    (width, height), sheet = page.get_size(), textpage.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(textpage.count_chars()):
        raw.FPDFText_GetCharBox(sheet, index, left, right, bottom, top)
        is_inside = 0 <= left.value and right.value <= width and 0 <= bottom.value and top.value <= height
        assert is_inside or left.value >= right.value, "beyond the paper's edge"
        # A blank that PDFium puts between pieces of text belongs to none.
        piece = raw.FPDFText_GetTextObject(sheet, index)
        if piece and ctypes.addressof(piece.contents) != last:
            last, at = ctypes.addressof(piece.contents), raw.FPDFPageObj_GetMarkedContentID(piece)
        written[at] += chr(raw.FPDFText_GetUnicode(sheet, index))
    # A character beyond U+FFFF comes in two halves.
    return {mark: text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for mark, text in written.items()}


def _marks(element, path):
    """The marks of a page below an element of the tags' tree, each with its path: its place in each element around it."""
    for at in range(raw.FPDF_StructElement_CountChildren(element) if element else 0):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield from _marks(child, (*path, at))
        elif (mark := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            yield (*path, at), mark


def docx(made):
    """The text of paragraphs and tables as python-docx finds them, with the marks of lists."""
    document = Document(io.BytesIO(made))
    numbering = document.part.numbering_part.element
    said, counts, read = [], defaultdict(int), set()

    def found(path):
        return etree.XPath(path, namespaces={"w": WORD})(numbering)

    def mark(given):
        level, name = given.ilvl.val, given.numId.val
        [shape] = found(f"w:num[@w:numId={name}]/w:abstractNumId/@w:val")
        own = found(f"w:num[@w:numId={name}]/w:lvlOverride/w:lvl[@w:ilvl={level}]")
        [one] = own or found(f"w:abstractNum[@w:abstractNumId={shape}]/w:lvl[@w:ilvl={level}]")
        [text], [kind] = (one.xpath(f"w:{name}/@w:val", namespaces={"w": WORD}) for name in ("lvlText", "numFmt"))
        [start] = found(f"w:num[@w:numId={name}]/w:lvlOverride[@w:ilvl={level}]/w:startOverride/@w:val")
        counts[name, level] += 1
        number = int(start) + counts[name, level] - 1
        return text.replace(f"%{level + 1}", _circled(number) if "Circle" in kind else str(number))

    def visit(part):
        for one in part.iter_inner_content():
            if isinstance(one, Table):
                for cell in (cell for row in one.rows for cell in row.cells if cell._tc not in read):
                    read.add(cell._tc)
                    visit(cell)
            else:
                given = one._p.pPr.numPr
                formulas = one._p.xpath("string(.//m:t)") if "oMath" in one._p.xml else ""
                said.append((f"{mark(given)} " if given is not None else "") + one.text + formulas)

    visit(document)
    return "\n".join(said)


# One for each output format; the tests fail for a format without one.
READERS = {"html": html, "fragment": fragment, "pdf": pdf, "docx": docx}
