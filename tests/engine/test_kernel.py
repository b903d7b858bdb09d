"""The kit's engine gives what the standard kernel gives: the same small notebooks through both, output by output."""

import json
import os
import re
import subprocess
import sys

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from machine import POSIX
from nianbao.run.pool import each
from nianbao.run.process import Limits

pytestmark = [pytest.mark.slow, POSIX]

# All that may differ. Streams are compared apart from the other outputs: when children and C code are heard is up to chance.
NORMALISATIONS = [
    (r"0x[0-9a-f]+", "ADDRESS"),
    (r"(/tmp/)?ipykernel_\d+(/\d+\.py)?", "CELL"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}", "UUID"),
    (r"[\d.e+]+ (ns|[\u00b5\u03bc]s|us|ms|s)\b", "DURATION"),
    (r"\b(Thread|Task)-\d+", r"\1-NUMBER"),
    (r"ipykernel_launcher.py: error: unrecognized arguments: .*?(?=\\n)", "ARGUMENTS"),
]
NOTEBOOKS = {
    "streams": ["print('a');print('b')", "import sys\nprint('e', file=sys.stderr);print('o')"],
    "streams that are replaced": [
        "import io, sys\nsys.stdout = io.StringIO();print('kept')",
        "print('too');sys.stderr.write(sys.stdout.getvalue());0",
        "sys.stdout = sys.__stdout__;sys.stderr = io.StringIO();import warnings;warnings.warn('w')",
        "sys.stderr.getvalue()[-20:]",
    ],
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
    "exit(), and more to do": ["exit()", "import time\ntime.sleep(0.5);print('slept')", "print('never')"],
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
    "pickle": [
        "import pickle\nclass A: pass\nisinstance(pickle.loads(pickle.dumps(A())), A)",
        "def f(x): return x + 1\npickle.dumps(f), pickle.dumps(A), pickle.loads(pickle.dumps(f))(1), f.__module__",
    ],
    "a pool of forked processes": [
        "import multiprocessing as m\ndef f(x): return x * x",
        "with m.get_context('fork').Pool(2) as p: print(p.map(f, [2, 3]))",
    ],
    "a pool of Python's own choice": [
        "from concurrent.futures import ProcessPoolExecutor as P\nwith P(2) as p: print([*p.map(abs, [2, -3])])",
        "import multiprocessing\nmultiprocessing.get_start_method()",
    ],
    "a pool of spawned processes": [
        "open('beside.py', 'w').write('def f(x): return x * x');import beside, multiprocessing as m",
        "with m.get_context('spawn').Pool(1) as p: print(p.map(beside.f, [2, 3]))",
    ],
    "what a forked child prints": [
        # Newer Pythons warn of threads, and the standard kernel has more of them.
        "import os, sys, warnings\nwarnings.simplefilter('ignore')\npid = os.fork()\n"
        "if not pid:\n    print('out');print('err', file=sys.stderr);os._exit(0)\n"
        "os.waitpid(pid, 0);print('parent')",
    ],
    "a child that is late": [
        "import subprocess, time\np = subprocess.Popen('sleep 0.3; echo late', shell=True)",
        "p.wait()",
    ],
    "inspect": ["def f(x):\n    return x\nimport inspect\ninspect.getsource(f)", "?f"],
    "comms": ["from comm import create_comm\nc = create_comm(target_name='t', data={'a': 1})\nc.send({'b': 2})\n1"],
    "widgets": ["import ipywidgets as w\ns = w.IntSlider(value=3)\ns"],
    "an output widget": ["import ipywidgets as w\no = w.Output()\nwith o:\n    print('inside')\no"],
    "what an output widget has": [
        "import ipywidgets as w\no = w.Output();i = w.Output();display(o)",
        "with o:\n    print('in');display('d')\n    with i: print('inner')\n    print('more')",
        "o.outputs, i.outputs",
        "o.clear_output()\nwith o: print('again')",
        "o.outputs",
    ],
    "widgets with binary parts": [
        "import ipywidgets as w\ni = w.Image(value=b'\\x89PNG\\x00\\xff');display(i)",
        "i.value = b'\\x00'",
    ],
    "widgets that watch": [
        "import ipywidgets as w\ns = w.IntSlider()\ns.observe(lambda c: print('now', c['new']), 'value')\ns.value = 4",
        "b = w.HBox([w.Text('t'), w.Button()]);b.children[0].value = 'new';b",
    ],
    "carriage return": ["print('a\\rb');print('x\\b y')"],
    "chained errors": ["try:\n    1/0\nexcept Exception as e:\n    raise ValueError('v') from e"],
    "an error of one's own": ["class E(Exception):\n    def _render_traceback_(self): return ['TB']\nraise E()"],
    "interrupt": ["raise KeyboardInterrupt"],
    "an interrupt from within": ["import os, signal\nprint('a')\nos.kill(os.getpid(), signal.SIGINT)\nprint('b')", "1"],
    "an interrupt that is caught": [
        "import _thread, threading, time\nthreading.Timer(0.2, _thread.interrupt_main).start()",
        "try:\n    time.sleep(0.5)\nexcept KeyboardInterrupt:\n    print('caught')",
        "print('after')",
    ],
    "an end from without": [
        "import os, signal\nprint('a')\nos.kill(os.getpid(), signal.SIGTERM)\nimport time;time.sleep(1);print('b')",
        "print('never')",
    ],
    "an end while it waits": [
        "import os, signal, threading\nthreading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()",
        "import asyncio\nawait asyncio.sleep(5)",
        "print('never')",
    ],
    "children that are terminated": [
        "import multiprocessing, time\np = multiprocessing.get_context('fork').Process(target=time.sleep, args=(60,))",
        "p.start();time.sleep(0.2);p.terminate();p.join();p.exitcode",
    ],
    "Chinese": ["print('中文 🎉')", "年度 = 2024\n年度"],
    "a mime bundle": [
        "class A:\n    def _repr_mimebundle_(self, **_): return {'text/plain': 'p', 'application/json': {'a': 1}}, {'m': 1}",
        "A()",
    ],
    "a broken repr": ["class A:\n    def _repr_html_(self): raise ValueError('bad')\nA()"],
    "logging": ["import logging\nlogging.warning('w')"],
    "logging that is set up": [
        "import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.getLogger('x').debug('d');logging.info('i')",
        "logging.getLogger().handlers",
        "1/0",
    ],
    "context variables": [
        "import contextvars\nv = contextvars.ContextVar('v', default=0)\nv.set(1);0",
        "import asyncio\nawait asyncio.sleep(0)\nv.get()",
        "v.get()",
    ],
    "names": [
        "sorted(one for one in globals() if not one.startswith('_i'))",
        "__doc__, __spec__, _dh == [__import__('pathlib').Path.cwd()]",
    ],
    "modules of the folder": ["open('beside.py', 'w').write('x = 7');0", "import beside\nbeside.x"],
    "arguments": [
        "import argparse, sys\nlen(sys.argv)",
        "p = argparse.ArgumentParser();p.add_argument('-f');p.parse_known_args()[1]",
        "argparse.ArgumentParser().parse_args()",
    ],
    "file numbers": [
        "import sys\nsys.stdout.fileno() > 2, sys.stderr.fileno() > 2, sys.stdout.isatty()",
        "import subprocess\nsubprocess.run(['true'], stdout=sys.stdout).returncode",
        "import faulthandler\nfaulthandler.enable();faulthandler.is_enabled()",
    ],
    "there is no input": [
        "import sys\nsys.stdin.read()",
        "import subprocess\nsubprocess.run(['cat'], capture_output=True).stdout",
    ],
    "the environment": [
        "import os\n[os.environ.get(one) for one in ('MPLBACKEND', 'TERM', 'PAGER')], 'JPY_PARENT_PID' in os.environ"
    ],
    "no debugger": ["breakpoint()\n1"],
    "history's file": ["get_ipython().history_manager.hist_file", "a = 1", "%history"],
    "magics of extensions": ["'store' in get_ipython().magics_manager.magics['line']"],
    "a change of folder": [
        "import os\nos.mkdir('below');os.chdir('below')\nos.path.basename(os.getcwd())",
        "%cd -q ..",
        "%pwd\n1",
    ],
    "a notebook in a notebook": [
        "import nbformat.v4 as v, papermill\nspec = {'name': 'python3', 'display_name': '', 'language': 'python'}",
        "n = v.new_notebook(cells=[v.new_code_cell('x = 1\\nx')], metadata={'kernelspec': spec})",
        "%%capture\nran = papermill.execute_notebook(n, None, engine_name='nianbao', progress_bar=False)",
        "ran.cells[0].outputs, 'x' in globals()",
    ],
    "which shell": [
        "get_ipython().__class__.__name__",
        "'IPKernelApp' in get_ipython().config",
        "get_ipython().user_ns is globals()",
    ],
}

# Run one after another in one notebook, as to start the standard kernel takes longer than what they do. Alone are those that
# end their notebook, and those that change what others print; the last of each row change it too.
TOGETHER = [
    ["streams", "results", "display", "update by id", "clear_output", "skip-execution", "top-level await",
     "a running loop", "tasks between cells", "warnings", "carriage return", "Chinese", "a mime bundle",
     "clear_output that waits in vain", "logging", "history", "main", "line magics", "huge output"],
    ["cell magics", "shell", "children's output", "descriptors", "a forked child", "threads", "deep recursion", "pickle",
     "a pool of forked processes", "a pool of Python's own choice", "a child that is late", "children that are terminated",
     "names"],
    ["inspect", "comms", "widgets", "an output widget", "what an output widget has", "widgets with binary parts",
     "widgets that watch", "pandas", "signals"],
    ["the environment", "magics of extensions", "context variables", "modules of the folder", "which shell", "file numbers",
     "an interrupt that is caught", "a change of folder", "a notebook in a notebook", "history's file"],
]  # fmt: skip
# The same of those that fail, each cell with the tag that lets the next one run.
FAILING = ["a syntax error stops", "raises-exception", "chained errors", "an error of one's own", "interrupt",
           "an interrupt from within", "a broken repr", "input is refused", "there is no input", "arguments"]  # fmt: skip
# The same with options of papermill and nbclient.
WITH_OPTIONS = {
    "a busy cell is out of time": ({"execution_timeout": 1}, ["print('a')", "print('b')\nwhile True: pass", "print('c')"]),
    "a sleeping cell is out of time": ({"timeout": 1}, ["import time\ntime.sleep(600)", "1"]),
    "a waiting cell is out of time": (
        {"execution_timeout": 1},
        ["import asyncio\nprint('b')\nawait asyncio.sleep(600)", "1"],
    ),
    "a child is out of time": ({"execution_timeout": 1}, ["!sleep 600", "1"]),
    "out of time, and tidied up": (
        {"execution_timeout": 1},
        ["import time\ntry:\n    time.sleep(600)\nfinally:\n    print('tidied up')", "1"],
    ),
    "each cell in time": ({"execution_timeout": 3}, ["import time\ntime.sleep(1.6)", "time.sleep(1.6)", "1"]),
    "interrupt_on_timeout": (
        {"timeout": 1, "interrupt_on_timeout": True, "allow_errors": True},
        [
            "while True: pass",
            "import time\ntry:\n    time.sleep(600)\nexcept KeyboardInterrupt:\n    print('caught')",
            "print('c')",
        ],
    ),
    "error_on_timeout": (
        {"timeout": 1, "interrupt_on_timeout": True, "error_on_timeout": {"ename": "Late", "evalue": "e", "traceback": []}},
        ["import time\ntime.sleep(600)", "1"],
    ),
    "allow_errors": ({"allow_errors": True}, ["1/0", "print('after')"]),
    "allow_error_names": ({"allow_error_names": ["ZeroDivisionError"]}, ["1/0", "int('x')", "1"]),
    "force_raise_errors": ({"force_raise_errors": True}, [("1/0", ["raises-exception"]), "1"]),
    "what is left out": (
        {"skip_cells_with_tag": "no", "record_timing": False, "store_widget_state": False},
        [("print('no')", ["no"]), ("print('yes')", ["skip-execution"]), "import ipywidgets as w\nw.IntSlider()"],
    ),
}


def normalised(outputs):
    """Outputs as text, the pieces of each stream joined and after the rest."""
    streams, rest = {}, []
    for output in outputs:
        if output.output_type == "stream":
            streams[output.name] = streams.get(output.name, "") + output.text
        else:
            rest.append(output)
    return replaced(json.dumps([rest, streams], ensure_ascii=False, sort_keys=True))


def replaced(text):
    for pattern, shown in NORMALISATIONS:
        text = re.sub(pattern, shown, text)
    return text


def executed(job):
    """A notebook through one engine: how it ended, every cell's outputs and what is noted of it, and the widgets' state."""
    path, options = job
    out = path.with_suffix(".out.ipynb")
    ended = ""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # with it ipykernel leaves descriptors alone
    try:
        papermill.execute_notebook(path, out, progress_bar=False, cwd=path.parent, **options)
    except PapermillExecutionError as error:
        ended = f"{error.ename}: {error.evalue}"
    except RuntimeError as error:  # time-outs and dead kernels
        ended = f"{type(error).__name__}: {error}"
    except TimeoutError as error:
        ended = f"{type(error).__name__}: {error}"
    notebook = nbformat.read(out, 4)
    cells = [
        (cell.source, cell.get("execution_count"), noted(cell), normalised(cell.get("outputs", [])))
        for cell in notebook.cells
    ]
    widgets = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    about = (
        json.dumps(notebook.metadata.get("language_info"), sort_keys=True),
        sorted(replaced(json.dumps(one, sort_keys=True)) for one in widgets.values()),
    )
    return replaced(ended), cells, about


def numbered(job):
    """What `executed` gives of a job that has a number, with that."""
    at, told = job
    return at, executed(told)


def noted(cell):
    return cell.metadata.get("papermill", {}).get("status"), sorted(cell.metadata.get("execution", {}))


def written(folder, sources):
    sources = [one if isinstance(one, tuple) else (one, []) for one in sources]
    cells = [new_code_cell(source, id=f"c{n}", metadata={"tags": tags}) for n, (source, tags) in enumerate(sources)]
    kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    folder.mkdir()
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), folder / "notebook.ipynb")
    return folder / "notebook.ipynb"


def test_what_runs_together_is_there_and_once():
    names = [name for some in (*TOGETHER, FAILING) for name in some]
    assert ({*names} <= {*NOTEBOOKS}, len(names)) == (True, len({*names}))


@pytest.mark.parametrize("some", TOGETHER, ids=lambda some: f"{some[0]} and more")
def test_both_engines_give_the_same_of_what_runs_together(some, tmp_path):
    [(ended, _, _)] = same(tmp_path, {"together": ({}, [source for name in some for source in NOTEBOOKS[name]])})
    assert ended == ""  # so that all have run


def test_both_engines_give_the_same_of_what_fails(tmp_path):
    sources = [one[0] if isinstance(one, tuple) else one for name in FAILING for one in NOTEBOOKS[name]]
    same(tmp_path, {"failing": ({}, [(one, ["raises-exception"]) for one in sources])})


ALONE = [name for name in NOTEBOOKS if not any(name in some for some in (*TOGETHER, FAILING))] + [*WITH_OPTIONS]
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_both_engines_give_the_same(part, tmp_path):
    same(tmp_path, {name: WITH_OPTIONS.get(name) or ({}, NOTEBOOKS[name]) for name in ALONE[part::PARTS]})


def same(folder, notebooks):
    """What both engines give of each notebook, which is known by a name.

    The standard kernel's last messages get lost now and then: what differs is run again, and has to differ thrice.
    """
    own = {"engine_name": "nianbao"}
    ways = {"standard": {}, "report": own | {"own_process": True}, "papermill": own}  # as it runs here, and for its users
    given, wrong = [], {}
    for attempt in range(3):
        jobs = [
            (written(folder / f"{attempt} {number} {way}", sources), options | more)
            for number, (options, sources) in enumerate(notebooks.values())
            for way, more in ways.items()
        ]
        # What is done first is given first.
        ran = dict(
            each(numbered, [*enumerate(jobs)], lambda job, why, seconds: (job[0], why), Limits(workers=2, timeout=120))
        )
        by_job = iter(ran[at] for at in range(len(jobs)))
        found = {name: [one for _, one in zip(ways, by_job, strict=False)] for name in notebooks}
        wrong = {name: all_ for name, all_ in found.items() if isinstance(all_[0], str) or all_ != all_[:1] * len(ways)}
        given += [all_[0] for name, all_ in found.items() if name not in wrong]
        if not (notebooks := {name: notebooks[name] for name in wrong}):
            break
    assert wrong == {}
    return given


# Where the standard kernel's own way is not worth having: it loses what was printed, and hangs.
def test_half_a_character_is_a_question_mark(tmp_path):
    job = written(tmp_path / "it", ["print('a\\ud800b')", "'after'"]), {"engine_name": "nianbao"}
    [(ended, cells, _)] = each(executed, [job], lambda job, why, seconds: why, Limits())
    assert ended == ""
    assert "a?b" in cells[0][-1]
    assert "after" in cells[1][-1]


def test_a_cell_that_waits_is_interrupted_at_its_time(tmp_path):
    options = {"engine_name": "nianbao", "timeout": 1, "interrupt_on_timeout": True}
    job = written(tmp_path / "it", ["import asyncio\nprint('a')\nawait asyncio.sleep(600)"]), options
    [(ended, cells, _)] = each(executed, [job], lambda job, why, seconds: why, Limits(timeout=90))
    assert ended.startswith("CancelledError")
    assert "a\\n" in cells[-1][-1]


def test_what_one_notebook_leaves_running_does_not_speak_in_the_next(tmp_path):
    left = written(tmp_path / "left", [
        "import asyncio\nasync def f():\n    while True: await asyncio.sleep(0.01);print('task')",
        "t = asyncio.create_task(f());await asyncio.sleep(0.05)",
        "import ipywidgets as w\nw.IntSlider()",
    ])  # fmt: skip
    after = written(
        tmp_path / "after", ["import asyncio\nawait asyncio.sleep(0.2)", "print('own')", "import ipywidgets as w\nw.Text()"]
    )
    script = (
        "import papermill, sys\n"
        "for path in sys.argv[1:]:\n"
        "    ran = papermill.execute_notebook(path, None, engine_name='nianbao', progress_bar=False)\n"
        "texts = [output.get('text', '') for cell in ran.cells for output in cell.outputs]\n"
        "state = ran.metadata.widgets['application/vnd.jupyter.widget-state+json']['state']\n"
        "print(texts, sorted(one['model_name'] for one in state.values()))\n"
    )
    words = [sys.executable, "-c", script, left, after]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=180, check=True)
    assert ran.stdout == "['own\\n', ''] ['LayoutModel', 'TextModel', 'TextStyleModel']\n"
    assert ran.stderr == ""
