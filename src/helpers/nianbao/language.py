"""The language in which the command speaks: Chinese where the locale is Chinese, English elsewhere.

An English text is the key of its Chinese one in `chinese.catalogue`. What is said about a report (findings, pages) is always
Chinese and does not come through here; outputs/index.html is in the language of the pages that it lists. In JSON the codes
are the same in every language; sentences are as the command says them.
"""

from __future__ import annotations

import locale
import os

from nianbao.chinese import system
from nianbao.chinese.catalogue import CHINESE

# The first that is set decides, as in POSIX for the messages of a program.
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


_chosen: bool | None = None


def speak(chinese: bool) -> None:
    """Speak Chinese, or else English, in this process whatever its locale is: it works for someone at another machine."""
    global _chosen
    _chosen = chinese


def is_chinese() -> bool:
    """Whether the locale is Chinese; where no variable says so (as on Windows), the system's own language decides."""
    if _chosen is not None:
        return _chosen
    named = next((value for name in VARIABLES if (value := os.environ.get(name))), None) or locale.getlocale()[0] or ""
    return named.lower().startswith(("zh", "chinese"))


def say(text: str, /, **values: object) -> str:
    """A text of the catalogue in the language of the locale, its ``{names}`` replaced by the values."""
    return say_in(is_chinese(), text, **values)


def say_in(chinese: bool, text: str, /, **values: object) -> str:
    """The text in Chinese, or else in English, whatever the locale is."""
    shown = CHINESE.get(text, text) if chinese else text
    return shown.format(**values) if values else shown


def reason(error: BaseException) -> str:
    """Why something failed: what the operating system says, or else the error's own words."""
    known = system.WHY.get(error.errno or 0) if isinstance(error, OSError) and is_chinese() else None
    return known or getattr(error, "strerror", None) or str(error)
