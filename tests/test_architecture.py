"""The shape of the code: docs/architecture.md names every room in its order, and the code keeps it; walls; quiet imports."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import nianbao
from nianbao.paths import PACKAGE
from nianbao.run.fingerprint import code
from project import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Where a new thing goes")[0]
# The folder that a heading names; '' for the rooms that lie in none.
FOLDERS = re.findall(r"^### (?:`(\w+)/`)?", TEXT, re.M)
ORDER = [
    f"{folder}/{room}" if folder else room
    for folder, rooms in zip(FOLDERS, re.split(r"^### .*$", TEXT, flags=re.M)[1:], strict=True)
    for room in re.findall(r"^- `([\w/]+)`: ", rooms, re.M)
]
ROOMS = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__")
)
GROUND = [room for room in ORDER if "/" not in room and room not in {"api", "lab"}]
# Which rooms may import a library; nobody else does.
WALLS = {
    "papermill": {"engine/notebook", "engine/engine", "engine/surroundings"},
    "ipykernel": {"engine/wire", "engine/streams", "engine/kernel", "engine/engine"},
    "nbclient": {"engine/wire", "engine/kernel"},
    "nbconvert": {"render/exporters", "render/printed"},
    "pygments": {"render/code"},
    "mdit_py_plugins": {"render/gfm"},
    "pypandoc": {"render/pandoc"},
    "typst": {"render/pdf", "pictures"},
    "fontTools": {"fonts"},
    "pandas": {"inputs/report"},
    "matplotlib": {"figures"},
    "jinja2": {"narrative/template", "narrative/sandbox", "narrative/filling"},
    "markdown_it": {"markdown", "blocks", "inlines", "render/gfm"},
    "css_inline": {"render/fragment"},
    "nh3": {"addresses", "markdown", "render/clean"},
    "PIL": {"pictures"},
    "distributed": {"run/executors/dask", "run/executors/flight", "run/executors/station", "run/executors/workers"},
    "xml": {"drawings", "packed"},
    "selectolax": {"shown/htmltree"},
    "pypdfium2": {"shown/pdf"},
    "tinycss2": {
        "render/colours",
        "render/paints",
        "render/styles",
        "shown/atrules",
        "shown/colours",
        "shown/faces",
        "shown/meant",
        "shown/rules",
        "shown/values",
    },
    "pydantic": {
        "findingdata",
        "yamlfile",
        "yamltyped",
        "statute/contract",
        "inputs/contract",
        "inputs/facts",
        "document/data",
        "run/annotations",
        "run/manifest",
        "run/rows",
    },
    "python_calamine": {"inputs/files/workbook"},
    "olefile": {"inputs/files/xls"},
    "xlsxwriter": {"inputs/form/book"},
    "yaml": {"yamlnodes", "yamlfile", "yamlrows", "yamlgaps"},
    "multiprocessing": {
        "run/transfer",
        "run/process",
        "run/caller",
        "run/forking",
        "run/server",
        "run/executors/station",
        "run/helper",
        "run/pool",
        "engine/served",
        "engine/surroundings",
    },
    "opencc": {"hanzi"},
    "rensa": {"checks/across"},
    "fsspec": {"run/store/connection"},
    "botocore": {"run/store/connection"},
    "s3fs": {"run/store/connection"},
    "aiobotocore": {"run/store/connection"},
    "click": {room for room in ORDER if room.startswith("command/")},
}


@cache
def tree(room):
    return ast.parse((PACKAGE / f"{room}.py").read_text("utf-8"))


@cache
def imports(room):
    """Modules a room imports when it runs: type-checking blocks left out."""
    found = set()
    run = [
        node
        for node in tree(room).body
        if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING")
    ]
    for node in ast.walk(ast.Module(run, [])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module != "__future__":
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def rooms_used(room):
    """The kit's own rooms among them."""
    return {name.removeprefix("nianbao.").replace(".", "/") for name in imports(room) if name.startswith("nianbao.")} & {
        *ROOMS
    }


def test_every_room_has_its_line_and_every_line_its_room():
    assert sorted(ORDER) == ROOMS


def test_every_folder_has_its_tests():
    """tests/ mirrors the folders; what is tested end to end lies above them."""
    folders = {room.partition("/")[0] for room in ROOMS if "/" in room}
    assert {folder for folder in folders if not list((ROOT / "tests" / folder).glob("test_*.py"))} == set()


def test_a_room_imports_only_from_rooms_above_it():
    assert [(room, used) for at, room in enumerate(ORDER) for used in rooms_used(room) if used not in ORDER[:at]] == []


def test_shown_engine_and_render_stand_beside_the_report():
    shown = {name for name in ORDER if name.startswith("shown/")}
    known = {"engine": {"errors", "language", "glyphs"}, "render": {*GROUND, *shown}, "shown": {*GROUND}}
    assert {room.partition("/")[0] for room in ROOMS} >= known.keys()
    assert [
        (room, used)
        for room in ROOMS for folder in known.keys() & {room.partition("/")[0]}
        for used in rooms_used(room) - known[folder] if not used.startswith(f"{folder}/")
    ] == []  # fmt: skip


def test_a_library_stays_behind_its_wall():
    used = [(room, name.partition(".")[0]) for room in ROOMS for name in imports(room)]
    assert WALLS.keys() <= {library for _, library in used}
    assert {(room, library) for room, library in used if room not in WALLS.get(library, ROOMS)} == set()


def test_a_room_is_at_most_a_page():
    rooms = [*(PACKAGE / f"{room}.py" for room in ROOMS), *(PACKAGE / "render/templates").glob("*.lua")]
    assert [room.name for room in rooms if len(room.read_text("utf-8").splitlines()) > 300] == []
    functions = [(room, node) for room in ROOMS for node in ast.walk(tree(room)) if isinstance(node, ast.FunctionDef)]
    assert [(room, node.name) for room, node in functions if node.end_lineno - node.lineno >= 60] == []


# They carry what others make, and decide when and where: none of them puts a byte into a report.
CARRIERS = {"chinese/catalogue", "language", "run/job", "run/store/store", "run/fingerprint", "run/usage", "run/process",
            "run/store/disk", "run/helper", "run/message", "run/press"}  # fmt: skip
# They read what is made: they can stop it from being published, and put no byte into it either. A report that was published
# under an older proof stays; `verify` reads it back anew.
PROVERS = {
    "shown/html",
    "shown/pdf",
    "shown/torn",
    *(room for room in ROOMS if room.startswith("readback/")),
}


def test_the_fingerprint_covers_the_rooms_that_make_bytes_and_no_other():
    """Whatever the making of a report reaches, by its imports, makes bytes, except for those that only carry them."""
    reached, ahead = set(), ["run/rendition"]
    while ahead:
        room = ahead.pop()
        if room not in reached | CARRIERS | PROVERS:
            reached.add(room)
            ahead += rooms_used(room)
    hashed = {path.relative_to(PACKAGE).with_suffix("").as_posix() for path in code() if path.suffix == ".py"}
    # papermill finds the engine by its entry point; a notebook imports what it writes sentences with.
    own = {"apart", "engine", "kernel", "served", "streams", "surroundings", "validation", "wire"}
    assert hashed == reached | {f"engine/{room}" for room in own} | {"document/yearly", "wholeframes"}


def test_the_fingerprint_covers_what_the_page_is_made_with():
    others = {path.relative_to(PACKAGE).as_posix() for path in code() if path.suffix != ".py"}
    assert others == {"checks/prose/statements.yaml", "faces/NianbaoKai.ttf"} | {f"render/templates/{name}" for name in (
        "boxes.lua", "convert.lua", "draft.css", "figures.mplstyle", "formulas.lua", "fragment.css",
        "mathjax.tex", "nianbao/index.html.j2", "notebook.css", "page.css", "report.css", "report.lua",
        "report.typ", "settings.xml", "stamp.xml", "tables.lua", "text.lua", "theme.xml",
    )} | {f"checks/{name}.yaml" for name in ("bodies", "copied", "misplaced", "roles", "slips", "unfinished")}  # fmt: skip


@pytest.mark.slow
def test_nothing_happens_at_import(tmp_path):
    """No output, no file, no change of environment, folder or path; `guard` and `warm` exist for what they do at import."""
    script = (
        "import importlib, os, sys\n"
        "import papermill  # loads the engine by its entry point, as `engine` asks\n"
        f"for room in {[room.replace('/', '.') for room in ORDER if room not in {'run/guard', 'run/warm'}]}:\n"
        "    before = dict(os.environ), os.getcwd(), list(sys.path)\n"
        "    importlib.import_module(f'nianbao.{room}')\n"
        "    assert before == (dict(os.environ), os.getcwd(), list(sys.path)), room\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_command_and_the_package_start_without_the_heavy_libraries():
    modules = ", ".join(f"nianbao.command.{name}" for name in ("main", "build", "check", "plan"))
    script = f"import sys, nianbao, {modules}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "pandas",
        "numpy",
        "papermill",
        "nbconvert",
        "nbformat",
        "IPython",
        "ipykernel",
        "typst",
        "jinja2",
        "markdown_it",
        "fontTools",
        "matplotlib",
        "fsspec",
        "s3fs",
        "aiobotocore",
    }
    assert heavy & set(loaded) == set()


def test_no_top_level_name_but_nianbao_is_installed():
    """A package called ``helpers`` would hide every notebook's own helpers.py, and be hidden by it."""
    assert not (ROOT / "src" / "helpers" / "__init__.py").exists()
    assert [path.parent.name for path in (ROOT / "src" / "helpers").glob("*/__init__.py")] == ["nianbao"]
    assert Path(nianbao.__file__).parent == PACKAGE


def test_slow_tests_and_those_in_a_browser_are_where_the_gate_looks_for_them():
    """.ci/run collects the files that name the marks, or by_turns, which gives one in conftest.py: no helper does."""
    helpers = [path for path in (ROOT / "tests").rglob("*.py") if not path.name.startswith("test_")]
    assert [path.name for path in helpers if re.search(r"mark\.(slow|browser)", path.read_text("utf-8"))] == ["conftest.py"]
