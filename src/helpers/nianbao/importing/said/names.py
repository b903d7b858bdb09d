"""What the names of files and sheets, and the title of a report, say of it: a draft, a part of the year, another body's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.checks import bodies, disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.hanzi import simplified
from nianbao.importing import dated
from nianbao.importing.around import FILE
from nianbao.importing.said.known import is_more, pattern
from nianbao.wording import HAN

if TYPE_CHECKING:
    from nianbao.importing.said.known import Known

OF_TITLE = "标题像是说这份报告不是全年的，或不是定稿：核对是不是放错了文件，改正标题"
OF_FILE = "文件的名称像是说里面不是本年度、本机关的，不满一年，或不是定稿，照文件的内容取用：核对是不是放错了文件"
# In the name of a file: that it is kept, or last year's by word, as what is imported first is, and its title tells the year;
# and in which of the first months, when a report is due, it was saved.
_KEPT = re.compile("存档|归档|[去上]年(?!同期)度?")
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
_ODD_LETTERS = "plan|last|fy|prev|temp|tmp|copy|[vqh][0-9]|ver|rev|ly(?![a-z])"  # beside those of a draft
# Numbers that count tables and attachments. Any other may be a year, some months or a version: 表二22, 表二1-6.
_COUNTS = (
    rf"^[0-9]{{1,2}}(?:\.(?![0-9])|(?![0-9年月.~至到—–-]))|附[件表图录][0-9]{{1,2}}(?:[-.][0-9]{{1,2}})?(?![0-9])|件[0-9]{{1,2}}(?![0-9])"
    rf"|[表图录][1-9](?:[-.][1-9])?(?![0-9]|\.[0-9])|附?[表件图录][{HAN}]{{1,3}}|政公开[0-9]+表"
)
_AGAIN = re.compile(r"\([1-9]\)$|(?i:v(?:er)?\.?[0-9]{1,2}(?:\.[0-9])?)")  # in the name of a file: loaded again, a version


def asks(known: Known, where: str, name: str) -> bool:
    """Whether the name of the sheet or file of a table has more than is known to say nothing of its figures."""
    text = disowned.without_days(disowned.without_rules(disowned.narrow(simplified(name))), known.year)
    text = whose.without_own(_AGAIN.sub("", text) if where == FILE else text, known.own_name)
    if pattern("together").search(text) or _MONTH.search(text) or Role.PART in roles.alone(text):
        return True
    counts, says_nothing = _known_in_names(known)
    return is_more(counts.sub(" ", text), says_nothing)


def is_odd_title(title: str, year: int) -> bool:
    """Whether a report's title says that it is a draft, or of a part of the year."""
    text = disowned.narrow(simplified(title))
    return _is_draft(text, year) or disowned.is_no_whole_year(text, year)


def is_odd_file(name: str, year: int, body: str) -> bool:
    """Whether the name of a file says that what it holds is a draft, of another year or a part of one, or another body's.

    ``name`` is without its suffix; ``body`` is the name of the report's body, or '' where it is not known.
    """
    text = _SAVED.sub(" ", _KEPT.sub("", disowned.narrow(simplified(name))))
    site = _SITE.search(text)
    of_body = text[: site.end(1) if _is_elsewhere(site[1], body) else site.start()] if site else text
    text = whose.without_own(text, body) if body else text
    years = disowned.years(text, year, is_sheet=True)
    return bool(
        (years and year not in years)
        or _is_draft(text, year)
        or _END_OF_PART.search(text)
        or disowned.is_no_whole_year(text, year, is_sheet=True)
        or any(dated.is_early(one.strip("./-"), year) for one in _DAYS.findall(text))
        or (body and whose.is_anothers(of_body, body, is_sheet=True))
    )


def _is_draft(name: str, year: int) -> bool:
    """Whether a title, or the name of a file, says that it is a draft: a word of one, or a part that is nothing else."""
    says = any(roles.alone(one) & roles.NOT_THE_YEARS for one in filter(None, _PARTS.split(name)))
    return says or Role.DRAFT in roles.named(name)


def _is_elsewhere(site: str, body: str) -> bool:
    """Whether a site is that of a government of another place, none above the known body."""
    return site.endswith("政府") and bool(bodies.parted(site)[0]) and not whose.is_above(site, body)


@lru_cache(maxsize=4)
def _known_in_names(known: Known) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What counts and dates in a name, and the words that say nothing there."""
    year = known.year
    saved = rf"(?:20|(?<![0-9])){(year + 1) % 100}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]*|{year}(?:[-./_]?12[-./_]?31|年12月31日)"
    more = [
        f"(?<![0-9]){year % 100}(?![0-9])", "(?i:sheet|book|工作[簿表])[0-9]{1,2}",
        f"(?<![A-Za-z])(?!(?i:{roles.letters()}|{_ODD_LETTERS}))[A-Za-z]+[1-9]?(?![0-9])",
    ]  # fmt: skip
    return re.compile(f"{known.sure.pattern}|{_COUNTS}|{saved}|{_DAY}"), re.compile("|".join([*more, known.in_names]))
