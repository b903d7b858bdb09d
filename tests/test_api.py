"""The public API is what docs/api.md says: every name, parameter and field, and nothing else."""

import dataclasses
import enum
import inspect
import os
import re
import subprocess
import sys

import pytest

import nianbao
from cases import each
from project import ENGLISH, ROOT, edit, make
from typefaces import make_font

TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: part.partition("\n")[2] for part in TEXT.split("\n### ")[1:]}
NAMES = [name for name in nianbao.__all__ if name != "__version__"]
FUNCTIONS = [name for name in NAMES if inspect.isfunction(getattr(nianbao, name))]


def test_every_public_name_stands_on_the_page_and_no_other():
    assert sorted(NAMES) == sorted(SECTIONS)
    assert {name: getattr(nianbao, name) for name in NAMES}
    with pytest.raises(AttributeError, match="nothing"):
        _ = nianbao.nothing
    assert re.fullmatch(r"\d+\.\d+\.\d+", nianbao.__version__)
    assert set(dir(nianbao)) == set(nianbao.__all__)


@each("name", FUNCTIONS)
def test_a_functions_signature_is_the_one_on_the_page(name):
    signature = inspect.signature(getattr(nianbao, name))
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
    shown = str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty)).replace("'", '"')
    shown = re.sub(r"Limits\(.*?preload=\(\)\)", "Limits()", re.sub(r"<nianbao\S+ object at \w+>", "Watch()", shown))
    assert f"`{name}{shown}`" in SECTIONS[name].replace("\n", " ")


@each("name", [name for name in NAMES if name not in FUNCTIONS])
def test_a_values_public_members_are_the_ones_on_the_page(name):
    value = getattr(nianbao, name)
    inherited = {*dir(BaseException), *dir(str), *(dir(enum.Enum)), "mro"}
    members = {member for member in dir(value) if not member.startswith("_")} - inherited
    if dataclasses.is_dataclass(value):
        members |= {field.name for field in dataclasses.fields(value)}
    if name in {"UsageError", "DataError", "NotebookError", "RenderError"}:
        members -= {"exit_code"}
    said = " ".join(re.findall(r"`([^`]*)`", SECTIONS[name]))
    assert [member for member in sorted(members - INTERNAL) if not re.search(rf"\b{member}\b", said)] == []


def test_build_takes_what_outcomes_takes_and_help_shows_it():
    build, outcomes = map(inspect.signature, (nianbao.build, nianbao.outcomes))
    assert build.parameters == outcomes.parameters
    assert (build.return_annotation, "retries: 'int' = 0" in str(build)) == ("Built", True)


BAD = [("workers", -1), ("workers", 2.5), ("workers", True), ("workers", 5000), ("workers", "two"), ("workers", None)]
BAD += [("timeout", 0), ("timeout", -1.0), ("timeout", float("nan")), ("timeout", float("inf")), ("timeout", "60")]
BAD += [("memory", -1), ("memory", 63), ("memory", 100.5), ("memory", False), ("memory", ""), ("start_method", "fork")]


@each(("name", "value"), BAD)
def test_a_limit_that_is_none_is_refused_in_words(name, value):
    with pytest.raises(nianbao.UsageError, match=f"^{name} is {re.escape(repr(value))}; it has to be "):
        nianbao.Limits(**{name: value})


@pytest.mark.parametrize("retries", [-1, 101, 1.5, True, None])
def test_a_number_of_retries_that_is_none_is_refused_before_anything_starts(retries, tmp_path):
    project = make(tmp_path, years=("2019",))
    for function in (nianbao.build, nianbao.outcomes):
        with pytest.raises(nianbao.UsageError, match=f"^retries is {retries}; it has to be a whole number from 0 to 100$"):
            function(project / "params", retries=retries)
    assert not (project / "outputs").exists()


def test_rows_are_a_file_or_mappings_and_nothing_else(tmp_path):
    project = make(tmp_path, years=("2019",))
    about = {"params": project / "params", "notebook": project / "notebooks" / "annual_report.ipynb"}
    rows = [{"bureau": "shili-jyj", "year": 2019}]
    [step] = nianbao.plan(**about, rows=iter(rows)).steps
    (tmp_path / "rows.csv").write_text("bureau,year\nshili-jyj,2019\n", "utf-8")
    [same] = nianbao.plan(**about, rows=tmp_path / "rows.csv").steps
    assert (step.id, step.job.key) == (same.id, same.job.key)
    for bad, said in ((5, "rows is 5, and neither"), ([], "rows: no rows"), (["bureau"], "'bureau', and no mapping")):
        with pytest.raises(nianbao.UsageError, match=said):
            nianbao.plan(**about, rows=bad)


# Methods of values that the kit itself uses.
INTERNAL = {"forbids", "at_a_time"}


def test_every_public_name_has_a_docstring():
    assert [name for name in NAMES if not inspect.getdoc(getattr(nianbao, name))] == []


@pytest.mark.slow
def test_the_examples_on_the_page_work_as_scripts_and_print_what_stands_there(tmp_path):
    """Each is the main program of one process for all of them, with names of its own."""
    project, environment = make(tmp_path), os.environ | ENGLISH | {"PYTHONIOENCODING": "utf-8"}
    examples = re.findall(r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", TEXT, re.M | re.S)
    for number, (example, _) in enumerate(examples):
        (project / f"script{number}.py").write_text(example, "utf-8")
    script = f"import runpy\nfor number in range({len(examples)}):\n    print('example', number)\n"
    script += "    runpy.run_path(f'script{number}.py', run_name='__main__')\n"
    words = [sys.executable, "-W", "error", "-c", script]
    done = subprocess.run(words, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)
    printed = "".join(f"example {number}\n{one}" for number, (_, one) in enumerate(examples))
    assert (done.returncode, done.stdout) == (0, printed), done.stderr


def test_every_main_name_has_an_example():
    main = [*FUNCTIONS, "Watch", "NianbaoError"]
    assert [name for name in main if name != "squeezed" and "```python" not in SECTIONS[name]] == []


@pytest.mark.slow
def test_a_character_that_only_the_official_fonts_have_stops_a_report_without_them(tmp_path):
    project = make(tmp_path, years=("2019",))
    narrative, params = project / "params" / "shili-jyj" / "2019" / "narrative.md", project / "params"
    narrative.write_text(narrative.read_text("utf-8") + "\n请𱍐来。\n", "utf-8")
    make_font(tmp_path / "fonts" / "rare.ttf", "FangSong", "𱍐")
    for fonts, stands in ((None, False), (tmp_path / "fonts", True), (None, False)):
        checked = nianbao.check(params, fonts=fonts)
        assert stands == checked.is_good
        assert stands == ("E111" not in {one.code for verdict in checked.verdicts for one in verdict.findings})
    assert [nianbao.State.BLOCKED] == [one.state for one in nianbao.build(params).outcomes]
    built = nianbao.build(params, to=["pdf"], fonts=tmp_path / "fonts")
    assert [nianbao.State.PUBLISHED] == [one.state for one in built.outcomes]


@pytest.mark.slow
def test_check_and_plan_and_build_agree(tmp_path):
    project = make(tmp_path)
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    params = project / "params"
    checked = nianbao.check(params)
    assert [(str(one.id), one.is_blocked) for one in checked.verdicts] == [
        ("shili-jyj/2019", False),
        ("shili-jyj/2020", True),
    ]
    assert not checked.is_good
    built = nianbao.build(params, to=["html"])
    assert [outcome.state for outcome in built.outcomes] == [nianbao.State.PUBLISHED, nianbao.State.BLOCKED]
    assert not built.is_good
    planned = nianbao.plan(params, to=["html"])
    assert [step.state for step in planned.steps] == [nianbao.State.CURRENT, nianbao.State.BLOCKED]
    assert (planned.faults, planned.orphans) == ((), ())
    # What is published with an error by now is blocked as well, as docs/command.md says.
    edit(project / "params" / "shili-jyj" / "2019" / "report.yaml", "signature:", "# signature:")
    assert [outcome.state for outcome in nianbao.build(params, to=["html"]).outcomes] == [nianbao.State.BLOCKED] * 2
    assert [step.state for step in nianbao.plan(params, to=["html"]).steps] == [nianbao.State.BLOCKED] * 2
    assert "已过期" in (project / "outputs" / "index.html").read_text("utf-8")
