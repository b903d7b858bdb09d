"""Truthful reports made from a seed: one bureau with or without last year's report, or a province of many bureaus."""

from random import Random

from truth import numbers as figures
from truth.draft import Bureau, Draft, rows_of
from truth.prose import Writer, narrative, values_of
from truth.speech import Piece, Style

CITY = Bureau("shili-szf", "示例市人民政府", "市政府", "市", "市政府", rules=True)
FIRST, LAST = 2020, 2024


def bureaus():
    """Bureaus of every level."""
    found = [
        *[CITY] * 8,
        Bureau("shili-xy", "示例学院", "示例学院", "市", "我校"),
        Bureau("shili-xzf", "示例县人民政府", "县政府", "县", "县政府"),
    ]
    for number, trade in enumerate(figures.NAMES["业务"]):
        found.append(Bureau(f"shili-s{number:02}", f"示例市{trade}局", f"市{trade}局", "市", "我局"))
        found.append(Bureau(f"shili-x{number:02}", f"示例县{trade}局", f"县{trade}局", "县", "县局"))
        found.append(Bureau(f"shili-p{number:02}", f"示例省{trade}厅", f"省{trade}厅", "省", "我厅"))
    for number, name in enumerate("东西南北中", 1):
        found.append(Bureau(f"shili-z{number:02}", f"示例县{name}示例镇人民政府", f"{name}示例镇", "乡", "我镇"))
        found.append(Bureau(f"shili-j{number:02}", f"示例区{name}示例街道办事处", f"{name}示例街道", "乡", "街道"))
    return found


SIZES = {
    "乡": ("无", "无", "小"),
    "县": ("无", "小", "小", "中"),
    "市": ("小", "中", "中", "大"),
    "省": ("中", "大", "特大"),
}


def form_of(year):
    return "2019" if year <= 2020 else "2021"


def report(seed, year=None, bureau=None, size=None, previous=True, used=None):
    """A truthful report; the same for the same arguments. ``used`` keeps its chapters apart from those of others."""
    rng = Random(f"report {seed}")
    bureau = bureau or rng.choice(bureaus())
    size = size or rng.choice(SIZES[bureau.level])
    year = year or rng.randint(FIRST, LAST)
    used = set() if used is None else used
    last = _draft(rng, bureau, year - 1, size, None, used) if previous and rng.random() < 0.9 else None
    return _draft(rng, bureau, year, size, last, used)


def province(seed, count, year=2024):
    """The reports of a city's government and of its bureaus; the first of them has the others."""
    used = set()
    trades = enumerate(figures.NAMES["业务"])
    city = [Bureau(f"shili-b{at:02}", f"示例市{trade}局", f"市{trade}局", "市", "我局", CITY.id) for at, trade in trades]
    found = [report(f"{seed}/{one.id}", year, one, used=used) for one in (*city[: count - 1], CITY)]
    found[0].others = found[1:]
    return found[0]


def _draft(rng, bureau, year, size, last, used):
    numbers = figures.make(rng, year, form_of(year), size, last and last.numbers, bureau.rules)
    values = values_of(rng, bureau, numbers, last and last.numbers)
    title = f"{bureau.name}{year}年政府信息公开工作年度报告" if rng.random() < 0.5 else ""
    head = [f"date: {year + 1}-01-{rng.randint(5, 30):02}", f"signature: {bureau.name}"]
    style = Style.some(rng)
    lines = narrative(Writer(rng, values, style, used), title)
    if rng.random() < 0.3:
        parts = {name: rng.randint(1, 40) for name in rng.sample(figures.NAMES["权责"], 3)}
        shown = ", ".join(f"{name}: {count}" for name, count in parts.items())
        head += ["facts:", f"  权责清单: {{value: {sum(parts.values())}, unit: 项, parts: {{{shown}}}}}"]
        lines += [[], [Piece("权责清单现有{{ 事实.权责清单 }}，已在网上公布。")]]
    return Draft(bureau, numbers, lines, head, rows_of(numbers), values, style, last)
