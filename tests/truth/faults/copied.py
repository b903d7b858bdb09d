"""Faults of what was copied or misplaced: last year's text or table, another bureau's, columns and magnitudes."""

import re
from dataclasses import replace

from truth.draft import NARRATIVE, REPORT, rows_of
from truth.faults.base import Where, kind, other
from truth.numbers import LINES, NAMES, OUTCOMES, PEOPLE, results_of
from truth.reports import report
from truth.speech import LOOSE, Lacking, Piece, _compiled, evaluate, retold, said

COPIED = "抄错"


def _neighbour(draft, rng):
    """Another bureau of the same level and year, in the same params."""
    trade = rng.choice(NAMES["邻近业务"])
    place = draft.bureau.name[:3] if draft.bureau.name[2] in "省市县区" else "示例市"
    them = replace(draft.bureau, id="shili-linju", name=f"{place}{trade}局", short=f"{place[2:]}{trade}局", we="我局")
    made = report(f"neighbour {rng.random()}", draft.year, them, draft.numbers.size, previous=False)
    draft.others = [made]
    return made


def _chapter_lines(draft, numeral):
    head, texts = draft.chapter(numeral)
    return head + 1, texts[-1] + 1


def _retold_here(draft, rng, piece):
    """Another report's piece with this report's number, so that nothing but the copying is wrong."""
    if piece.value is None:
        return piece
    names = _compiled(piece.expression)[1]
    try:
        value = other(rng, piece.value) if names <= LOOSE else evaluate(piece.expression, draft.values)
    except (Lacking, ValueError):
        value = piece.value
    try:
        return retold(piece, value)
    except Lacking:
        return piece


def _take_over(draft, source, numeral, change):
    """Put a chapter of another draft in the place of one's own; each of its pieces changed."""
    begin, end = _chapter_lines(source, numeral)
    lines = [[change(piece) for piece in line] for line in source.lines[begin:end]]
    begin, end = _chapter_lines(draft, numeral)
    draft.lines[begin:end] = lines
    begin, end = _chapter_lines(draft, numeral)
    return Where(NARRATIVE, lines=tuple(range(begin, end + 1)), words=(draft.text(begin - 1).removeprefix("## "),))


def _years_on(piece, year):
    if piece.value is not None:
        return piece
    dated = re.sub(rf"(?<!〔)({year - 1}|{year}|{year + 1})(?=年|$)", lambda found: str(int(found[0]) + 1), piece.text)
    return replace(piece, text=dated)


@kind(COPIED, "上年正文原样照搬")
def last_text(draft, rng):
    if not draft.previous:
        return None
    draft.lines = [list(line) for line in draft.previous.lines if "事实." not in said(line)]
    return Where(NARRATIVE)


@kind(COPIED, "上年正文只改了年份")
def last_text_dated(draft, rng):
    if not draft.previous:
        return None
    old = draft.previous
    draft.lines = [[_years_on(piece, old.year) for piece in line] for line in old.lines if "事实." not in said(line)]
    return Where(NARRATIVE)


for numeral in "一五":

    @kind(COPIED, f"第{numeral}章照抄上年，数字已更新")
    def last_chapter(draft, rng, numeral=numeral):
        if not draft.previous or len(said(draft.previous.lines[draft.previous.chapter(numeral)[1][0]])) < 30:
            return None
        year = draft.previous.year
        return _take_over(draft, draft.previous, numeral, lambda piece: _years_on(_retold_here(draft, rng, piece), year))

    @kind(COPIED, f"第{numeral}章照抄别的机关，已改机关名和数字")
    def their_chapter(draft, rng, numeral=numeral):
        them = _neighbour(draft, rng)

        def ours(piece):
            made = _retold_here(draft, rng, piece)
            text = made.text.replace(them.bureau.name, draft.bureau.name).replace(them.bureau.short, draft.bureau.short)
            return replace(made, text=text)

        return _take_over(draft, them, numeral, ours)

    @kind(COPIED, f"第{numeral}章原样照抄别的机关")
    def their_chapter_as_it_is(draft, rng, numeral=numeral):
        return _take_over(draft, _neighbour(draft, rng), numeral, lambda piece: piece)


@kind(COPIED, "正文里留着别的机关的名字")
def their_name(draft, rng):
    them = _neighbour(draft, rng)
    at = rng.choice(draft.chapter(rng.choice("一五"))[1])
    draft.insert(at, f"下一步，{them.bureau.name}将进一步完善公开制度，提高公开质量。")
    return Where(NARRATIVE, lines=(at + 1,), words=(them.bureau.name,))


def _telling(numbers, table):
    """Whether a table has so many numbers that nobody else's is the same by chance."""
    values = [value for value in numbers.cells[table].values() if value]
    return len(values) > 4 and max(values) > 9


@kind(COPIED, "落款是同级的别的机关")
def their_signature(draft, rng):
    draft.head[1] = f"signature: {_neighbour(draft, rng).bureau.name}"
    return Where(REPORT, lines=(2,), words=("落款",))


@kind(COPIED, "标题是同级的别的机关")
def their_title(draft, rng):
    if draft.text(0).startswith("# "):
        del draft.lines[:2]
    draft.insert(0, f"# {_neighbour(draft, rng).bureau.name}{draft.year}年政府信息公开工作年度报告")
    return Where(NARRATIVE, lines=(1,), words=("标题",))


for table, name in {"table2": "表二", "table3": "表三", "table4": "表四"}.items():

    @kind(COPIED, f"{name}是上年的")
    def last_table(draft, rng, table=table, name=name):
        old = draft.previous
        if not old or old.form != draft.form or not _telling(old.numbers, table) or old.rows[table] == draft.rows[table]:
            return None
        draft.rows[table] = rows_of(old.numbers)[table]
        return Where(f"{table}.csv", words=(name,))

    @kind(COPIED, f"{name}是别的机关的")
    def their_table(draft, rng, table=table, name=name):
        them = _neighbour(draft, rng)
        if not _telling(them.numbers, table) or them.rows[table] == draft.rows[table]:
            return None
        draft.rows[table] = rows_of(them.numbers)[table]
        return Where(f"{table}.csv", words=(name,))


@kind(COPIED, "同一段写了两次")
def paragraph_twice(draft, rng):
    places = [at for numeral in "一五" for at in draft.chapter(numeral)[1] if len(draft.text(at)) > 40]
    if not places:
        return None
    at = rng.choice(places)
    end = draft.chapter("五")[1][-1] + 1
    draft.lines[end:end] = [[], list(draft.lines[at])]
    return Where(NARRATIVE, lines=(at + 1, end + 2), words=(draft.text(at)[:15],))


@kind(COPIED, "第六章抄了第五章")
def chapter_six(draft, rng):
    if not draft.chapter("六"):
        return None
    begin, end = _chapter_lines(draft, "五")
    lines = [list(line) for line in draft.lines[begin:end]]
    start, stop = _chapter_lines(draft, "六")
    draft.lines[start:stop] = lines
    return Where(NARRATIVE, lines=tuple(range(begin, len(draft.lines) + 1)))


def _apart(draft, one, two):
    """Whether one count is far above another, this year and last year."""
    years = (draft.values, draft.previous.values) if draft.previous and draft.previous.form == draft.form else ()
    return bool(years) and all(values[one] >= 3 * values[two] + 8 for values in years)


def _swap(draft, names):
    """Exchange the cells of each pair of names; where the first pair stands."""
    cells = []
    for one, two in names:
        first, second = draft.cell(one), draft.cell(two)
        file, cell = draft.fill(one, second)
        cells += [cell, draft.fill(two, first)[1]]
    return file, tuple(cells)


@kind(COPIED, "两栏对调：自然人与商业企业")
def columns(draft, rng):
    if not _apart(draft, "自然人新收", "商业企业新收"):
        return None
    rows = (*LINES, *results_of(draft.form))
    file, cells = _swap(draft, [("自然人" + row, "商业企业" + row) for row in rows])
    return Where(file, cells=cells, words=("自然人", "商业企业"))


@kind(COPIED, "两组对调：直接起诉与复议后起诉")
def groups(draft, rng):
    if not _apart(draft, "直接诉讼", "复议后诉讼") and not _apart(draft, "复议后诉讼", "直接诉讼"):
        return None
    file, cells = _swap(draft, [("直接诉讼" + name, "复议后诉讼" + name) for name in (*OUTCOMES, "")])
    return Where(file, cells=cells, words=("起诉",))


@kind(COPIED, "两行对调：许可与处罚")
def rows(draft, rng):
    if not _apart(draft, "许可", "处罚"):
        return None
    file, cells = _swap(draft, [("许可", "处罚")])
    return Where(file, cells=cells, words=("行政许可", "行政处罚"))


def _scaled(name, factor, title):
    @kind(COPIED, title)
    def scale(draft, rng):
        past = draft.previous.values.get(name) if draft.previous and draft.previous.form == draft.form else None
        if not past or past < (200 if factor < 1 else 10):
            return None
        _unsaid(draft, name)
        value = past * factor if factor > 1 else past // 10
        file, cell = draft.fill(name, value)
        return Where(file, cells=(cell,))


def _unsaid(draft, name):
    """Take the statements about a name out of the text, so that only last year's report tells."""
    text = "主动公开、依申请公开、政府信息管理、平台建设、监督保障均有专人负责。"
    for at, line in enumerate(draft.lines):
        if any(one.endswith(name) for piece in line if piece.expression for one in _compiled(piece.expression)[1]):
            draft.lines[at], text = [Piece(text)], ""


_scaled("许可", 10, "许可是上年的10倍")
_scaled("处罚", 10, "处罚是上年的10倍")
_scaled("许可", 100, "许可是上年的100倍")
_scaled("收费", 10000, "收费是上年的10000倍")
_scaled("许可", 1 / 10, "许可是上年的十分之一")
_scaled("收费", 10, "收费是上年的10倍")


@kind(COPIED, "由几百件变成0")
def dropped(draft, rng):
    past = draft.previous.values.get("许可") if draft.previous else None
    if not past or past < 200:
        return None
    _unsaid(draft, "许可")
    file, cell = draft.fill("许可", 0)
    return Where(file, cells=(cell,))


@kind(COPIED, "表三整表是实际的10倍")
def tenfold(draft, rng):
    """Every cell of the table but last year's carry-over times ten: its own sums nearly hold."""
    if not draft.previous or draft.values["转入"] or draft.values["新收"] < 5:
        return None
    for name, (table, *_) in draft.numbers.sources.items():
        if table == "table3":
            draft.fill(name, int(draft.cell(name)) * 10)
    names = [person + "新收" for person in (*PEOPLE, "")]
    return Where("table3.csv", cells=tuple(draft.fill(name, draft.cell(name))[1] for name in names))
