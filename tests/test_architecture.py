"""The shape of the code: the order of the rooms, the walls around libraries, and that importing does nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

SOURCE = Path(__file__).parent.parent / "src" / "helpers"
ROOMS = [path.stem for path in sorted(SOURCE.glob("*.py")) if not path.stem.startswith("__")]
ORDER = [
    name
    for line in helpers.__doc__.splitlines()
    if line.startswith("    ")
    for name in line.split("  ")[-1].split()
    if name in ROOMS
]
# Which rooms may import a library; nobody else does.
WALLS = {
    "papermill": {"engine", "kernel"},
    "ipykernel": {"wire", "kernel"},
    "nbclient": {"wire", "kernel"},
    "nbconvert": {"export"},
    "pypandoc": {"pdf"},
    "typst": {"pdf"},
    "fontTools": {"fonts"},
    "pandas": {"report"},
    "jinja2": {"sandbox"},
    "markdown_it": {"markdown"},
    "nh3": {"markdown", "export"},
    "pydantic": {"params"},
    "yaml": {"params", "statute"},
    "multiprocessing": {"pool", "kernel"},
    "argparse": {"cli"},
}


def tree(room):
    return ast.parse((SOURCE / f"{room}.py").read_text("utf-8"))


def imports(room):
    """Modules a room imports when it runs: type-checking blocks left out."""
    found = set()
    module = tree(room)
    module.body = [
        node for node in module.body if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING")
    ]
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "helpers":
            found |= {f"helpers.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            found.add(node.module)
    return found


def test_every_room_has_its_place_in_the_order():
    assert sorted(ROOMS) == sorted(ORDER)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_before_it(room):
    above = {f"helpers.{name}" for name in ORDER[: ORDER.index(room)]}
    assert {name for name in imports(room) if name.startswith("helpers")} <= above


@pytest.mark.parametrize("room", ROOMS)
def test_a_library_stays_behind_its_wall(room):
    used = {name.partition(".")[0] for name in imports(room)} & set(WALLS)
    assert {library for library in used if room not in WALLS[library]} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_at_most_a_page(room):
    lines = (SOURCE / f"{room}.py").read_text("utf-8").splitlines()
    functions = [node for node in ast.walk(tree(room)) if isinstance(node, ast.FunctionDef)]
    assert len(lines) <= 300
    assert [node.name for node in functions if node.end_lineno - node.lineno >= 60] == []


def test_nothing_happens_at_import(tmp_path):
    """No output, no file, no change of environment, folder or path; `warm` exists for what it does at import."""
    script = (
        "import importlib, os, sys\n"
        "import papermill  # loads the engine by its entry point, as `kernel` asks\n"
        f"for room in {[room for room in ORDER if room != 'warm']}:\n"
        "    before = dict(os.environ), os.getcwd(), list(sys.path)\n"
        "    importlib.import_module(f'helpers.{room}')\n"
        "    assert before == (dict(os.environ), os.getcwd(), list(sys.path)), room\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_command_starts_without_the_heavy_libraries():
    script = "import helpers.cli, sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pandas", "numpy", "papermill", "nbconvert", "nbformat", "IPython", "ipykernel", "typst", "jinja2", "fontTools"}
    assert heavy & set(loaded) == set()


def test_helpers_is_ours():
    assert Path(helpers.__file__).parent == SOURCE
