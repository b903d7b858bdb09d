"""Faults that the tables' own sums show."""

from truth.draft import REPORT
from truth.faults.base import Where, digits_exchanged, kind, other
from truth.numbers import COURTS, LINES, OUTCOMES, PEOPLE, results_of

SUMS = "勾稽"


def _changed(draft, rng, name, value=None):
    """One cell with another number, nothing else changed."""
    old = int(draft.cell(name))
    value = other(rng, old) if value is None else value
    if value in (None, old):
        return None
    file, cell = draft.fill(name, value)
    return Where(file, cells=(cell,))


def _one_row(name, row):
    @kind(SUMS, f"表三{name}一格改了")
    def change(draft, rng):
        return _changed(draft, rng, rng.choice(PEOPLE) + row)

    @kind(SUMS, f"表三{name}总计改了")
    def change_total(draft, rng):
        return _changed(draft, rng, row)


for title, row in {"新收": "新收", "上年结转": "转入", "办结总计": "办结", "结转下年": "转出"}.items():
    _one_row(title, row)


@kind(SUMS, "表三办理结果一格改了")
def result(draft, rng):
    return _changed(draft, rng, rng.choice(PEOPLE) + rng.choice(list(results_of(draft.form))))


@kind(SUMS, "表三办理结果总计改了")
def result_total(draft, rng):
    return _changed(draft, rng, rng.choice(list(results_of(draft.form))))


@kind(SUMS, "表三一格数字颠倒")
def transposed(draft, rng):
    names = [
        person + row for person in PEOPLE for row in (*LINES, "予以公开", "部分公开") if int(draft.cell(person + row)) > 9
    ]
    if not names:
        return None
    name = rng.choice(names)
    value = digits_exchanged(rng, int(draft.cell(name)))
    return value and _changed(draft, rng, name, value)


@kind(SUMS, "表三两格互换")
def exchanged(draft, rng):
    person = rng.choice(PEOPLE)
    one, two = rng.sample(["新收", "转入", "办结", "转出"], 2)
    a, b = draft.cell(person + one), draft.cell(person + two)
    if a == b or {one, two} in ({"新收", "转入"}, {"办结", "转出"}):
        return None
    file, first = draft.fill(person + one, b)
    return Where(file, cells=(first, draft.fill(person + two, a)[1]))


for court in COURTS:

    @kind(SUMS, f"表四{court}总计改了")
    def case_total(draft, rng, court=court):
        return _changed(draft, rng, court)

    @kind(SUMS, f"表四{court}一项改了")
    def case(draft, rng, court=court):
        return _changed(draft, rng, court + rng.choice(list(OUTCOMES)))


@kind(SUMS, "上年结转与上年报告不符")
def carried(draft, rng):
    """二 and 一 both changed for one applicant, so that only last year's report shows it."""
    names = [person for person in PEOPLE if int(draft.cell(person + "新收"))]
    if not draft.previous or not names:
        return None
    person = rng.choice(names)
    cells = []
    for row, change in (("转入", 1), ("新收", -1)):
        for name in (person + row, row):
            file, cell = draft.fill(name, int(draft.cell(name)) + change)
            cells.append(cell)
    return Where(file, cells=tuple(cells[:2]))


@kind(SUMS, "现行有效件数与上年不符")
def in_force(draft, rng):
    if not draft.previous or draft.year < 2022:
        return None
    return _changed(draft, rng, "文件有效", int(draft.cell("文件有效")) + rng.randint(1, 9))


@kind(SUMS, "上一年项目数量与上年不符")
def items(draft, rng):
    if not draft.previous or draft.form != "2019":
        return None
    return _changed(draft, rng, rng.choice(("许可事项", "处罚事项", "强制事项", "服务事项", "收费事项")))


@kind(SUMS, "制发减废止多于现行有效")
def impossible(draft, rng):
    if draft.form != "2021":
        return None
    file, cell = draft.fill("文件有效", rng.randint(1, 5))
    issued = draft.fill("文件制发", rng.randint(8, 20))[1]
    gone = draft.fill("文件废止", rng.randint(0, 2))[1]
    return Where(file, cells=(cell, issued, gone))


@kind(SUMS, "清单总数不等于分项之和")
def listed(draft, rng):
    at = next((at for at, line in enumerate(draft.head) if "权责清单" in line), None)
    if at is None:
        draft.head += ["facts:", "  权责清单: {value: 41, unit: 项, parts: {行政许可: 12, 行政处罚: 29}}"]
        at = len(draft.head) - 1
    before, value, after = draft.head[at].partition("value: ")
    total, comma, rest = after.partition(",")
    draft.head[at] = before + value + str(int(total) + rng.randint(1, 5)) + comma + rest
    return Where(REPORT, lines=(at + 1,))
