"""What a page loses of what its cells show: words in its place, and a warning with the cell."""

from __future__ import annotations

import logging
import re
from html import escape, unescape
from typing import TYPE_CHECKING

from nianbao import fonts
from nianbao.addresses import is_link
from nianbao.findings import Finding
from nianbao.language import is_chinese, say
from nianbao.onpages import DESCRIBED, LACKING, UNDESCRIBED, UNSHOWN, UNTITLED
from nianbao.render import unshown

if TYPE_CHECKING:
    from nianbao.findings import Kind

_MOST_LETTERS = 12  # that a finding names
_HREF = re.compile(r"<a\b[^>]*?\shref\s*=\s*[\"']([^\"'>]*)[\"']", re.I)
_TAG = re.compile(r"<[^>]*>")
_SILENT = re.compile(r"<(script|style|svg|math)\b.*?</\1>", re.S | re.I)  # what is no text, or set in a font of its own


class Losses:
    """Those of one page, cell by cell.

    Parameters
    ----------
    language : str
        That of the page, as ``zh-CN``.
    is_report : bool
        Whether it shows a statutory report.
    """

    def __init__(self, language: str, is_report: bool) -> None:
        self._language, self._is_report = language, is_report
        self.findings: list[Finding] = []
        self.number, self.where = 0, ""

    def begin(self, number: int) -> None:
        """Begin a cell, counted from 1, or with 0 what belongs to the whole page."""
        self.number, self.where = number, say("cell {count}", count=number) if number else say("the page")

    def words(self, what: str, why: str, named: str = "") -> str:
        """What stands in a line of text for what is lost."""
        self.warn(what, why, named)
        return self._span(what, why, named)

    def box(self, what: str, why: str, named: str = "") -> str:
        """What stands for it on lines of its own."""
        self.warn(what, why, named)
        return unshown.box(unshown.words(what, why, self._language, named))

    def warn(self, what: str, why: str, named: str = "") -> None:
        """Warn of what is lost, and of nothing that stands for it."""
        action = "换成能印在纸上的形式（如 matplotlib 图、静态图片），或给单元格加标签 remove-output"
        self._find(UNSHOWN, (what, why, named), "页面能显示的内容", action)

    def glyphs(self, texts: str) -> str:
        """What stands for texts of a figure, or some of their characters, which no font could write."""
        lost = "letters of a figure", "no font has them", f"“{texts}”"
        action = "换一个字，或设 font.family 为含有该字的字体"
        self._find(LACKING if self._is_report else UNSHOWN, lost, "字体里有的字", action)
        return self._span(*lost)

    def judge_words(self, html: str) -> None:
        """Warn of links that lead nowhere from a published page, and of characters that the PDF names instead."""
        if self._is_report:  # of its text, that is a fault
            return
        for address in dict.fromkeys(unescape(one) for one in _HREF.findall(html)):
            if not is_link(address):
                self._warn_of_link(address[:80])
        self.judge_letters(unescape(_TAG.sub("", _SILENT.sub("", html))))

    def judge_letters(self, text: str) -> None:
        """Warn of the characters of a text that the PDF names instead."""
        if lacking := [] if self._is_report or text.isascii() else sorted(fonts.foreign(text), key=text.index):
            shown = f"“{''.join(lacking[:_MOST_LETTERS])}{'…' * (len(lacking) > _MOST_LETTERS)}”"
            self.warn("letters of the text", "the PDF has no font for them", shown)

    def nameless(self, kind: Kind) -> None:
        """Tell of a picture without an alternative text."""
        expected, action = DESCRIBED if kind is UNDESCRIBED else UNTITLED
        self.findings.append(Finding(kind, f"第{self.number}个单元格的图", None, "没有替代文字", expected, action))

    def _warn_of_link(self, address: str) -> None:
        lost = "a link", "it leads nowhere from a published page", address
        action = "写成 http://、https:// 开头的网址，或去掉链接只留文字；要给出的内容写进页面，如一张表"
        self._find(UNSHOWN, lost, "单独发布以后也打得开的网址", action)

    def _span(self, what: str, why: str, named: str) -> str:
        return f'<span class="unshown">{escape(unshown.words(what, why, self._language, named))}</span>'

    def _find(self, kind: Kind, lost: tuple[str, str, str], wanted: str, action: str) -> None:
        what, why, named = lost
        said = unshown.words(what, why, "zh" if is_chinese() else "en", named)
        logging.getLogger("nianbao").warning("%s: %s", self.where, said)
        place = f"第{self.number}个单元格" if self.number else "网页"
        self.findings.append(Finding(kind, place, None, unshown.words(what, why, "zh", named), wanted, action))
