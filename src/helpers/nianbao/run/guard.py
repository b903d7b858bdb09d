"""What the fork server does before it loads anything: it adopts orphans, and ends with the build even when it is stopped.

The fork server imports this module first, because until then a stopped one would outlive the build. Ctrl-C, which the
terminal sends to it as well, is blocked until then.
"""

import gc
import signal
import sys
import warnings

from nianbao.run import caller, descendants

signal.signal(signal.SIGINT, signal.SIG_IGN)
caller.as_before()
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see `server`
if sys.platform == "linux":
    descendants.end_with_parent()
    # multiprocessing wonders about each orphan that ends.
    warnings.filterwarnings("ignore", "forkserver: waitpid returned unexpected pid")
# To look for cycles after each 700 new objects takes a tenth of the time in which the libraries are loaded, and a twentieth
# of that of a report, whose process lives for half a second.
gc.set_threshold(50_000)
# IPython would say so of a home that is not there, or that nobody may write to; nothing is kept in it.
warnings.filterwarnings("ignore", "IPython (dir|parent) ")
