"""Every number of last year's text marked, to be looked at one by one, but for what counts nothing of that year."""

from __future__ import annotations

import re

from nianbao.addresses import WRITTEN
from nianbao.numbered import POINTED
from nianbao.textfile import COMMENT
from nianbao.wording import SENTENCE_ENDS

MARKED = "【核对："
MARK = MARKED + "{}】"
_DIGIT = "[0-9０-９]"
_HAN = "[零〇一二三四五六七八九十百千两]"
_MEASURES = (
    "个|件|次|场|期|条|项|篇|份|名|人|家|户|起|宗|批|处|位|万|亿|天|倍|成|轮|种|套|余|多|所|座|块|通|支|台|辆|张|册|幅"
)
_ORDINAL = f"(?:{_DIGIT}|{_HAN}){{1,8}}"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾佰仟零]"
# What is no number of last year's: placeholders, which print this year's; what is not printed; marks that stand there
# already; the addresses of links, others, postcodes and telephones; the number of an item of a list, of articles of a
# law, of a decree, of a picture, table or attachment. A placeholder, mark or link that is not closed keeps nothing.
_KEPT = (
    r"\{\{[^{}\n]{0,999}\}\}|\{%[^{}\n]{0,999}%\}|"
    rf"{COMMENT.pattern}|【(?:核对|填写)[：:][^【】\n]{{0,500}}】"
    r"|\]\((?:[^()\s]|\([^()\s]*\)){0,500}(?:[ \t]+\x22[^\x22\n]*\x22)?\)"
    rf"|{WRITTEN}"
    rf"|^[#>*+ \t-]{{0,20}}\(?{_DIGIT}{{1,2}}[.)、．）](?!{_DIGIT})|^[ \t]{{0,20}}（{_DIGIT}{{1,2}}）"
    rf"|第{_ORDINAL}(?:[条款项]?(?:[、，和及至到]|以及)第?{_ORDINAL}(?=[条款项、，和及至到])){{0,20}}[条款项章节页]"
    rf"|令第?{_DIGIT}{{1,4}}号|{POINTED}"
    rf"|附[件表][：:]?[ \t]?{_DIGIT}{{1,2}}(?![0-9０-９个件份项张])"
    rf"|(?:邮编|邮政编码)[：:]?[ \t]?{_DIGIT}{{6}}(?!{_DIGIT})|(?:路|街|巷|大道){_DIGIT}{{1,5}}号"
    rf"|(?<!{_DIGIT})0{_DIGIT}{{2,3}}[-－—–]{_DIGIT}{{7,8}}(?!{_DIGIT})"
    rf"|(?:电话|传真|热线)[：:]?[ \t]?{_DIGIT}{{5,12}}(?!{_DIGIT}|[ \t]?(?:{_MEASURES}))"
)
_NUMBERS = (
    rf"{_DIGIT}{{4}}年{_DIGIT}{{1,2}}月(?:{_DIGIT}{{1,2}}日)?|{_DIGIT}{{1,2}}月(?:{_DIGIT}{{1,2}}日)?"
    rf"|[〔﹝\[（(]{_DIGIT}{{4}}[〕﹞\]）)]{_DIGIT}+号"
    rf"|百分之(?:{_HAN}|点){{1,12}}|{_DIGIT}+(?:[,，]{_DIGIT}{{3}})*(?:[.．]{_DIGIT}+)*[%％‰]?"
    rf"|{_HAN}{{1,4}}分之{_HAN}{{1,6}}|{_FORMAL}{{1,12}}(?=[万亿元]|{_MEASURES})|(?<!{_DIGIT})[百千万]余(?=人次|{_MEASURES})"
    rf"|(?<![第“一-龥])一百(?={_MEASURES})|(?:[二三四五六七八九两]|[一二三四五六七八九]?[十百千]{_HAN}{{0,9}})(?={_MEASURES})"
)
# The whole of a year, which by law is each report's period, with or without its days; and its end, up to which one counts.
# The year of the report may be a placeholder already.
_OWN = r"\{\{[ \t]{0,9}年度[ \t]{0,9}\}\}"
_ANY_YEAR, _END = rf"(?:{_DIGIT}{{4}}|{_OWN})年", "[1１][2２]月(?:[3３][1１]日|底)?"
_PERIOD = (
    rf"{_ANY_YEAR}[0０]?[1１]月(?:[0０]?[1１]日)?[起始]?(?:至|到|[-—－–~～]{{1,2}})(?:{_ANY_YEAR})?{_END}(?!{_DIGIT})"
    rf"|(?<=截[至止]){_ANY_YEAR}{_END}(?!{_DIGIT})"
)
# The number of an item, at the beginning of a line or within it: 措施：1、甲；2、乙.
_ITEM = re.compile(
    r"(?:^[#>*+ \t\u3000-]*|(?<=(?P<opens>[：:]))|(?<=[；;。！？，,])|(?<=[；;。！？，,][ \u3000])"
    rf"|(?<=[ \u3000])(?!{_DIGIT}{{1,2}}、)|(?<=[；;。！？][”’」）)]))"
    rf"(?:(?P<plain>{_DIGIT}{{1,2}})(?P<sign>[.．、)）])|[（(](?P<within>{_DIGIT}{{1,2}})[)）])(?!{_DIGIT})",
    re.M,
)
_YEAR = re.compile(f"{_DIGIT}{{4}}(?=年)")
_FOUND = re.compile(f"(?P<period>{_PERIOD})|(?P<kept>{_KEPT})|(?P<number>{_NUMBERS})", re.M | re.S)
_DOCUMENT = re.compile(f"[^0-9０-９]({_DIGIT}{{4}})[^0-9０-９]")  # the year in the number of a document
# The year after the report's, of which a sentence that opens with it plans something.
_OPENS, _PLANS = (
    re.compile(rf"(?:^|[{SENTENCE_ENDS}；：\n*# ])$"),
    re.compile(r"年度?[^。；\n]{0,60}?(?:将|计划|拟|要|继续|进一步|打算|着力)"),
)
_QUOTED = re.compile("“[^”\n]{0,20}$")
NOTE = """\
<!-- 从{last}年度报告带来的草稿，不是{year}年的内容。占位符已印{year}年的数；其余的数都标了【核对：…】，
     逐处换成今年的数或占位符，去掉标记后才能发布。各段请照今年的情况改写：照抄上年的段落会被查出来（nianbao check）。 -->

"""
_NOTE = re.compile(r"<!-- 从\d{4}年度报告带来的草稿(?:(?!-->).)*-->\s*", re.S)  # of a draft that last year's text was once


def marked(text: str, last: int, year: int, notice: str) -> str:
    """A narrative of the year ``last`` for another, each number of it marked.

    Its own year becomes the placeholder of the year, also in the period that it reports on, and the year after it, for which
    it plans, the one behind that. The numbers of the ``notice`` of this year's format and of older documents stay.
    """
    text = _NOTE.sub("", text)
    counted = _counted(text)

    def mark(found: re.Match[str]) -> str:
        number = found["number"]
        if found["period"]:
            is_own = {int(one) for one in _YEAR.findall(found[0])} <= {last}
            return _YEAR.sub("{{ 年度 }}", found[0]) if is_own else MARK.format(found[0])
        if number is None or found.start() in counted or _is_kept(number, last, notice):
            return found[0]
        before, behind = text[max(0, found.start() - 22) : found.start()], text[found.end() : found.end() + 64]
        if number == str(last) and behind[:1] == "年":
            return "{{ 年度 }}"
        if number == str(last + 1) and _OPENS.search(before) and _PLANS.match(behind):
            return "{{ 年度 + 1 }}"
        is_saying = not re.search(_DIGIT, number) and _QUOTED.search(before)
        return number if is_saying else MARK.format(number)

    return NOTE.format(last=last, year=year) + _FOUND.sub(mark, text)


def _is_kept(number: str, last: int, notice: str) -> bool:
    """Whether a number is that of the notice of this year's format, or of a document that was an older one last year."""
    document = _DOCUMENT.match(number)
    return bool(document) and (notice.endswith(number) or int(document[1] if document else 0) < last)


def _counted(text: str) -> set[int]:
    """Where the numbers of items stand: each counts on from the one before it with its sign, from 1.

    Behind a colon only 1 is one, and only where 2 goes on: 规章：1、规范性文件：2、 are none.
    """
    found, last, begun = set[int](), dict[str, int](), dict[str, int]()
    for item in _ITEM.finditer(text):
        kind = "plain" if item["plain"] else "within"
        sign, number = (item["sign"] or "（）").replace("．", "."), int(item[kind])
        if sign in ")）" and _is_inside(text, item.start()):
            continue
        if number == 1 and item["opens"]:
            begun[sign], last[sign] = item.start(kind), 1
        elif number in {1, last.get(sign, 0) + 1} and not item["opens"]:
            opened = begun.pop(sign, None)
            found |= {item.start(kind)} | ({opened} if opened is not None and number == 2 else set())
            last[sign] = number
    return found


def _is_inside(text: str, at: int) -> bool:
    """Whether a bracket is open at a place of a line: （其中：1）."""
    before = text[max(0, at - 200) : at].rpartition("\n")[2]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")
