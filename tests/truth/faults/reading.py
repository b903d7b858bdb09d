"""Faults of what cannot be read with certainty: garbled cells, moved columns, files that are none."""

from truth.draft import NARRATIVE, REPORT
from truth.faults.base import Where, kind
from truth.numbers import LINES, PEOPLE

READING = "读取"
CELLS = [person + row for person in PEOPLE for row in (*LINES, "予以公开", "部分公开")]


def _garbled(name, garble):
    @kind(READING, name)
    def change(draft, rng):
        cell = rng.choice([*CELLS, "许可", "处罚", "复议", "复议维持", "强制"])
        text = garble(rng, draft.cell(cell))
        file, address = draft.fill(cell, text)
        return Where(file, cells=(address,))


_garbled("数字里有字母O", lambda rng, text: "1O" if text == "0" else text + "O")
_garbled("数字里有字母l", lambda rng, text: "l" + text)
_garbled("格里是一句话", lambda rng, text: f"共{text}件，其中网上2件")
_garbled("格里是约数", lambda rng, text: f"约{text}件左右")
_garbled("格里是小数", lambda rng, text: f"{text}.5")
_garbled("格里是负数", lambda rng, text: f"-{int(text) + 1}")
_garbled("数字打了码", lambda rng, text: f"{int(text) + 1}***")
_garbled("格里两个数", lambda rng, text: f"{text}、{rng.randint(1, 9)}")
_garbled("格里是算式", lambda rng, text: f"={text}+1")
_garbled("格里是公式出错", lambda rng, text: rng.choice(("#REF!", "#VALUE!", "#DIV/0!", "#N/A")))
_garbled("格里是日期", lambda rng, text: "2024年3月5日")
_garbled("格里是问号", lambda rng, text: "??")
_garbled("格里是百分数", lambda rng, text: f"{text}%")
_garbled("千位分隔错位", lambda rng, text: f"{int(text) + 1},{rng.randint(10, 99)}")
_garbled("格子留空", lambda rng, text: "")
_garbled("格里是待补", lambda rng, text: rng.choice(("待补", "见附件", "同上")))


@kind(READING, "一行少了一格")
def short_row(draft, rng):
    """The numbers of a row without blanks between them are fewer than the columns."""
    table, row, column = draft.place("自然人" + rng.choice(list(LINES)))
    numbers = draft.rows[table][row][column:]
    draft.rows[table][row][column:] = ["".join(numbers[:2]), *numbers[2:]]
    return Where(f"{table}.csv", lines=(row + 1,), cells=tuple(f"{letter}{row + 1}" for letter in "DEFGHIJ"))


@kind(READING, "一行多了一格")
def long_row(draft, rng):
    table, row, _ = draft.place("自然人" + rng.choice([*LINES, "予以公开"]))
    draft.rows[table][row].append(str(rng.randint(1, 9)))
    return Where(f"{table}.csv", lines=(row + 1,), cells=(f"K{row + 1}",))


@kind(READING, "一行整行右移一格")
def moved_row(draft, rng):
    table, row, column = draft.place("自然人" + rng.choice([*LINES, "予以公开"]))
    draft.rows[table][row].insert(column, "")
    return Where(f"{table}.csv", lines=(row + 1,), cells=tuple(f"{letter}{row + 1}" for letter in "DEFGHIJK"))


@kind(READING, "少了一行")
def lost_row(draft, rng):
    name = rng.choice([*LINES, "予以公开", "重复", "不掌握", "案卷"])
    table, row, _ = draft.place("自然人" + name)
    words = [text for text in draft.rows[table][row][:3] if text]
    del draft.rows[table][row]
    return Where(f"{table}.csv", lines=(row, row + 1), words=tuple(words))


@kind(READING, "一行写了两次")
def twice(draft, rng):
    table, row, _ = draft.place("自然人" + rng.choice([*LINES, "予以公开", "重复"]))
    draft.rows[table].insert(row, list(draft.rows[table][row]))
    words = [text for text in draft.rows[table][row][:3] if text]
    return Where(f"{table}.csv", lines=(row + 1, row + 2), words=tuple(words))


@kind(READING, "认不出的行名")
def strange_row(draft, rng):
    table, row, _ = draft.place("自然人" + rng.choice(list(LINES)))
    draft.rows[table][row][0] = "其中：网上提交"
    return Where(f"{table}.csv", lines=(row + 1,), cells=(f"A{row + 1}",), words=("网上提交",))


@kind(READING, "认不出的列名")
def strange_column(draft, rng):
    places = {"许可": "办理数量", "处罚": "案件情况"}
    table, row, column = draft.place(rng.choice(list(places)))
    draft.rows[table][row - 1][column] = "情况说明"
    return Where(f"{table}.csv", lines=(row, row + 1), words=("情况说明",))


@kind(READING, "数字粘在行名后面")
def glued(draft, rng):
    table, row, _ = draft.place(rng.choice(("许可", "处罚")))
    cells = draft.rows[table][row]
    draft.rows[table][row] = ["".join(cells)]
    return Where(f"{table}.csv", lines=(row + 1,), words=(cells[0],))


@kind(READING, "用了另一种格式的表")
def other_format(draft, rng):
    form = "2019" if draft.form == "2021" else "2021"
    heads = {"2019": "上一年项目数量,本年增/减,处理决定数量", "2021": "本年处理决定数量"}[form]
    text = f"第二十条第（五）项\n信息内容,{heads}\n行政许可{',3' * (heads.count(',') + 1)}\n"
    draft.files["table2.csv"] = text.encode("utf-8-sig")
    return Where("table2.csv", words=("表二",))


@kind(READING, "缺一张表的文件")
def no_table(draft, rng):
    table = rng.choice(list(draft.rows))
    draft.files[f"{table}.csv"] = None
    return Where(f"{table}.csv", words=({"table2": "表二", "table3": "表三", "table4": "表四"}[table], table))


@kind(READING, "表的文件名写错")
def misnamed(draft, rng):
    table = rng.choice(list(draft.rows))
    name = table.replace("table", "tabel") + ".csv"
    content = draft.contents()[f"{table}.csv"]
    draft.files |= {f"{table}.csv": None, name: content}
    return Where(name, words=(name,))


@kind(READING, "编码损坏")
def broken_bytes(draft, rng):
    table = rng.choice(list(draft.rows))
    content = draft.contents()[f"{table}.csv"]
    at = len(content) // 2
    draft.files[f"{table}.csv"] = content[:at] + b"\xff\xfe\x81" + content[at:]
    return Where(f"{table}.csv", words=(table,))


@kind(READING, "引号没有成对")
def quote(draft, rng):
    table = rng.choice(list(draft.rows))
    content = draft.contents()[f"{table}.csv"].replace(b",0", b',"0', 1)
    if b'"' not in content:
        return None
    draft.files[f"{table}.csv"] = content
    return Where(f"{table}.csv", words=(table,))


@kind(READING, "金额没有单位")
def no_unit(draft, rng):
    if draft.form != "2019":
        return None
    file, cell = draft.fill("采购额", f"{rng.randint(100, 9000)}.5")
    return Where(file, cells=(cell,))


@kind(READING, "收费的表头没有单位")
def no_unit_in_head(draft, rng):
    if draft.form != "2021" or draft.cell("收费") == "0":
        return None
    table, row, column = draft.place("收费")
    draft.rows[table][row - 1][column] = "本年收费金额"
    return Where(f"{table}.csv", lines=(row, row + 1), cells=(f"B{row}", f"B{row + 1}"))


@kind(READING, "不认识的键")
def strange_key(draft, rng):
    draft.head.append(rng.choice(("signatrue: 示例", "标题: 年度报告", "datte: 2025-01-01")))
    return Where(REPORT, lines=(len(draft.head),))


@kind(READING, "日期读不出")
def bad_date(draft, rng):
    draft.head[0] = f"date: {draft.year + 1}-{rng.choice(('13-05', '02-30', '1月份'))}"
    return Where(REPORT, lines=(1,))


@kind(READING, "引用了没有的事实")
def no_fact(draft, rng):
    at = draft.chapter("五")[1][0]
    draft.insert(at, "全年发布信息{{ 事实.发布总数量 }}。")
    return Where(NARRATIVE, lines=(at + 1,))


@kind(READING, "引用了没有的格子")
def no_cell(draft, rng):
    at = draft.chapter("五")[1][0]
    draft.insert(at, '全年新收{{ 表三["一"]["合记"] }}件。')
    return Where(NARRATIVE, lines=(at + 1,))
