"""The classes of first characters in the YAML files, which are there for speed, leave out nothing that is looked for."""

import re
from re import _constants as ops
from re import _parser as parser

from nianbao.checks import unfinished
from nianbao.checks.prose.words import FILE, words
from nianbao.checks.wordings import wordings
from nianbao.yamlfile import read_yaml

BLANKS = " \t\n\u3000\u00a0"


def first(sequence):
    """The characters that a parsed pattern may begin with, and whether it may be empty."""
    found = set()
    for operation, about in sequence:
        if operation in {ops.ASSERT, ops.ASSERT_NOT, ops.AT}:
            continue
        if operation is ops.LITERAL:
            return found | {chr(about), chr(about).lower(), chr(about).upper()}, False
        if operation is ops.IN:
            return found.union(*map(members, about)), False
        few = about[0] if operation in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT} else 1
        parts = about[1] if operation is ops.BRANCH else [about[3] if operation is ops.SUBPATTERN else about[2]]
        some = list(map(first, parts))
        found = found.union(*(chars for chars, _ in some))
        if few and not any(empty for _, empty in some):
            return found, False
    return found, True


def members(one):
    operation, about = one
    if operation is ops.CATEGORY:
        return {ops.CATEGORY_SPACE: set(BLANKS), ops.CATEGORY_DIGIT: set("0123456789")}[about]
    return {chr(about)} if operation is ops.LITERAL else {chr(about[0]), chr(about[1])}


def listed():
    """Each pattern that has such a class, by its name, with the class."""
    known = words()
    found = {name: (getattr(known, name), one) for name, one in read_yaml(FILE).data["begins"].items()}
    kinds = {kind.code: rule for kind, rule in unfinished.patterns().items()}
    return found | {code: (kinds[code], one) for code, one in wordings("unfinished")["begins"].items()}


def test_a_class_of_first_characters_has_all_that_its_pattern_begins_with():
    assert {*listed()} >= {"no_source", "other", "E106"}
    for name, (pattern, begins) in listed().items():
        chars, is_empty = first(parser.parse(pattern.pattern, pattern.flags))
        assert (name, is_empty, {char for char in chars if not re.match(begins, char)}) == (name, False, set())
