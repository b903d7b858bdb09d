"""What an import makes is read as the kit reads it before it is kept, beside what a person has written in the folder."""

import pytest

import imports
from nianbao.errors import UsageError
from nianbao.importing import session
from nianbao.inputs import starter
from nianbao.paths import ReportPaths

TABLE = (
    "第二十条第（五）项\n信息内容,本年处理决定数量\n行政许可,{}\n"
    "第二十条第（六）项\n信息内容,本年处理决定数量\n行政处罚,2\n行政强制,3\n"
)


def begun(root, text, cell=""):
    """The import of one table into a folder whose report.yaml has been edited."""
    starter.create(root / "params", imports.BUREAU, 2023)
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    paths.report_file.write_text(paths.report_file.read_text("utf-8") + text, "utf-8")
    (root / "t.csv").write_text(TABLE.format(cell), "utf-8")
    return session.begin(paths, [root / "t.csv"]).made


@pytest.fixture
def root(tmp_path):
    (tmp_path / "params").mkdir()
    return tmp_path


def test_what_the_folders_own_words_make_of_a_cell_is_asked_about(root):
    asked = begun(root, 'marks: {"": 0}\n').questions
    [about] = [about for question, about in asked.items() if "report.yaml 使" in question]
    assert "行政许可" in about[0]


def test_a_fault_in_the_folder_is_said_for_the_tables_cannot_be_proved_beside_it(root):
    assert any("没有核对过" in question for question in begun(root, "nonsense: 1\n", 5).questions)


def test_a_sound_folder_gives_no_question(root):
    assert not any("文件夹" in question for question in begun(root, "", 5).questions)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("示例市乡村振兴局", "市"), ("示例省市场监督管理局", "省"), ("示例自治区教育厅", "省"), ("示例市样本区教育局", "县"),
        ("示例县市场监督管理局", "县"), ("示例市样本市教育局", "县"), ("示例州水务局", "市"),
        ("示例市样本区甲街道办事处", "乡"),
        ("示例县甲镇人民政府", "乡"), ("示例地区教育局", "市"), ("重庆市水利局", "省"), ("教育局", ""),
    ],
)  # fmt: skip
def test_the_level_of_a_bureau_is_that_of_the_last_place_in_its_name(name, level):
    assert session.level_of(name) == level


def test_a_table_that_report_yaml_gives_itself_is_not_imported_beside_it(root):
    inline = "table2:\n  行政许可: {本年处理决定数量: 4}\n"
    with pytest.raises(UsageError, match="table2"):
        begun(root, inline, 5)
    assert [] == [path.name for path in (root / "params").rglob("import.md")]


def test_what_report_yaml_says_of_a_tables_format_alone_is_no_table(root):
    assert begun(root, 'table2: {format: "2021"}\n', 5).taken
