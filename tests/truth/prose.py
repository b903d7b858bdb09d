"""The narrative of a made-up report, whole chapters or sentence by sentence; all that it says of numbers is true."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from truth.speech import Lacking, Piece, evaluate, render, said

HERE = Path(__file__).parent
ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
CHAPTERS = {
    "overview-none": "一、总体情况",
    "overview-with": "一、总体情况",
    "lead-applications": "三、收到和处理政府信息公开申请情况",
    "lead-reviews": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}
NOTICES = {
    "2019": "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
}
HEADINGS = ("### （{}）{}", "**（{}）{}。**", "（{}）{}情况。", "（{}）{}方面。", "{}是{}。")
MOST = 900  # characters of chapter 一, with room for a sentence more


@cache
def read(name):
    return yaml.safe_load((HERE / name).read_text("utf-8"))


@cache
def wordings():
    """{topic: templates} of all statements."""
    files = ("applications", "outcomes", "reviews", "decisions")
    return {topic: texts for name in files for topic, texts in read(f"wordings/{name}.yaml").items()}


@cache
def whole(name):
    """The templates of whole chapters, each with its condition."""
    chapters = [one for file in sorted(HERE.glob(f"chapters/{name}*.yaml")) for one in read(f"chapters/{file.name}")]
    return [f"{one['when']} => {one['text']}" if "when" in one else one["text"] for one in chapters]


def values_of(rng, bureau, numbers, last):
    """Everything that the templates of one report can name."""
    found = {f"上年{name}": value for name, value in last.named.items()} if last else {}
    year = numbers.year
    found |= numbers.named | {"年": str(year), "去年": str(year - 1), "明年": str(year + 1), "格式": numbers.form}
    return found | {
        "我": bureau.we, "机关": bureau.name, "简称": bureau.short, "通知": NOTICES[numbers.form],
        **loose(rng),
    }  # fmt: skip


def loose(rng):
    """Numbers that stand for nothing in the tables."""
    return {
        "甲": rng.randint(2, 9), "乙": rng.randint(10, 98), "丙": rng.randint(101, 989), "丁": rng.randint(1001, 9989),
        "戊": Decimal(rng.randint(101, 9989)) / 100, "己": Decimal(rng.randint(601, 989)) / 10,
        "庚": Decimal(rng.randint(901, 998)) / 10, "电话": f"{rng.randint(1000000, 9999999)}",
    }  # fmt: skip


class Writer:
    """Writes one report; ``used`` are the templates of chapters that nobody may use again."""

    def __init__(self, rng, values, style, used):
        self.rng, self.values, self.style, self.used = rng, values, style, used
        self.written = set()

    def sentence(self, templates):
        """The pieces of one of the templates, each written once; none where no template applies."""
        for template in self.rng.sample(templates, len(templates)):
            if template in self.written:
                continue
            try:
                pieces = render(template, self.values | loose(self.rng), self.style)
            except Lacking:
                continue
            self.written.add(template)
            return pieces
        return []

    def paragraph(self, *topics):
        """A paragraph with a sentence for each list of templates."""
        return [piece for templates in topics for piece in self.sentence(templates)]

    def chapter(self, name):
        """The lines of a whole chapter that nobody has used yet; none where none applies."""
        templates = whole(name)
        for template in self.rng.sample(templates, len(templates)):
            if template in self.used:
                continue
            try:
                lines = self.lines(template)
            except Lacking:
                continue
            if sum(len(said(line)) for line in lines) <= MOST:
                self.used.add(template)
                return lines
        return []

    def lines(self, template):
        """The lines of a whole chapter; raises `Lacking` where it does not apply."""
        condition, arrow, text = template.rpartition(" => ")
        if arrow and not evaluate(condition, self.values):
            raise Lacking(condition)
        return [render(line, self.values | loose(self.rng), self.style) for line in text.split("\n")]

    def overview(self):
        """Chapter 一, sentence by sentence, with its five aspects."""
        rng, said_of = self.rng, wordings()
        fillers, others, heading = read("wordings/fillers.yaml"), read("wordings/distractors.yaml"), rng.choice(HEADINGS)
        received = ["新收", "渠道", "申请人", "同比"] if self.values["新收"] else ["没有"]
        about = {
            "主动公开": rng.sample([said_of["文件"], said_of["决定"], said_of["决定"], said_of["收费"]], 2),
            "依申请公开": [said_of[one] for one in (rng.choice(received), rng.choice(("转入", "办结")), "结果", "转出")],
            "监督保障": [said_of[rng.choice(("复议", "诉讼", "都没有"))]] if rng.random() < 0.5 else [],
        }
        lines = []
        for number, aspect in zip("一二三四五", ASPECTS, strict=True):
            topics = [fillers[aspect], *about.get(aspect, []), others[aspect]]
            if aspect not in about:
                topics.append(rng.choice((others[aspect], fillers[aspect])))
            body = self.paragraph(*topics)
            head = heading.format(number, aspect)
            lines += [[Piece(head)], [], body, []] if head.startswith("#") else [[Piece(head), *body], []]
        return lines

    def short_overview(self):
        """Chapter 一 within the cap."""
        lines = self.overview()
        while sum(map(len, map(said, lines))) > MOST:
            self.written.clear()
            lines = self.overview()
        return lines

    def problems(self):
        fillers, others = read("wordings/fillers.yaml"), read("wordings/distractors.yaml")
        one = self.paragraph(fillers["问题"], others["问题"], fillers["问题"])
        return [one, [], self.paragraph(fillers["改进"], others["改进"], fillers["改进"]), []]

    def rest(self):
        fillers, others = read("wordings/fillers.yaml"), read("wordings/distractors.yaml")
        return [self.paragraph(fillers["没有信息处理费"], others["其他事项"]), []]


def narrative(writer, title=""):
    """All lines of narrative.md."""
    rng = writer.rng
    lines = [[Piece(f"# {title}")], []] if title else []
    lines += [writer.sentence(read("wordings/fillers.yaml")["引言"]), [], [Piece("## 一、总体情况")], []]
    lines += (writer.chapter("overview-") if rng.random() < 0.5 else []) or writer.short_overview()
    for name in ("lead-applications", "lead-reviews"):
        own = writer.chapter(name) if rng.random() < 0.6 else []
        lines += [[Piece(f"## {CHAPTERS[name]}")], [], *own] if own else []
    measures = rng.choice(("改进情况", "改进情况", "改进情况", "改进措施"))
    lines += [[Piece(f"## 五、存在的主要问题及{measures}")], []]
    lines += (writer.chapter("problems") if rng.random() < 0.6 else []) or writer.problems()
    if rng.random() < 0.85:
        lines += [[Piece("## 六、其他需要报告的事项")], []]
        lines += (writer.chapter("other") if rng.random() < 0.6 else []) or writer.rest()
    return lines[:-1]
