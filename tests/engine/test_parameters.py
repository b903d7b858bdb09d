"""The parameters cell: what it assigns, and the same cell with other defaults."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nianbao.engine.parameters import UNREAD, Parameter, cell_of, parameters_of, with_defaults
from nianbao.errors import NotebookError

NAMES = some.sampled_from(["bureau", "year", "名称", "x1"])
VALUES = some.one_of(some.integers(), some.text(), some.booleans(), some.none(), some.lists(some.integers(), max_size=3))


def test_names_annotations_and_defaults_are_read():
    source = 'bureau = "x"  # which\n%time\nyear: int = 2020\nnames: list[str] | None = None\nnow: str\n'
    source += "short = bureau[:2]\na = b = 1\n"
    assert parameters_of(source) == {
        "bureau": Parameter("bureau", "", "x"),
        "year": Parameter("year", "int", 2020),
        "names": Parameter("names", "list[str] | None", None),
        "now": Parameter("now", "str", UNREAD),
        "short": Parameter("short", "", UNREAD, derived=True),
    }


def test_a_cell_that_python_cannot_parse_has_no_parameters_and_stays():
    assert (parameters_of("bureau = ("), with_defaults("bureau = (", {"bureau": "1"})) == ({}, "bureau = (")


def test_other_defaults_leave_everything_else_as_it_is_written():
    source = '# 机关\nbureau: str = "示例"  ;  year=2020 # 年度\nparams_dir = (\n    ""\n)\nother = 1\n'
    assert with_defaults(source, {"bureau": '"b"', "year": "7", "params_dir": '"p"', "no": "1"}) == (
        '# 机关\nbureau: str = "b"  ;  year=7 # 年度\nparams_dir = (\n    "p"\n)\nother = 1\n'
    )


def test_what_the_cell_reads_again_keeps_its_default():
    source = 'bureau = "x"\nyear = 1\nshort = bureau + "y"\n'
    assert with_defaults(source, {"bureau": '"b"', "year": "2"}) == 'bureau = "x"\nyear = 2\nshort = bureau + "y"\n'


@pytest.mark.slow
@given(some.dictionaries(NAMES, some.tuples(VALUES, VALUES), min_size=1))
def test_whatever_the_values_the_cell_then_assigns_them(pairs):
    source = "\n".join(f"{name} = {before!r}  # 说明" for name, (before, _) in pairs.items())
    changed = with_defaults(source, {name: repr(after) for name, (_, after) in pairs.items()})
    names = {}
    exec(compile(ast.parse(changed), "cell", "exec"), names)
    assert {name: names[name] for name in pairs} == {name: after for name, (_, after) in pairs.items()}


@pytest.mark.parametrize("count", [0, 2])
def test_there_is_exactly_one(count):
    cells = [{"metadata": {"tags": ["parameters"]}}] * count + [{"metadata": {}}]
    with pytest.raises(NotebookError, match=f"mine.ipynb: {count} cells tagged"):
        cell_of(cells, "mine.ipynb", given=("year",))
