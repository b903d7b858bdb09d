"""The classes of first characters in the YAML files, which are there for speed, have all that is looked for and no more.

``pytest tests/checks/test_begins.py --regenerate`` writes them anew when a wording was added. To derive them in each process
would take 6 ms, and Python's own parser, which is no part of its library.
"""

import re
from functools import partial
from pathlib import Path
from re import _constants as ops
from re import _parser as parser

import pytest

from cases import each
from nianbao.checks import unfinished
from nianbao.checks.prose.words import FILE, words
from nianbao.checks.wordings import any_of

BLOCK = re.compile(r"(?<=^begins:\n)(?:  \w+: '.*'\n)+", re.M)


def first(sequence, folded=False):
    """What a class has to hold for all that a parsed pattern may begin with, and whether that may be nothing."""
    found = set()
    for operation, about in sequence:
        if operation in {ops.ASSERT, ops.ASSERT_NOT, ops.AT}:
            continue
        if operation in {ops.LITERAL, ops.IN}:
            members = about if operation is ops.IN else [(operation, about)]
            return found.union(*(member(*one, folded) for one in members)), False
        few = about[0] if operation in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT} else 1
        parts = about[1] if operation is ops.BRANCH else [about[3] if operation is ops.SUBPATTERN else about[2]]
        folds = folded or bool(operation is ops.SUBPATTERN and about[1] & re.IGNORECASE)
        some = [first(one, folds) for one in parts]
        found = found.union(*(chars for chars, _ in some))
        if few and not any(empty for _, empty in some):
            return found, False
    return found, True


def member(operation, about, folded):
    """What a class has for one member of a class of a pattern."""
    if operation is ops.CATEGORY:
        return {{ops.CATEGORY_SPACE: r"\s", ops.CATEGORY_DIGIT: r"\d"}[about]}
    chars = {ops.LITERAL: lambda: chr(about), ops.RANGE: lambda: "-".join(map(chr, about))}[operation]()
    return {chars.lower(), chars.upper()} if folded else {chars}


def begins(pattern):
    """The class of all characters that a pattern may begin with."""
    found, is_empty = first(parser.parse(pattern.pattern, pattern.flags))
    assert not is_empty, pattern
    wide = "".join(sorted(one for one in found if len(one) > 1))
    plain = "".join(one for one in sorted(found) if len(one) == 1 and not (wide and re.match(f"[{wide}]", one)))
    return "[" + re.sub(r"[][^\\-]", r"\\\g<0>", plain) + f"{wide}]"


FILES = [FILE, Path(unfinished.__file__).with_suffix(".yaml")]


def patterns():
    """Each file that has such classes, with its patterns by their names there."""
    known, kinds = words(), {kind.code: pattern for kind, pattern in unfinished.patterns().items()}
    return dict(zip(FILES, (partial(getattr, known), kinds.get), strict=True))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_class_of_first_characters_has_just_what_its_pattern_begins_with(file, golden):
    def written(block):
        names = re.findall(r"^  (\w+)", block[0], re.M)
        return "".join(f"  {name}: '{begins(patterns()[file](name))}'\n" for name in names)

    text, count = BLOCK.subn(written, file.read_text("utf-8"))
    assert count == 1
    golden(file, text)


@each(
    ("wordings", "expected"),
    [
        (["甲乙", "(?<!丙)丁"], "[丁甲]"),
        (["(?:甲|乙)?丙"], "[丙乙甲]"),
        (["[甲0-9]{0,3}丙", r"\s*\d"], r"[丙甲0-9\d\s]"),
        (["(?i:to)", r"[\[^-]"], r"[\-T\[\^t]"),
    ],
)
def test_such_a_class_is_derived_of_all_alternatives(wordings, expected):
    assert begins(any_of(wordings)) == expected
