"""docs/folder.md names every key that a report's folder may hold, and docs/security.md tests that there are."""

import re
from pathlib import Path

import pytest

from nianbao.inputs.contract import BureauParams, ReportParams
from nianbao.inputs.intake import SETTINGS

PAGE = (Path(__file__).parent.parent / "docs" / "folder.md").read_text("utf-8")


def keys(heading):
    """The keys in the first column of the first table below a heading."""
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n\n##")[0]
    return {key for row in re.findall(r"^\| (.*?) \|", table, re.M) for key in re.findall("`([a-z_0-9]+)`", row)}


@pytest.mark.parametrize(("heading", "model"), [("bureau.yaml", BureauParams), ("report.yaml", ReportParams)])
def test_every_key_stands_on_the_page_and_no_other(heading, model):
    assert keys(heading) - {"table2", "table3", "table4"} == set(model.model_fields)


def test_what_may_stand_beside_a_table_is_named():
    assert [] == [key for key in SETTINGS if f"`{key}`" not in PAGE]


def test_every_code_on_the_page_is_a_kind_of_finding():
    from nianbao.checks.catalogue import kinds

    assert set(re.findall(r"\b[FEWI][0-9]{3}\b", PAGE)) <= {kind.code for kind in kinds()}


def test_every_promise_of_security_names_its_tests():
    """A test that is renamed or gone is a promise that nothing holds to."""
    page = (Path(__file__).parent.parent / "docs" / "security.md").read_text("utf-8")
    written = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    promised = [line for line in page.split("\n") if line.startswith("| ") and "promise |" not in line]
    assert [] == [line for line in promised if "`test_" not in line]
    assert [] == [name for name in re.findall(r"`(test_\w+)`", page) if f"def {name}(" not in written]
