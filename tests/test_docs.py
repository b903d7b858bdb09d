"""The pages in docs/: their keys are those of the contracts, their Chinese editions say the same, their tests are there."""

import re
from base64 import b64decode

import pytest

from cases import each
from nianbao.inputs.contract import Acceptance, BureauParams, FactParams, ReportParams
from nianbao.inputs.intake import SETTINGS
from nianbao.markdown import to_html
from nianbao.yamlfile import read_yaml
from nianbao.yamltyped import typed
from pictures import png
from project import ROOT

DOCS = ROOT / "docs"
FOLDERS = ["folder.md", "folder.zh-CN.md"]
BOTH = sorted(path.name.replace(".zh-CN", "") for path in DOCS.glob("*.zh-CN.md"))
CHINESE = ["README.zh-CN.md", *(f"docs/{name.replace('.md', '.zh-CN.md')}" for name in BOTH)]
# What stands for any name is in the language of the page.
TRANSLATED = {"<bureau>": "<机关>", "BUREAU YEAR": "机关 年度", "explain CODE": "explain 编号"}


def page(name):
    return (DOCS / name).read_text("utf-8")


def chinese(name):
    return page(name.replace(".md", ".zh-CN.md"))


def blocks(text, language=r"\w*"):
    """The code blocks of a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def spans(text):
    """What stands in backticks outside of blocks, in order."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    return [code.strip() for _, code in re.findall(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", text)]


def codes(text):
    return set(re.findall(r"\b[FEWI][0-9]{3}\b", text))


def keys(text, heading):
    """The keys in the first column of the first table below a heading."""
    table = text.partition(f"## {heading}\n")[2].partition("\n\n##")[0]
    return {key for row in re.findall(r"^\| (.*?) \|", table, re.M) for key in re.findall("`([a-z_0-9]+)`", row)}


@each("name", FOLDERS)
@each(("heading", "model"), [("bureau.yaml", BureauParams), ("report.yaml", ReportParams)])
def test_every_key_stands_on_the_page_and_no_other(name, heading, model):
    assert keys(page(name), heading) - {"table2", "table3", "table4"} == set(model.model_fields)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_may_stand_beside_a_table_in_a_fact_and_in_an_acceptance_is_named(name):
    inner = [*SETTINGS, *FactParams.model_fields, *Acceptance.model_fields]
    assert [] == [key for key in inner if not re.search(rf"`[^`\n]*\b{key}\b", page(name))]


@each("name", BOTH)
def test_every_code_on_the_page_is_a_kind_of_finding(name):
    from nianbao.checks.catalogue import kinds

    assert codes(page(name)) <= {kind.code for kind in kinds()}


@pytest.mark.by_turns(3)
@pytest.mark.parametrize("name", BOTH)
def test_a_chinese_edition_shows_every_key_code_and_example_and_no_other(name):
    """What it has in addition, as a key of an example, stands on the English page too, if only inside another."""
    english = page(name)
    for one, other in TRANSLATED.items():
        english = english.replace(one, other)
    assert [] == [one for one in dict.fromkeys(spans(english)) if one not in spans(chinese(name))]
    assert [] == [one for one in dict.fromkeys(spans(chinese(name))) if one not in english]
    assert [] == [one for one in blocks(english) if one not in blocks(chinese(name))]
    assert codes(english) == codes(chinese(name))


def test_the_rows_of_the_text_page_are_the_same_in_chinese():
    """Those of the English page are run, one by one, by test_markdown."""
    english, translated = (
        [spans(row) for row in text.split("\n") if row.startswith("| `")] for text in (page("text.md"), chinese("text.md"))
    )
    assert english == translated


@pytest.mark.parametrize("text", [text for path in CHINESE for text in blocks((ROOT / path).read_text("utf-8"), "yaml")])
def test_every_example_of_yaml_is_one_that_is_read(text, tmp_path):
    (tmp_path / "example.yaml").write_text(text, "utf-8")
    file = read_yaml(tmp_path / "example.yaml")
    model = BureauParams if "name" in file.data else ReportParams
    about = {key: value for key, value in file.data.items() if not key.startswith("table")}
    assert typed(model, file, about, also=("table2", "table3")) is not None, file.faults


def test_the_example_of_a_text_is_set_as_it_stands(tmp_path):
    (tmp_path / "流程图.png").write_bytes(b64decode(png()))
    [text] = blocks(chinese("text.md"), "markdown")
    html, faults = to_html(text, "narrative.md", 1, tmp_path)
    assert [] == faults
    assert {"h2", "h3", "strong", "li", "img", "a"} <= set(re.findall(r"<(\w+)", html))


@each("name", BOTH)
def test_each_edition_leads_to_the_other_at_once(name):
    other = name.replace(".md", ".zh-CN.md")
    assert f"[中文]({other})" in page(name).split("\n")[:4]
    assert f"[English]({name})" in page(other).split("\n")[:4]


def test_what_explain_says_names_chinese_pages():
    """A clerk who reads the explanation of a finding goes on from there."""
    assert [] == [name for name in re.findall(r"docs/([\w-]+\.md)", page("findings.md")) if name in BOTH]


@each("path", CHINESE)
def test_a_chinese_page_leads_to_chinese_pages(path):
    """To an English one only where there is no other, and says so."""
    for said, target in re.findall(r"\[([^]]*)\]\(([\w./-]+\.md)\)(?!（英文）)", (ROOT / path).read_text("utf-8")):
        assert ((ROOT / path).parent / target).exists()
        assert said == "English" or target.endswith((".zh-CN.md", "findings.md")), target


def test_every_promise_of_security_names_its_tests():
    """A test that is renamed or gone is a promise that nothing holds to."""
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    promised = [line for line in page("security.md").split("\n") if line.startswith("| ") and "promise |" not in line]
    assert [] == [line for line in promised if "`test_" not in line]
    assert [] == [name for name in re.findall(r"`(test_\w+)`", page("security.md")) if f"def {name}(" not in written]
