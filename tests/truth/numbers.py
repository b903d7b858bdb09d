"""The numbers of one report: tables that reconcile, also with last year's, and the names that templates have for them.

Nothing here uses the kit's own sums: the formats only say which cells there are.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path

import yaml

from making import FORMATS
from nianbao.statute.names import locate

PEOPLE = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
COURTS = {"复议": ("行政复议",), "直接诉讼": ("行政诉讼", "未经复议直接起诉"), "复议后诉讼": ("行政诉讼", "复议后起诉")}
OUTCOMES = {"维持": "结果维持", "纠正": "结果纠正", "其他": "其他结果", "未结": "尚未审结"}
# The rows of chapter 三's table: the name in templates, then the steps that lead to the row.
LINES = {"新收": ("一",), "转入": ("二",), "办结": ("三（七）",), "转出": ("四",)}
NAMES = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
RESULTS, OTHER, GROUPS = NAMES["办理结果"], NAMES["其他处理"], NAMES["合称"]
# The most applications that a bureau of each size receives; how many decisions for each of them.
SIZES = {"无": 0, "小": 9, "中": 90, "大": 900, "特大": 9000}
LIKELY = dict.fromkeys((*RESULTS, *OTHER), 1) | {"予以公开": 14, "部分公开": 5, "不掌握": 6, "需另制作": 2, "第三方": 2}


@dataclass(frozen=True)
class Numbers:
    """The cells of one report, and everything that templates can name; ``sources`` leads from a name to its cell."""

    year: int
    form: str
    size: str
    cells: dict
    named: dict
    sources: dict


def results_of(form):
    """The rows of outcomes that a format has."""
    return RESULTS | (OTHER if form == "2021" else {"其他情形": ["（六）"]})


def drift(rng, last, most):
    """A count of this year's: near last year's where that is known, never ten times or a tenth of it."""
    if last is None:
        return rng.randint(most // 9 if most > 9 else 0, most)
    if last < 4:
        return rng.randint(0, 5) if most else 0
    return max(1, round(last * rng.choice((0.45, 0.7, 0.85, 0.95, 1, 1.08, 1.2, 1.5, 2.3))))


def spread(rng, total, weights):
    """A total parted by weight."""
    names = list(weights)
    found = dict.fromkeys(names, 0)
    for name in rng.choices(names, list(weights.values()), k=total):
        found[name] += 1
    return found


def applications(rng, form, size, last):
    """The table of chapter 三 as {(row, applicant): count}, without 总计."""
    past = last.named if last else {}
    who = dict(zip(PEOPLE, (70, 14, 1, 2, 6, 7), strict=True))
    new = spread(rng, drift(rng, past.get("新收"), SIZES[size]), who)
    carried = {one: past[one + "转出"] for one in PEOPLE} if last else spread(rng, SIZES[size] // 30, who)
    cells, names = {}, results_of(form)
    open_only = size == "小" and rng.random() < 0.3
    likely = {name: int(name == "予以公开") if open_only else LIKELY[name] for name in names}
    for one in PEOPLE:
        open_ = min(new[one], rng.choice((0, 0, 1, new[one] // 12)))
        done = new[one] + carried[one] - open_
        cells |= {("新收", one): new[one], ("转入", one): carried[one], ("办结", one): done, ("转出", one): open_}
        parts = spread(rng, done, likely)
        cells |= {(name, one): parts[name] for name in names}
    return cells


def cases(rng, size, last):
    """The table of chapter 四 as {(kind, outcome): count}, without totals."""
    most = {"无": 0, "小": 2, "中": 9, "大": 40, "特大": 300}[size]
    cells = {}
    for kind, share in zip(COURTS, (1, 2, 8), strict=True):
        total = drift(rng, last.named[kind] if last else None, most // share)
        parts = spread(rng, total, {"维持": 5, "纠正": 2, "其他": 2, "未结": 3})
        cells |= {(kind, name): parts[name] for name in OUTCOMES}
    return cells


def decisions(rng, form, size, last, rules):
    """The table of chapter 二 as {name: value}."""
    past = last.named if last and last.form == form else {}
    most = {"无": 0, "小": 30, "中": 400, "大": 3000, "特大": 60000}[size]
    found = {name: drift(rng, past.get(name), most // share) for name, share in (("许可", 1), ("处罚", 4), ("强制", 40))}
    kinds = {"文件": 12, "规章": 6 if rules else 0}
    if form == "2021":
        for kind, many in kinds.items():
            before = past.get(kind + "有效", rng.randint(many, many * 3))
            gone = rng.randint(0, min(before, many // 3))
            issued = rng.randint(0, many // 2)
            found |= {kind + "制发": issued, kind + "废止": gone, kind + "有效": before + issued - gone}
        found["收费"] = Decimal(drift(rng, None if "收费" not in past else int(past["收费"] * 100), most)) / 100
        return found
    for kind, many in kinds.items():
        made = rng.randint(0, many // 2)
        out = rng.randint(0, made)
        found |= {kind + "新制作": made, kind + "新公开": out, kind + "总数": made + rng.randint(1, many * 3) if many else 0}
    found["服务"] = drift(rng, past.get("服务"), most * 2)
    for kind, scale in {"许可": 20, "服务": 60, "处罚": 200, "强制": 12, "收费": 5}.items():
        known = kind + "事项" in past
        before = past[kind + "事项"] + past[kind + "增减"] if known else rng.randint(2, scale)
        change = rng.randint(-min(2, before), 3)
        if before + change == found.get(kind):
            change += 1
        found |= {kind + "事项": before, kind + "增减": change}
    found["采购"] = rng.randint(1, 30) if most else 0
    found["采购额"] = Decimal(rng.randint(1000, 90000)) / 100 if most else Decimal(0)
    return found


def _places(form):
    """{name: (table, steps)} of the cells that templates can name one by one."""
    rows = LINES | results_of(form)
    found = {person + name: ("表三", (*steps, person)) for (name, steps), person in product(rows.items(), PEOPLE)}
    found |= {name: ("表三", (*steps, "总计")) for name, steps in rows.items()}
    found |= {
        kind + name: ("表四", (*steps, label)) for (kind, steps), (name, label) in product(COURTS.items(), OUTCOMES.items())
    }
    found |= {kind: ("表四", (*steps, "总计")) for kind, steps in COURTS.items()}
    found |= {name: ("表二", tuple(steps)) for name, steps in NAMES["表二"][form].items()}
    return found


def _sources():
    found = {}
    for form in ("2019", "2021"):
        tables = {table.name: table for table in FORMATS[form].tables.values()}
        found[form] = {}
        for name, (table, steps) in _places(form).items():
            found[form][name] = (tables[table].id, locate(tables[table], steps)[0], table, steps)
    return found


SOURCES = _sources()


def make(rng, year, form, size, last=None, rules=False):
    """A year's numbers that reconcile with last year's."""
    table3, table4 = applications(rng, form, size, last), cases(rng, size, last)
    found = decisions(rng, form, size, last, rules)
    rows = {row for row, _ in table3}
    found |= {person + row: count for (row, person), count in table3.items()}
    found |= {row: sum(table3[row, person] for person in PEOPLE) for row in rows}
    found |= {kind + name: count for (kind, name), count in table4.items()}
    found |= {kind: sum(table4[kind, name] for name in OUTCOMES) for kind in COURTS}
    sources = SOURCES[form]
    cells = {table: {} for table in ("table2", "table3", "table4")}
    for name, (table, key, _, _) in sources.items():
        cells[table][key] = found[name]
    for name, parts in GROUPS.items():
        found[name] = sum(found.get(part, 0) for part in parts)
        found |= {who + name: sum(found.get(who + part, 0) for part in parts) for who in PEOPLE}
    for row in (*rows, *GROUPS):
        found["法人" + row] = found[row] - found["自然人" + row]
    found |= {"诉讼" + name: found["直接诉讼" + name] + found["复议后诉讼" + name] for name in OUTCOMES}
    found |= {"诉讼": found["直接诉讼"] + found["复议后诉讼"]}
    found["上半年"] = rng.randint(0, found["新收"])
    found["下半年"] = found["新收"] - found["上半年"]
    found["当面"] = rng.randint(0, found["新收"] // 4)
    found["信函"] = rng.randint(0, found["新收"] - found["当面"])
    found["网上"] = found["新收"] - found["当面"] - found["信函"]
    return Numbers(year, form, size, cells, found, sources)
