"""Faults of the text against the tables: a statement with another number than the cell that it is about."""

import re
from functools import cache

from truth.draft import NARRATIVE
from truth.faults.base import TEXTS, Where, digits_exchanged, kind, other
from truth.prose import wordings
from truth.speech import Lacking, render, retold

WORDS = "文表"
ROUGH = {"余", "万", "分", "0", "1", "2"}
# What a statement is about: the names whose number is changed.
TOPICS = TEXTS["话题"]


@cache
def saying():
    """{name: templates in which it stands by itself}."""
    found = {}
    for templates in wordings().values():
        for template in templates:
            for name in re.findall(r"\{([^{}|]+)\}", template):
                found.setdefault(name, []).append(template)
    return found


def sentence(draft, at, index):
    """The words around a piece, up to the next full stop, as what a finding may quote."""
    before, after = "", ""
    for piece in reversed(draft.lines[at][:index]):
        before = piece.text + before
    for piece in draft.lines[at][index:]:
        after += piece.text
    return (re.split("[。；;]", before)[-1] + re.split("[。；;]", after)[0]).strip()


def where(draft, at, index):
    return Where(NARRATIVE, lines=(at + 1,), words=(sentence(draft, at, index),))


def add(draft, rng, templates):
    """Put a sentence from one of the templates into chapter 一; its line, or ``None`` where none applies."""
    at = rng.choice(draft.chapter("一")[1])
    for template in rng.sample(templates, len(templates)):
        try:
            pieces = render(template, draft.values, draft.style)
        except Lacking:
            continue
        draft.lines[at:at] = [pieces, []]
        return at
    return None


def state(draft, rng, fits, names=()):
    """(line, index, piece) of a typed statement that fits; one is added where the text has none."""
    found = [one for one in draft.statements() if fits(one[2])]
    if not found:
        at = add(draft, rng, [one for name in names for one in saying().get(name, ())])
        found = [one for one in draft.statements() if one[0] == at and fits(one[2])]
    return rng.choice(found) if found else None


def retell(draft, found, value):
    """Say another value in the place of a statement's; where that is."""
    if found is None or value is None or value < 0:
        return None
    at, index, piece = found
    try:
        draft.lines[at][index] = retold(piece, value)
    except Lacking:
        return None
    return where(draft, at, index) if draft.lines[at][index].text != piece.text else None


def wrong(rng, piece):
    """Another value for a statement, so far away that its form does not hide it."""
    if piece.form in {"0", "1", "2", "分"}:
        return piece.value + (7 if piece.value < 60 else -7)
    return piece.value * 2 + 100 if piece.form in ROUGH or piece.value % 1 else other(rng, piece.value)


def plainly(names):
    return lambda piece: piece.expression in names and piece.form not in ROUGH


for topic, names in TOPICS.items():

    @kind(WORDS, f"{topic}件数写错")
    def changed(draft, rng, names=names):
        found = state(draft, rng, plainly(names), names)
        return found and retell(draft, found, other(rng, found[2].value))


COUNTED = set().union(*TOPICS.values())


@kind(WORDS, "两位数字颠倒")
def transposed(draft, rng):
    found = state(draft, rng, lambda piece: plainly(COUNTED)(piece) and bool(digits_exchanged(rng, piece.value)))
    return found and retell(draft, found, digits_exchanged(rng, found[2].value))


@kind(WORDS, "写成上年的数")
def last_year(draft, rng):
    past = {name: draft.values.get(f"上年{name}") for name in COUNTED}
    found = state(draft, rng, lambda piece: plainly(COUNTED)(piece) and past[piece.expression] not in (None, piece.value))
    return found and retell(draft, found, past[found[2].expression])


for court in ("复议", "诉讼"):

    @kind(WORDS, f"{court}只算了已审结的")
    def concluded(draft, rng, court=court):
        open_ = draft.values[f"{court}未结"]
        found = state(draft, rng, plainly({court}), (court,)) if open_ else None
        return found and retell(draft, found, found[2].value - open_)


@kind(WORDS, "诉讼只算了直接起诉的")
def direct_only(draft, rng):
    found = state(draft, rng, plainly({"诉讼"}), ("诉讼",)) if draft.values["复议后诉讼"] else None
    return found and retell(draft, found, draft.values["直接诉讼"])


@kind(WORDS, "新收写成办结的数")
def received_as_done(draft, rng):
    found = state(draft, rng, plainly({"新收"}), ("新收",)) if draft.values["新收"] != draft.values["办结"] else None
    return found and retell(draft, found, draft.values["办结"])


@kind(WORDS, "办结写成新收加结转的数")
def done_as_all(draft, rng):
    found = state(draft, rng, plainly({"办结"}), ("办结",)) if draft.values["转出"] else None
    return found and retell(draft, found, draft.values["新收"] + draft.values["转入"])


@kind(WORDS, "多写一个零")
def zero_more(draft, rng):
    found = state(draft, rng, lambda piece: plainly(COUNTED)(piece) and piece.value > 0 and piece.form not in {"汉", "数"})
    return found and retell(draft, found, found[2].value * 10)


@kind(WORDS, "少写一位")
def digit_less(draft, rng):
    found = state(draft, rng, lambda piece: plainly(COUNTED)(piece) and piece.value > 9)
    return found and retell(draft, found, found[2].value // 10)


@kind(WORDS, "汉字数写错")
def chinese(draft, rng):
    few = [name for name in ("新收", "办结", "转出", "复议", "诉讼", "许可", "文件制发") if draft.values.get(name, 0) < 10]
    templates = [text for texts in wordings().values() for text in texts if any(f"{{{name}|汉}}" in text for name in few)]
    at = add(draft, rng, templates) if templates else None
    found = [one for one in draft.statements() if one[0] == at and one[2].form == "汉"]
    return retell(draft, found[0], other(rng, found[0][2].value)) if found else None


@kind(WORDS, "全角数字写错")
def full_width(draft, rng):
    at = add(draft, rng, [text for text in wordings()["新收"] if "|全}" in text])
    found = [one for one in draft.statements() if one[0] == at]
    return retell(draft, found[0], other(rng, found[0][2].value)) if found else None


@kind(WORDS, "约数也不对")
def rough(draft, rng):
    found = state(draft, rng, lambda piece: piece.form == "余", ("新收|余",))
    if found is None:
        at = add(draft, rng, [text for texts in wordings().values() for text in texts if "|余}" in text])
        found = next((one for one in draft.statements() if one[0] == at and one[2].form == "余"), None)
    return found and retell(draft, found, found[2].value * 3 // 10 * 10 + 11)


def _uses(piece, function):
    return piece.expression.startswith(f"{function}(")


def _reckoned(function):
    """The templates that print what a function reckons."""
    return [text for texts in wordings().values() for text in texts if f"{{{function}(" in text]


def _reckon(draft, rng, function):
    found = [one for one in draft.statements() if _uses(one[2], function)]
    if not found:
        at = add(draft, rng, _reckoned(function))
        found = [one for one in draft.statements() if one[0] == at and _uses(one[2], function)]
    return rng.choice(found) if found else None


@kind(WORDS, "同比百分数算错")
def wrong_rate(draft, rng):
    found = _reckon(draft, rng, "率")
    return found and retell(draft, found, found[2].value + rng.choice((-2, 3, 7, 11)))


@kind(WORDS, "同比增减件数算错")
def wrong_difference(draft, rng):
    found = _reckon(draft, rng, "差")
    return found and retell(draft, found, found[2].value + rng.randint(1, 4))


@kind(WORDS, "占比算错")
def wrong_share(draft, rng):
    found = _reckon(draft, rng, "占")
    wrong = rng.choice((4, 9, 13))
    return found and retell(draft, found, found[2].value + (wrong if found[2].value < 60 else -wrong))


def _adds(piece):
    """Whether a piece prints the sum of two cells."""
    return re.fullmatch(r"\w+ \+ \w+", piece.expression) is not None


@kind(WORDS, "两数之和算错")
def wrong_sum(draft, rng):
    """A number that the sentence reckons from two cells."""
    found = [one for one in draft.statements() if _adds(one[2])]
    if not found:
        at = add(draft, rng, [text for text in wordings()["转入"] if "新收 + 转入" in text])
        found = [one for one in draft.statements() if one[0] == at and _adds(one[2])]
    return retell(draft, found[0], found[0][2].value + rng.randint(1, 3)) if found else None
