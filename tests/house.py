"""The command, run one time after the other in one process, so that the kit's libraries are loaded once for many tests.

What the command is told and says is what a process of its own is told and says; what one run loads lasts for the next.
"""

import atexit
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


class House:
    """The process, started when it is first asked, and again when it has ended; ``before`` its words may stand others."""

    def __init__(self, environment, before=()):
        self.environment, self.before, self.process = environment, before, None
        atexit.register(self.end)

    def ran(self, words, folder):
        """Exit code, stdout and stderr of a run of the command in a folder."""
        self.begin(words, folder)
        return self.ended()

    def begin(self, words, folder):
        """Let the command run in a folder; the next run begins when this one has ended."""
        if self.process and self.process.poll() is not None:
            self.end()
        if not self.process:
            self._start()
        for path in self.files:
            path.write_bytes(b"")
        print(json.dumps([words, os.fspath(folder)]), file=self.process.stdin, flush=True)

    def said(self):
        """What the run says on stdout and stderr, as far as it has come."""
        return [path.read_text("utf-8") for path in self.files]

    def poll(self):
        """``None`` while the run goes on."""
        return True if select.select([self.process.stdout], [], [], 0)[0] else None

    def ended(self):
        """Wait for the run; its exit code, stdout and stderr."""
        answer = self.process.stdout.readline()
        said = self.said()
        code, lasts = json.loads(answer or "[null, false]")
        if not lasts:
            self.end()
        assert answer, f"the command ended its process: {said[1]}"
        return code, *said

    def _start(self):
        self.folder = Path(tempfile.mkdtemp())
        self.files = [self.folder / name for name in ("out", "err")]
        words = [*self.before, sys.executable, "-P", __file__, *self.files]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(words, env=self.environment, **pipes)

    def end(self):
        """End the process with what it has started."""
        if self.process:
            with self.process:  # which closes its pipes and waits
                self.process = None
            shutil.rmtree(self.folder)


def serve(*files):
    """Run the command for each line of stdin; its stdout and stderr are files."""
    from nianbao.command.main import main
    from nianbao.run.server import Starter

    asked, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(files, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), number)
    for line in asked:
        words, folder = json.loads(line)
        os.chdir(folder)
        code = _exit_code(main, words)
        lasts = not Starter.unfit  # which is of this process alone: the next test shall not know of it
        print(json.dumps([code, lasts]), file=answers, flush=True)
        if not lasts:
            return


def _exit_code(main, words):
    try:
        code = main(words)
    except SystemExit as ended:
        code = ended.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    return code or 0


if __name__ == "__main__":
    serve(*sys.argv[1:])
