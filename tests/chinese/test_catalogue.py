"""The catalogue: complete in both directions, and both languages name the same values."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import click
import pytest

from nianbao.chinese import command, index, running, usage
from nianbao.chinese.catalogue import CHINESE
from nianbao.command import diff, listing, plan
from nianbao.command import verify as verify_command
from nianbao.paths import PACKAGE
from nianbao.review import index as index_page
from nianbao.review import lines
from nianbao.run import batch, edition, manifest, verify, work
from nianbao.run import plan as run_plan
from nianbao.run.store import belongings, leftovers, sweep


def said():
    """Every text that a room gives to `say`: as a literal, or by a name that it has given one just before."""
    texts = ((path, path.read_text("utf-8")) for path in PACKAGE.rglob("*.py") if path.parent.name != "chinese")
    for path, source in texts:
        tree = ast.parse(source if "say(" in source else "")
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
    "name": [*listing.COLUMNS, *listing.SHOWN, *diff.COLUMNS, *diff.SHOWN],
    "EARLIER if own.draft else OTHER_DRAFT": [verify.EARLIER, verify.OTHER_DRAFT],
    "NOTHING_PUBLISHED": [verify.NOTHING_PUBLISHED],
    "NO_PARAMS": [verify.NO_PARAMS],
    "REPAIR": [verify.REPAIR],
    "ALONE": [verify_command.ALONE],
    "GONE": [manifest.GONE],
    "NOT_LISTED": [manifest.NOT_LISTED],
    "UNREMOVED": [leftovers.UNREMOVED],
    "LEFT_OVER": [leftovers.LEFT_OVER],
    "BESIDE": [verify.BESIDE],
    "MOVED": [belongings.MOVED],
    "PUT_ASIDE": [sweep.PUT_ASIDE],
    "REMOVED": [work.REMOVED],
    "UNLOGGED": [work.UNLOGGED],
    "UNDONE": [batch.UNDONE],
    "VANISHED": [run_plan.VANISHED],
    "what": [batch.CHECKING, batch.BUILDING, batch.PROVING],
    "SHOWS_ERRORS": [work.SHOWS_ERRORS],
    "SHOWS_ANOTHER": [edition.SHOWS_ANOTHER],
    "column": index_page.COLUMNS,
    "ALWAYS[name]": lines.ALWAYS.values(),
    "one if count == 1 else many": [],
}


@cache
def everything():
    """Not at import: each of pytest's processes imports this, and one needs it."""
    return {*said(), *(text for texts in NAMED.values() for text in texts)}


def names(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.slow
def test_every_text_has_its_chinese():
    assert sorted(everything() - CHINESE.keys()) == []


def test_every_text_of_the_catalogue_is_said_by_the_kit_or_by_click():
    theirs = {
        node.value
        for path in Path(click.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert CHINESE.keys() - everything() - theirs == set()


def test_both_languages_name_the_same_values():
    assert [text for text, translated in CHINESE.items() if set(names(translated)) != set(names(text))] == []


def test_every_text_that_has_words_has_chinese_ones():
    with_words = [text for text in CHINESE if re.search("[a-z]{3}", re.sub(r"\{.*?\}", "", text))]
    assert [text for text in with_words if not re.search("[\u4e00-\u9fff]", CHINESE[text])] == []


def test_no_text_stands_in_two_rooms():
    rooms = (command, usage, running, index)
    assert len(CHINESE) == sum(len(room.TEXTS) for room in rooms)
