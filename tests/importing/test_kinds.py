"""What a file is that is not read is said with what to do, whatever its name ends with."""

import io
import zipfile
from pathlib import Path

import pytest

from nianbao.importing import kinds
from nianbao.importing.flow import Unreadable
from nianbao.paths import ReportPaths
from nianbao.starting import starter
from nianbao.statute.formats import library


def odt():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<x/>")
    return buffer.getvalue()


MHTML = b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html><body><p>x</p></body></html>"
ENTITIES = b"<!DOCTYPE html [<!ENTITY a 'ha'>]><html><body><p>&a;</p></body></html>"


@pytest.mark.parametrize(
    ("raw", "found", "action"),
    [(odt(), "ODT", ".docx"), (MHTML, ".mhtml", "网页，仅 HTML"), (ENTITIES, "实体", "网页，仅 HTML")],
    ids=["odt", "mhtml", "entities"],
)
def test_what_is_not_read_is_named_with_what_to_do(raw, found, action):
    with pytest.raises(Unreadable) as refused:
        kinds.read(raw, library())
    assert found in refused.value.found
    assert action in refused.value.action


SAMPLES = Path(__file__).parents[2] / "params"
PROSE = "## 一、总体情况\n\n全年公开信息{}条。\n"


def refused(text):
    """What a text is said to be, and what to do; '' for one that is read."""
    try:
        kinds.read(text if isinstance(text, bytes) else text.encode(), library())
    except Unreadable as error:
        return f"{error.found}\n{error.action}"
    return ""


def test_the_files_of_a_folder_of_the_kits_are_called_so_and_not_read_as_text():
    """Each text and each YAML file of the sample bureaus, whatever its year."""
    files = [*SAMPLES.rglob("narrative.md"), *SAMPLES.rglob("*.yaml")]
    assert {path.name for path in files} == {"narrative.md", "report.yaml", "bureau.yaml"}
    own = [path for path in files if path.parent.parent.name != "dingxi-nyncj" or path.name != "narrative.md"]
    assert [path for path in own if path.name not in refused(path.read_bytes())] == []


def test_the_files_that_new_lays_out_are_called_so_too(tmp_path):
    files, _ = starter.laid_out(ReportPaths(tmp_path / "params", "x", 2023), None)
    texts = {path.name: raw for path, raw in files.items()}
    said = refused(texts["report.yaml"])
    assert [one for one in ("report.yaml", "复制", "nianbao new --text") if one not in said] == []


def test_what_is_only_like_a_file_of_a_folder_is_not_called_by_the_name_of_one():
    """A format of the kit's, and one line with a day."""
    for raw in ((SAMPLES.parent / "src/helpers/nianbao/statute/2021.yaml").read_bytes(), b"date: 2025-01-20"):
        assert refused(raw).startswith("像是 nianbao 的文件夹里的文件")


TAGS = (
    "{{ 表三 }}", "{{表3}}", "{{ 事实.公开信息 }}", "{{ 年度 }}", "{{ 机关简称 }}", "{{ 上年.事实.访问量|整数 }}",
    '{% if 表四["行政复议"]["总计"] == 0 %}没有{% endif %}', "{% if not 上年 %}没有{% endif %}",
    "<sup>{{ 事实.甲 }}</sup><p>", "{{ ((表三['一']['总计'])) }}",
)  # fmt: skip
FOREIGN = (
    PROSE.format("5"), PROSE.format("{{ title }}"), PROSE.format("{{ 单位名称 }}"), PROSE.format("{% if user %}"),
    PROSE.format("（见表三 }}）"), PROSE.format("{{ 表面 }}"), "<html><body><p>{{ 年度 }}</p></body></html>",
    "---\ntitle: 年报\ndate: 2024-01-20\n---\n\n# 年报\n\n## 一、总体情况\n\n平稳。\n\n工作有序。\n",
    "date: 2024-01-20\n\n平稳。\n",
)  # fmt: skip


def test_a_text_with_placeholders_of_the_kit_is_a_narrative():
    tried = [PROSE.format(tag).encode(codec) for tag in TAGS for codec in ("utf-8", "utf-16", "gb18030")]
    assert [raw for raw in tried if "narrative.md" not in refused(raw)] == []


def test_foreign_markdown_and_pages_are_read():
    assert [text for text in FOREIGN if refused(text)] == []
