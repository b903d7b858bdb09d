"""Faults of form: what is lacking, left over, or names the wrong year, bureau or notice."""

import re
from dataclasses import replace

from truth.draft import NARRATIVE, REPORT
from truth.faults.base import TEXTS, Where, kind
from truth.speech import Piece

FORM = "形式"


def _line(draft, rng, numerals="一五"):
    """A line of text to put something before; its place from 0."""
    return rng.choice(draft.chapter(rng.choice(numerals))[1])


for name, text in TEXTS["残留"].items():

    @kind(FORM, f"残留：{name}")
    def left(draft, rng, text=text):
        at = _line(draft, rng)
        draft.insert(at, text)
        return Where(NARRATIVE, lines=(at + 1,))


for name, text in {"只有一个井号": "#", "空的二级标题": "##", "空的三级标题": "###"}.items():

    @kind(FORM, name)
    def empty_heading(draft, rng, text=text):
        at = _line(draft, rng)
        draft.insert(at, text)
        return Where(NARRATIVE, lines=(at + 1,))


for name, sign in {"替换字符": "\ufffd", "私用区字符": "\ue123", "没有字形的字符": "\U00013000"}.items():

    @kind(FORM, name)
    def bad_sign(draft, rng, sign=sign):
        at = _line(draft, rng)
        draft.lines[at].append(Piece(f"办理及时{sign}规范。"))
        return Where(NARRATIVE, lines=(at + 1,))


@kind(FORM, "落款里有替换字符")
def bad_signature(draft, rng):
    draft.head[1] = f"signature: {draft.bureau.name[:-1]}\ufffd"
    return Where(REPORT, lines=(2,), words=("落款",))


for name, text in TEXTS["不该有"].items():

    @kind(FORM, name)
    def not_for_print(draft, rng, text=text):
        at = _line(draft, rng)
        draft.insert(at, text)
        return Where(NARRATIVE, lines=(at + 1,))


for numeral in "一五":

    @kind(FORM, f"缺第{numeral}章")
    def lacking(draft, rng, numeral=numeral):
        head, lines = draft.chapter(numeral)
        title = draft.text(head).removeprefix("## ")
        del draft.lines[head : lines[-1] + 1]
        return Where(NARRATIVE, lines=(0,), words=(title[:6],))

    @kind(FORM, f"第{numeral}章是空的")
    def empty(draft, rng, numeral=numeral):
        head, lines = draft.chapter(numeral)
        title = draft.text(head).removeprefix("## ")
        del draft.lines[head + 1 : lines[-1] + 1]
        return Where(NARRATIVE, lines=(head + 1,), words=(title[:6],))


@kind(FORM, "标题待填")
def no_title(draft, rng):
    draft.insert(0, "# 【填写：标题】")
    return Where(NARRATIVE, lines=(1,), words=("标题",))


@kind(FORM, "没有日期")
def no_date(draft, rng):
    del draft.head[0]
    return Where(REPORT, words=("日期",))


@kind(FORM, "没有落款")
def no_signature(draft, rng):
    del draft.head[1]
    return Where(REPORT, words=("落款",))


@kind(FORM, "落款待填")
def to_sign(draft, rng):
    draft.head[1] = "signature: 【填写：机关全称】"
    return Where(REPORT, lines=(2,))


@kind(FORM, "落款是别的机关")
def signed_by_another(draft, rng):
    name = draft.bureau.name
    draft.head[1] = f"signature: {re.sub('示例[省市县区]?', '样本市', name, count=1)}"
    return Where(REPORT, lines=(2,), words=("落款",))


@kind(FORM, "标题是别的机关")
def titled_for_another(draft, rng):
    name = re.sub("示例[省市县区]?", "样本市", draft.bureau.name, count=1)
    return _title(draft, f"{name}{draft.year}年政府信息公开工作年度报告")


@kind(FORM, "标题是上一年")
def titled_last_year(draft, rng):
    return _title(draft, f"{draft.bureau.name}{draft.year - 1}年政府信息公开工作年度报告")


def _title(draft, text):
    if draft.text(0).startswith("# "):
        del draft.lines[:2]
    draft.insert(0, f"# {text}")
    return Where(NARRATIVE, lines=(1,), words=("标题",))


@kind(FORM, "统计期限是上一年")
def period(draft, rng):
    at = next((at for at in range(4) if f"{draft.year}年1月1日" in draft.text(at)), None)
    if at is None:
        return None
    draft.lines[at] = [Piece(draft.text(at).replace(f"{draft.year}年", f"{draft.year - 1}年"))]
    return Where(NARRATIVE, lines=(at + 1,))


@kind(FORM, "统计期限止于上一年")
def period_end(draft, rng):
    at = next((at for at in range(4) if f"{draft.year}年12月31日" in draft.text(at)), None)
    if at is None:
        return None
    draft.lines[at] = [Piece(draft.text(at).replace(f"{draft.year}年12月31日", f"{draft.year - 1}年12月31日"))]
    return Where(NARRATIVE, lines=(at + 1,))


@kind(FORM, "第一章说的是上一年")
def year_of_overview(draft, rng):
    at = draft.chapter("一")[1][0]
    draft.insert(at, f"{draft.year - 1}年，{draft.bureau.we}认真落实《条例》，公开工作取得新进展。")
    return Where(NARRATIVE, lines=(at + 1,))


@kind(FORM, "引用另一种格式的通知")
def notice(draft, rng):
    numbers = ("〔2019〕60号", "〔2021〕30号") if draft.form == "2019" else ("〔2021〕30号", "〔2019〕60号")
    at = next((at for at in range(4) if numbers[0] in draft.text(at)), None)
    if at is None:
        return None
    draft.lines[at] = [Piece(draft.text(at).replace(*numbers))]
    return Where(NARRATIVE, lines=(at + 1,))


@kind(FORM, "第一章与第五章互换")
def chapters(draft, rng):
    (one, first), (five, last) = draft.chapter("一"), draft.chapter("五")
    overview, problems = draft.lines[one + 1 : first[-1] + 1], draft.lines[five + 1 : last[-1] + 1]
    draft.lines[five + 1 : last[-1] + 1] = overview
    draft.lines[one + 1 : first[-1] + 1] = problems
    heads = draft.chapter("一"), draft.chapter("五")
    lines = [line + 1 for head, texts in heads for line in (head, *texts)]
    return Where(NARRATIVE, lines=tuple(lines), words=("一、总体情况", "五、存在"))


@kind(FORM, "日期晚于期限")
def late(draft, rng):
    draft.head[0] = f"date: {draft.year + 1}-{rng.choice(('02-05', '02-20', '03-11'))}"
    return None if draft.bureau.name.endswith("人民政府") else Where(REPORT, lines=(1,))


@kind(FORM, "日期在年度之内")
def early(draft, rng):
    draft.head[0] = f"date: {draft.year}-12-20"
    return Where(REPORT, lines=(1,))


@kind(FORM, "第一章超过一千字")
def long(draft, rng):
    """Only where the bureau's place has such a rule, which bureau.yaml says."""
    draft.bureau = replace(draft.bureau, cap=1000)
    at = draft.chapter("一")[1][-1]
    sentence = "各科室把公开要求写进岗位职责，做到有人管、有人审、有人发，出了差错有人改"
    endings = ("，逐月通报。", "，按季讲评。", "，年终总评。", "，定期回看。", "，现场指导。")
    for number in range(24):
        draft.insert(at, f"第{number + 1}方面工作，{sentence}{endings[number % 5]}")
    head, texts = draft.chapter("一")
    return Where(NARRATIVE, lines=tuple(line + 1 for line in (head, *texts)), words=("总体情况",))


@kind(FORM, "第一章少写一个方面")
def aspect(draft, rng):
    words = rng.choice((("监督", "保障"), ("平台",)))
    head, texts = draft.chapter("一")
    for at in texts:
        if any(word in draft.text(at) for word in words):
            draft.lines[at] = []
    head, texts = draft.chapter("一")
    if len(texts) < 4:
        return None
    return Where(NARRATIVE, lines=tuple(line + 1 for line in (head, *texts)), words=("总体情况",))


@kind(FORM, "第五章没有措施")
def no_measures(draft, rng):
    head, texts = draft.chapter("五")
    draft.lines[head + 1 : texts[-1] + 1] = [[], [Piece("主要问题：少数科室主动性不强，解读照搬条文，更新有时不及时。")]]
    return Where(NARRATIVE, lines=(head + 1, head + 3), words=("五、",))


@kind(FORM, "章的序号写错")
def numeral(draft, rng):
    head, _ = draft.chapter("五")
    draft.lines[head] = [Piece("## 七、存在的主要问题及改进情况")]
    return Where(NARRATIVE, lines=(head + 1,), words=("七、",))


@kind(FORM, "同一章写了两次")
def chapter_twice(draft, rng):
    head, texts = draft.chapter("五")
    draft.lines += [[], *[list(line) for line in draft.lines[head : texts[-1] + 1]]]
    return Where(NARRATIVE, lines=(head + 1, len(draft.lines) - (texts[-1] - head)), words=("五、",))


@kind(FORM, "无规章制定权而有规章")
def rules(draft, rng):
    if draft.bureau.rules or draft.bureau.level == "省":
        return None
    names = ("规章制发", "规章有效") if draft.form == "2021" else ("规章新制作", "规章总数")
    cells = [draft.fill(name, rng.randint(1, 3))[1] for name in names[:1]]
    file, cell = draft.fill(names[1], rng.randint(4, 9))
    return Where(file, cells=(*cells, cell))


@kind(FORM, "上级机关不存在")
def no_parent(draft, rng):
    draft.bureau = replace(draft.bureau, parent="shili-meiyou")
    return Where("bureau.yaml", words=("上级",))
