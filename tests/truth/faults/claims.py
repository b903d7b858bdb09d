"""Faults of the text against the tables that are more than one number: directions, units, parts, what there is none of."""

import re

from truth.draft import NARRATIVE
from truth.faults.base import TEXTS, Where, kind
from truth.faults.words import WORDS, _reckon, add, plainly, retell, sentence, state, where
from truth.prose import wordings
from truth.speech import said

OPPOSITE = TEXTS["方向"]
MONEY = ("收费", "采购额")
_DIRECTION = re.compile("|".join(OPPOSITE))


@kind(WORDS, "增长写成下降")
def direction(draft, rng):
    found = _reckon(draft, rng, rng.choice("率差"))
    if found is None:
        return None
    at, index, _ = found
    for near in (index - 1, index - 2):
        text = draft.lines[at][near].text if near >= 0 else ""
        words = list(_DIRECTION.finditer(text))
        if words and draft.lines[at][near].value is None:
            last = words[-1]
            draft.say(at, near, text[: last.start()] + OPPOSITE[last[0]] + text[last.end() :])
            return where(draft, at, index)
    return None


@kind(WORDS, "万元写成元")
def unit(draft, rng):
    found = state(draft, rng, lambda piece: piece.expression in MONEY and not piece.form and piece.value > 1, MONEY)
    if found is None:
        return None
    at, index, _ = found
    if len(draft.lines[at]) <= index + 1 or not draft.lines[at][index + 1].text.startswith("万元"):
        return None
    draft.say(at, index + 1, draft.lines[at][index + 1].text.removeprefix("万"))
    return where(draft, at, index)


@kind(WORDS, "金额写错")
def amount(draft, rng):
    found = state(draft, rng, lambda piece: piece.expression in MONEY and piece.value > 1, MONEY)
    return found and retell(draft, found, found[2].value + rng.choice((-1, 1, 3)) * found[2].value / 2)


@kind(WORDS, "渠道分项之和不等于总数")
def channels(draft, rng):
    found = state(draft, rng, plainly({"网上", "信函", "当面"}), ("网上",))
    return found and retell(draft, found, found[2].value + rng.randint(1, 4))


def _exchanged(draft, rng, one, two):
    """Exchange the numbers of two statements in one line."""
    if draft.values.get(one) == draft.values.get(two):
        return None
    for attempt in (0, 1):
        for at, line in enumerate(draft.lines):
            places = {piece.expression: index for index, piece in enumerate(line) if piece.form not in {"bound", "余"}}
            if one in places and two in places and sentence(draft, at, places[one]) == sentence(draft, at, places[two]):
                first, second = line[places[one]], line[places[two]]
                line[places[one]], line[places[two]] = second, first
                return where(draft, at, places[one])
        if not attempt:
            both = [text for texts in wordings().values() for text in texts if f"{{{one}}}" in text and f"{{{two}}}" in text]
            add(draft, rng, both)
    return None


for one, two in TEXTS["写反"]:

    @kind(WORDS, f"{one}与{two}写反")
    def exchanged(draft, rng, one=one, two=two):
        return _exchanged(draft, rng, one, two)


for claim, said_of in TEXTS["没有"].items():

    @kind(WORDS, f"有却写成{claim}")
    def none(draft, rng, said_of=said_of):
        if not draft.values.get(said_of["数"]):
            return None
        at = rng.choice(draft.chapter("一")[1])
        text = rng.choice(said_of["说"])
        draft.insert(at, text)
        return Where(NARRATIVE, lines=(at + 1,), words=(text.rstrip("。"),))


for claim, said_of in TEXTS["有"].items():

    @kind(WORDS, f"没有却写成{claim}")
    def some(draft, rng, said_of=said_of):
        if draft.values[said_of["数"]]:
            return None
        at = rng.choice(draft.chapter("一")[1])
        words = said_of["说"].format(rng.randint(1, 9))
        draft.insert(at, words)
        return Where(NARRATIVE, lines=(at + 1,), words=(words.rstrip("。"),))


@kind(WORDS, "变了却写成持平")
def level(draft, rng):
    values = draft.values
    names = [name for name in TEXTS["持平"] if values.get(f"上年{name}", values[name]) != values[name]]
    if not names:
        return None
    name = rng.choice(names)
    text = TEXTS["持平"][name].format(values[name])
    at = rng.choice(draft.chapter("一")[1])
    draft.insert(at, f"{text}，与上年持平。")
    return Where(NARRATIVE, lines=(at + 1,), words=(text,))


@kind(WORDS, "改了表没有改正文")
def table_changed(draft, rng):
    """A cell that is in no sum, which the text states."""
    names = {"许可", "处罚", "强制"}
    found = state(draft, rng, plainly(names), sorted(names))
    if found is None:
        return None
    at, _, piece = found
    _, cell = draft.fill(piece.expression, int(piece.value) + rng.randint(1, 9))
    lines = tuple(at + 1 for at, _, one in draft.statements() if piece.expression in one.expression)
    return Where(NARRATIVE, lines=lines, cells=(cell,), words=(said(draft.lines[at])[:12],))


@kind(WORDS, "表三自洽地改了而正文没有")
def consistent(draft, rng):
    """One application more in every sum; the text still says the old number."""
    found = state(draft, rng, plainly({"新收", "办结"}), ("新收",))
    if found is None:
        return None
    cells = []
    for name in ("新收", "办结", "予以公开"):
        for person in ("自然人", ""):
            cells.append(draft.fill(person + name, int(draft.cell(person + name)) + 1)[1])
    names = ("新收", "办结", "予以公开")
    lines = tuple(at + 1 for at, _, one in draft.statements() if any(name in one.expression for name in names))
    return Where(NARRATIVE, lines=lines, cells=tuple(cells))


@kind(WORDS, "正文整段是另一年的数")
def other_years_numbers(draft, rng):
    """Every statement of chapter 一 with last year's number where there is one."""
    texts = draft.chapter("一")[1]
    lines = []
    for at, index, piece in draft.statements():
        past = draft.values.get(f"上年{piece.expression}")
        fits = at in texts and past not in (None, piece.value) and plainly({piece.expression})(piece)
        if fits and retell(draft, (at, index, piece), past):
            lines.append(at + 1)
    return Where(NARRATIVE, lines=tuple(lines)) if lines else None
