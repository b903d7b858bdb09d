"""The command's texts: one catalogue, complete in both directions, and chosen by the locale."""

import ast
import re
from pathlib import Path
from string import Formatter

import click
import pytest

from nianbao import chinese, language
from nianbao.command import listing, plan
from nianbao.command import verify as verify_command
from nianbao.command.main import SUBCOMMANDS
from nianbao.paths import PACKAGE
from nianbao.run import batch, manifest, rendition, verify, work
from nianbao.run.store import leftovers
from project import ENGLISH, nianbao

SOURCES = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "chinese.py"}


def said():
    """Every text that a room gives to `say`: as a literal, or by a name that it has given one just before."""
    for path, text in SOURCES.items():
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                text = node.args[0]
                if isinstance(text, ast.Constant):
                    yield text.value
                elif isinstance(text, ast.Name) and text.id in {"said", "why"}:
                    yield from assigned_before(tree, text.id, node.lineno)
                else:
                    assert ast.unparse(text) in NAMED, f"{path.name}:{node.lineno}"


def assigned_before(tree, name, line):
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and node.lineno <= line and ast.unparse(node.targets[0]) == name
    ]
    value = max(found, key=lambda node: node.lineno).value
    return [
        one.value
        for one in ast.walk(value)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and len(one.value) > 3
    ]


# What is said by a name, and the texts that it can stand for.
NAMED = {
    "REASONS[why]": plan.REASONS.values(),
    "REASONS[part]": plan.REASONS.values(),
    "KEPT[orphan.kept]": plan.KEPT.values(),
    "name": [*listing.COLUMNS, *listing.SHOWN],
    "EARLIER if own.draft else OLD_DRAFT": [verify.EARLIER, verify.OLD_DRAFT],
    "NOTHING_PUBLISHED": [verify.NOTHING_PUBLISHED],
    "NO_PARAMS": [verify.NO_PARAMS],
    "REPAIR": [verify.REPAIR],
    "ALONE": [verify_command.ALONE],
    "GONE": [manifest.GONE],
    "NOT_LISTED": [manifest.NOT_LISTED],
    "UNREMOVED": [leftovers.UNREMOVED],
    "LEFT_OVER": [leftovers.LEFT_OVER],
    "BESIDE": [verify.BESIDE],
    "MOVED": [work.MOVED],
    "UNLOGGED": [work.UNLOGGED],
    "UNDONE": [batch.UNDONE],
    "what": [batch.CHECKING, batch.BUILDING, batch.PROVING],
    "SHOWS_ERRORS": [work.SHOWS_ERRORS],
    "SHOWS_NONE": [rendition.SHOWS_NONE],
    "SHOWS_ANOTHER": [rendition.SHOWS_ANOTHER],
    "one if count == 1 else many": [],
}
ALL = {*said(), *(text for texts in NAMED.values() for text in texts)}


def names(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_every_text_has_its_chinese():
    assert sorted(ALL - chinese.CHINESE.keys()) == []


def test_every_text_of_the_catalogue_is_said_by_the_kit_or_by_click():
    theirs = {
        node.value
        for path in Path(click.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert chinese.CHINESE.keys() - ALL - theirs == set()


@pytest.mark.parametrize("text", chinese.CHINESE)
def test_both_languages_name_the_same_values(text):
    translated = chinese.CHINESE[text]
    assert set(names(translated)) == set(names(text))
    assert re.search("[\u4e00-\u9fff]", translated) or not re.search("[a-z]{3}", re.sub(r"\{.*?\}", "", text))


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, True),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN"}, False),
        ({}, False),
    ],
)
def test_the_first_variable_that_is_set_decides(monkeypatch, environment, chinese):
    for name in (*language.VARIABLES, "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(language.locale, "getlocale", lambda: (None, None))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.is_chinese() is chinese
    assert language.say("no reports") == ("没有报告" if chinese else "no reports")


def test_where_no_variable_says_so_the_system_decides(monkeypatch):
    for name in language.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(language.locale, "getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert language.is_chinese()


def test_a_brace_in_a_value_is_left_alone():
    assert language.say("cannot read {path}: {why}", path="{x}", why="{}") == "cannot read {x}: {}"


@pytest.mark.parametrize("command", SUBCOMMANDS)
def test_help_is_in_one_language(command, tmp_path):
    """In English there is no Chinese, and in Chinese no English but names of options and values."""
    assert not re.search("[\u4e00-\u9fff]", nianbao(command, "--help", cwd=tmp_path, **ENGLISH)[0])
    chinese = nianbao(command, "--help", cwd=tmp_path)[0]
    words = re.findall(r"(?<![\w-])[a-z]{2,}(?: [a-z]{2,})+", chinese)
    assert words in ([], [f"nianbao {command}"])


def test_wrong_usage_is_in_the_same_language(tmp_path):
    assert "错误：没有选项 '--yaer'" in nianbao("build", "--yaer", cwd=tmp_path, code=2)[1]
    assert "'x' 不是整数。" in nianbao("build", "--jobs", "x", cwd=tmp_path, code=2)[1]
    assert "'x' 不是数字。" in nianbao("build", "--timeout", "x", cwd=tmp_path, code=2)[1]
    assert "Error: No such option '--yaer'" in nianbao("build", "--yaer", cwd=tmp_path, code=2, **ENGLISH)[1]
