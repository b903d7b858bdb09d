"""A rule that fails on a report: nianbao's own error, which is told with the sentences that it fails on."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nianbao.findings import Finding, Kind, Severity
from nianbao.narrative.passages import Narrative
from nianbao.wording import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nianbao.narrative.passages import Passage

    Rule = Callable[..., Iterable[Finding]]

FAILED = Kind("E121", Severity.ERROR, "核查规则自身出错")
_ACTION = "这是 nianbao 的错误，不是报告的：把这一条和这句话报给维护者；换一种说法写这句话，这条规则就能查下去"
_SHOWN = 80  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of a passage, or all of it."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.markdown[self.start : self.end]


def told_by(rule: Rule, *about: Any) -> list[Finding]:
    """What a rule finds; of one that fails, what it finds without the sentences that it fails on, and that it failed."""
    try:
        return list(rule(*about))
    except MemoryError:
        raise  # the process ends, and its parent names the limit
    except Exception as error:
        narrative = next((one for one in about if isinstance(one, Narrative)), None)
        failed = _failed(rule, about, narrative) if narrative else []
        return [*_without(rule, about, failed), *_findings(rule, error, failed)]


def _failed(rule: Rule, about: tuple[Any, ...], narrative: Narrative) -> list[_Piece]:
    """The sentences that a rule fails on when each is all that the text says; where there are none, such passages."""
    for pieces in (_sentences(narrative), [_Piece(one, 0, len(one.markdown)) for one in narrative.passages]):
        if failed := [one for one in pieces if _fails(rule, _with(about, _alone(narrative, one)))]:
            return failed
    return []


def _sentences(narrative: Narrative) -> Iterator[_Piece]:
    for passage in narrative.passages:
        for found in SENTENCE.finditer(passage.markdown):
            yield _Piece(passage, *found.span())


def _alone(narrative: Narrative, piece: _Piece) -> Narrative:
    """A text that says one piece of another and nothing else."""
    empty = replace(narrative.preamble, markdown="", pieces=(), values=(), table_places=())
    only = replace(piece.passage, markdown=piece.text, values=(), table_places=())
    return replace(narrative, preamble=empty, sections=(only,), attachments=())


def _without(rule: Rule, about: tuple[Any, ...], failed: list[_Piece]) -> list[Finding]:
    """What a rule finds where blanks stand for the pieces that it fails on; nothing where it fails all the same."""

    def blank(passage: Passage) -> Passage:
        text = passage.markdown
        for one in (one for one in failed if one.passage is passage):
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        return replace(passage, markdown=text)

    found: list[Finding] = []
    for narrative in (one for one in about if isinstance(one, Narrative) and failed):
        sections, attachments = (tuple(map(blank, some)) for some in (narrative.sections, narrative.attachments))
        rest = replace(narrative, preamble=blank(narrative.preamble), sections=sections, attachments=attachments)
        try:
            found = list(rule(*_with(about, rest)))
        except Exception:  # for another reason, which one finding more would not make clearer
            found = []
    return found


def _with(about: tuple[Any, ...], narrative: Narrative) -> tuple[Any, ...]:
    """What a rule is given, with another text."""
    return tuple(narrative if isinstance(one, Narrative) else one for one in about)


def _fails(rule: Rule, about: tuple[Any, ...]) -> bool:
    try:
        list(rule(*about))
    except Exception:  # whatever a rule may fail with
        return True
    return False


def _findings(rule: Rule, error: Exception, failed: list[_Piece]) -> Iterator[Finding]:
    """That a rule has failed: one finding for each piece, or one without a place."""
    name = f"{rule.__module__.removeprefix(f'{__package__}.')}.{rule.__name__}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    why = f"规则 {name} 出错：{type(error).__name__} {error}（{last.name}，第{last.lineno}行）"
    if not failed:
        yield Finding(FAILED, f"规则 {name}", None, why, "", _ACTION)
    for one in failed:
        shown = one.text.strip()
        shown = f"{shown[:_SHOWN]}…" if len(shown) > _SHOWN else shown
        yield Finding(FAILED, one.passage.place, None, f"“{shown}”：{why}", "", _ACTION)
