"""What a line beside a table, or the name of its sheet, says of it: of which year or part of one, whether valid."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao.checks import roles
from nianbao.checks.roles import Role
from nianbao.inputs.formlabels import PERIOD
from nianbao.periods import Which, read
from nianbao.wording import FOUR_DIGITS, HAN, LAST_YEAR

if TYPE_CHECKING:
    from nianbao.periods import Period

# By which rules a table was filled in, who made its form and until when it is valid, when a thing was made or a body set up,
# and with which year another is compared (but 与2022年比较： stands above that year's): these have years of their own.
_BY_RULES = re.compile(
    "《[^》]*》|来源[:于自为]+[^,。;]{0,20}(?:年鉴|公报|皮书|手册|汇编)|(?:按照?|依[据照]|根据|参照|执行)[^,。;:]*?(?:格式|办法|规定|通知|要求|条例|文件|标准|口径)|20[0-9]{2}年(?:格式|[版起]|以[来前后])"
    "|[于自从]20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:起|后)?[^,。;0-9]{0,6}(?:取消|停征|停止|暂停|下放|划转|移交|成立|组建|施行|实施)"
    "|有效期至?[:为]?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
    "|20[0-9]{2}年(?:[0-9]{1,2}月)?(?:修[订正]|制定|制(?=[)。]?$)|新?(?:设立?|成立|组建)的?|撤销|合并|划[入归])"
    "|(?:制定|制表|批准|审批|备案)(?:机关|单位|部门):[^,。;:0-9]{0,20}20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
    "|[与同和较]20[0-9]{2}年度?(?:同期)?(?:数[据字]?)?(?:相?比较?|对[比照])(?!较?:)"
    "|(?:制定|修订|废止|成立|设立|组建|印发|出台|施行|实施|生效)(?:时间|日期|年份)[:为是在于]*20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
)
# What has been put right is no longer the year's that is named: 上年数据已更正.
_SETTLED = re.compile(
    "(?:20[0-9]{2}年|[去上]一?年)度?的?(?:结转)?数[据字]?[均都业]?已经?(?:更正|修[正订改]|核[实对定]|调整|审[核定]|剔除|扣除|结转)"
)
_FORM = re.compile(r"(?<![0-9])20[\s_]+年度?")  # a year that nobody has filled in
# A year alone, and a label of a period with what may stand between it and a year, which lacks its 年: 统计期限：2023.
_BARE = re.compile(r"^\(?(20[0-9]{2})\)?$|\((20[0-9]{2})\)[:。]?$|^\(?([12][0-9])年度?的?(?:数据?|情况|统计|表)?\)?[:。]?$")
_LABEL = rf"(?:{PERIOD})(?:\([^()]*\))?[:为是自从至]{{0,2}}"
_LABELLED = re.compile(f"{_LABEL}$")
_UNNAMED = re.compile(rf"({_LABEL})({FOUR_DIGITS})(?![0-9年]|[./-][0-9]{{1,2}}(?![0-9]))")
_IN_FIGURES = re.compile("[0-9./-]+")
# That a table is last year's, where a line says nothing else of it: 统计期限：上年, 注：以上为去年全年数据。
_WHOLE_LAST = re.compile(
    rf"(?:^|(?<=[为是系:]))(?:{LAST_YEAR}|上(?:一?个|一)?(?:年|(?:报告|统计)(?:年|周?期)))度?(?:全年|同期|1月(?:1日)?起?[至到—–~-]+12月(?:31日|底)?止?)?(?:的?统?计?(?:数据?|情况))?[。]?$"
    rf"|^(?:表[{HAN}][:、.]?)?(?:{LAST_YEAR})度?的?(?:主动公开|收到和|政府信息公开)"
)
_IN_SHEET = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])|(?<![0-9])([12][0-9])年")
# A day beside a table, and whether words say that the table was filled in on it; not the first or the last of a span.
_DAY = re.compile(
    r"(?P<lead>(?:填|制|报|印|审|复核|编|导出|发布|生成)[^，。；\d]{0,6})?(?<![至到—–~～－-])(?<![至到—–~～－-]\s)"
    r"(?P<year>20\d{2})\s*年\s*\d{1,2}+\s*月(?:\s*\d{1,2}+\s*日)?+(?!\s*[至到—–~～－起止-])"
)
# What points at a table.
POINTS_AT = re.compile("以[上下]|[上下]面的?(?:这[张份个些])?表|[上下本此该附]表|表[中内]|[如见]下|上述|下列|所列")
# A sentence, or a note, speaks of the table only with such words: figures that it tells something of, not 2022年的低保数据.
_FIGURES_ARE = (
    "^[^,。;]{0,10}数[据字][。:]?$|(?:数[据字值]?|件数|口径|统计|表格?|报表)[均都也已仍尚还暂将可约仅只全多]*"
    "(?:[为是系属含缺差未没不待有同照按依由取沿引抄源与和存]|来[自源]|截|在[核补])"
)
_SPEAKS_OF = re.compile(
    f"{POINTS_AT.pattern}|勘误|^更正|[仅只](?:含|包括|统计)|{_FIGURES_ARE}|^[^,。见]{{0,9}}。?$|填报|编制"
    "|[两几][栏列行]|[栏列][中内的]?数[据字值]"
)
_SUBJECT = re.compile("(?<!因)[为是系属:(]$"), re.compile("[^,。;]{0,16}?(?:数据|数字|情况|统计表|报表|[见如]下|下表|同期)")
_FIGURES = re.compile("度?的?(?:全年|同期|年?[末底])?的?(?:数[据字]?|情况|统计|年报|报告|表|累计|合计|总计|$|[,。;)])")
# A line that tells what has changed, or how many, is text.
TELLS = re.compile(
    "增[加长多减幅]|减少|[上提]升|下降|持平|结转|(?<!比)较(?!表)|(?<![第0-9])[0-9]+(?:余|多)?(?:件|个(?!月)|起(?![至到止—–~-])|[条项次份篇宗人万%](?!表))"
)
_LAST_YEAR = re.compile(
    rf"(?:^|[(:为是系属与和同])(?:{LAST_YEAR})度?(?:同期)?(?:\([^)]*\))?的?"
    "(?:$|[:)。]|数[据字]?[如情统:。)]?|情况|统计|[报附]?表|对[比照]|比较|申请|行政[复诉许处强收]|复议|诉讼|政府信息|主动|收到|如下|见下|全年|同期)"
)
_ONE_MONTH = re.compile("(?<![0-9至到—~-])(?:1[0-2]|[1-9])月份?$")
# Signs around what a line, or the name of a sheet, says where it says nothing else.
_SIGNS = re.compile(rf"^(?:[(\[【]|备?注:|表[{HAN}])+|[-_](?=[^0-9])|[)\]】。:]+$|(?<=表[{HAN}])[(\[【]")
# Of several years together.
_YEARS = re.compile(
    "(?:近[两二三四五]年|历年|20[0-9]{2}年以来|20[0-9]{2}年?[-—–~至到]+20[0-9]{2}年)[^,。;]{0,6}(?:累计|[合总]计|汇总)"
)
_OF_ALONE = roles.NOT_THE_YEARS | {Role.OFF, Role.CORRECTED}
_NAMING = frozenset({Role.TABLE, Role.FORM, Role.REPORT, Role.COUNTED})  # what names a table or its figures


def years(line: str, year: int, is_sheet: bool = False, is_of_rows: bool = False) -> set[int]:
    """The years that a line says its table is of; a day of the year after is one on which the table was filled in.

    A note of some rows may say a year in which their documents were made: 规章为2022年制发.
    """
    text = without_rules(compared(_FORM.sub("", line)))
    text = without_days(text, year) if is_sheet else text
    if not is_sheet and TELLS.search(text):
        return set()
    bare = (one for found in (_IN_SHEET if is_sheet else _BARE).finditer(text) for one in found.groups() if one)
    named = {number for one in _of_table(text, line, is_sheet, is_of_rows) for number in _named(one, year)}
    last = {year - 1} if not is_sheet and _is_of_last_year(text) else set()
    return named | last | {int(number) % 2000 + 2000 for number in bare}


def is_part(line: str, year: int) -> bool:
    """Whether a line says that its table is of a part of the year, or of one that begins or ends within a year."""
    text = without_rules(compared(line))
    if TELLS.search(text):
        return False
    some = [one for one in _of_table(text, line) if not one.month and (_named(one, year) or not one.years)]
    return len(some) == 1 and some[0].begins is not None and some[0].which(year) is Which.PART


def _of_table(text: str, line: str, is_sheet: bool = False, is_of_rows: bool = False) -> list[Period]:
    """The times that a line, narrow, says its table is of; no year by word, and no day or month but behind a label."""
    text = _UNNAMED.sub(r"\1\2年", text)
    found = [(one, _LABELLED.search(text, 0, one.span[0]) is not None) for one in read(text)]
    is_of_table = is_sheet or not is_sentence(line) or bool(_SPEAKS_OF.search(text))
    return [
        one
        for one, is_labelled in found
        if is_labelled
        or (
            (is_of_table or (is_of_rows and _FIGURES.match(text, one.span[1])))
            and (is_sheet or not is_sentence(line) or _is_subject(text, one))
            and not (one.month and _IN_FIGURES.fullmatch(text, *one.span))
        )
    ]


def _named(one: Period, year: int) -> set[int]:
    """The years that a time names in figures; on a day of the year after, the table was filled in."""
    is_day = one.month or (one.until and not one.is_whole)
    return {number for number in one.named if not (is_day and number == year + 1)}


def _is_of_last_year(text: str) -> bool:
    """Whether a line, narrow, says by word that its table is last year's, and nothing else."""
    inner = re.sub(r"[)\]】]", "", re.sub(r"[(\[【]", ":", text))
    return _WHOLE_LAST.search(inner) is not None and (not is_sentence(text) or _SPEAKS_OF.search(text) is not None)


def is_no_whole_year(line: str, year: int, is_sheet: bool = False, is_of_rows: bool = False) -> bool:
    """Whether a line says that its table is last year's by word, of a part of a year, or not valid: a sample, a draft.

    A sentence has to speak of a table, or of some rows of one.
    """
    text = without_days(compared(line), year) if is_sheet else roles.without_directions(compared(line))
    text = _SETTLED.sub("", text)
    core = _SIGNS.sub("", text)
    if roles.alone(core) & _OF_ALONE or (is_sheet and core != text and _ONE_MONTH.search(core)):
        return True
    said = roles.roles(text, year)
    is_named = _SPEAKS_OF.search(text) or (said & roles.NOT_FINAL and said & _NAMING)
    if not (is_sheet or is_of_rows or not is_sentence(line) or is_named):
        return False
    if not is_sheet and (Role.CORRECTED in said or TELLS.search(text)):
        return Role.CORRECTED in said or _is_not_final(text, year, is_sentence(line))
    last = bool(_LAST_YEAR.search(_bare(text)))
    if is_sheet:
        last = _is_of_other_time(text) or Role.DRAFT in roles.kept(text)
    return bool(last or _YEARS.search(text) or said & roles.NOT_THE_YEARS)


def speaks_of_table(line: str) -> bool:
    """Whether a line may be said of the table beside it: a sentence, or a note, has to name it or tell of figures."""
    return not is_sentence(line) or _SPEAKS_OF.search(compared(line)) is not None


def is_of_other_time(line: str, year: int) -> bool:
    """Whether a line names another year, a part of one or a draft, of whatever it says so: 2022年的低保数据."""
    named = (number for one in read(without_rules(compared(line))) for number in _named(one, year))
    return any(number != year for number in named) or is_no_whole_year(line, year, is_of_rows=True)


def is_draft_name(name: str, year: int) -> bool:
    """Whether the name of a file says that what it holds is not final, and nothing of another time."""
    text = without_days(compared(name), year)
    said = roles.roles(text, year) | roles.alone(_SIGNS.sub("", text))
    return bool(said & roles.NOT_FINAL) and not (said & roles.NOT_THE_YEARS - roles.NOT_FINAL or _is_of_other_time(text))


def without_days(name: str, year: int) -> str:
    """The name of a sheet or of a file, narrow, without the numbers of documents and when it was saved, after the year."""
    day = r"[-./_年](?:1[0-2]|0?[1-9])(?![0-9])(?:[-./_月](?:[0-3]?[0-9])?日?)?"
    return re.sub(
        rf"[\u4e00-\u9fff]{{0,8}}[(\[〔][12][0-9]{{3}}[)\]〕]第?[0-9]+号|(?<![0-9]){year + 1}(?:{day}|年(?=上?报送?|填报))",
        "",
        name,
    )


def undated(line: str, year: int) -> str:
    """A line beside a table without the days on which it was filled in: words say so, or the day is of a later year."""
    return _DAY.sub(lambda day: "" if day["lead"] or int(day["year"]) > year else day[0], line)


def without_rules(text: str) -> str:
    """A line, narrow, without rules and directions by which its table was filled in, and without what has been put right."""
    return _SETTLED.sub("", _BY_RULES.sub("", roles.without_directions(text)))


def compared(line: str) -> str:
    """A line, or the name of a sheet, as it is compared."""
    return "".join(unicodedata.normalize("NFKC", line).split())


def is_sentence(line: str) -> bool:
    """Whether a line is a sentence, or a note, which may speak of something else than its table."""
    return line[-1] in "。！；" or bool(re.match("[(（]?(?:备?注|说明)", line))


def _is_of_other_time(name: str) -> bool:
    """Whether the name of a sheet or of a file, narrow, says that what it holds is last year's, or of one month."""
    is_last = re.search(LAST_YEAR, name) and "结转" not in name
    return bool(is_last or _ONE_MONTH.search(name))


def _is_not_final(text: str, year: int, is_loose: bool) -> bool:
    """Whether a line that tells how many says that the figures are a draft's, not settled or estimated.

    It says so in a clause that names them, or that has no count of its own: 其中1件待审核 says so of an application. A
    sentence, or a note, has to name a table or its figures anywhere.
    """
    if is_loose and not (POINTS_AT.search(text) or roles.roles(text, year) & _NAMING):
        return False
    clauses = ((one, roles.roles(one, year)) for one in re.split("[,。;]", text))
    return any(said & roles.NOT_FINAL and (said & _NAMING or not TELLS.search(one)) for one, said in clauses)


def _is_subject(text: str, one: Period) -> bool:
    before, after = _SUBJECT
    return bool(before.search(text[: one.span[0]]) or after.match(text[one.span[1] :]))


def _bare(text: str) -> str:
    """A line without what opens it: 注：, 以下为."""
    return re.sub(r"^\(?(?:备?注:)?(?:(?:以[上下]|[上下本此]表|表[中内])(?:数据|情况|所列|表格)?(?:均|都)?)?", "", text)
