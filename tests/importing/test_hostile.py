"""Files that are larger, deeper or other than any report: each is refused in words, and nothing is written."""

import io
import os
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

import words
from imports import BUREAU, begin, imported
from machine import POSIX
from nianbao.errors import UsageError
from nianbao.importing import kinds, session
from nianbao.importing.flow import Unreadable
from nianbao.importing.importer import import_flows
from nianbao.paths import ReportPaths
from nianbao.statute.formats import library

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
DEEP, MANY = 3_000, 60_000
BODY = f"<w:document {words.W}><w:body>%s</w:body></w:document>"


def entities():
    nested = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{nested}]>' + BODY % "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>"


def package(document, **parts):
    """A document with this text as word/document.xml."""
    made = words.document(**parts)
    return made if document is None else _with(made, document)


def _with(made, document):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return buffer.getvalue()


def locked():
    """An archive whose parts are marked as encrypted."""
    made = bytearray(words.document(words.paragraph("密")))
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


PAGE = (Path(__file__).parent / "corpus" / "published-page.html").read_bytes()


def foreign_pdf():
    """A PDF of another program's with tags, in which a raised digit is one of the number before it."""
    text = "= 示例市测试局2023年政府信息公开工作年度报告\n== 一、总体情况\n12#super[1]件"
    text = f'#set document(title: "x", author: "nianbao")\n{text}'
    return typst.compile(text.encode(), pdf_standards=["a-2a"])


HOSTILE = {
    "bomb.docx": lambda: package(BODY % ("<w:p/>" * 5_000_000)),
    "blanks.docx": lambda: package(BODY % f"<w:p><w:r><w:t>{' ' * (30 << 20)}</w:t></w:r></w:p>"),
    "entities.docx": lambda: package(entities()),
    "wide-entities.docx": lambda: package(entities().encode("utf-16")),
    "deep.docx": lambda: package(BODY % ("<w:sdt><w:sdtContent>" * DEEP + "</w:sdtContent></w:sdt>" * DEEP)),
    "nested.docx": lambda: package(BODY % ("<w:tbl><w:tr><w:tc>" * DEEP + "</w:tc></w:tr></w:tbl>" * DEEP)),
    "columns.docx": lambda: package(BODY % f"<w:tbl><w:tr>{'<w:tc/>' * MANY}</w:tr></w:tbl>"),
    "parts.docx": lambda: package(None, **{f"p{at}": "" for at in range(6_000)}),
    "locked.docx": locked,
    "password.docx": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "old.doc": lambda: OLE + "WordDocument".encode("utf-16-le"),
    "cut.docx": lambda: words.document(words.paragraph("字" * 1000))[:-200],
    "picture.docx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "rich.docx": lambda: b"{\\rtf1 x}",
    "deep.html": lambda: b"<body>" + b"<div>" * DEEP,
    "unknown.html": lambda: b"<body>" + b"<x-y>" * DEEP,
    "bold.html": lambda: "".join(f"<b id={at}>" for at in range(DEEP)).encode() + b"<p>x" * DEEP,
    "tables.html": lambda: b"<body>" + b"<table><tr><td>" * 100,
    "columns.html": lambda: b"<table><tr>" + b"<td></td>" * MANY + b"</tr></table>",
    "spans.html": lambda: b"<table>" + b"<tr><td rowspan=60000 colspan=90>1</td></tr>" * 900 + b"</table>",
    "tags.html": lambda: b"<p>x</p>" * MANY,
    "digits.html": lambda: f"<p>一、总体情况</p><table><tr><td>行政许可</td><td>{'9' * 10**6}</td></tr></table>".encode(),
    "styles.html": lambda: f"<style>{'p{color:red}' * MANY}</style><p>一、总体情况</p>".encode(),
    "rules.html": lambda: f"<style>{'p,' * 2_000}p{{top:0}}</style><p>一、总体情况</p>{'<p>x</p>' * 1_000}".encode(),
    "long.html": lambda: f"<p>一、总体情况</p><p>{'大' * 100_000}</p>".encode(),
    "many.txt": lambda: "一、总体情况\n".encode() * 6_000,
    "heads.html": lambda: "<h2>一、总体情况</h2><p>好。</p>".encode() * 500,
    "digits.csv": lambda: f"信息内容,本年处理决定数量\n行政许可,{'9' * 10**6}\n".encode(),
    "columns.csv": lambda: b"a" + b"," * 10**6,
    "quotes.csv": lambda: b'a,b\n"' + b"x,y\n" * MANY,
    "rows.csv": lambda: "规章,0,0\n".encode() * 5_000,
    "deep.json": lambda: b'{"a":' * MANY,
    "digits.json": lambda: b'{"schema":' + b"9" * 10**6 + b"}",
    "half.json": lambda: b'{"schema":1,"title":"","narrative":[{}],"tables":[],"cells":[]}',
    "other.json": lambda: b'{"a": 1}',
    "empty.html": lambda: b" \n",
    "foreign.pdf": foreign_pdf,
    "cut.pdf": lambda: b"%PDF-1.7\n1 0 obj<<>>endobj",
    "nothing.html": lambda: b"<p>x</p>",
    "attributes.html": lambda: PAGE.replace(b"<body", b"<body " + b" ".join(b"a%d=''" % at for at in range(1_200))),
}


@pytest.mark.by_turns(4)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_is_written(name, tmp_path):
    with pytest.raises(UsageError):
        imported(tmp_path, (name, HOSTILE[name]()))
    assert list(tmp_path.glob("params/*")) == []


DOCUMENT = words.document(
    words.paragraph("一、总体情况"),
    words.table([["行政许可", "1"], ["行政处罚", "2"]]),
    words.paragraph(words.inserted("新")),
)
DATA = b'{"schema":1,"title":"x","number":null,"narrative":[{"heading":"","text":"x","tables":[]}],"tables":[],"cells":[]}'


@cache
def wholes():
    """The beginnings of the files that are damaged."""
    return [PAGE, DOCUMENT, DATA, *(one().ljust(4)[:5_000] for one in HOSTILE.values())]


@st.composite
def damaged(draw):
    """A file with some of its bytes changed, lost or doubled; or any bytes."""
    made = bytearray(draw(st.sampled_from(wholes())))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(made)))
        made[at : at + draw(st.integers(0, 40))] = draw(st.binary(max_size=20))
    return bytes(made)


def whatever(examples):
    return lambda test: settings(max_examples=examples, deadline=None)(
        given(damaged() | st.binary(max_size=400) | st.text(max_size=400).map(str.encode))(test)
    )


def imported_or_refused(raw):
    form = library().formats["2021"]
    with suppress(Unreadable, UsageError):
        import_flows([kinds.read(raw, library())], 2023, form, library())


@pytest.mark.slow
@whatever(15)
def test_whatever_a_file_holds_it_is_imported_or_refused(raw):
    imported_or_refused(raw)


@pytest.mark.slow
@whatever(100)
def test_of_many_damaged_files_each_is_imported_or_refused(raw):
    imported_or_refused(raw)


def test_what_nobody_sees_is_taken_out_and_listed_and_no_figure_is_read_through_it(tmp_path):
    """U+202E turns the order of the digits behind it: a reader sees 861."""
    cells = "<tr><td>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
    page = f"<p>一、总体情况</p><p>公开\u200b5\x08条。</p><table>{cells}<tr><td>行政许可</td><td>\u202e168</td></tr></table>"
    made = begin(tmp_path, ("a.html", page)).made
    assert "公开5条。" in made.files["narrative.md"]
    assert [one.found for one in made.taken["table2"].doubts] == ["168"]
    listed = [text for _, text, what in made.said if what == "去掉了看不见的字符"]
    assert [text[:6] for text in listed] == ["U+0008", "U+200B", "U+202E"]


def test_a_document_with_macros_is_refused(tmp_path):
    made = words.document(words.paragraph("一、总体情况"))
    path = tmp_path / "a.docx"
    path.write_bytes(made)
    with zipfile.ZipFile(path, "a") as package_:
        package_.writestr("word/vbaProject.bin", "x")
    with pytest.raises(UsageError, match="宏"):
        imported(tmp_path, path)


def test_a_file_of_200_mebibytes_is_not_even_opened(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(UsageError, match=r"200\.0 MiB"):
        imported(tmp_path, path)


@POSIX
def test_a_pipe_does_not_hang_the_import(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    with pytest.raises(UsageError, match="命名管道"):
        imported(tmp_path, tmp_path / "pipe.html")


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"{\\rtf1 x}")
    with pytest.raises(UsageError) as refused:
        session.begin(ReportPaths(tmp_path / "params", BUREAU, 2023), [tmp_path / "a.docx", Path("fehlt.html")])
    assert "a.docx" in str(refused.value)
    assert "fehlt.html" in str(refused.value)


def test_a_wrong_extension_is_no_matter(tmp_path):
    page = "<h1>示例市测试局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开5条。</p>"
    assert "公开5条。" in begin(tmp_path, ("报告.doc", page)).made.files["narrative.md"]
