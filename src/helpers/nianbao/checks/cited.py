"""The notices, decrees and articles that a text cites: those that are not what the words around them name.

Sources: State Council Decree 711 (56 articles; 49 and 50 on annual reports); 国办公开办函〔2019〕60号 and 〔2021〕30号.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import OURS, line_of, sentences
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import even, whole
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nianbao.checks.lines import Remark
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

OTHER_NOTICE = Kind("W207", Severity.WARNING, "引用了另一种格式的文件")
REPEALED = Kind("W238", Severity.WARNING, "条例的文号是修订前的")
OTHER_NUMBER = Kind("W243", Severity.WARNING, "引用的文号或条款不对")

Notice = tuple[str, str, int]
"""Who gave a notice, the year and the number of it."""

FORMER, DECREE = 492, 711
LAST, ON_REPORTS = 56, {49, 50}
_SIGNS = f"零〇{HAN}百千"
_NUMERAL = rf"(?:(?<!\d)\d{{1,4}}|(?<![{_SIGNS}])[{_SIGNS}]{{1,10}})"
_NUMBER = re.compile(rf"[〔\[［（【](?P<year>20\d\d)[〕\]］）】]第?(?P<number>{_NUMERAL})号")
_REPORT = re.compile("年度报告|年报")
_NAME = "《?(?:中华人民共和国)?政府信息公开条例》?"
# The number of a decree: with the regulation's name, or by itself.
_DECREE = re.compile(
    rf"{_NAME}（[^（）]{{0,16}}国务院令第?(?P<behind>{_NUMERAL})号"
    rf"|国务院令第?(?P<before>{_NUMERAL})号(?:公布|发布|修订)?的?(?:新修订的)?{_NAME}"
)
_DECREES = re.compile(
    rf"条例》?（[^（）]{{0,12}}?(?P<beside>{_NUMERAL})号|国务院令第?(?P<usual>{_NUMERAL})号"
    rf"|国务院第(?P<turned>{_NUMERAL})号令|国令第?(?P<short>{_NUMERAL})号"
)
# What tells of the regulation as it was: by that word, by a time, or by a year beside what was done with it.
_MONTH = f"(?:[0-9{HAN}]{{1,3}}月)"
_DAY = f"(?:[0-9{HAN}]{{1,3}}日)?"
_OF_THEN = re.compile(
    "(?:修订|修改)(?:以|之)?前|[原旧](?:《[^《》]{0,20}|政府信息公开)?条例|当时"
    "|(?:实施|施行|公布|执行)(?:以来|之日|期间|的?时(?![间限效]))|(?<![年月日底末])(?:以|之)前|20[01][0-9]年"
    f"(?:{_MONTH}{_DAY})?(?:以|之)?前"
    f"|20(?:0[0-9]|1[0-8])年{_MONTH}?{_DAY}(?:起|以来|开始|正式|(?:中华人民共和国)?国务院令?第?{_NUMERAL}号){{0,2}}"
    "(?:施行|公布|实施|颁布|制定|依照|依据|按照|根据)"
)
# Beside the regulation as it is: 国务院令第492号公布的《条例》及2019年修订的《条例》.
_NEWER = "(?:20(?:19|2[0-9])年)?(?:新?修[订改]|现行)[后的]{0,2}(?:《[^《》]{0,20}|政府信息公开)?条例》?"
_OF_BOTH = re.compile(f"{_NUMERAL}号[^，]{{0,20}}[及和与、]{_NEWER}|{_NEWER}[及和与、][^，]{{0,20}}{_NUMERAL}号")
_ARTICLE = re.compile(f"第({_NUMERAL})条")
# Who makes the annual report, as the article behind the regulation's name demands it; not another report, or another's.
_OTHERS = "季度|半年|指南|统计|质量|财务|决算|[上下]级|主管|所属|各"
_OWN_REPORT = (
    f"(?:(?!{_OTHERS})[^，]){{0,24}}?(?:年度报告|本报告|年度[^，]{{0,8}}公开工作报告)(?!书|目录)"
    # 年报 by itself is of companies too: 公布年报3篇, 发布企业年报公示信息.
    rf"|了?(?:{OURS}|的|本|《|20\d\d年度?|上?年度|政府信息公开|政务公开|信息公开|工作)*年报(?=[^\u4e00-\u9fff\d]|如下|$)"
)
_ARTICLES = re.compile(
    rf"(?:{_NAME}|《条例》)(?:（[^（）]{{0,40}}）)?的?(?P<articles>第{_NUMERAL}条(?:[、和及至与，]{{1,2}}第{_NUMERAL}条)*)"
    r"(?P<obliges>的?(?:有关|相关)?(?:规定|要求)?(?:和[^，]{0,40}要求)?，?"
    rf"(?:由?{OURS}|由(?:(?!{_OTHERS})[\u4e00-\u9fff]){{2,24}}?)?(?:现|特|依法|负责|牵头|组织)*"
    rf"(?:编制|公布|发布|形成)(?:{_OWN_REPORT}))?"
)
_ANOTHER_LAW = re.compile("《(?!(?:中华人民共和国)?政府信息公开条例|条例》)[^《》]{2,30}条例[^《》]{0,8}》")


def other_notice(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a text that cites the notice of another format, and not that of its own."""
    own, others = report.format.notice, {_notice(one): one for one in report.format.others}
    known = {_notice(own), *others}
    told = [
        (passage, sentence, *one)
        for passage, sentence in _sentences(narrative)
        for one in _notices(sentence.text, {office for office, *_ in known})
    ]
    if any(cited == _notice(own) for *_, cited in told):
        return
    seen = set()
    for passage, sentence, found, cited in told:
        if cited in others and (passage.place, cited) not in seen:
            seen.add((passage.place, cited))
            source, shown = line_of(report, passage, sentence.places[found.start()]), f"{others[cited]}（另一种格式的）"
            action = f"改为{own}；确实采用另一种格式的，在 report.yaml 写 format:"
            yield Finding(OTHER_NOTICE, passage.place, source, shown, own, action)


def repealed(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of the regulation cited by the number that it had until 14 May 2019, unless a sentence tells of that time."""
    seen = set()
    for passage, sentence in _sentences(narrative):
        numbers = {whole(one[name]): one.start(name) for one in _DECREES.finditer(sentence.text) if (name := one.lastgroup)}
        told = DECREE in numbers or _OF_THEN.search(sentence.text) or _OF_BOTH.search(sentence.text)
        if FORMER in numbers and not told and passage.place not in seen:
            seen.add(passage.place)
            source = line_of(report, passage, sentence.places[numbers[FORMER]])
            found = "《政府信息公开条例》的文号是第492号（2019年5月15日前的）"
            yield Finding(
                REPEALED, passage.place, source, found, "国务院令第711号", "改正文号；说的是修订前的条例的，写明“修订前”"
            )


def cited(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a notice, a decree or an article that is not the one that the words around it name."""
    notices = {_notice(one): one for one in (report.format.notice, *report.format.others)}
    names_another = any(_ANOTHER_LAW.search(passage.markdown) for passage in narrative.passages)
    for passage, sentence in _sentences(narrative):
        for begin, end, expected in _wrong(sentence.text, notices, names_another):
            shown, source = sentence.typed(begin, end), line_of(report, passage, sentence.places[begin])
            action = "对照原文核对，改正写错的；引用的确是另一个文件的，可以发布"
            yield Finding(OTHER_NUMBER, f"{passage.place} · {shown}", source, f"“{shown}”", expected, action)


def _sentences(narrative: Narrative) -> Iterator[tuple[Passage, Remark]]:
    """The sentences of the bureau's own text that have a number, each with its passage."""
    for passage in narrative.passages:
        for sentence in sentences(passage.markdown) if passage.own else ():
            if "号" in sentence.text or "条" in sentence.text:
                yield passage, sentence


def _notice(name: str) -> Notice:
    """A notice by its name: 国办公开办函〔2021〕30号; one that has no number is its name."""
    found = _NUMBER.search(even(name))
    return (name[: found.start()], found["year"], whole(found["number"])) if found else (name, "", 0)


def _notices(said: str, offices: Collection[str]) -> Iterator[tuple[re.Match[str], Notice]]:
    """The numbers of notices of some offices that a sentence cites, each with what it is."""
    for found in _NUMBER.finditer(said):
        office = next((one for one in offices if said.endswith(one, 0, found.start())), None)
        if office:
            yield found, (office, found["year"], whole(found["number"]))


def _wrong(said: str, notices: dict[Notice, str], names_another: bool) -> Iterator[tuple[int, int, str]]:
    """What a sentence cites wrongly: where it begins and ends, and what was expected.

    There are other notices of an office; one is a slip where the sentence is about annual reports, or where it has the
    number of a known one and another year.
    """
    for found, cited in _notices(said, {office for office, *_ in notices}):
        office, _, number = cited
        alike = [name for one, name in notices.items() if one[::2] == (office, number)]
        if cited not in notices and (alike or _REPORT.search(said)):
            yield found.start() - len(office), found.end(), "或".join(alike or sorted(notices.values()))
    for found in _DECREE.finditer(said):
        if whole(found["behind"] or found["before"]) not in {FORMER, DECREE}:  # of the first `repealed` speaks
            yield *found.span(), "国务院令第711号"
    for found in _ARTICLES.finditer(said):
        articles = {whole(one) for one in _ARTICLE.findall(found["articles"])}
        if names_another and "政府信息公开条例" not in found[0]:
            continue  # nobody knows which regulation 《条例》 stands for
        if any(not 1 <= one <= LAST for one in articles):
            yield found.start(), found.end("articles"), f"《政府信息公开条例》共{LAST}条"
        elif found["obliges"] and not articles & ON_REPORTS:
            yield found.start(), found.end("articles"), "第四十九条、第五十条（政府信息公开工作年度报告）"
