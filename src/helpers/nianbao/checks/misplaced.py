"""The right year, the right bureau, each text in its chapter: what is copied from elsewhere and was not changed.

Only what a report says of itself is compared. Years of documents, of comparisons and of plans are no claims.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from nianbao.checks import disowned
from nianbao.checks.bodies import ends_as_body, is_another, is_beside, is_own
from nianbao.checks.lines import OURS, line_of, sentences
from nianbao.checks.partial import is_claim, is_short
from nianbao.checks.unfinished import TO_FILL, patterns, settled
from nianbao.checks.wordings import wordings
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.report import SIGNATURE
from nianbao.narrative.headings import FILE, PREAMBLE
from nianbao.periods import FIRST, LAST, read
from nianbao.reading import plain
from nianbao.softbreaks import joined
from nianbao.wording import years_in_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.checks.lines import Remark
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

OTHER_YEAR = Kind("E112", Severity.ERROR, "年度不符", acceptable=True)
OTHER_BUREAU = Kind("E113", Severity.ERROR, "机关不符", acceptable=True)
OTHER_NAME = Kind("W232", Severity.WARNING, "机关名称不一致")
EXCHANGED = Kind("E114", Severity.ERROR, "两章的内容互换", acceptable=True)

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|\[\d{4}\]|（\d{4}）|“[^”]*”")
_CLAUSE = re.compile("[^，：]+")
_CLAIMED = re.compile(r"(?<!\d)(20\d{2})年(?!\d)")  # 2022年1月 is a day
_REPORT = re.compile("信息公开|政务公开|报告|年报|情况")
# Who reports, as a preamble says it: 现公布…局2024年政府信息公开工作年度报告, 本报告由…局编制, 我局（…局）.
_BODY = r"(?P<name>[\u4e00-\u9fff]{2,20}?(?:局|厅|委员会|委|办公室|(?:人民)?政府(?!信息)|中心))"
_REPORTS = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:年度?)?+{_BODY}(?:办公室)?(?:"
    r"(?:20\d\d年度?)?(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度)?(?:报告|年报)"
    r"|(?:现|依法|组织|根据[^，。]{0,12}|按照[^，。]{0,12})?"
    r"(?:编制|公布|发布)(?:了|并(?:公布|发布))?(?:20\d\d年|本年度|本报告))"
    rf"|报告由{_BODY.replace('name', 'maker')}(?:办公室)?(?:根据[^，。]{{0,12}}|按照[^，。]{{0,12}}|依法|负责|牵头|组织)?"
    r"(?:编制|编写|发布)"
)
_OURSELVES = re.compile(rf"{OURS}（(?:以下简称|即)?{_BODY}）")
_ANNOUNCED = re.compile("^(?:现将|现公布|现发布|现就|公布|编制|发布|由)")
_ABOUT = re.compile(".*关于|结合|总结|回顾|立足")
_TITLE_BEGINS = re.compile("政府信息|政务信息|信息公开|政务公开|年度|年报|工作报告|报告")


words: Callable[[], dict[str, list[str]]] = partial(wordings, "misplaced")


def another_year(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Title, period and preamble name the report's own year."""
    found = {int(year) for year in _YEAR.findall(_title(narrative))}
    if found and report.year not in found:
        shown = f"{'、'.join(map(str, sorted(found)))}年：{narrative.title}"
        yield _other_year("标题", narrative.title_source, shown, report)
    for passage in narrative.passages:
        for sentence in sentences(settled(passage.markdown)) if passage.own else ():
            said = _said(sentence) if is_claim(sentence.text) else ""
            if (year := _period(said, report.year)) or is_short(said):
                source = line_of(report, passage, sentence.places[0])
                yield _other_year(f"{passage.place} 统计期限", source, sentence.typed(), report, is_short=not year)
    told = set()
    for year, claim, at in _claims(narrative.preamble, report.year):
        if year not in told:
            told.add(year)
            yield _other_year(PREAMBLE, line_of(report, narrative.preamble, at), claim, report)


def another_form(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """The form is that of the report's own year and bureau, as its sheet 说明 says."""
    own = report.bureau.name
    for name, year, source in report.forms:
        found, expected = f"{name}{year}年度的填报表", f"{own}{report.year}年度的填报表"
        action = "核对是否放错了文件；确是这一份的，改正“说明”里的名称和年度"
        if year != report.year:
            yield Finding(OTHER_YEAR, "填报表", source, found, expected, action)
        if not patterns()[TO_FILL].search(own):
            yield from _other_name(report, name, Finding(OTHER_BUREAU, "填报表", source, found, "", action))


def another_caption(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """The name above a table, and what else stands beside it, says no other year than the report's own."""
    for table in report.format.tables.values():
        beside = ((one.text, one.source) for one in report.asides.get(table.id, ()))
        for place, lines in (("标题", report.captions.get(table.id, ())), ("旁边的文字", beside)):
            for text, source in lines:
                line = disowned.undated(text, report.year).strip() or text
                said, is_short = disowned.years(line, report.year), disowned.is_part(line, report.year)
                if is_short or (said and report.year not in said):
                    yield _other_year(f"{table.name} {place}", source, f"“{text}”", report, is_short)


def another_bureau(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Title, preamble and signature name the report's own bureau, whole, in short or beside another."""
    if patterns()[TO_FILL].search(report.bureau.name):
        return  # `contents.signature` says so.
    text = _YEAR.sub("", _title(narrative)).replace("年度", "", 1)
    begins = _TITLE_BEGINS.search(text)
    named = text[: begins.start()].strip(" 年关于《") if begins else ""
    finding = Finding(OTHER_BUREAU, "标题", narrative.title_source, f"“{named}”", "", "改正标题")
    yield from _other_name(report, named, finding)
    for passage, sentence, one in _bodies(narrative):
        named = _ANNOUNCED.sub("", next(name for name in one.groups() if name))
        known = report.bureau.name, report.bureau.short
        if not (_ABOUT.match(named) or is_beside(named)) and is_another(named, *known, is_signature=True):
            source, action = line_of(report, passage, sentence.places[one.start()]), "改正名称；多半是沿用了其他机关的文字"
            shown = f"“{sentence.typed(*one.span())}”"
            yield Finding(OTHER_BUREAU, passage.place, source, shown, report.bureau.name, action)
    signed = report.params.signature
    if isinstance(signed, str) and not patterns()[TO_FILL].search(signed):
        found, action = f"“{signed}”", "改正 report.yaml 的 signature"
        finding = Finding(OTHER_BUREAU, SIGNATURE, report.sources["signature"], found, "", action)
        yield from _other_name(report, signed, finding, is_signature=True)


def _bodies(narrative: Narrative) -> Iterator[tuple[Passage, Remark, re.Match[str]]]:
    """Who reports, as the preamble says it, and as 我局（…局） does; each with its sentence."""
    for sentence in (one.without(_QUOTED) for one in sentences(narrative.preamble.markdown)):
        yield from ((narrative.preamble, sentence, one) for one in _REPORTS.finditer(sentence.text))
    for passage in filter(lambda one: one.own, narrative.passages):
        for sentence in sentences(passage.markdown):
            yield from ((passage, sentence, one) for one in _OURSELVES.finditer(sentence.text))


def _other_name(report: Report, named: str, finding: Finding, is_signature: bool = False) -> Iterator[Finding]:
    """An error for a name that is surely another bureau's, a warning for one that is not the bureau's name."""
    own, short = report.bureau.name, report.bureau.short
    action = f"{finding.action}；bureau.yaml 的名称已变的，改正 bureau.yaml"
    if is_another(plain(named), own, short, is_signature):
        yield replace(finding, expected=own, action=action)
    elif named and (is_signature or ends_as_body(named)) and not is_own(named, own, short):
        yield replace(finding, kind=OTHER_NAME, expected=f"{own}，或简称{short}", action=action)


def exchanged(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """The chapter on the year's work does not stand in the place of that on problems, and the other way round."""
    own = {passage.section: passage for passage in narrative.sections if passage.own and passage.section}
    work = next((passage for section, passage in own.items() if section.numeral == "一"), None)
    problems = next((passage for section, passage in own.items() if section.measures), None)
    if work is None or problems is None or work is problems:
        return
    told, owed = _density(work), _density(problems)
    if told > 2 * owed and _variety(problems) >= _variety(work) + 2:
        for passage, other in ((work, problems), (problems, work)):
            opens = passage.markdown.strip().lstrip("#* ").partition("\n")[0][:20]
            expected, source = f"“{passage.heading}”的内容", Source(FILE, passage.line or None)
            found = f"“{opens}…”等，像是“{other.heading}”的内容"
            yield Finding(EXCHANGED, passage.heading, source, found, expected, "把两章的正文换回来")


def _other_year(place: str, source: Source, found: str, report: Report, is_short: bool = False) -> Finding:
    """The finding of a year that is another, or of a period that is not the whole year."""
    expected, action = f"{report.year}年", "改正年度；多半是沿用了上年的文字"
    if is_short:
        expected += "1月1日至12月31日"
        action = "改正统计期限；本机关年内成立或撤并的，在 report.yaml 的 accepted 中写明原因"
    return Finding(OTHER_YEAR, place, source, found, expected, action)


def _title(narrative: Narrative) -> str:
    """The title in half width, with its years in figures."""
    return years_in_figures(plain(narrative.title))


def has(text: str, kind: str) -> bool:
    """Whether a text has one of the words of a kind."""
    return any(word in text for word in words()[kind])


def _period(said: str, own: int) -> int:
    """The wrong year in what is said of the period that the figures are of; 0 for a right one, and for none."""
    times = [*read(said)]
    years = [year for one in times for year in one.named]
    ends = [year for one in times if not one.is_year and (one.begins == FIRST or one.ends == LAST) for year in one.named]
    wrong = [year for year in ends if year != own] or (years if years and own not in years and not ends else [])
    return wrong[0] if wrong else 0


def _said(sentence: Remark) -> str:
    """What a sentence says of its period, before or behind the word for it, up to where it compares with another."""
    text = sentence.without(_QUOTED).text
    return text[: min((text.find(word) for word in words()["comparing"] if word in text), default=len(text))]


def _claims(preamble: Passage, own: int) -> Iterator[tuple[int, str, int]]:
    """Each other year that the preamble claims to report on, with the clause as typed, and where that begins.

    A preamble that does not name its own year claims any that is none of a document, of a comparison or of a day.
    """
    told = [one.without(_QUOTED) for one in sentences(settled(preamble.markdown))]
    names_own = any(str(own) in _NAMED_YEAR.findall(one.text) for one in told)
    for sentence in told:
        if has(sentence.text, "comparing") or is_claim(sentence.text):
            continue
        claims = []
        for one in read(sentence.text):
            other = next((year for year in one.named if year != own), 0)
            if other and one.since and one.ends[0] == LAST[0] and one.named[-1] - one.named[0] < 2:
                claims.append((other, one.span))
        for clause in _CLAUSE.finditer(sentence.text):
            year = _CLAIMED.search(clause[0])
            announced = has(clause[0], "announcing") and _REPORT.search(clause[0])
            if year and int(year[1]) != own and (announced or not names_own) and not has(clause[0], "documents"):
                claims.append((int(year[1]), clause.span()))
        yield from ((year, sentence.typed(*span), sentence.places[span[0]]) for year, span in claims)


def _variety(passage: Passage) -> int:
    """How many of the words for what was done a passage has."""
    text = joined(passage.markdown).text
    return sum(word in text for word in words()["doings"])


def _density(passage: Passage) -> float:
    """How often a passage has a word for a problem, for each of its characters."""
    text = joined(passage.markdown).text
    return sum(map(text.count, words()["problems"])) / max(len(text), 1)
