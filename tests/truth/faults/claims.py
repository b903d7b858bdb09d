"""Faults of the text against the tables that are more than one number: directions, units, parts, what there is none of."""

import re

from truth.draft import NARRATIVE
from truth.faults.base import Where, kind
from truth.faults.words import WORDS, _reckon, add, plainly, retell, sentence, state, where
from truth.prose import wordings
from truth.speech import said

OPPOSITE = {
    "增长": "下降",
    "下降": "增长",
    "增加": "减少",
    "减少": "增加",
    "上升": "下降",
    "多": "少",
    "少": "多",
    "增幅": "降幅",
    "降幅": "增幅",
}
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
    found = state(
        draft,
        rng,
        lambda piece: piece.expression in {"收费", "采购额"} and not piece.form and piece.value > 1,
        ("收费", "采购额"),
    )
    if found is None:
        return None
    at, index, _ = found
    if len(draft.lines[at]) <= index + 1 or not draft.lines[at][index + 1].text.startswith("万元"):
        return None
    draft.say(at, index + 1, draft.lines[at][index + 1].text.removeprefix("万"))
    return where(draft, at, index)


@kind(WORDS, "金额写错")
def amount(draft, rng):
    found = state(draft, rng, lambda piece: piece.expression in {"收费", "采购额"} and piece.value > 1, ("收费", "采购额"))
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
            add(
                draft,
                rng,
                [text for texts in wordings().values() for text in texts if f"{{{one}}}" in text and f"{{{two}}}" in text],
            )
    return None


for one, two in (
    ("自然人新收", "法人新收"), ("予以公开", "部分公开"), ("无法提供", "不予处理"), ("复议", "诉讼"), ("新收", "转入"), ("文件制发", "文件废止"),
    ("许可", "处罚"), ("复议维持", "复议纠正"), ("直接诉讼", "复议后诉讼"),
):  # fmt: skip

    @kind(WORDS, f"{one}与{two}写反")
    def exchanged(draft, rng, one=one, two=two):
        return _exchanged(draft, rng, one, two)


# What a text claims that there is none of; the name that is not 0.
NONE = {
    "没有申请": (
        "新收",
        ("全年未收到政府信息公开申请。", "本年度没有收到政府信息公开申请。", "全年受理政府信息公开申请0件。"),
    ),
    "没有复议诉讼": (
        "复议",
        ("未发生因政府信息公开引起的行政复议、行政诉讼。", "全年没有信息公开方面的行政复议。", "行政复议0件。"),
    ),
    "没有诉讼": ("诉讼", ("全年未发生因政府信息公开提起的行政诉讼。", "无政府信息公开行政诉讼案件。", "行政诉讼0件。")),
    "没有结转": ("转出", ("没有结转下年度继续办理的申请。", "全年收到的申请均已办结，无结转。", "结转下年度继续办理0件。")),
    "没有上年结转": ("转入", ("没有上年结转的政府信息公开申请。", "上年结转0件。")),
    "没有处罚": ("处罚", ("全年未作出行政处罚决定。", "没有行政处罚案件。", "作出行政处罚0件。")),
    "没有收费": ("收费", ("没有行政事业性收费。", "全年行政事业性收费0元。")),
    "没有制发文件": ("文件制发", ("全年未制发行政规范性文件。", "当年没有制发行政规范性文件。", "制发行政规范性文件0件。")),
}
for claim, (name, texts) in NONE.items():

    @kind(WORDS, f"有却写成{claim}")
    def none(draft, rng, name=name, texts=texts):
        if not draft.values.get(name):
            return None
        at = rng.choice(draft.chapter("一")[1])
        text = rng.choice(texts)
        draft.insert(at, text)
        return Where(NARRATIVE, lines=(at + 1,), words=(text.rstrip("。"),))


SOME = {
    "有申请": ("新收", "全年收到政府信息公开申请{}件，均已答复。"),
    "有复议": ("复议", "因政府信息公开被申请行政复议{}件。"),
    "有诉讼": ("诉讼", "因政府信息公开引起行政诉讼{}件。"),
    "有处罚": ("处罚", "全年作出行政处罚决定{}件。"),
}
for claim, (name, text) in SOME.items():

    @kind(WORDS, f"没有却写成{claim}")
    def some(draft, rng, name=name, text=text):
        if draft.values[name]:
            return None
        at = rng.choice(draft.chapter("一")[1])
        words = text.format(rng.randint(1, 9))
        draft.insert(at, words)
        return Where(NARRATIVE, lines=(at + 1,), words=(words.rstrip("。"),))


@kind(WORDS, "变了却写成持平")
def level(draft, rng):
    names = [
        name
        for name in ("新收", "许可", "复议")
        if draft.values.get(f"上年{name}", draft.values[name]) != draft.values[name]
    ]
    if not names:
        return None
    name = rng.choice(names)
    text = {"新收": "新收政府信息公开申请{}件", "许可": "行政许可决定{}件", "复议": "被申请行政复议{}件"}[name].format(
        draft.values[name]
    )
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
    at, index, piece = found
    file, cell = draft.fill(piece.expression, int(piece.value) + rng.randint(1, 9))
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
    head, texts = draft.chapter("一")
    lines = []
    for at, index, piece in draft.statements():
        past = draft.values.get(f"上年{piece.expression}")
        if at in texts and past not in (None, piece.value) and plainly({piece.expression})(piece):
            if retell(draft, (at, index, piece), past):
                lines.append(at + 1)
    return Where(NARRATIVE, lines=tuple(lines)) if lines else None
