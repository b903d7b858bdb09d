"""Headings whose numeral is of another level than their tag: their numeral says how they are set.

Source: GB/T 9704-2012, 7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋. A heading without one looks as its tag
says.
"""

from __future__ import annotations

import re

from nianbao.numbered import DIGIT, HAN

_HEADING = re.compile(r"<h([3-6])((?:\s(?!class=)[^\s>]+)*)>(?=(.*?)</h\1>)", re.S)
_TAG = re.compile("<[^>]*>|\\s")
# By the level that looks so: chapters are level 2.
_NUMERALS = {
    2: re.compile(f"{HAN}、"),
    3: re.compile(f"[（(]{HAN}[）)]"),
    4: re.compile(rf"{DIGIT}{{1,2}}[.．、](?!{DIGIT})|[（(]{DIGIT}{{1,2}}[）)]"),
}


def looking(body: str) -> str:
    """A page's body, which is clean HTML, where the class of such a heading names the level that it looks like."""

    def named(heading: re.Match[str]) -> str:
        text = _TAG.sub("", heading[3])
        level = next((one for one, numeral in _NUMERALS.items() if numeral.match(text)), 0)
        is_usual = not level or level == min(int(heading[1]), 4)
        return heading[0] if is_usual else f'<h{heading[1]}{heading[2]} class="level-{level}">'

    return _HEADING.sub(named, body)
