"""What comes of a merge: the text, and what has to be said and asked of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing.flow import Grid
from nianbao.importing.returned.excerpts import excerpts
from nianbao.importing.returned.mergedrows import differences
from nianbao.importing.returned.tokens import CONDITION
from nianbao.importing.returned.wordings import Lost, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Paragraph
    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.tokens import Line, Token

# What stands in the place of a text of the reviewer's, or of what was printed.
ADDED, REMOVED, MOVED, JOINED = "（新增）", "（删去）", "（移动）", "（并入上面一行的段落）"
FIGURES = "稿子改了占位符印出的数，正文已照稿子写成文字：改表、改事实，或改正文"
TYPED = "稿子里下列数没有改，但前后的话改了，正文已写成文字，不再随数据变：写回占位符，或不改"
GONE = "合并后 narrative.md 里不再有下列占位符、条件和注释：补上，或不改"
CONDITIONS = "稿子改了按条件印出的文字，正文已照稿子改：核对数据变了该印什么"
EDGES = "稿子在按条件印出的话前面或后面加了字，写在条件外面，总会印出：只在这种情形才该印的，移到条件里面"
BY_HAND = "稿子改了下列内容，narrative.md 没有照改：照稿子改，或不改"
BOTH = "稿子和文件夹里改了同一处，已照稿子写：核对"
MIXED = "稿子和文件夹里改了同一处，写成的文字里两边的话都有：核对"
PLACE = "稿子和文件夹里都移动了次序，下列内容已照稿子的前后放，不知对不对：核对 narrative.md"
TOGETHER = "稿子和文件夹里在同一处都加了内容，文件夹里的在前：核对 narrative.md 里的次序"
BETWEEN = "稿子把几段并成一段，文件夹里在几段中间加了下列内容，已放在这一段后面：核对 narrative.md"
ROWS = "稿子和文件夹里都改了正文中的同一张表，下列各行不知对不对：核对 narrative.md"
SIGNED = "稿子改了落款，不是本机关的全称或简称，report.yaml 已照稿子写：核对"
WITHDRAWN = "之前导入的稿子改了下列各处，这一稿没有改：是同一个人撤回的，照这一稿改回；是别人的稿子，不用改"
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
    lost : list of (str, Lost)
        The placeholders and conditions that became text, each with its chapter; `meanings.settled` asks about them.
    leads : list of str
        What leads that were computed are in narrative.md, where they are written there.
    lines : list of (str, Line)
        The lines that narrative.md had, each with the heading of its chapter.
    disputed : list of str
        The texts that both have changed, whole; a question shows what is otherwise in them.
    """

    text: str = ""
    meant: list[Item] = field(default_factory=list)
    apart: Counter[str] = field(default_factory=Counter)
    revised: list[tuple[str, str, str]] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)

    lost: list[tuple[str, Lost]] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    lines: list[tuple[str, Line]] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)

    def ask(self, question: str, about: str, *apart: Item) -> None:
        """Add to what has to be decided; ``apart`` are the items that the text prints otherwise than the file."""
        self.asked.setdefault(question, []).append(about)
        self.apart.update(one.key for one in apart)

    def ask_both(self, place: str, was: str, ours: str, theirs: str, made: str, *, is_mixed: bool) -> None:
        """Ask about a text that both have changed in one place; ``made`` is what came of it."""
        self.disputed += (was, ours, theirs, made)
        was, ours, theirs, made = excerpts((was, ours, theirs, made))
        so = f"，写成了“{made}”" if made != theirs else ""
        self.ask(MIXED if is_mixed else BOTH, f"{place}：原来印“{was}”，现在印“{ours}”，稿子是“{theirs}”{so}")

    def revise(self, item: Item, given: Item) -> None:
        """Say what the reviewer has changed: the chapter, what was printed, what the file has; of tables cell by cell."""
        old, new = given.part, item.part
        cells = differences(old.rows, new.rows) if isinstance(old, Grid) and isinstance(new, Grid) else ()
        self.revised += [(item.chapter, f"{place}：{before}", after) for place, before, after in cells] or [
            (item.chapter, given.text, item.text)
        ]

    def add(self, item: Item) -> None:
        """Say that the reviewer has added something."""
        self.revised.append((item.chapter, ADDED, item.text))

    def move(self, item: Item) -> None:
        """Say that the reviewer has moved something."""
        self.revised.append((item.chapter, item.text, MOVED))

    def remove(self, item: Item) -> None:
        """Say that the reviewer has taken something out."""
        self.revised.append((item.chapter, item.text, REMOVED))

    def join(self, items: Iterable[Item]) -> None:
        """Say that the reviewer has joined paragraphs to the one of which was told last."""
        self.revised += [(one.chapter, one.text, JOINED) for one in items]

    def line(self, chapter: str, tokens: Iterable[Token], printed: str, theirs: Paragraph) -> str:
        """A line merged with the reviewer's paragraph; what it has no more is kept for `meanings.settled`."""
        parts = list(tokens)
        made = merged(parts, printed, theirs)
        self.lose(chapter, made.lost)
        for one in made.beside:
            self.ask(EDGES, f"{chapter}：{one.source}")
        gone = (one for one in parts if one.kind is CONDITION and one.source not in made.source)
        self.lose(chapter, (Lost(one, "", False) for one in gone))
        return made.source

    def lead(self, chapter: str, tokens: Sequence[Token], theirs: Paragraph) -> str:
        """A computed lead merged with the reviewer's paragraph; narrative.md has it from now on."""
        made = merged(tokens, "".join(one.printed for one in tokens), theirs)
        for one in made.lost:
            if one.is_figure:
                self.ask_of(chapter, one)
        self.leads.append(made.source)
        return made.source

    def ask_of(self, chapter: str, lost: Lost, now: str = "") -> None:
        """Ask about a placeholder or a condition that became text; ``now`` says where its value stands elsewhere."""
        token = lost.token
        if token.kind is CONDITION:
            self.ask(CONDITIONS, f"{chapter}：{token.source}")
            return
        question = TYPED if lost.is_same else FIGURES if lost.is_figure else GONE
        about = f"{chapter}：稿子写“{lost.instead}”，{token.origin}是“{token.printed}”（{token.source}）"
        self.ask(question, f"{about}{now}" if question is GONE else about)

    def lose(self, chapter: str, lost: Iterable[Lost]) -> None:
        """Keep the placeholders and conditions that became text in a chapter."""
        self.lost += [(chapter, one) for one in lost]
