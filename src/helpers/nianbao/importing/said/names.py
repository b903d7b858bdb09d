"""What the names of files and sheets, and the title of a report, say of it: a draft, a part of the year, another body's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.checks import bodies, disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.hanzi import simplified
from nianbao.importing import dated
from nianbao.importing.around import FILE, SHEET
from nianbao.importing.said.harmless import is_more, more, other_bodies, pattern
from nianbao.wording import HAN, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.importing.said.harmless import Known

OF_TITLE = "标题像是说这份报告不是全年的，或不是定稿：核对是不是放错了文件，改正标题"
OF_FILE = "文件的名称像是说里面不是本年度、本机关的，不满一年，或不是定稿，照文件的内容取用：核对是不是放错了文件"
# In the name of a file: that it is kept, or last year's by word, as what is imported first is, and its title tells the year;
# and in which of the first months, when a report is due, it was saved.
_KEPT = re.compile(f"存档|归档|(?:{LAST_YEAR})(?!同期)度?|(?i:last[-_ ]?year)")
_SAVED = re.compile(r"(?<![0-9.\-—–~至到])(?:12月31[日号]|0?[1-3]月份?(?:[0-3]?[0-9][日号])?)(?![\-—–~至到])")
_SITE = re.compile(r"[_|\-—–]([^_|\-—–]{2,30}?)(?:(?<=政府)|(?:门户)?(?:网站?|平台))$")  # where a page was saved from
_DAYS = re.compile("[0-9./-]{6,10}")
_END_OF_PART = re.compile(r"(?<![0-9])(?:0?6[-./]?30|0?9[-./]?30)(?![0-9])")  # of a half-year or of three quarters
_PARTS = re.compile(r"[\W_]+|(?<=[年0-9][报告])|(?<=年报)|(?<=报告)|(?<=统计表)")
# A month; a number that is no day, and a day without its year, on which a file is saved: of the year's end, or up to March.
# Any other may be the end of a part of the year: 0630, 6.30; 1.6 the months from January on.
_MONTH = re.compile("20[0-9]{2}[-./](?:0?[1-9]|1[0-2])(?![0-9./-])")
_MONTH_DAY, _YEARS_DAY = "(?:0?[1-9]|1[0-2])[0-3][0-9]", "(?:20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?"
_DAY = (
    rf"(?<![0-9])(?:1231|0?[1-3][0-3][0-9]|(?!(?:{_MONTH_DAY}|(?:19|20)[0-9]{{2}}|{_YEARS_DAY})(?![0-9]))[0-9]{{3,4}})(?![0-9])"
    rf"|(?<![0-9])(?!{_YEARS_DAY}(?![0-9]))[0-9]{{5,}}|(?<![0-9])0?[1-3]月[0-3]?[0-9]日"
    r"|(?<![0-9.])(?:12\.31|(?!1\.[369](?![0-9]))0?[1-3]\.(?:0?[1-9]|[12][0-9]|3[01]))(?![0-9.])"
)
# Numbers that count tables and attachments. Any other may be a year, some months or a version: 表二22, 表二1-6.
_COUNTS = (
    rf"^[0-9]{{1,2}}(?:\.(?![0-9])|(?![0-9年月.~至到—–-]))|附[件表图录][0-9]{{1,2}}(?:[-.][0-9]{{1,2}})?(?![0-9])|件[0-9]{{1,2}}(?![0-9])"
    rf"|[表图录][1-9](?:[-.][1-9])?(?![0-9]|\.[0-9])|附?[表件图录][{HAN}]{{1,3}}|政公开[0-9]+表"
)
# A person's name in that of a file, by the surname: 张三, 王老师. Surnames that begin many words (高, 范, 万) are none here.
_PERSON = re.compile(
    "[王李张刘陈杨赵黄周吴徐孙胡朱林郭马罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田姜姚谭廖邹熊陆郝孔崔康邱秦侯邵孟]"
    "(?:[\u4e00-\u9fff]{1,2}|老师|[科股处局]长|主任)"
)
_BEHIND = re.compile("(?:报告|年报)(?!.*(?:报告|年报))(.+)$")  # the last words of a title
_OLD = re.compile("[旧老废][版稿]?|作废|(?i:old|bak|backup)")  # a part of the name of a file that is not the last one
_LETTERS = re.compile(r"[^\W0-9_]")
_AGAIN = re.compile(r"\([1-9]\)$|(?i:v(?:er)?\.?[0-9]{1,2}(?:\.[0-9])?)")  # in the name of a file: loaded again, a version


def asks(known: Known, where: str, name: str) -> bool:
    """Whether the name of the sheet or file of a table has more than is known to say nothing of its figures."""
    text = disowned.without_days(disowned.without_rules(disowned.compared(simplified(name))), known.year)
    text = whose.without_own(_AGAIN.sub("", text) if where == FILE else text, known.own_name)
    says = (roles.alone(text) & {Role.PART}) | (roles.roles(text, known.year) & {Role.TO_DO})
    if says or pattern("together").search(text) or _MONTH.search(text) or _is_draft(text):
        return True
    counts, says_nothing, _ = _known_in_names(known)
    return is_more(counts.sub(" ", text), says_nothing)


def of_sums(known: Known, added: Mapping[str, Sequence[str]]) -> list[str]:
    """The sheets that are added up to a table and called after a body that is not known to be the report's own.

    A section is, and in a government's report any body.
    """
    if whose.adds_up(known.name):
        return []
    return [
        f"{SHEET}“{sheet}”：{table}"
        for table, sheets in added.items()
        for sheet in sheets
        if other_bodies().search(sheet) and not whose.section_in(sheet, known.own_name) and asks(known, SHEET, sheet)
    ]


def is_odd_title(known: Known, title: str) -> bool:
    """Whether a report's title says that it is a draft, or of a part of the year, or behind its words what nobody knows."""
    behind = _BEHIND.search(disowned.compared(simplified(title)))
    return is_of_draft(title, known.year) or (behind is not None and _says_more(known, behind[1]))


def is_of_draft(line: str, year: int) -> bool:
    """Whether a title, or a line of a cover, says that a report is a draft, or of a part of the year."""
    text = disowned.compared(simplified(line))
    return _is_draft(text) or disowned.is_no_whole_year(text, year)


def is_odd_file(known: Known, name: str) -> bool:
    """Whether the name of the file of a report, without its suffix, may say that it is none of this report's final one.

    It says so of another year or a part of one, of another body, of a draft, or with a word of which nobody knows what it
    says of the report (上会稿, 清样): all but the body's names, days, what documents are called and names of persons.
    """
    text = _SAVED.sub(" ", _KEPT.sub("", disowned.compared(simplified(name))))
    site = _SITE.search(text)
    of_body = text[: site.end(1) if _is_elsewhere(site[1], known.own_name) else site.start()] if site else text
    year, body = known.year, known.own_name
    text = whose.without_own(text, body) if body else text
    years = disowned.years(text, year, is_sheet=True)
    return bool(
        (years and year not in years)
        or _is_draft(text)
        or _END_OF_PART.search(text)
        or disowned.is_no_whole_year(text, year, is_sheet=True)
        or any(dated.is_early(one.strip("./-"), year) for one in _DAYS.findall(text))
        or (body and whose.is_anothers(_DAYS.sub(" ", of_body), body, is_sheet=True))
        or _says_more(known, whose.without_own(of_body, body) if body else of_body)
    )


def is_other_years(known: Known, name: str) -> bool:
    """Whether the name of a file that came back says that it is of another year, of a part of one, or an old copy.

    Its words tell that it is the folder's report; that it is a draft, or who has read it, is usual of what a reviewer sends.
    """
    text = disowned.compared(simplified(name))
    text = whose.without_own(text, known.own_name) if known.own_name else text
    years = disowned.years(text, known.year, is_sheet=True)
    is_part = Role.PART_OF_YEAR in roles.roles(text, known.year) or _END_OF_PART.search(text)
    return bool((years and known.year not in years) or is_part or any(map(_OLD.fullmatch, _PARTS.split(text))))


def _says_more(known: Known, name: str) -> bool:
    """Whether the name of the file of a report, narrow, has letters beside what says nothing of it."""
    text = _AGAIN.sub("", disowned.without_rules(disowned.without_days(name, known.year)))
    counts, _, says_nothing = _known_in_names(known)
    left = more(counts.sub(" ", text), says_nothing)
    return any(_LETTERS.search(one) and not _PERSON.fullmatch(one) for one in left)


def _is_draft(name: str) -> bool:
    """Whether a title, or the name of a file, says that it is a draft: a word of one, or a part that is nothing else."""
    says = any(roles.alone(one) & roles.NOT_THE_YEARS for one in filter(None, _PARTS.split(name)))
    return says or Role.DRAFT in roles.named(name)


def _is_elsewhere(site: str, body: str) -> bool:
    """Whether a site is that of a government of another place, none above the known body."""
    return site.endswith("政府") and bool(bodies.parted(site)[0]) and not whose.is_above(site, body)


@lru_cache(maxsize=4)
def _known_in_names(known: Known) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What counts and dates in a name; what says nothing in that of a sheet or a file of tables, and in that of a report."""
    year = known.year
    saved = rf"(?:20|(?<![0-9])){(year + 1) % 100}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]*|{year}(?:[-./_]?12[-./_]?31|年12月31日)"
    letters, of_report = (f"(?<![A-Za-z])(?!(?i:(?:{roles.letters()}){ends}))[A-Za-z]+" for ends in ("", "(?![a-z])"))
    of_tables = [f"(?<![0-9]){year % 100}(?![0-9])", "(?i:sheet|book|工作[簿表])[0-9]{1,2}", f"{letters}[1-9]?(?![0-9])"]
    counts = re.compile(f"{known.sure.pattern}|{_COUNTS}|{saved}|{_DAY}")
    return counts, re.compile("|".join([*of_tables, known.in_names])), re.compile(f"{of_report}|{known.in_files}")
