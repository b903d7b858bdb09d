"""The number of a notice or of the regulation, and the article of it, that a text cites and that are not those.

Sources: State Council Decree 711 (56 articles; 49 and 50 on annual reports); 国办公开办函〔2019〕60号 and 〔2021〕30号.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of, sentences
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

OTHER_NUMBER = Kind("W243", Severity.WARNING, "引用的文号或条款不对")

DECREES = {492, 711}  # of the first W238 speaks
LAST, ON_REPORTS = 56, {49, 50}
_NUMERAL = r"(?:\d{1,4}|[零〇一二三四五六七八九十百]{1,8})"
_NOTICE = re.compile(rf"国办公开办函[〔\[［（【](?P<year>20\d\d)[〕\]］）】]第?(?P<number>{_NUMERAL})号")
_REPORT = re.compile("年度报告|年报")
_NAME = "《?(?:中华人民共和国)?政府信息公开条例》?"
_DECREE = re.compile(
    rf"{_NAME}（[^（）]{{0,16}}国务院令第?(?P<behind>{_NUMERAL})号"
    rf"|国务院令第?(?P<before>{_NUMERAL})号(?:公布|发布|修订)?的?(?:新修订的)?{_NAME}"
)
_ARTICLE = re.compile(f"第({_NUMERAL})条")
# Who makes the annual report, as the article behind the regulation's name demands it; not another report, or another's.
_ARTICLES = re.compile(
    rf"(?:{_NAME}|《条例》)(?:（[^（）]{{0,40}}）)?的?(?P<articles>第{_NUMERAL}条(?:[、和及至与，]{{1,2}}第{_NUMERAL}条)*)"
    r"(?P<obliges>的?(?:有关|相关)?(?:规定|要求)?(?:和[^，]{0,40}要求)?，?(?:现|特|由?[我本][\u4e00-\u9fff]{1,2})?"
    r"(?:组织)?(?:编制|公布|发布|形成)"
    r"(?:(?!季度|半年|指南|统计|质量|财务|决算|[上下]级|主管|所属|各)[^，]){0,24}?(?:年度报告|年报|本报告|年度[^，]{0,8}公开工作报告)(?!书|目录))?"
)
_ANOTHER_LAW = re.compile("《(?!(?:中华人民共和国)?政府信息公开条例|条例》)[^《》]{2,30}条例[^《》]{0,8}》")


def cited(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a notice, a decree or an article that is not the one that the words around it name."""
    notices = {report.format.notice, *report.format.others}
    names_another = any(_ANOTHER_LAW.search(passage.markdown) for passage in narrative.passages)
    for passage in narrative.passages:
        if not passage.own or not ("条例" in passage.markdown or "公开办函" in passage.markdown):
            continue
        for sentence in sentences(passage.markdown):
            for begin, end, expected in _wrong(sentence.text, notices, names_another):
                shown, source = sentence.typed(begin, end), line_of(report, passage, sentence.places[begin])
                action = "对照原文核对，改正写错的；引用的确是另一个文件的，可以发布"
                yield Finding(OTHER_NUMBER, f"{passage.place} · {shown}", source, f"“{shown}”", expected, action)


def _wrong(said: str, notices: set[str], names_another: bool) -> Iterator[tuple[int, int, str]]:
    """What a sentence cites wrongly: where it begins and ends, and what was expected.

    There are other notices of that office; one is a slip where the sentence is about annual reports, or where it has the
    number of a known one and another year.
    """
    known = {(found["year"], whole(found["number"])): one for one in notices if (found := _NOTICE.search(one))}
    for found in _NOTICE.finditer(said):
        cited = found["year"], whole(found["number"])
        alike = [one for (_, number), one in known.items() if number == cited[1]]
        if known and cited not in known and (alike or _REPORT.search(said)):
            yield *found.span(), "或".join(alike or sorted(known.values()))
    for found in _DECREE.finditer(said):
        if whole(found["behind"] or found["before"]) not in DECREES:
            yield *found.span(), "国务院令第711号"
    for found in _ARTICLES.finditer(said):
        articles = {whole(one) for one in _ARTICLE.findall(found["articles"])}
        if names_another and "政府信息公开条例" not in found[0]:
            continue  # nobody knows which regulation 《条例》 stands for
        if any(not 1 <= one <= LAST for one in articles):
            yield found.start(), found.end("articles"), f"《政府信息公开条例》共{LAST}条"
        elif found["obliges"] and not articles & ON_REPORTS:
            yield found.start(), found.end("articles"), "第四十九条、第五十条（政府信息公开工作年度报告）"
