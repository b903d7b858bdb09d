"""What comes of a merge: the text, and what has to be said and asked of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing.returned.tokens import CONDITION
from nianbao.importing.returned.wordings import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Paragraph
    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.tokens import Token
    from nianbao.importing.returned.wordings import Lost

FIGURES = "稿子改了占位符印出的数，正文已照稿子写成文字：改表、改事实，或改正文"
CONDITIONS = "稿子改了按条件印出的文字，正文已照稿子改：核对数据变了该印什么"
BY_HAND = "稿子改了下列内容，narrative.md 里没有改：照稿子改"
BOTH = "稿子和文件夹里的正文改了同一处，正文已照稿子写：核对"
LEAD = "稿子删去了自动生成的导语，没有改：不印的，在 report.yaml 写 lead: none"
COMPUTED = "稿子改了自动生成的导语，已写进 narrative.md，不再自动生成：核对"


@dataclass(slots=True)
class Result:
    """The merged text of narrative.md, and what is to be said of it.

    Parameters
    ----------
    revised : list of (str, str, str)
        Each paragraph that the reviewer changed: its chapter, what the kit printed, what stands in the file.
    asked : dict
        What someone has to decide → what it is about, one line each.
    meant : list of Item
        What the text has to print: all of the file.
    apart : Counter
        The keys of items in which it may differ from that, as they are asked about or changed in the folder since.
    """

    text: str = ""
    meant: list[Item] = field(default_factory=list)
    apart: Counter[str] = field(default_factory=Counter)
    revised: list[tuple[str, str, str]] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)

    def ask(self, question: str, about: str, *apart: Item) -> None:
        """Add to what has to be decided; ``apart`` are the items that the text prints otherwise than the file."""
        self.asked.setdefault(question, []).append(about)
        self.apart.update(one.key for one in apart)

    def line(self, chapter: str, tokens: Sequence[Token], theirs: Paragraph) -> str:
        """A line merged with the reviewer's paragraph; the numbers and conditions that it has no more are asked about."""
        made = merged(tokens, theirs)
        self.ask_of(chapter, made.lost)
        for one in tokens:
            if one.kind is CONDITION and one.source not in made.source:
                self.ask(CONDITIONS, f"{chapter}：{one.source}")
        return made.source

    def ask_of(self, chapter: str, lost: Iterable[Lost]) -> None:
        """Ask about the placeholders in whose place a figure stands."""
        for one in lost:
            if one.is_figure:
                token = one.token
                about = f"{chapter}：稿子写“{one.instead}”，{token.origin}是“{token.printed}”（{token.source}）"
                self.ask(FIGURES, about)
