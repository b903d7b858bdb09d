"""Whatever stands in a file, its reader gives what it read, or faults that name the file; it never raises."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import BUREAU, FORMATS, make, write
from nianbao.characters import LOST
from nianbao.document.document import load
from nianbao.errors import DataError
from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.markdown import breaks, to_html
from nianbao.narrative.filling import fill
from nianbao.narrative.names import scope
from nianbao.statute.contract import FormatContract
from nianbao.textfile import lines_of
from nianbao.yamlfile import read_yaml
from nianbao.yamltyped import typed
from sheets import params, read_file

# What each parser takes for more than text, with a few words that it knows.
YAML = st.sampled_from(
    ["\n", "  ", "    ", ": ", "：", "- ", "{", "}", "[", "]", ", ", "，", '"', "'", "|\n", ">", "#", "&a", "*a",
     "!!int", "?", "%", "---\n", "\t", "\\u202e", "\\0", "~", "date", "signature", "facts", "value", "unit", "marks",
     "table2", "table3", "notes", "format", "2019", "2021-02-05", "name", "short", "level", "市", "parent", "issues",
     "是", "lead", "none", "accepted", "code", "E104", "extra_rows", "term", "甲", "1,234", "9" * 30, "未知",
     "\u200b", "\u202e", "\x07", "\ufeff", "\r"]
)  # fmt: skip
CSV = st.sampled_from(
    [",", "\t", ";", "\n", "\r\n", '"', '""', "1", "0", "-", "/", "减3", "1,113", "8.5万元", "不适用", "未知：无",
     "注：", "单位：元", "第二十条第（一）项", "信息内容", "本年制发件数", "规章", "行政规范性文件", "（一）", "一、",
     "表二", "总计", "9" * 40, " ", "　", "\u200b", "\u202e", "\0", "甲"]
)  # fmt: skip
TEMPLATE = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{", "}", "{#", "#}", " ", "\n", "年度", "机关", "事实", ".", "表三", "表3", '["一"]',
     '["总计"]', "上年", "|", "万", "同比(1)", "占比(2)", "if ", "elif ", "else", "endif", "set a = ", "a", "+", "-",
     "(", ")", "1", "0.5", '"', "'甲'", "not ", "and ", "is 齐全", "列举({'甲': 1}, '件')", "分述(1, {})",
     "for x in ", "~", "*", ",", "[", "]", "｛｛", "“", "\\u202e", "==", "<", "甲", "-%}", "{%-", "loop", "__class__",
     "9" * 30]
)  # fmt: skip
MARKDOWN = st.sampled_from(
    ["*", "**", "***", "_", "`", "```", "[", "]", "(", ")", "![", "](a.b)", "](图.png)", "<", ">", "<b>", "</b>",
     "<!--", "-->", "<?", "&", "&amp;", "\\", "\n", "\n\n", "  ", "    ", "\t", "　", "- ", "+ ", "1. ", "2. ", "# ",
     "## ", "###", "> ", "|", "|-|-|", "---", "===", "~~~", "（一）", "一、", "一是", "注：", "。", "；", "甲", "A",
     "1", "http://a.b", "data:image/png;base64,AA", "【", "】", "2024年1月1日", "\u200b", "\ufdd0", "\x0b", "\u2028",
     "\r"]
)  # fmt: skip


def often(strategy, size=60):
    """Text of the parser's own signs, or any text at all."""
    return st.lists(strategy, max_size=size).map("".join) | st.text(max_size=size)


RAW = st.binary(max_size=200)
# A little by default, much where there is time.
TRIES = pytest.mark.parametrize("tries", [30, pytest.param(150, marks=pytest.mark.slow)])


def bytes_of(signs):
    """The parser's own signs or any text, in an encoding that an office uses, or no text at all."""
    encoded = st.tuples(often(signs), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    return encoded.map(lambda both: both[0].encode(both[1], "surrogatepass")) | RAW


def hold(tries, strategy, promise):
    settings(max_examples=tries, deadline=None, suppress_health_check=[*HealthCheck])(given(strategy)(promise))()


def are_placed(findings, names):
    """Whether each finding says what is wrong, in one of these files."""
    return all(one.found and one.source and Path(one.source.file).name in names for one in findings)


@TRIES
def test_a_csv_is_read_or_has_faults_in_its_file(tries, tmp_path):
    path = tmp_path / "table2.csv"

    def promise(raw):
        path.write_bytes(raw)
        for form in FORMATS.values():
            made = read_file(path, form.tables["table2"], params())
            assert are_placed(made.faults, {path.name})
            assert made.faults or made.cells.keys() == form.tables["table2"].cells.keys()

    hold(tries, bytes_of(CSV), promise)


@TRIES
@pytest.mark.parametrize("model", [BureauParams, ReportParams, FormatContract])
def test_a_yaml_file_is_typed_or_has_faults_in_its_file(tries, model, tmp_path):
    path = tmp_path / "a.yaml"

    def promise(raw):
        path.write_bytes(raw)
        file = read_yaml(path)
        value = typed(model, file)
        assert file.faults or (value is not None and not file.unread)
        assert are_placed(file.faults + file.notes, {path.name})
        assert all(fault.source.line for fault in file.faults if fault.code != "F101")

    hold(tries, bytes_of(YAML), promise)


@TRIES
def test_a_template_is_filled_in_or_has_problems_on_its_lines(tries):
    names = scope(make())

    def promise(source):
        filled = fill(source, names)
        assert all(1 <= one.line <= source.count("\n") + 1 and one.found for one in filled.problems)
        assert filled.problems or LOST not in filled.text
        assert "{" in source or filled.problems or filled.text == source

    hold(tries, often(TEMPLATE), promise)


@TRIES
def test_markdown_becomes_clean_html_or_has_faults_on_its_lines(tries, tmp_path):
    def promise(typed):
        text = lines_of(typed)
        html, faults = to_html(text, "narrative.md", 1, tmp_path)
        assert are_placed(faults, {"narrative.md"})
        assert all(1 <= fault.source.line <= text.count("\n") + 1 for fault in faults)
        assert "<script" not in html
        assert all(0 <= line < text.count("\n") + 1 for line in breaks(text))

    hold(tries, often(MARKDOWN), promise)


SIGNS = {"report.yaml": YAML, "narrative.md": TEMPLATE | MARKDOWN, "table3.csv": CSV}


@pytest.mark.slow
@TRIES
@pytest.mark.parametrize("name", SIGNS)
def test_a_report_is_made_or_has_faults_in_its_files(tries, name, tmp_path):
    paths = write(tmp_path)
    known = {"report.yaml", "narrative.md", "bureau.yaml", *(path.name for path in paths.folder.iterdir())}

    def promise(raw):
        (paths.folder / name).write_bytes(raw)
        try:
            faults = ()
            load(BUREAU, 2024, tmp_path)
        except DataError as error:
            faults = error.faults
        assert are_placed(faults, known)

    hold(tries, bytes_of(SIGNS[name]), promise)
