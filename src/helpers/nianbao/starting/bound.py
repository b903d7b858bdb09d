"""The numbers of last year's text that are surely one cell's or fact's, written as placeholders.

Each is proved: filled in with last year's own data the text has to be what it was, to the letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.accounts import How, accounts
from nianbao.checks.prose.counts import PERCENT
from nianbao.checks.prose.judge.reasons import TELLING
from nianbao.checks.prose.said import Verdict, What, steps_of_fact
from nianbao.checks.prose.texts import texts_of
from nianbao.checks.prose.values import Values, as_placeholder
from nianbao.narrative.filling import fill
from nianbao.narrative.names import scope
from nianbao.narrative.passages import compose
from nianbao.narrative.placeholders import TAG
from nianbao.softbreaks import joined
from nianbao.starting import elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.prose.accounts import Account
    from nianbao.checks.prose.said import Judged, Said
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

_GOES_ON = re.compile(r"[\d,，.．]*\d|[%％]")  # behind digits that are but the beginning of a number
_BEFORE, _BEHIND = re.compile(r"(?:^|[，,；;。：:（(、])$"), re.compile(r"$|[，,；;。）)、]")

_NEAR = 100  # characters before a number in which a fact's name stands
_IS = re.compile(r"(?:为|达到?|合计|总计|共计?|有)?$")  # between a name and its number


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the text that a placeholder prints: its passage, where it and its number stand there, and what it says."""

    passage: int
    start: int  # in the passage's text, its lines joined
    end: int
    number: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class _Sure:
    """What a number is for certain: an expression (see `checks.prose.values`), of the report's year or the one before."""

    expression: str
    last: bool

    @property
    def named(self) -> str:
        """How a placeholder names it."""
        return as_placeholder(self.expression, self.last)


def chapters(report: Report, narrative: Narrative, values: Values) -> list[Account]:
    """The account of each passage of a report, without those of headings and notes."""
    texts = [one for one in texts_of(report, narrative) if one.chapter]
    return list(accounts(report, texts, values))


def places(known: Iterable[Account], values: Values) -> Iterator[Place]:
    """The parts of a report's passages that a placeholder surely prints."""
    for number, account in enumerate(known):
        if account.text.own:
            yield from _places(number, account, values)


def _places(passage: int, account: Account, values: Values) -> Iterator[Place]:
    text, sure = account.text.markdown, _sure(account, values)
    typed = {count.start: count for count, how, _ in account.numbers if how is How.MATCHED}
    for start in sure.keys() & typed.keys():
        one, end = sure[start], typed[start].end
        if shown := _printed(text, start, end, one, values):
            yield Place(passage, start, start + len(shown[0]), start, f"{{{{ {shown[1]} }}}}")
    for said, judged in account.said:
        if not (said.count and judged.verdict is Verdict.TRUE and said.count.start in typed) or said.count.about:
            continue
        rule = {What.CHANGE: _change, What.SHARE: _share}.get(said.what)
        if found := rule(said, text, sure, values) if rule else None:
            at, shown_text, placeholder = found
            yield Place(passage, at, at + len(shown_text), said.count.start, f"{{{{ {placeholder} }}}}")


def _sure(account: Account, values: Values) -> dict[int, _Sure]:
    """What the numbers of a text surely are, by where they stand; a number of which two things are said is not sure."""
    found: dict[int, set[_Sure | None]] = {}
    together = _together(account)
    for said, judged in account.said:
        if said.what is What.VALUE and said.count:
            one = _said_surely(said, judged, values, account.text.markdown, said.start in together)
            found.setdefault(said.count.start, set()).add(one)
    for count, how, origin in account.numbers:
        if how is How.BOUND and (printed := values.printed(origin, count.value)):
            found[count.start] = {_Sure(*printed)}
    return {start: one for start, some in found.items() if len(some) == 1 and (one := next(iter(some)))}


def _together(account: Account) -> set[int]:
    """Where the sentences begin that tell several cells rightly, one of them with no small number, and nothing wrongly.

    A clause beside may narrow each of them (修订制度，制发2件，废止1件，现行有效11件): all would not agree by chance.
    """
    told: dict[int, dict[str, tuple[Verdict, int]]] = {}
    for said, judged in account.said:
        if said.what is What.VALUE and said.count and said.cells and judged.verdict is not Verdict.OPEN:
            told.setdefault(said.start, {})[said.cells[0]] = judged.verdict, int(said.count.value)
    return {
        start
        for start, some in told.items()
        if len(some) > 1
        and all(verdict is Verdict.TRUE for verdict, _ in some.values())
        and max(value for _, value in some.values()) >= TELLING
    }


def _said_surely(said: Said, judged: Judged, values: Values, text: str, is_together: bool) -> _Sure | None:
    """What one statement says for certain: another value of that one cell would be an error, or, of a number that is no
    small one, at least a question; or its sentence tells others rightly beside it (`_together`).

    A fact may have words before its name, where the number stands right behind the name; none of another time or body.
    """
    year, count = values.last if said.last else values, said.count
    is_open = said.any or said.either or said.some or said.to_date or said.new_only or said.kinds or said.year
    if year is None or count is None or is_open or judged.verdict is not Verdict.TRUE or count.about or count.loose:
        return None
    cell = next((one for one in said.cells if year.has(one)), "")
    label = f"{'上年 ' if said.last else ''}{year.label(cell)}" if cell else ""
    if not cell or judged.origin != label:
        return None
    if said.is_fact:
        is_sure = said.sure or (not said.last and _names(text[: count.start], steps_of_fact(cell)[-1]))
        is_sure = is_sure and not elsewhere.told(text, count, values.report.year, said.last)
    else:  # of money next year's cell may have another unit, or none
        is_alone = (said.sure or (said.likely and count.value >= TELLING)) and not said.narrowed
        is_beside = is_together and (said.sure or said.likely or said.narrowed)
        is_sure = (is_alone or is_beside) and year.unit(cell) != "元"
    return _Sure(cell, said.last) if is_sure else None


def _names(before: str, name: str) -> bool:
    """Whether a text ends with the name of a fact, perhaps with a verb behind it: 访问量达到."""
    return _IS.sub("", before[-_NEAR:].rstrip(" *")).endswith(name)


def _printed(text: str, start: int, end: int, one: _Sure, values: Values) -> tuple[str, str] | None:
    """The part of a text that a placeholder of a value would print, and that placeholder; none where it prints otherwise."""
    year = values.last if one.last else values
    value = year.value(one.expression) if year else None
    if year is None or value is None:
        return None
    if steps := steps_of_fact(one.expression):
        fact = year.report.facts[steps[0]]
        own = fact.parts[steps[1]] if steps[1:] else fact.value
        assert own is not None
        forms = [(f"{wording.number(own)}{fact.unit}", one.named), (wording.number(own), f"{one.named}|不带单位")]
    else:
        named = f"({one.named})" if " " in one.named else one.named
        forms = [(wording.number(value), one.named), (wording.wan(value), f"{named}|万")]
    return next(
        ((shown, said) for shown, said in forms if text.startswith(shown, start) and _is_whole(text, start, shown, end)),
        None,
    )


def _is_whole(text: str, start: int, shown: str, end: int) -> bool:
    """Whether no digit and no power of ten of a number is left behind what a placeholder prints."""
    rest = text[start + len(shown) : max(end, start + len(shown))]
    return not (_GOES_ON.match(text, start + len(shown)) or rest.strip(" *")[:1] in {*"百千万亿余多"})


Found = tuple[int, str, str]


def _change(said: Said, text: str, sure: dict[int, _Sure], values: Values) -> Found | None:
    """同比增长32.14%, between marks, of a number that is sure."""
    base = sure.get(said.of.count.start) if said.of and said.of.count else None
    if base is None or base.last or values.last is None or not said.count or said.count.unit != PERCENT:
        return None
    this = values.value(base.expression)
    last = values.last.value(base.expression) if values.last.has(base.expression) else None
    if this is None or last is None:
        return None
    shown = wording.year_on_year(this, last)
    at = said.count.end - len(shown)
    if at < 0 or text[at : said.count.end] != shown:
        return None
    if not (_BEFORE.search(text[max(0, at - 1) : at]) and _BEHIND.match(text[said.count.end : said.count.end + 1])):
        return None
    before = as_placeholder(base.expression, True)
    named, before = (f"({one})" if " " in one else one for one in (base.named, before))
    return at, shown, f"{named}|同比({before})"


def _share(said: Said, text: str, sure: dict[int, _Sure], values: Values) -> Found | None:
    """占40.5%, of a number that is sure, and of a whole that is sure or that the words name."""
    part = sure.get(said.parts[0].start) if len(said.parts) == 1 else None
    whole = sure.get(said.whole.start) if said.whole else None
    if said.base:
        whole = _Sure(said.base, False)
    if part is None or whole is None or part.last or whole.last or not said.sure or not said.count:
        return None
    one, all_ = values.value(part.expression), values.value(whole.expression)
    shown = wording.percent(one, all_) if one is not None and all_ else ""
    if not shown or not text.startswith(shown, said.count.start):
        return None
    named = f"({part.named})" if " " in part.named else part.named
    return said.count.start, shown, f"{named}|占比({whole.named})"


def written(report: Report, narrative: Narrative, some: Iterable[Place]) -> tuple[str, list[Place]]:
    """The text of narrative.md with placeholders in their places, and those that have found one.

    A place within a line that an {% if %} makes, or that cannot be told apart, has none.
    """
    lines = report.narrative.split("\n")
    texts = [one for one in texts_of(report, narrative) if one.chapter]
    edits: dict[int, list[tuple[int, int, str]]] = {}
    done: list[Place] = []
    for place in some:
        passage, source = narrative.passages[place.passage], texts[place.passage].source(place.start)
        line = source.line or 0
        span = _typed(report, passage, lines[line - 1], place) if line else None
        if span and not any(span[0] < end and start < span[1] for start, end, _ in edits.get(line, ())):
            edits.setdefault(line, []).append((*span, place.placeholder))
            done.append(place)
    for line, some_edits in edits.items():
        for start, end, placeholder in sorted(some_edits, reverse=True):
            lines[line - 1] = lines[line - 1][:start] + placeholder + lines[line - 1][end:]
    return "\n".join(lines), done


def _typed(report: Report, passage: Passage, line: str, place: Place) -> tuple[int, int] | None:
    """Where in its line of narrative.md a part of a printed passage was typed; none where a placeholder printed it."""
    text, whole = passage.markdown, joined(passage.markdown)
    start, end = whole.typed_at(place.start), whole.typed_at(place.end - 1) + 1
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    printed = text[begin : stop if stop >= 0 else len(text)]
    pieces = _pieces(report, line)
    if pieces is None or "".join(one for one, _ in pieces).strip() != printed.strip():
        return None
    shift = len(line) - len(line.lstrip()) - (len(printed) - len(printed.lstrip()))
    start, end, at = start - begin + shift, end - begin + shift, 0
    for shown, typed in pieces:
        if typed is not None and at <= start and end <= at + len(shown):
            return typed + start - at, typed + end - at
        at += len(shown)
    return None


def _pieces(report: Report, line: str) -> list[tuple[str, int | None]] | None:
    """What a line prints, piece by piece, with the place of each that was typed so; none where a condition stands in it."""
    names, pieces, at = scope(report), list[tuple[str, int | None]](), 0
    for tag in TAG.finditer(line):
        filled = fill(tag.group(), names)
        if tag.group().startswith("{%") or filled.problems:
            return None
        pieces += [(line[at : tag.start()], at), (filled.text, None)]
        at = tag.end()
    return [*pieces, (line[at:], at)]


def proved(report: Report, narrative: Narrative, text: str, some: Iterable[Place]) -> tuple[bool, set[Place]]:
    """Whether a text with placeholders prints what the report's own does, and the places whose number it does not print."""
    made = replace(report, narrative=text)
    again = compose(made)
    is_same = not again.faults and _said(again) == _said(narrative)
    if not is_same:
        return False, set(some)
    known = chapters(made, again, Values(made))
    bound = [{count.start for count, how, _ in account.numbers if how is How.BOUND} for account in known]
    return True, {one for one in some if one.number not in bound[one.passage]}


def _said(narrative: Narrative) -> list[tuple[str, str]]:
    """All that a text prints."""
    return [(narrative.title, ""), *((one.heading, one.markdown) for one in narrative.passages)]
