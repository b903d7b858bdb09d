"""A file that holds no report is called by its true name, whatever its own says; UTF-16 is read without its mark too."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

import records
from cases import each
from nianbao.importing import kinds
from nianbao.importing.flow import Unreadable
from nianbao.review import findings, index
from nianbao.run.store.local import LocalStore
from nianbao.statute.formats import library

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TEXT = "示例市测试局2023年政府信息公开工作年度报告\n一、总体情况\n平稳。\n"
MAIL = "From: <x@example.org>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{};\r\n\r\n"
XML = '<?xml version="1.0"?><w:a xmlns:w="{}"><w:t>' + TEXT + "</w:t></w:a>"


def packed(*names):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for name in names:
            made.writestr(name, b"\x89PNG")
    return into.getvalue()


def read(raw):
    return kinds.read(raw, library(Path("none")))


@each(
    ("raw", "what", "action"),
    [
        (b"{\\rtf1\\ansi x}", "RTF", ".docx"),
        (b"\xef\xbb\xbf\n{\\rtf1}", "RTF", ".docx"),
        (b"\n%PDF-1.4\n1 0 obj", "PDF", "Word"),
        (records.manifest("shili-jyj/2023").to_json().encode(), "manifest.json", "report.docx"),
        (packed("1.png", "2.jpg"), "图片的压缩包", "文字版"),
        (packed("报告.docx", "1.png"), "报告还在里面", "解开"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "OFD", "Word"),
        (packed("ppt/presentation.xml"), "演示文稿", "Word"),
        (OLE + "WpsCustomData".encode("utf-16-le"), ".wps", ".docx"),
        (OLE + "ETExtData".encode("utf-16-le"), ".et", ".xlsx"),
        (OLE + "__substg1.0_1000001F".encode("utf-16-le"), ".msg", "附件"),
        (MAIL.format("mixed").encode(), ".eml", "附件"),
        (MAIL.format("related").encode(), ".mht", "HTML"),
        (MAIL.format("related").encode("utf-16"), ".mht", "HTML"),
        (MAIL.format("related").encode("utf-16-be"), ".mht", "HTML"),
        (TEXT.encode("utf-32"), "UTF-32", "UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "图片", "文字版"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包", "解开"),
        (XML.format("http://schemas.microsoft.com/office/word/2003/wordml").encode(), "Word 2003", ".docx"),
        (XML.format("urn:schemas-microsoft-com:office:spreadsheet").encode(), "Excel 2003", ".xlsx"),
        (XML.format("urn:x").encode(), "XML", "核对"),
    ],
)
def test_what_is_no_report_is_called_by_its_true_name(raw, what, action):
    with pytest.raises(Unreadable) as refused:
        read(raw)
    assert what in refused.value.found
    assert action in refused.value.action


@each("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "gb18030"])
@each("form", ["{}", "<html><body><p>{}</p></body></html>"])
def test_text_is_read_in_each_encoding_with_its_mark_or_without(codec, form):
    text = "".join(block.text for block in read(form.format(TEXT).encode(codec)).blocks)
    assert "示例市测试局2023年政府信息公开工作年度报告一、总体情况平稳。" == "".join(text.split())


@each("text", ["From: 甲\n公开5条。", "MZ\n", "BM\n公开", "Subject: x\n\n" + TEXT])
def test_text_that_only_begins_so_is_text(text):
    assert read(text.encode()).kind == "文字"


def test_the_pages_of_outputs_that_list_reports_are_no_reports(tmp_path):
    store, finding = LocalStore(tmp_path), "<h2>某局2023年报告</h2><li>错误 W210 一、总体情况 应为：主动公开、依申请公开"
    findings.write(store, [(finding, Counter())])
    index.write(store, {})
    for name in ("findings.html", "index.html"):
        with pytest.raises(Unreadable, match="目录页或核查发现"):
            read((tmp_path / name).read_bytes())
