"""The kit's engine gives what the standard kernel gives: the same small notebooks through both, output by output."""

import json
import re

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from helpers.pool import Limits, each

pytestmark = pytest.mark.slow

# All that may differ. Streams are compared apart from the other outputs: when children and C code are heard is up to chance.
NORMALISATIONS = [
    (r"0x[0-9a-f]+", "ADDRESS"),
    (r"(/tmp/)?ipykernel_\d+(/\d+\.py)?", "CELL"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}", "UUID"),
    (r"[\d.e+]+ (ns|[\u00b5\u03bc]s|us|ms|s)\b", "DURATION"),
]
NOTEBOOKS = {
    "streams": ["print('a');print('b')", "import sys\nprint('e', file=sys.stderr);print('o')"],
    "results": ["1+1", "'x'", "None", "[1, 2]", "1;"],
    "display": [
        "from IPython.display import *\ndisplay(1, 'a');display(HTML('<b>x</b>'));display(Markdown('*x*'));display(JSON({}))"
    ],
    "update by id": [
        "h = display('a', display_id='k')",
        "from IPython.display import update_display\nupdate_display('b', display_id='k')",
    ],
    "clear_output": [
        "from IPython.display import *\nprint(1);clear_output();print(2)",
        "print(1);clear_output(wait=True);print(2)",
    ],
    "clear_output that waits in vain": ["from IPython.display import *\nprint(1);clear_output(wait=True)"],
    "an error stops": ["def f():\n    1/0\nf()", "print('never')"],
    "a syntax error stops": ["x = = 1", "print('never')"],
    "raises-exception": [("1/0", ["raises-exception"]), "print('after')"],
    "skip-execution": [("print('no')", ["skip-execution"]), "print('after')"],
    "line magics": ["%who", "a = 3\n%who", "%pwd\n1", "%env X=1", "%time 1", "%lsmagic\n1", "%precision 3\n1.23456"],
    "cell magics": ["%%capture c\nprint(3)", "c.stdout", "%%time\n1+1", "%%bash\necho bash", "%%html\n<b>x</b>"],
    "shell": ["!echo sub", "x = !echo y\nx"],
    "top-level await": ["import asyncio\nawait asyncio.sleep(0.01)\n'ok'", "async def f(): return 5\nawait f()"],
    "a running loop": ["import asyncio\nasyncio.get_running_loop().is_running()"],
    "tasks between cells": [
        "import asyncio\nasync def g():\n    await asyncio.sleep(0.02);print('late')\nt = asyncio.create_task(g())",
        "await t",
    ],
    "input is refused": ["input('x')"],
    "sys.exit": ["import sys\nsys.exit(0)", "print('after')"],
    "exit()": ["exit()", "print('after')"],
    "warnings": ["import warnings\nwarnings.warn('careful')"],
    "children's output": ["import os\nos.system('echo hi')", "import subprocess\nsubprocess.run(['echo', 'sub']);0"],
    "descriptors": ["import os\nos.write(1, b'raw\\n');0", "os.write(2, b'err\\n');0"],
    "a forked child": [
        "import multiprocessing as m\np = m.get_context('fork').Process(target=print, args=('child',))",
        "p.start();p.join();p.exitcode",
    ],
    "threads": ["import threading\nt = threading.Thread(target=lambda: print('th'));t.start();t.join()"],
    "deep recursion": ["def f(n):\n    return f(n+1)\ntry:\n    f(0)\nexcept RecursionError:\n    print('deep')"],
    "huge output": ["print('x' * 2_000_000)", "for i in range(5000): print(i)"],
    "history": ["In[-1]", "1", "_", "Out", "len(In)"],
    "main": ["__name__", "import __main__\nx = 5\n__main__.x", "'__file__' in globals()"],
    "pandas": ["import pandas as pd\npd.DataFrame({'a': [1]})", "pd.Series([1.5])"],
    "signals": ["import signal\nsignal.getsignal(signal.SIGINT)"],
    "pickle": ["import pickle\nclass A: pass\nisinstance(pickle.loads(pickle.dumps(A())), A)"],
    "inspect": ["def f(x):\n    return x\nimport inspect\ninspect.getsource(f)", "?f"],
    "comms": ["from comm import create_comm\nc = create_comm(target_name='t', data={'a': 1})\nc.send({'b': 2})\n1"],
    "widgets": ["import ipywidgets as w\ns = w.IntSlider(value=3)\ns"],
    "an output widget": ["import ipywidgets as w\no = w.Output()\nwith o:\n    print('inside')\no"],
    "carriage return": ["print('a\\rb');print('x\\b y')"],
    "chained errors": ["try:\n    1/0\nexcept Exception as e:\n    raise ValueError('v') from e"],
    "an error of one's own": ["class E(Exception):\n    def _render_traceback_(self): return ['TB']\nraise E()"],
    "interrupt": ["raise KeyboardInterrupt"],
    "Chinese": ["print('中文 🎉')", "年度 = 2024\n年度"],
    "a mime bundle": [
        "class A:\n    def _repr_mimebundle_(self, **_): return {'text/plain': 'p', 'application/json': {'a': 1}}, {'m': 1}",
        "A()",
    ],
    "a broken repr": ["class A:\n    def _repr_html_(self): raise ValueError('bad')\nA()"],
    "logging": ["import logging\nlogging.warning('w')"],
    "which shell": [
        "get_ipython().__class__.__name__",
        "'IPKernelApp' in get_ipython().config",
        "get_ipython().user_ns is globals()",
    ],
}


def normalised(outputs):
    """Outputs as text, the pieces of each stream joined and after the rest."""
    streams, rest = {}, []
    for output in outputs:
        if output.output_type == "stream":
            streams[output.name] = streams.get(output.name, "") + output.text
        else:
            rest.append(output)
    text = json.dumps([rest, streams], ensure_ascii=False, sort_keys=True)
    for pattern, shown in NORMALISATIONS:
        text = re.sub(pattern, shown, text)
    return text


def executed(job):
    """A notebook through one engine: how it ended, every cell's outputs, and the widgets' state."""
    path, engine = job
    out = path.with_suffix(f".{engine}.ipynb")
    ended = ""
    try:
        options = {"own_process": True} if engine == "nianbao" else {}
        papermill.execute_notebook(path, out, engine_name=engine, progress_bar=False, **options)
    except PapermillExecutionError as error:
        ended = f"{error.ename}: {error.evalue}"
    notebook = nbformat.read(out, 4)
    cells = [(cell.source, cell.get("execution_count"), normalised(cell.get("outputs", []))) for cell in notebook.cells]
    widgets = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    return ended, cells, sorted(re.sub(r"[0-9a-f]{32}", "UUID", json.dumps(one, sort_keys=True)) for one in widgets.values())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_both_engines_give_the_same(name, tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # with it ipykernel leaves descriptors alone
    sources = [one if isinstance(one, tuple) else (one, []) for one in NOTEBOOKS[name]]
    cells = [new_code_cell(source, metadata={"tags": tags}) for source, tags in sources]
    kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    path = tmp_path / "notebook.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), path)
    standard = executed((path, "nbclient"))
    # The kit's engine changes its process, so it runs in one of its own, as a report does.
    [ours] = each(executed, [(path, "nianbao")], lambda job, why: why, Limits())
    assert ours == standard
