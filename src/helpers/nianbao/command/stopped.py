"""What ends the command from outside: Ctrl-C and signals."""

from __future__ import annotations

import signal

from nianbao.language import say


class Stopped(KeyboardInterrupt):
    """A signal ends the command: Ctrl-C, or SIGTERM or SIGHUP of whoever watches it.

    Parameters
    ----------
    number : int
        The signal's; the command ends with the exit code that a shell gives to what it has ended, such as 143.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number
        self.signal = signal.Signals(number).name

    def __str__(self) -> str:
        if self.signal == "SIGINT":
            return say("stopped; what was finished is published")
        return say("terminated by {signal}; what was finished is published", signal=self.signal)
