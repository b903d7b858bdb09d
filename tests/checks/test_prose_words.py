"""statements.yaml: what the rules speak of is there, and nothing stands in it that no rule reads."""

import ast
import re
from copy import deepcopy

import pytest

from cases import each
from nianbao.checks.prose.accounts import counted
from nianbao.checks.prose.vocabulary import with_pieces
from nianbao.checks.prose.words import FILE, StatementsError, words, words_of
from nianbao.reading import even
from nianbao.yamlfile import read_yaml


def renamed(data, name):
    for one in data["meanings"]:
        one["name"] = f"{one['name']}甲" if one["name"] == name else one["name"]


def changed(change):
    file = read_yaml(FILE)
    file.data = deepcopy(file.data)
    change(file.data)
    return file


@each(
    ("change", "said"),
    [
        (lambda data: data.update(after="x"), "after"),
        (lambda data: data.pop("not_ours"), "not_ours"),
        (lambda data: data["meanings"][0].update(after="x"), "after"),
        (lambda data: next(one for one in data["meanings"] if one["name"] == "办结").update(name="办毕"), "办结"),
        (lambda data: [one.pop("family", None) for one in data["meanings"]], "申请人"),
        (lambda data: renamed(data, "尚未审结"), "尚未审结"),
        (lambda data: renamed(data, "部分公开"), "部分公开"),
        (lambda data: renamed(data, "结转"), "结转"),
        (lambda data: data["none"][0].update(topic="没有的"), "没有的"),
    ],
)
def test_a_key_that_nothing_reads_and_a_name_that_is_missing_are_refused(change, said):
    with pytest.raises(StatementsError, match=said):
        words_of(changed(change))


def test_each_name_that_a_rule_speaks_of_is_one_that_the_file_has_to_have():
    data = read_yaml(FILE).data
    names = {one["name"] for one in (*data["meanings"], *data["none"])} | {
        one.get("family", "新收") for one in data["meanings"]
    }
    rooms = (ast.parse(path.read_text("utf-8")) for path in FILE.parent.rglob("*.py"))
    spoken = {node.value for room in rooms for node in ast.walk(room) if isinstance(node, ast.Constant)} & names
    assert "尚未审结" in spoken
    assert spoken == {one for one in spoken if is_missed(one)}


def is_missed(name):
    """Whether a file is refused in which no meaning has a name any more, and no family."""

    def change(data):
        for one in (*data["meanings"], *data["none"]):
            one.update({key: "甲" for key in ("name", "family") if one.get(key) == name})

    with pytest.raises(StatementsError) as caught:
        words_of(changed(change))
    return name in str(caught.value)


def test_a_file_that_is_no_yaml_is_refused(tmp_path):
    path = tmp_path / "statements.yaml"
    path.write_text("topics: [甲 乙\nother: x", "utf-8")
    with pytest.raises(StatementsError, match=r"statements\.yaml"):
        words_of(read_yaml(path))


def test_each_wording_that_takes_a_number_out_or_makes_it_a_part_takes_its_example_and_leaves_the_other():
    def dates(text):
        return [is_masked for _, is_masked in counted(text)[1]]

    file, known = read_yaml(FILE).data, words()
    data = with_pieces(file, file["pieces"])
    wrong = [one for one in data["no_source"] if not all(dates(one["takes"])) or dates(one["leaves"])[-1:] != [False]]
    wrong += [one for one in data["no_source"] if not re.search(one["words"], even(one["takes"]), re.M)]
    parts = [one for name in ("ranked", "part_of") for one in data[name]]
    wrong += [one for one in parts if not re.search(one["words"], one["takes"])]
    wrong += [one for one in parts if known.ranked.search(one["leaves"]) or known.part_of.search(one["leaves"])]
    assert wrong == []
