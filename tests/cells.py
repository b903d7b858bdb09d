"""Small notebooks and what they show, importable by name in the processes of a pool as well."""

import os

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

from nianbao.engine import notebook
from nianbao.run.pool import each
from nianbao.run.process import Limits

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def written(folder, *sources):
    """A notebook of these cells in a folder."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{len(list(folder.glob('*.ipynb')))}.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(one) for one in sources], metadata={"kernelspec": KERNEL}), path)
    return path


def shown(path, output=None, **options):
    """What a notebook shows when papermill runs it with the kit's engine: each output's text."""
    options = {"engine_name": "nianbao", "progress_bar": False, "cwd": path.parent, **options}
    ran = papermill.execute_notebook(path, output, **options)
    return [text(output) for cell in ran.cells for output in cell.outputs]


def text(output):
    return output.get("text") or output.get("data", {}).get("text/plain") or output.get("evalue")


def of_one_report(path, limits=None, **options):
    """What it shows in a process of its own, as a report runs; or why that process ended."""
    job = path, {"own_process": True, "modules": str(path.parent)} | options
    [found] = each(_shown, [job], lambda job, why, seconds: why, limits or Limits(timeout=90))
    return found


def of_one_run(path, folder):
    """Likewise, as a report's notebook is run in its working folder."""
    [found] = each(_ran, [(path, folder)], lambda job, why, seconds: why, Limits(timeout=90))
    return found


def _ran(job):
    path, folder = job
    os.chdir(folder)
    try:
        ran = notebook.run(path, {}, folder / "out.ipynb", own_process=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return [text(output) for cell in ran.cells for output in cell.outputs]


def _shown(job):
    path, options = job
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    try:
        return shown(path, **options)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
