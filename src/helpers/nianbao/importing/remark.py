"""What someone has to decide of a file's text: a change that was tracked, a comment, a figure beside struck words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One of these: its place, who made it, what it says.

    Parameters
    ----------
    near : str
        Of a change, the sentence or the label of the row that it stands in.
    text : str
        Of a change, the words around it as accepted, with line feeds for the ends of a paragraph.
    is_gone : bool
        Whether a change takes out all of its paragraph, or of its row: ``text`` is that as it was.
    block : str
        The place of its paragraph or table in the flow, where ``place`` says more.
    """

    kind: str
    place: str
    who: str
    said: str
    near: str = ""
    text: str = ""
    is_gone: bool = False
    block: str = ""
