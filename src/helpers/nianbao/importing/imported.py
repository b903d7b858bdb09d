"""What an import comes to: the texts of a report's folder, and what has to be decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import narrative
from nianbao.importing.pictures import Pictured

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.importing.outline import Outline
    from nianbao.importing.record import Touched
    from nianbao.importing.taken import Taken
    from nianbao.importing.titles import Title
    from nianbao.statute.formats import Format


@dataclass(slots=True)
class Imported:
    """What an import comes to.

    Parameters
    ----------
    files : dict
        The name of each file of the folder → its text.
    name : str
        The body whose report it is, by the title or the signature; '' where neither names it.
    questions : dict
        What someone has to decide → what it is about, one line each.
    beside : list of (str, str, str)
        The lines beside the tables that are not taken and have figures: the table's id, their place, and their text.
    revised : list of (str, str, str)
        Of a file that came back each paragraph, and each value of report.yaml, that its reviewer changed: its chapter or its
        name, what was printed, what the file says.
    touched : Touched, optional
        What its reviewer changed, as the record keeps it.
    pictures : Pictured
        What becomes of the pictures of the files.
    is_merged : bool
        Whether it is a file that came back, merged with the folder.
    earlier : frozenset of str
        What earlier imports have asked that is asked once only, as the record keeps it.
    noted : list of str
        What this one asks of that.
    """

    form: Format
    files: dict[str, str] = field(default_factory=dict)
    name: str = ""
    title: Title | None = None
    outline: Outline | None = None
    written: narrative.Written = field(default_factory=narrative.Written)
    taken: dict[str, Taken] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    questions: dict[str, list[str]] = field(default_factory=dict)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    beside: list[tuple[str, str, str]] = field(default_factory=list)
    revised: list[tuple[str, str, str]] = field(default_factory=list)
    touched: Touched | None = None
    is_merged: bool = False
    pictures: Pictured = field(default_factory=Pictured)
    earlier: frozenset[str] = frozenset()
    noted: list[str] = field(default_factory=list)

    def ask(self, question: str, *about: str) -> None:
        """Add to what has to be decided."""
        self.questions.setdefault(question, []).extend(about)

    def ask_once(self, question: str, about: str, key: str = "") -> None:
        """Add what no earlier import has asked: it stands in import.md, or somebody has decided it.

        ``key`` is what it is known by where another file may ask the same in other words.
        """
        noted = key or f"{question} {about}"
        if noted not in self.earlier:
            self.ask(question, about)
            self.noted.append(noted)

    def ask_no_more(self, digests: Iterable[str]) -> None:
        """Leave out what has been asked before of these very files, and note what is asked of them."""
        files = [f"file {one}" for one in digests]
        if self.earlier.issuperset(files):
            left = {
                key: [one for one in about if f"{key} {one}" not in self.earlier] for key, about in self.questions.items()
            }
            self.questions = {question: about for question, about in left.items() if about}
        asked = [f"{question} {one}" for question, about in self.questions.items() for one in about]
        self.noted = [one for one in dict.fromkeys([*self.noted, *asked, *files]) if one not in self.earlier]
