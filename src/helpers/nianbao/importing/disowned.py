"""What a line beside a table, or the name of its sheet, says of it: of which year or part of one, whose, whether valid."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nianbao.checks.bodies import is_another, parted, words
from nianbao.wording import HAN, HAN_DIGITS, in_digits

_SHEET = re.compile("工作表“([^”]*)”")
_NO_SHEET = re.compile(rf"表[{HAN}]|20[0-9]{{2}}年?度?|[()\s_-]")  # what stands beside a body's name in the name of a sheet
# By which rules a table was filled in, which have years of their own.
_BY_RULES = re.compile(
    "《[^》]*》|(?:按照?|依[据照]|根据|参照|执行)[^,。;:]*?(?:格式|办法|规定|通知|要求|条例|文件|标准|口径)|20[0-9]{2}年(?:格式|[版起]|以[来前后])"
)
_YEAR = re.compile(rf"(?<![0-9])(20[0-9]{{2}}|[二2][〇零○][零○{HAN_DIGITS}]{{2}})年([0-9]{{1,2}}月)?")
_BARE = re.compile(r"^\(?(20[0-9]{2})\)?$|\((20[0-9]{2})\)[:。]?$|(?:报告期|期间|周期|年[度份])[:为](20[0-9]{2})(?![0-9])")
_IN_SHEET = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])|(?<![0-9])([12][0-9])年")
# A sentence, or a note, speaks of the table only with such words.
_OF_TABLE = re.compile("以[上下]|[上下本此该附]表|表[中内]|[如见]下|上述|下列|所列|数据|数字|^[^,。]{0,9}。?$|填报|编制")
_SUBJECT = re.compile("(?<!因)[为是系属:(]$"), re.compile("[^,。;]{0,16}?(?:数据|数字|情况|统计表|报表|[见如]下|下表|同期)")
# A line that tells what has changed, or how many, is text.
_TELLS = re.compile(
    "增[加长多减幅]|减少|[上提]升|下降|持平|结转|(?<!比)较(?!表)|(?<![第0-9])[0-9]+(?:余|多)?(?:件|[条项次个份篇起宗人万%](?!表))"
)
_LAST_YEAR = re.compile(
    r"(?:^|[(:为是系属与和同])(?:去年|上年|上一年)度?(?:同期)?(?:\([^)]*\))?的?"
    "(?:$|[:)。]|数[据字]?[如情统:。)]?|情况|统计|[报附]?表|对[比照]|比较|申请|政府信息|主动|收到|如下|见下|全年|同期)"
)
_PART = re.compile("[上下]半年|前?[一二三四1-4]季度|前三季|半年度?(?:报|数据|表|$)")
_MONTHS = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:月份?(?:[0-9]{1,2}日)?)?起?[-—–−~至到]+(?:20[0-9]{2}年|当年)?([0-9]{1,2})月"
    r"|20[0-9]{2}[./-]([0-9]{1,2})[./-][0-9]{1,2}[-—–−~至到]+20[0-9]{2}[./-]([0-9]{1,2})[./-][0-9]"
)
_UNTIL = re.compile("截[至止]至?到?(20[0-9]{2})?年?([0-9]{1,2})月")
_ONE_MONTH = re.compile("(?<![0-9至到—~-])(?:1[0-2]|[1-9])月份?$")
_NOT_VALID = re.compile(
    "作废(?=$|[^\u4e00-\u9fff]|的?表|版)|已作废|废弃|停用|勿用|样表|样例|(?:填[写报表]|参考)(?:样本|范例)|填[写报表]示例"
    "|示例(?=$|[^\u4e00-\u9fff]|表|数|如下|仅|文)|草稿|草表|初稿|(?:更正|修改|修订|调整|订正)前|模板|虚构|虚拟数据|测试数据|仅供参考"
)
# A part of a body, none that publishes a report of its own.
_SECTION = re.compile(
    "(?![各全]|所有)[^局厅委]{0,10}(?:办公室|科|处|室|股|支队|大队|中队|总队|队|中心|所|站|下属单位|事业单位|二级单位)"
)
_OF_BODY = re.compile("(.*[局厅委])(.{2,})")
_NAMED = re.compile("(?:单位|(?<!制定)机关|部门)[:：为]\\s*([\u4e00-\u9fff]{4,40})")
_PLACED = re.compile("^[省市县区州旗]")
_NO_NAME = re.compile("[的由在对各等]")


def body_in(text: str) -> str:
    """The body that a line such as 填报单位：… names; '' for none."""
    found = _NAMED.search(text)
    return found[1] if found and found[1].endswith(tuple(words()["organs"])) else ""


def years(line: str, year: int) -> set[int]:
    """The years that a line says its table is of; a day of the year after is one on which the table was filled in."""
    text, is_sheet = _narrow(line)
    text = _BY_RULES.sub("", text)
    if not is_sheet and _TELLS.search(text):
        return set()
    found = [(in_digits(one[1]), one) for one in _YEAR.finditer(text)]
    if not is_sheet and _is_loose(line):
        found = [(number, one) for number, one in found if _OF_TABLE.search(text) and _is_subject(text, one)]
    said = {number for number, one in found if not (one[2] and number == year + 1)}
    bare = (_IN_SHEET if is_sheet else _BARE).finditer(text)
    return said | {int(number) % 2000 + 2000 for one in bare for number in one.groups() if number}


def is_no_whole_year(line: str, year: int) -> bool:
    """Whether a line says that its table is last year's by word, of a part of a year, or not valid: a sample, a draft."""
    text, is_sheet = _narrow(line)
    if not is_sheet and (_TELLS.search(text) or (_is_loose(line) and not _OF_TABLE.search(text))):
        return False
    last = re.search("去年|上年|上一年", text) and "结转" not in text if is_sheet else _LAST_YEAR.search(_bare(text))
    return bool(last or _NOT_VALID.search(text) or _is_part(text, year) or (is_sheet and _ONE_MONTH.search(text)))


def is_anothers(line: str, name: str) -> bool:
    """Whether a line names another body than the one whose name is known as the table's."""
    text, is_sheet = _narrow(line)
    body = body_in(text)
    if section_in(line, name):
        return False
    if is_sheet:
        body = _NO_SHEET.sub("", text)
    elif not body and (found := _leading().match(text)) and not _NO_NAME.search(found[1]):
        body = found[1] if parted(found[1])[0] or _PLACED.search(found[1]) else ""
    return bool(body) and body.endswith(tuple(words()["organs"])) and is_another(body, name, name)


def section_in(line: str, name: str) -> str:
    """The section, or other part of a body, after which a sheet is named; '' for none, and for a line that is no sheet's."""
    text, is_sheet = _narrow(line)
    part = _NO_SHEET.sub("", text).removeprefix(name) if is_sheet else ""
    if (found := _OF_BODY.fullmatch(part)) and found[1] in name:
        part = found[2]
    is_own = bool(name) and name.endswith(part)
    return part if _SECTION.fullmatch(part) and not is_own and not parted(part)[0] else ""


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    organs = "|".join(words()["organs"])
    return re.compile(
        f"(?:附[件表录]?[0-9{HAN}]*[:.、]?)?([\u4e00-\u9fff]{{2,30}}?(?:{organs}))(?=$|[0-9(:]|关于|的?(?:政府信息|收到|主动|申请|情况))"
    )


def _narrow(line: str) -> tuple[str, bool]:
    """A line, or the name of a sheet, as it is compared, and whether it is one of a sheet."""
    sheet = _SHEET.search(line)
    return "".join(unicodedata.normalize("NFKC", sheet[1] if sheet else line).split()), bool(sheet)


def _is_loose(line: str) -> bool:
    """Whether a line may speak of something else than its table: a sentence, or a note."""
    return line[-1] in "。！；" or bool(re.match("[(（]?(?:备?注|说明)", line))


def _is_subject(text: str, found: re.Match[str]) -> bool:
    before, after = _SUBJECT
    return bool(before.search(text[: found.start()]) or after.match(text[found.end() :]))


def _bare(text: str) -> str:
    """A line without what opens it: 注：, 以下为."""
    return re.sub(r"^\(?(?:备?注:)?(?:(?:以[上下]|[上下本此]表|表[中内])(?:数据|情况|所列|表格)?(?:均|都)?)?", "", text)


def _is_part(text: str, year: int) -> bool:
    spans = ([int(one) for one in found.groups() if one] for found in _MONTHS.finditer(text))
    until = (int(one[2]) != 12 and one[1] in {None, str(year)} for one in _UNTIL.finditer(text))
    return bool(_PART.search(text)) or any(one != [1, 12] for one in spans) or any(until)
