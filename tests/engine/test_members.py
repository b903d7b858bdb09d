"""What the engine uses of other libraries that they do not promise to keep: it is there, and newer majors are kept out."""

import asyncio
import atexit
import multiprocessing
import multiprocessing.process
import re
import tomllib
import weakref
from importlib import metadata
from multiprocessing import forkserver

import papermill.engines
import papermill.translators
from ipykernel.inprocess.client import InProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient

from nianbao.engine import kernel
from project import ROOT

MEMBERS = {
    InProcessKernel: "_execute_sleep _supports_kernel_subshells _redirected_io _instance clear_instance dispatch_shell "
    "do_execute frontends iopub_thread shell_stream shell_channel_thread stdout stderr",
    InProcessKernelClient: "_dispatch_to_kernel _shell_channel _iopub_channel shell_channel_class iopub_channel_class",
    DummySocket: "queue",
    OutStream: "_flush _is_master_process",
    IOPubThread: "_setup_event_pipe _is_master_process send_multipart schedule",
    ZMQInteractiveShell: "_instance _showtraceback atexit_operations restore_sys_module_state enable_gui enable_matplotlib",
    Session: "serialize deserialize feed_identities unpack msg auth",
    NotebookClient: "_async_poll_for_reply _async_poll_output_msg _async_poll_kernel_alive _async_check_alive",
    papermill.engines.NBClientEngine: "execute_managed_notebook",
    papermill.engines.NotebookExecutionManager: "save cell_start cell_complete",
    papermill.translators.PythonTranslator: "translate",
    asyncio: "_get_running_loop",
    atexit: "_clear _run_exitfuncs",
    weakref.finalize: "_registry _registered_with_atexit",
    multiprocessing.process: "ORIGINAL_DIR _parent_process _children",
    multiprocessing.current_process(): "_config _identity _name _parent_pid",
    forkserver._forkserver: "_forkserver_pid _forkserver_alive_fd",
}
# Those that an object has once it is made.
OF_STREAMS = "_master_pid _buffers _flush_pending echo pub_thread parent_header"
CAPPED = {"papermill", "nbclient", "ipykernel", "ipython", "jupyter-client"}


def test_the_members_that_the_engine_uses_are_there():
    used = [(owner, name) for owner, names in MEMBERS.items() for name in names.split()]
    assert [(owner, name) for owner, name in used if not hasattr(owner, name)] == []


def test_a_stream_has_the_members_that_the_engine_sets():
    stream = OutStream(Session(key=b"k"), kernel.DirectOutput(None, session=Session(key=b"k")), "stdout", watchfd=False)
    assert [name for name in OF_STREAMS.split() if not hasattr(stream, name)] == []


def test_majors_that_nobody_has_seen_are_kept_out():
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    caps = dict(found.groups() for one in stated if (found := re.fullmatch(r"([\w-]+)>=[\d.]+,<([\d.]+)", one)))
    assert set(caps) >= CAPPED
    for name in CAPPED:
        major = metadata.version(name).split(".")[: caps[name].count(".") + 1]
        assert [int(part) for part in caps[name].split(".")] == [*map(int, major[:-1]), int(major[-1]) + 1]
