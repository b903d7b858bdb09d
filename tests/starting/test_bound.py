"""Numbers of last year's text as placeholders: each is what the text says, with this year's numbers too; the rest stays."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from cases import each
from making import make
from nianbao.checks.prose.rule import prose
from nianbao.checks.prose.values import Values
from nianbao.findings import Source
from nianbao.inputs import folder
from nianbao.inputs.report import Fact
from nianbao.narrative.filling import fill
from nianbao.narrative.names import scope
from nianbao.narrative.passages import compose
from nianbao.narrative.placeholders import TAG
from nianbao.paths import ReportPaths
from nianbao.starting import bound
from nianbao.starting.draft import draft
from project import ROOT
from truth import numbers as figures
from truth.draft import write
from truth.reports import form_of, report
from truth.speech import evaluate

CELLS = {
    "表三": {
        ("一", "自然人"): 30, ("一", "商业企业"): 7, ("一", "总计"): 37, ("二", "自然人"): 2, ("二", "总计"): 2,
        ("三（一）", "自然人"): 36, ("三（一）", "总计"): 36, ("三（七）", "自然人"): 36, ("三（七）", "总计"): 36,
        ("四", "自然人"): 3, ("四", "总计"): 3,
    },
    "表二": {("行政规范性文件", "本年制发件数"): 2, ("行政规范性文件", "现行有效件数"): 11},
}  # fmt: skip
FACTS = {
    name: Fact(name, Decimal(value), unit, {}, "", Source("report.yaml"))
    for name, value, unit in (("访问量", "8.46", "万次"), ("专题会议", "4", "次"))
}
LAST = make(2023, {"表三": {("一", "自然人"): 28, ("一", "总计"): 28, ("三（七）", "总计"): 28}})
NEW, DONE, OUT = (f'{{{{ 表三["{row}"]["总计"] }}}}' for row in ("一", "三（七）", "四"))
PERSONS = '{{ 表三["一"]["自然人"] }}'
SAMPLES = [
    (bureau.name, int(year.name))
    for bureau in sorted((ROOT / "params").iterdir()) if bureau.is_dir()
    for year in sorted(bureau.iterdir()) if year.name.isdigit()
]  # fmt: skip


def written(report):
    """narrative.md with its placeholders, which are proved."""
    narrative, values = compose(report), Values(report)
    places = bound.places(bound.chapters(report, narrative, values), values)
    text, done = bound.written(report, narrative, places)
    assert (True, set()) == bound.proved(report, narrative, text, done)
    return text


def said(sentence):
    body = f"## 一、总体情况\n\n{sentence}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
    return written(make(2024, CELLS, LAST, body, facts=FACTS)).split("\n")[2]


@each(
    ("sentence", "placed"),
    [
        ("全年新收政府信息公开申请37件。", f"全年新收政府信息公开申请{NEW}件。"),
        (
            "新收申请**37**件，共办结36件，结转下年度继续办理3件。",
            f"新收申请**{NEW}**件，共办结{DONE}件，结转下年度继续办理{OUT}件。",
        ),
        ("新收申请37件，同比增长32.14%。", f'新收申请{NEW}件，{NEW[:-3]}|同比(上年.表三["一"]["总计"]) }}}}。'),
        (
            "新收政府信息公开申请37件，其中自然人申请30件，占81.08%。",
            f"新收政府信息公开申请{NEW}件，其中自然人申请{PERSONS}件，占{PERSONS[:-3]}|占比({NEW[3:-3]}) }}}}。",
        ),
        ("新收和上年结转申请共39件。", f'新收和上年结转申请共{NEW[:-3]} + 表三["二"]["总计"] }}}}件。'),
        ("上年收到申请28件。", '上年收到申请{{ 上年.表三["一"]["总计"] }}件。'),
        ("网站访问量达到8.46万次。", "网站访问量达到{{ 事实.访问量 }}。"),
        ("全年访问量8.46万人次。", "全年访问量8.46万人次。"),
        (f"{NEW}件和新收申请37件。", f"{NEW}件和新收申请{NEW}件。"),
        (
            "修订公开制度，制发行政规范性文件2件，现行有效11件。",
            '修订公开制度，制发行政规范性文件{{ 表二["行政规范性文件"]["本年制发件数"] }}件，'
            '现行有效{{ 表二["行政规范性文件"]["现行有效件数"] }}件。',
        ),
    ],
)
def test_a_number_that_is_surely_a_cells_or_facts_is_written_so(sentence, placed):
    assert placed == said(sentence)


@each(
    "sentence",
    [
        "新收申请38件。", "新收申请３７件。", "新收申请近37件。", "新收申请三十七件。", "发布信息37条。", "结转下年度3件。",
        "全市热线收到诉求37件。", "2022年新收申请37件。", "较上年增长32.1%。", "较2022年增长32.14%。", "新收申请37余件。",
        "1至6月新收申请37件。", "{% if 上年 %}新收申请37件。{% endif %}", "计划2025年办结申请36件。",
        "修订公开制度，制发行政规范性文件2件。",
        # A fact by its name, but planned, by a rule, of another time or another's.
        "2025年，我局将召开专题会议4次。", "按规定每年召开专题会议4次。", "计划召开专题会议4次。", "下半年召开专题会议4次。",
        "指导各县区召开专题会议4次。", "其他单位召开专题会议4次。", "累计召开专题会议4次。", "2023年召开专题会议4次。",
    ],
)  # fmt: skip
def test_what_is_not_sure_stays_as_it_is(sentence):
    assert sentence == said(sentence)


def typed(report):
    """A report whose own text has all its numbers typed, and the chapters with them."""
    narrative = compose(report)
    parts = [f"# {narrative.title}", narrative.preamble.markdown]
    parts += [part for one in narrative.passages[1:] if one.own for part in (f"## {one.heading}", one.markdown)]
    return replace(report, narrative="\n\n".join(parts) + "\n")


def loaded(bureau, year, params=ROOT / "params"):
    return folder.read(ReportPaths(params, bureau, year))[0]


def test_of_each_sample_the_placeholders_that_its_author_wrote_come_back():
    """None is of another cell or fact; most of those of a single one are there."""
    told = back = 0
    for bureau, year in SAMPLES:
        report = loaded(bureau, year)
        plain = typed(report)
        author, ours = _printed(report), _printed(replace(plain, narrative=written(plain)))
        assert {} == {place: origin for place, origin in ours.items() if author.get(place, origin) != origin}
        told, back = told + len(author), back + len(ours.keys() & author.keys())
    assert back > told / 4


def _printed(report):
    """What placeholders print in a bureau's own text, by its place: where it comes from."""
    own = [one for one in compose(report).passages if one.own]
    return {(at, value.at): value.origin for at, one in enumerate(own) for value in one.values}


def test_each_sample_is_its_text_again_and_tells_no_wrong_number_of_the_next_year():
    for bureau, year in SAMPLES:
        if (bureau, year + 1) not in SAMPLES:
            continue
        plain, coming = typed(loaded(bureau, year)), loaded(bureau, year + 1)
        made = draft(plain, year + 1, coming.format)
        empty = {name: replace(fact, value=None, parts=dict.fromkeys(fact.parts)) for name, fact in made.facts.items()}
        known = {name for name in coming.facts.keys() & empty if coming.facts[name].parts.keys() == empty[name].parts.keys()}
        facts = empty | {name: coming.facts[name] for name in known}
        filled = replace(coming, narrative=made.text, facts=facts, previous=plain)
        narrative = compose(filled)
        assert () == narrative.faults
        wrong = [one.place for one in prose(filled, narrative) if one.code in {"E501", "E502"}]
        assert [] == [one for one in wrong if any(map(str.isdigit, one.partition(" · ")[2].removesuffix("即 0")))]


def _tried(seed, tmp_path):
    """The placeholders of a truthful report, each with what it prints of other numbers, and what it has to print of them."""
    made = report(f"bound {seed}")
    if made.style.bound:
        return
    write(made, tmp_path / "params")
    read = loaded(made.bureau.id, made.year, tmp_path / "params")
    rng, size = Random(seed), made.numbers.size
    last = figures.make(rng, made.year - 1, form_of(made.year - 1), size, None, made.bureau.rules) if read.previous else None
    this = figures.make(rng, made.year, made.form, size, last, made.bureau.rules)
    other = replace(_with(read, this), previous=_with(read.previous, last) if last else None)
    values = this.named | {f"上年{name}": value for name, value in (last.named if last else {}).items()}
    names, others = scope(read), scope(other)
    for line, text in zip(made.lines, written(read).split("\n"), strict=False):
        at = end = 0
        for tag in TAG.finditer(text) if text != "".join(one.text for one in line) else ():
            at, end = at + tag.start() - end, tag.end()
            piece = _piece(line, at)
            if piece.expression and "|" not in tag[0]:
                yield f"{seed}：{text} {tag[0]}", fill(tag[0], others).text, str(evaluate(piece.expression, values))
            at += len(fill(tag[0], names).text)


def _with(report, numbers):
    cells = {
        table: {key: replace(one, value=numbers.cells[table].get(key, one.value)) for key, one in some.items()}
        for table, some in report.cells.items()
    }
    return replace(report, cells=cells)


def _piece(line, at):
    for one in line:
        if at < len(one.text):
            return one
        at -= len(one.text)
    raise AssertionError(at)


def _none_is_wrong(seeds, tmp_path):
    tried = [one for seed in seeds for one in _tried(seed, tmp_path / str(seed))]
    assert [] == [one for one in tried if one[1] != one[2]]
    return len(tried)


def test_each_placeholder_prints_what_its_words_say_of_other_numbers_too(tmp_path):
    assert _none_is_wrong(range(25), tmp_path) > 80


@pytest.mark.slow
def test_so_it_does_in_hundreds_of_reports(tmp_path):
    assert _none_is_wrong(range(25, 325), tmp_path) > 1000
