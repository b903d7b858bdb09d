"""Turn a page into a Word document: WordprocessingML from the HTML that is published, in named styles.

A document's parts are stored, and not compressed: how a compressor packs them depends on its version.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape, unescape
from typing import TYPE_CHECKING

from nianbao.paths import TEMPLATES
from nianbao.render.colours import coloured
from nianbao.render.page import attribute
from nianbao.render.pandoc import PANDOC
from nianbao.render.verdict import TITLE, Verdict
from nianbao.render.word import markup, pages, styles
from nianbao.render.word.body import Writer
from nianbao.render.word.book import Book
from nianbao.render.word.markup import value
from nianbao.render.word.pictures import Files
from nianbao.render.word.styles import CHARACTER, DECLARATION, LINE, WORDPROCESSING
from nianbao.shown import htmltree, prints
from nianbao.shown.docx import printed_in
from nianbao.shown.wordfindings import FINDING, FINDING_LINE, FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from nianbao.render.page import Page

_LEADING, _ID = attribute("href", '#[^"]+'), attribute("id")
_MATH = re.compile("<math.*?</math>", re.S)
_OFFICE = "http://schemas.openxmlformats.org"
_RELATIONSHIPS = f"{_OFFICE}/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{WORDPROCESSING}" xmlns:r="{_RELATIONSHIPS}" xmlns:m="{_OFFICE}/officeDocument/2006/math" '
    f'xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SIDES = {"odd": "default", "even": "even"}
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can name
_LEVELS = 9
# What stands before an item, by how many lists of its kind lie around it. Source: GB/T 9704-2012, 7.3.3.
_NUMBERS = (
    ("decimal", "%{}.", "space"),
    ("decimal", "（%{}）", "nothing"),
    ("decimalEnclosedCircleChinese", "%{}", "nothing"),
)
_BULLETS = (("bullet", "•", "space"), ("bullet", "–", "space"), ("bullet", "◦", "space"))


def make(page: Page, official: Path | None = None, is_told: bool = True) -> bytes:
    """The page as the bytes of a DOCX file, which tells in its properties what it was printed with.

    ``is_told=False`` leaves that out: of a file that is only read back nobody asks it.

    Raises
    ------
    RenderError
        When a picture cannot be read, or pandoc cannot read a formula.
    """
    verdict = Verdict.of(page)
    body = markup.NO_XML.sub(_named, verdict.marked(page.body))
    found = _MATH.findall(body)
    formulas = PANDOC.omml(found) if found else []
    step, line = (0, LINE) if page.is_chinese else (2 * CHARACTER, 0)
    book = Book(Files.of(official), iter(formulas), step, line, _targets(body))
    writer = Writer(book)
    writer.visit(htmltree.body_of(coloured(body)))
    writer.close()
    blocks, found = pages.filled(writer.out, page.is_chinese), [*_findings(verdict)]
    parts = {
        "[Content_Types].xml": _content_types(page),
        "_rels/.rels": _package(),
        "docProps/core.xml": _core(page),
        "word/document.xml": _document(page, [*(_owned(one, book.own.get(at, 0)) for at, one in enumerate(blocks)), *found]),
        "word/_rels/document.xml.rels": _links(page, book),
        "word/styles.xml": styles.sheet(page.language, tuple(sorted(book.smaller)), bool(verdict.entries)),
        "word/fontTable.xml": styles.fonts(),
        **{f"word/{name}.xml": (TEMPLATES / f"{name}.xml").read_text("utf-8") for name in ("settings", "theme")},
        "word/numbering.xml": _numbering(book),
        **{f"word/footer-{side}.xml": _footer(side) for side in _SIDES},
        **({f"word/header-{side}.xml": _stamp(side, page.stamp) for side in _SIDES} if page.is_draft else {}),
    }
    parts["docProps/custom.xml"] = _custom(prints.properties(printed_in(parts)) if is_told else {})
    parts["word/document.xml"] = _document(page, [*blocks, *found])
    files = {name: text.encode() for name, text in parts.items()}
    return _zipped(files | {f"word/media/{name}": data for name, data in book.pictures.by_name.items()})


def _findings(verdict: Verdict) -> Iterator[str]:
    """What a draft says of itself, on pages of its own behind the report: who reads the document knows it by its styles."""
    if verdict.entries:
        yield _styled(FINDINGS, TITLE)
        yield _styled(FINDING_LINE, verdict.summary)
    for one in verdict.numbered:
        yield _styled(FINDING, one.head)
        yield from (_styled(FINDING_LINE, line) for line in one.lines)


def _styled(style: str, text: str) -> str:
    said = markup.run(markup.NO_XML.sub(_named, text))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>'


def _owned(block: str, own: int) -> str:
    """A block's XML with the number of the notebook's cell that prints it in each of its paragraphs, if one does."""
    return block.replace("<w:p>", f'<w:p w:own="{own}">') if own else block


def _targets(body: str) -> frozenset[str]:
    """The ids of a body's elements to which links lead."""
    leading, ids = ({unescape(one) for _, one in found.findall(body)} for found in (_LEADING, _ID))
    return frozenset(one for one in ids if f"#{one}" in leading)


def _named(character: re.Match[str]) -> str:
    """What stands for a character that XML cannot hold, and that no font has: 〔u+fffe〕, as in the PDF."""
    return f"〔u+{ord(character[0]):04x}〕"


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 0
            archive.writestr(entry, data)
    return packed.getvalue()


def _content_types(page: Page) -> str:
    parts = {"document": "document.main", "styles": "styles", "fontTable": "fontTable", "settings": "settings",
             "numbering": "numbering", **{f"footer-{side}": "footer" for side in _SIDES}}  # fmt: skip
    parts |= {f"header-{side}": "header" for side in _SIDES} if page.is_draft else {}
    listed = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{listed}<Override PartName="/word/theme.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override '
        'PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )


def _related(links: list[tuple[str, str, str]]) -> str:
    """Relationships: the name, the kind and the target of each."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{value(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if kind.endswith('/hyperlink') else ''}/>"
        for name, kind, target in links
    )
    return f'{DECLARATION}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{listed}</Relationships>'


def _package() -> str:
    core = f"{_OFFICE}/package/2006/relationships/metadata/core-properties"
    parts = [
        ("document", f"{_RELATIONSHIPS}/officeDocument", "word/document.xml"),
        ("core", core, "docProps/core.xml"),
        ("custom", f"{_RELATIONSHIPS}/custom-properties", "docProps/custom.xml"),
    ]
    return _related(parts)


def _links(page: Page, book: Book) -> str:
    parts = ["styles", "fontTable", "settings", "numbering", "theme"]
    links = [(name, f"{_RELATIONSHIPS}/{name}", f"{name}.xml") for name in parts]
    kinds = ("footer", "header") if page.is_draft else ("footer",)
    links += [(f"{kind}-{side}", f"{_RELATIONSHIPS}/{kind}", f"{kind}-{side}.xml") for kind in kinds for side in _SIDES]
    links += [(one.partition(".")[0], f"{_RELATIONSHIPS}/image", f"media/{one}") for one in book.pictures.by_name]
    return _related(links + [(name, f"{_RELATIONSHIPS}/hyperlink", address) for address, name in book.links.items()])


def _core(page: Page) -> str:
    """The document's own properties. Its date is the report's: nobody asks the clock."""
    moment = f"{page.date}T00:00:00Z" if page.date else ""
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified") if moment
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{value(page.title)}</dc:title>'
        f"<dc:creator>{value(page.bureau)}</dc:creator><dc:language>{value(page.language)}</dc:language>{dated}"
        "</cp:coreProperties>"
    )


def _custom(found: Mapping[str, str]) -> str:
    """The properties that are the kit's own."""
    listed = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(said, quote=False)}</vt:lpwstr></property>"
        for number, (name, said) in enumerate(found.items(), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/officeDocument/2006/custom-properties" '
        f'xmlns:vt="{_OFFICE}/officeDocument/2006/docPropsVTypes">{listed}</Properties>'
    )


def _document(page: Page, blocks: list[str]) -> str:
    kinds = ("header", "footer") if page.is_draft else ("footer",)
    references = "".join(
        f'<w:{kind}Reference w:type="{name}" r:id="{kind}-{side}"/>' for kind in kinds for side, name in _SIDES.items()
    )
    body = "".join((*blocks, styles.section(page.language, references)))
    return f"{DECLARATION}<w:document {_NAMES}><w:body>{body}</w:body></w:document>"


def _footer(side: str) -> str:
    """The number of a page, a dash on either side."""
    style = f"Folio{side.capitalize()}"
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    inside = f"{markup.run('— ')}{number}{markup.run(' —')}"
    return f'{DECLARATION}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p></w:ftr>'


def _stamp(side: str, stamp: str) -> str:
    """What marks each page of a draft: a word in its corner, and large letters behind its text."""
    drawn = (TEMPLATES / "stamp.xml").read_text("utf-8").replace("{side}", side).replace("{stamp}", stamp).strip()
    inside = f'<w:p><w:pPr><w:pStyle w:val="Stamp"/></w:pPr>{drawn}{markup.run(stamp)}</w:p>'
    return f"{DECLARATION}<w:hdr {_NAMES}>{inside}</w:hdr>"


def _numbering(book: Book) -> str:
    """The lists of the document: each begins with a number of its own, and each of their paragraphs two characters in.

    What stands before the items of a list says in how many of its kind it lies.
    """
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{is_numbered:d}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{''.join(_level(book, at, at, is_numbered) for at in range(_LEVELS))}</w:abstractNum>"
        for is_numbered in (False, True)
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{one.is_numbered:d}"/><w:lvlOverride w:ilvl="{one.level}">'
        f'<w:startOverride w:val="{one.first}"/>'
        f"{'' if one.depth == one.level else _level(book, one.level, one.depth, one.is_numbered)}</w:lvlOverride></w:num>"
        for number, one in enumerate(book.lists, 1)
    )
    return f'{DECLARATION}<w:numbering xmlns:w="{WORDPROCESSING}">{shapes}{lists}</w:numbering>'


def _level(book: Book, level: int, depth: int, is_numbered: bool) -> str:
    """A level of a list; pages that are no form of a Chinese authority have the numbers of Latin texts."""
    marks = _NUMBERS if is_numbered and book.line else _NUMBERS[:1] if is_numbered else _BULLETS
    kind, text, behind = marks[min(depth, len(marks) - 1)]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="{behind}"/>'
        f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{level * book.step}" w:firstLine="{2 * CHARACTER}"/></w:pPr></w:lvl>'
    )
