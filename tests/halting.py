"""A process that is killed at one of its steps."""

import os
import sys
from itertools import count


def killed(do, at):
    """Whether a process that does this was killed at its step ``at`` that changes a file or a folder.

    To write a file is two steps: that it is emptied, and that something is written into it.
    """
    changes = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}
    child = os.fork()
    if not child:
        steps = count()

        def ends(event, args):
            is_writing = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR)
            if event not in changes or (event == "open" and not is_writing):
                return
            if next(steps) == at:
                os._exit(9)
            if is_writing and next(steps) == at:
                os.close(os.open(args[0], os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
                os._exit(9)

        sys.addaudithook(ends)
        do()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
