"""YAML is read as text with lines and typed by the contract; every fault has file, line, label, found and expected."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from nianbao.findings import Source
from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.reading import Unknown
from nianbao.yamlfile import YamlFile, read_yaml
from nianbao.yamltyped import _fault, typed

TABLES = ("table2", "table3", "table4")  # `intake` reads them
BUREAU = "name: 示例市测试局\nshort: 市测试局\nlevel: 市\n"


def load(tmp_path, text, model=ReportParams, name="report.yaml"):
    """The typed value, ``None`` where a part of it could not be typed, and the faults of a file that holds ``text``."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    file = read_yaml(path)
    about = {key: value for key, value in file.data.items() if key not in TABLES}
    value = typed(model, file, about, also=TABLES)
    return None if file.unread else value, file.faults


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        ("signature: 示例市测试局\neditor: -\n", 2, "editor: -"),
        ("marks:\n  - : 0\n", 2, "- : 0"),
        ("editor: @办公室\n", 1, "editor: @办公室"),
        ("date: a: b\n", 1, "date: a: b"),
        ("date: 2021-02-05\n---\neditor: 办公室\n", 2, "---"),
    ],
)
def test_a_syntax_error_shows_the_line_and_what_to_look_for(text, line, shown, tmp_path):
    value, [fault] = load(tmp_path, text)
    assert value is None
    assert ("F102", Source("report.yaml", line)) == (fault.code, fault.source)
    assert shown in fault.found
    assert "缩进" in fault.action


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("date: 2021-02-05\nsignature: &name 示例市测试局\neditor: *name\n", 3, "使用了别名（*）"),
        ("date: 2021-02-05\nsignature: {{ 机关 }}\n", 2, "键不是一行文字"),
        ("? [date, signature]\n: x\n", 1, "键不是一行文字"),
        ("- 示例市测试局\n", 1, "顶层不是“键: 值”"),
        ("示例市测试局\n", 1, "顶层不是“键: 值”"),
    ],
)
def test_yaml_that_is_no_plain_list_of_keys_is_refused_in_words(text, line, found, tmp_path):
    for model in (ReportParams, BureauParams):
        value, faults = load(tmp_path, text, model)
        assert value is None
        assert [("F102", Source("report.yaml", line), found)] == [
            (fault.code, fault.source, fault.found) for fault in faults
        ]


def test_a_missing_file_is_said_once_and_nothing_is_inferred_from_it(tmp_path):
    file = read_yaml(tmp_path / "bureau.yaml")
    assert typed(BureauParams, file) is None
    assert [("F101", "文件不存在")] == [(fault.code, fault.found) for fault in file.faults]


@pytest.mark.parametrize("raw", [b"signature: \xff\xff\n", b"\xff\xfea", "signature: 甲\n".encode("utf-32")])
def test_yaml_in_no_known_encoding_is_a_fault_that_says_so(raw, tmp_path):
    value, [fault] = load(tmp_path, raw)
    assert (None, "F101") == (value, fault.code)
    assert "不是可识别的编码" in fault.found


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "\ufeff", "---\n"])
def test_an_empty_file_holds_no_keys(text, tmp_path):
    value, faults = load(tmp_path, text)
    assert (ReportParams.model_validate({}), []) == (value, faults)
    _, faults = load(tmp_path, text, BureauParams, "bureau.yaml")
    assert ["name", "short", "level"] == [re.search("“(.*)”", fault.found).group(1) for fault in faults]
    assert {("F105", "bureau.yaml")} == {(fault.code, fault.source.file) for fault in faults}


def test_a_duplicate_key_is_a_fault_at_any_depth_that_names_both_lines(tmp_path):
    text = "facts:\n  访问量: {value: 1}\n  访问量: {value: 2}\nmarks: {/: 0,\n  /: 不适用}\n"
    text += "table2:\n  规章:\n    a: 1\n    a: 2\ndate:\ndate:\n"
    _, faults = load(tmp_path, text)
    assert [(3, "第2行已写过“访问量”"), (5, "第4行已写过“/”"), (9, "第8行已写过“a”"), (11, "第10行已写过“date”")] == [
        (fault.source.line, fault.found) for fault in faults if fault.code == "F103"
    ]


@pytest.mark.parametrize("mark", ["5", "0", "１0", "约5"])
def test_no_number_can_be_declared_a_mark(mark, tmp_path):
    value, [fault] = load(tmp_path, f"marks:\n  {mark}: '0'\n")
    assert value is None
    assert ("F106", 2, f"“{mark}”") == (fault.code, fault.source.line, fault.found)
    assert "不含数字" in fault.expected


def test_texts_stay_texts(tmp_path):
    text = "signature: 007\neditor: 12:30\nfacts:\n  '007': {value: 0.10, unit: on, source: no}\n  on: {value: 1_0}\n"
    value, faults = load(tmp_path, text)
    assert value is None
    assert [("F106", 5)] == [(fault.code, fault.source.line) for fault in faults]
    value, _ = load(tmp_path, text.replace("1_0", "10"))
    assert ("007", "12:30", ["007", "on"]) == (value.signature, value.editor, list(value.facts))
    fact = value.facts["007"]
    assert ("0.10", "on", "no") == (format(fact.value, "f"), fact.unit, fact.source)


def test_a_unit_does_not_begin_with_a_digit(tmp_path):
    """1586 and 1 would be printed as 15861, 1586 and -1 as 1586-1, 1586 and .次 as 1586.次."""
    wrong = ("1", "2km", "．5万", "-1", "+1", "－1", ",5", ".次", "．次", "，次", " 1", "×10次", "/2", "-.5", "½")
    good = ("万次", "km2", "件/人", "%", "℃", "人（10分钟）", "（10分钟）", "百万", "㎡", "元/10人")
    for unit, is_wrong in {**dict.fromkeys(wrong, True), **dict.fromkeys(good, False)}.items():
        _, faults = load(tmp_path, f"facts:\n  访问量:\n    value: 1586\n    unit: {unit!r}\n")
        assert [("F106", "事实 · 访问量 · 单位")] * is_wrong == [(one.code, one.place) for one in faults], unit


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+2", "带有正负号"),
        ("-3", "带有正负号"),
        ("007", "像是编号"),
        ("12:30", "不是数字"),
        ("1***", "不是数字"),
        ("14万余条", "不是数字"),
        ("2100余条", "不是数字"),
        ("100%", "不是数字"),
        ("15.67万", "不是数字"),
        ("1e3", "不是数字"),
        (".inf", "不是数字"),
        ("未知", "须写明原因"),
        ("未知：【填写：原因】", "须写明原因"),
        ("未知：。", "须写明原因"),
        ("''", "不是数字"),
    ],
)
def test_a_fact_is_a_certain_number_or_an_unknown_with_its_reason(text, reason, tmp_path):
    value, [fault] = load(tmp_path, f"facts:\n  访问量:\n    value: {text}\n")
    assert value is None
    assert ("F106", "事实 · 访问量 · 数值", Source("report.yaml", 3)) == (fault.code, fault.place, fault.source)
    assert text.strip("'") in fault.found
    assert reason in fault.found
    assert "约数和打码的数字只能写在正文里" in fault.expected


@pytest.mark.parametrize("text", ["'  '", "　", "'-'", "……", "【填写：原因】", "【填写", "''"])
def test_why_a_finding_is_accepted_is_said(text, tmp_path):
    assert [] == load(tmp_path, "accepted:\n  - code: W511\n    reason: 【原件未保留】\n")[1]
    _, [fault] = load(tmp_path, f"accepted:\n  - code: W511\n    reason: {text}\n")
    assert ("F106", Source("report.yaml", 3)) == (fault.code, fault.source)
    assert "须写明原因" in fault.found


@pytest.mark.parametrize(
    ("text", "shown"), [("15.670", "15.670"), ("1,113", "1113"), ("１５", "15"), ("未知：2020", "2020")]
)
def test_a_fact_keeps_its_digits_or_its_reason(text, shown, tmp_path):
    value, faults = load(tmp_path, f"facts: {{访问量: {{value: '{text}'}}}}\n")
    known = value.facts["访问量"].value
    assert ([], shown) == (faults, known.reason if isinstance(known, Unknown) else str(known))
    assert isinstance(known, Unknown) == text.startswith("未知")


@pytest.mark.parametrize("text", ["2021-02-05", "2021年2月5日", "2021.2.5", "'2021/2/5'"])
def test_a_date_is_a_date(text, tmp_path):
    value, faults = load(tmp_path, f"date: {text}\n")
    assert ([], "2021-02-05") == (faults, str(value.date))


@pytest.mark.parametrize(
    ("text", "reason"), [("2021-02-30", "没有这一天"), ("2021年2月", "不是日期"), ("12:30", "不是日期")]
)
def test_an_impossible_date_says_why(text, reason, tmp_path):
    _, [fault] = load(tmp_path, f"signature: x\ndate: {text}\n")
    assert (Source("report.yaml", 2), f"“{text}”（{reason}）") == (fault.source, fault.found)


@pytest.mark.parametrize(
    ("text", "line", "near", "known"),
    [
        ("date: 2021-02-05\nsignatur: x\n", 2, "“signatur”，是否为“signature”？", "signature"),
        ("tabel2: x\n", 1, "“tabel2”，是否为“table2”？", "table4"),
        ("facts:\n  a:\n    value: 1\n    units: 条\n", 4, "“units”，是否为“unit”？", "parts"),
        ("not_applicable:\n  aszero: 是\n", 2, "“aszero”，是否为“as_zero”？", "print"),
        ("数据: 1\n", 1, "“数据”", "facts"),
        ("<<: {date: 2021-02-05}\n", 1, "“<<”", "date"),
    ],
)
def test_an_unknown_key_names_the_nearest_and_all_known(text, line, near, known, tmp_path):
    value, [fault] = load(tmp_path, text)
    assert value is None
    assert ("F104", line, f"未知的键{near}") == (fault.code, fault.source.line, fault.found)
    assert known in fault.expected


# Every place of the contract, in YAML whose last line holds it, and what may stand there.
PLACES = {
    "name": (BUREAU.replace("name: 示例市测试局\n", "") + "name: {}\n", "text"),
    "short": (BUREAU.replace("short: 市测试局\n", "") + "short: {}\n", "text"),
    "level": (BUREAU.replace("level: 市\n", "") + "level: {}\n", ""),
    "parent": (BUREAU + "parent: {}\n", "text nothing"),
    "formats.0": (BUREAU + "formats:\n  - {}\n", ""),
    "term": (BUREAU + "term: {}\n", "text nothing"),
    "lead": (BUREAU + "lead: {}\n", ""),
    "lead.二": (BUREAU + "lead:\n  二: {}\n", ""),
    "deadline": (BUREAU + "deadline: {}\n", "nothing"),
    "cap": (BUREAU + "cap: {}\n", "nothing"),
    "unbound": (BUREAU + "unbound: {}\n", ""),
    "contact": (BUREAU + "contact: {}\n", "text nothing"),
    "issues": (BUREAU + "issues: {}\n", ""),
    "issues.规章": (BUREAU + "issues:\n  规章: {}\n", ""),
    "date": ("signature: 甲\ndate: {}\n", "nothing"),
    "number": ("signature: 甲\nnumber: {}\n", "text nothing"),
    "date_below_title": ("signature: 甲\ndate_below_title: {}\n", ""),
    "only_compared": ("signature: 甲\nonly_compared: {}\n", ""),
    "accepted.0": ("accepted:\n  - {}\n", ""),
    "accepted.0.code": ("accepted:\n  - reason: 甲\n    code: {}\n", ""),
    "accepted.0.place": ("accepted:\n  - code: E104\n    reason: 甲\n    place: {}\n", "text"),
    "accepted.0.reason": ("accepted:\n  - code: E104\n    reason: {}\n", "text"),
    "accepted.0.who": ("accepted:\n  - code: E104\n    reason: 甲\n    who: {}\n", "text"),
    "accepted.0.when": ("accepted:\n  - code: E104\n    reason: 甲\n    when: {}\n", "nothing"),
    "format": ("signature: 甲\nformat: {}\n", "text nothing"),
    "signature": ("editor: 甲\nsignature: {}\n", "text nothing"),
    "editor": ("signature: 甲\neditor: {}\n", "text nothing"),
    "facts": ("signature: 甲\nfacts: {}\n", ""),
    "facts.a": ("facts:\n  a: {}\n", ""),
    "facts.a.value": ("facts:\n  a:\n    value: {}\n", "nothing"),
    "facts.a.unit": ("facts:\n  a:\n    value: 1\n    unit: {}\n", "text"),
    "facts.a.source": ("facts:\n  a:\n    value: 1\n    source: {}\n", "text nothing"),
    "facts.a.parts": ("facts:\n  a:\n    value: 1\n    parts: {}\n", ""),
    "facts.a.parts.b": ("facts:\n  a:\n    value: 1\n    parts:\n      b: {}\n", "nothing"),
    "marks": ("signature: 甲\nmarks: {}\n", ""),
    "marks./": ("marks:\n  /: {}\n", ""),
    "not_applicable": ("signature: 甲\nnot_applicable: {}\n", ""),
    "not_applicable.print": ("not_applicable:\n  as_zero: 是\n  print: {}\n", "text"),
    "not_applicable.as_zero": ("not_applicable:\n  print: /\n  as_zero: {}\n", ""),
    "extra_rows": ("signature: 甲\nextra_rows: {}\n", ""),
    "extra_rows.table2": ("extra_rows:\n  table2: {}\n", ""),
    "extra_rows.table2.部分": ("extra_rows:\n  table2:\n    部分: {}\n", "list"),
    "extra_rows.table2.部分.0": ("extra_rows:\n  table2:\n    部分:\n      - {}\n", "text"),
}
WRITTEN = {
    "nothing": "",
    "text": "甲？",
    "list": "[甲, 乙]",
    "mapping": "{乙: 丙}",
    "deep": "[[甲], {乙: [丙]}]",
    "blank": "''",
}


def fields(model):
    """The names of all fields of a contract, those of the contracts inside included."""
    for name, field in model.model_fields.items():
        yield name
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from fields(kind)


def test_the_places_are_all_there_are():
    """The tables, which may be of any shape here, are `intake`'s to judge; the notebook is `bureau`'s."""
    named = {step for place in PLACES for step in place.split(".")}
    assert {"table2", "table3", "table4", "notebook"} >= {*fields(BureauParams), *fields(ReportParams)} - named


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_type_anywhere_is_a_chinese_fault_at_its_line(place, tmp_path):
    """Each place takes its own type only; a list or mapping where text belongs is a fault, not a crash."""
    text, accepted = PLACES[place]
    model = BureauParams if text.startswith(("name", "short")) else ReportParams
    for kind, written in WRITTEN.items():
        value, faults = load(tmp_path, text.format(written), model)
        if kind in accepted.split():
            assert [] == faults, kind
            assert value is not None, kind
        elif kind == "blank" and "text" in accepted:
            assert (value is None) == bool(faults), kind
        else:
            assert value is None, kind
            assert {Source("report.yaml", text.count("\n"))} == {fault.source for fault in faults}, kind
            shown = {"nothing": "（空）", "text": "“甲？”", "list": "一组值"}
            assert any(shown.get(kind, "") in fault.found for fault in faults), kind
        for fault in faults:
            assert fault.code in {"F104", "F105", "F106"}, kind
            assert fault.expected, kind
            assert not re.search("[A-Za-z]+ [a-z]+", fault.found + fault.place), f"an English sentence: {kind}"


def test_every_kind_of_pydantic_error_becomes_a_chinese_fault_with_its_line():
    file = YamlFile("report.yaml", lines={("facts", "访问量", "value"): 7})
    error = {"loc": ("facts", "访问量", "value"), "input": "x", "ctx": {"error": ValueError("不是数字")}}
    faults = {kind: _fault(ReportParams, file, error | {"type": kind}, ()) for kind in get_args(ErrorType)}
    placed = "事实 · 访问量 · 数值", Source("report.yaml", 7)
    assert {kind: fault for kind, fault in faults.items() if (fault.place, fault.source) != placed} == {}
    assert {kind: fault for kind, fault in faults.items() if not re.search("[一-鿿]", fault.expected)} == {}
    assert {kind: fault for kind, fault in faults.items() if not fault.title} == {}


@pytest.mark.slow
@given(
    st.recursive(
        st.text(max_size=4), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner)
    )
)
def test_no_data_whatever_crashes_the_contract(data):
    for model in (BureauParams, ReportParams):
        for key in (*model.model_fields, "x"):
            file = YamlFile("report.yaml", {key: data})
            value = typed(model, file)
            assert bool(file.unread) == bool(file.faults)
            assert value is not None or () in file.unread


@given(st.text(max_size=40))
def test_no_text_whatever_crashes_the_reader(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    file = read_yaml(path)
    assert isinstance(file.data, dict)
    assert all(str(fault) for fault in file.faults)


@pytest.mark.parametrize("text", ["0", "０", "-5", "0件", "（ 1 ）", "①", "〇", "零"])
def test_what_stands_for_not_applicable_is_no_number(text, tmp_path):
    value, [fault] = load(tmp_path, f'not_applicable: {{print: "{text}"}}\n')
    assert value is None
    assert ("F106", 1) == (fault.code, fault.source.line)
    assert "不能是数字" in fault.found


def test_a_fault_names_no_mark_that_nobody_has_typed(tmp_path):
    _, [fault] = load(tmp_path, "lead: no\n")
    assert ("F106", "导语", "“no”") == (fault.code, fault.place, fault.found)
