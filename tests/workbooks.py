"""Workbooks made to measure, sound and hostile ones."""

import io
import zipfile

import openpyxl
import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = (
    f'<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" '
    f'xmlns:text="{OFFICE}text:1.0" '
    f'xmlns:style="{OFFICE}style:1.0" xmlns:draw="{OFFICE}drawing:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:automatic-styles>{looks}</office:automatic-styles><office:body><office:spreadsheet>"
    '<table:table table:name="表三">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def made(write, sheet="表三"):
    """An XLSX with one sheet, on which ``write(book, sheet)`` writes."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    write(book, book.add_worksheet(sheet))
    book.close()
    return into.getvalue()


def simple():
    return made(lambda _, sheet: sheet.write_row(0, 0, ["一", 5]))


def altered(raw, *dropped, **changes):
    """A packed file with other parts: the name's part → a function of its bytes."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in dropped:
                new.writestr(name, changes.pop(name, lambda data: data)(old.read(name)))
        for name, make in changes.items():
            new.writestr(name, make(b""))
    return into.getvalue()


def inside(xml, raw=None):
    """A workbook with more rows of XML in its sheet."""
    return altered(raw or simple(), **{SHEET: lambda data: data.replace(b"</sheetData>", xml + b"</sheetData>")})


def replaced(old, new):
    return altered(simple(), **{SHEET: lambda data: data.replace(old, new)})


def ods(rows, more="", looks=""):
    """An ODS with one sheet of these rows in XML, ``more`` in its list of parts, and styles for its ``looks``."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("content.xml", ODS.replace("{rows}", rows).replace("{looks}", looks))
        new.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}manifest:1.0">{more}</m:manifest>')
    return into.getvalue()


def uncalculated():
    """A workbook whose formulas have no results, as programs that do not reckon write it."""
    into = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "表三"
    book.active["B2"] = "=1+1"
    book.save(into)
    return into.getvalue()


def lying():
    """A workbook whose directory says that a part of 50 MB has a thousand bytes."""
    raw = bytearray(inside(b"<!--" + b"A" * 50_000_000 + b"-->"))
    place = raw.rfind(SHEET.encode()) - 46  # the entry of the directory at the end
    raw[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(raw)


REPEATED = '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell table:number-columns-repeated="{cells}"'
FIGURE = ' office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
)
# name: the file's name and bytes, and the code of its fault; "" where it is harmless and read.
HOSTILE = {
    "a bomb": ("form.xlsx", lambda: inside(b"<!--" + b"A" * 200_000_000 + b"-->"), "F111"),
    "a bomb that lies": ("form.xlsx", lying, "F101"),
    "a million blank columns": ("form.xlsx", lambda: inside(b'<row r="9">' + b'<c s="0"/>' * 700_000 + b"</row>"), "F111"),
    "a million blank rows": ("form.xlsx", lambda: inside(b'<row ht="9"/>' * 600_000), "F111"),
    "a cell far away": ("form.xlsx", lambda: inside(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "F111"),
    "entities": ("form.xlsx", lambda: altered(simple(), **{SHEET: lambda _: ENTITIES}), "F101"),
    "deep XML": ("form.xlsx", lambda: inside(b"<x>" * 600_000 + b"</x>" * 600_000), "F111"),
    "one long text many times": ("form.xlsx", lambda: altered(
        inside(b'<row r="9">' + b'<c t="s"><v>0</v></c>' * 199 + b"</row>"),
        **{"xl/sharedStrings.xml": lambda _: b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"}), "F111"),
    "a text that is not there": ("form.xlsx", lambda: inside(b'<row r="9"><c t="s"><v>999</v></c></row>'), "F101"),
    "a sheet that is not there": ("form.xlsx", lambda: altered(simple(), SHEET), "F101"),
    "a million digits": ("form.xlsx", lambda: replaced(b"<v>5</v>", b"<v>" + b"9" * 1_000_000 + b"</v>"), ""),
    "no number": ("form.xlsx", lambda: replaced(b"<v>5</v>", b"<v>five</v>"), ""),
    "cut": ("form.xlsx", lambda: simple()[:2000], "F101"),
    "nothing": ("form.xlsx", lambda: b"", "F101"),
    "noise behind the mark": ("form.xlsx", lambda: b"PK\x03\x04" + bytes(range(256)) * 99, "F101"),
    "a Word document": ("form.xlsx", lambda: altered(simple(), "xl/workbook.xml"), "F101"),
    "a binary workbook": ("form.xlsx", lambda: altered(simple(), "xl/workbook.xml", **{"xl/workbook.bin": bytes}), "F101"),
    "a web page": ("form.xls", lambda: "<html><table><tr><td>一</td></tr></table></html>".encode(), "F101"),
    "half an OLE file": ("form.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "F101"),
    "a cell repeated": ("form.ods", lambda: ods(REPEATED.format(rows=1_000_000, cells=16384) + FIGURE), "F111"),
    "spaces by number": ("form.ods", lambda: ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p>'
        "</table:table-cell></table:table-row>"), "F111"),
    "encrypted": ("form.ods", lambda: ods("", "<m:encryption-data/>"), "F101"),
    "boxes that nothing closes": ("form.xlsx", lambda: altered(
        made(lambda _, sheet: (sheet.write_row(0, 0, ["一", 5]), sheet.insert_button(4, 4, {"caption": "打印"}))),
        **{"xl/drawings/vmlDrawing1.vml": lambda _: b"<v:shape >" + b"<v:textbox " * 200_000 + b"<v:textbox>"
           + b"<" * 400_000 + b"</v:textbox>" + b"<v:textbox>" * 200_000}), ""),
    "brackets that nothing closes": ("form.ods", lambda: ods(
        f'<table:table-row><table:table-cell table:formula="of:={"[" * 400_000}"{FIGURE}'), ""),
    "blank rows repeated": ("form.ods", lambda: ods(
        REPEATED.format(rows=1_048_000, cells=16384) + "/></table:table-row>"), ""),
}  # fmt: skip
