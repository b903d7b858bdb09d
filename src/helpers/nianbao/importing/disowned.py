"""What a line beside a table, or the name of its sheet, says of it: of which year or part of one, whose, whether valid."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nianbao.checks.bodies import is_another, parted, words
from nianbao.wording import HAN, HAN_DIGITS, in_digits

_NO_SHEET = re.compile(rf"表[{HAN}]|20[0-9]{{2}}年?度?|[()\s_-]")  # what stands beside a body's name in the name of a sheet
# By which rules a table was filled in, which have years of their own.
_BY_RULES = re.compile(
    "《[^》]*》|(?:按照?|依[据照]|根据|参照|执行)[^,。;:]*?(?:格式|办法|规定|通知|要求|条例|文件|标准|口径)|20[0-9]{2}年(?:格式|[版起]|以[来前后])"
)
_YEAR = re.compile(rf"(?<![0-9])(20[0-9]{{2}}|[二2][〇零○][零○{HAN_DIGITS}]{{2}})年([0-9]{{1,2}}月)?")
_BARE = re.compile(
    r"^\(?(20[0-9]{2})\)?$|\((20[0-9]{2})\)[:。]?$|(?:报告期|期间|周期|年[度份])[:为](20[0-9]{2})(?![0-9])"
    r"|^\(?([12][0-9])年度?的?(?:数据?|情况|统计|表)?\)?[:。]?$"
)
_IN_SHEET = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])|(?<![0-9])([12][0-9])年")
# A sentence, or a note, speaks of the table only with such words.
_OF_TABLE = re.compile(
    "勘误|^更正|[仅只](?:含|包括|统计)|以[上下]|[上下本此该附]表|表[中内]|[如见]下|上述|下列|所列|数据|数字|^[^,。]{0,9}。?$|填报|编制"
)
_SUBJECT = re.compile("(?<!因)[为是系属:(]$"), re.compile("[^,。;]{0,16}?(?:数据|数字|情况|统计表|报表|[见如]下|下表|同期)")
# A line that tells what has changed, or how many, is text.
_TELLS = re.compile(
    "增[加长多减幅]|减少|[上提]升|下降|持平|结转|(?<!比)较(?!表)|(?<![第0-9])[0-9]+(?:余|多)?(?:件|个(?!月)|[条项次份篇起宗人万%](?!表))"
)
_LAST_YEAR = re.compile(
    r"(?:^|[(:为是系属与和同])(?:去年|上年|上一年)度?(?:同期)?(?:\([^)]*\))?的?"
    "(?:$|[:)。]|数[据字]?[如情统:。)]?|情况|统计|[报附]?表|对[比照]|比较|申请|行政[复诉许处强收]|复议|诉讼|政府信息|主动|收到|如下|见下|全年|同期)"
)
# Of a time before the year, or as at its beginning, by word.
_BEFORE = re.compile(
    "上期|上一报告期|基期数|[期年]初数|(?<!以)前年(?!度)|往年|历史数据|(?:先|暂)(?:时)?[放用填按].{0,2}[去上]年|(?<!口径)(?<!标准)(?<!格式)[与和同][去上]年(?:一致|一样|相同)"
)
_PART = re.compile(
    "(?<![每按])月报(?!送)|当月数|年中(?:统计|数)|截[至止]目前|^\\(?(?:1[0-2]|[1-9])月份?(?:数据?|情况)?\\)?$|(?<!12月)(?<![0-9]月[0-9])[0-9]{1,2}日[以之]?前(?![^,。;]{0,8}(?:报|送|反馈|完成))|"
    "(?:仅|只|不)(?:含|包括|统计|计)[^,。;]{0,6}(?:月|季度)|前[0-9一二三四五六七八九十]{1,2}个月|[上下]半年|前?[一二三四1-4]季度|前三季|半年度?(?:报|数据|表|$)"
)
_MONTHS = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:月份?(?:[0-9]{1,2}日)?)?起?[-—–−~至到]+(?:20[0-9]{2}年|当年)?([0-9]{1,2})月"
    r"|20[0-9]{2}[./-]([0-9]{1,2})(?:[./-][0-9]{1,2})?[-—–−~至到]+20[0-9]{2}[./-]([0-9]{1,2})(?![0-9])"
)
_UNTIL = re.compile("(?:截[至止]|更新)(?:至|到|日期|时间)?[:为]?(20[0-9]{2})?年?([0-9]{1,2})月")
_ONE_MONTH = re.compile("(?<![0-9至到—~-])(?:1[0-2]|[1-9])月份?$")
_NOT_VALID = re.compile(
    "作废(?=$|[^\u4e00-\u9fff]|的?表|版)|已作废|废弃|停用|勿用|样表|样例|(?:填[写报表]|参考)(?:样本|范例)|填[写报表]示例"
    "|示例(?=$|[^\u4e00-\u9fff]|表|数|如下|仅|文)|草稿|草表|初稿|(?:更正|修改|修订|调整|订正)前|模板|虚构|虚拟数据|测试数据|仅供参考|(?:计划|目标|任务)数|过期|旧[版表]"
    "|征求意见稿|送审稿|讨论稿|试填|试报|试运行数据|模拟数据|举例|范例|式样|参考格式|第[一二三]稿|内部测算"
)
# A table that someone still has to put right; what corrects it may tell how many.
_NOT_FINAL = re.compile(
    "待(?:更新|补(?!正)|核[实对定]?|定|填|统计|完善|更正|修[改订])|未(?:经|及时)?(?:更新|核[实对定]|审[核定计]|确认|汇总|填完)"
    "|[尚还暂]未统计|未审(?![结理批议])|审核未通过|快报数|部分数据$|待换|[以后]面?[再会]?换$|没改|不要用|错的|改前|(?<![无不毋])需(?:要|进一步|再)*(?:核[实对]|审核|更正|确认)|暂缺|[还仍正尚]在(?:统计|汇总|核[实对]|更新)|暂[定估按]|预[计估]|估[计算]|初步(?:统计|汇总|数)"
)
_CORRECTED = re.compile(
    "更正[:为]|勘误|应(?:更正|改|修正|订正)?为|有误|笔误|[填写抄登][错误]|误[写填]"
    "|以(?:附件|附表|更正|正式|最终)[^,。;]{0,12}为准|对调|互换|颠倒|错位|乘以|除以"
)
# Of several years together.
_YEARS = re.compile(
    "(?:近[两二三四五]年|历年|20[0-9]{2}年以来|20[0-9]{2}年?[-—–~至到]+20[0-9]{2}年)[^,。;]{0,6}(?:累计|[合总]计|汇总)"
)
_COPIED = re.compile(
    "(?:复制|沿用|照[搬抄]|套用|抄自|引用|采用|先?按照?|^同)[^,。;]{0,6}?(?:去年|上年|上一年)(?!同期|.{0,4}(?:要求|口径|标准|格式))"
)
_OLD = re.compile(
    "旧|备份|副本|存档|历史|停用|(?:^|[-_(])[老原废](?:表|版|$)|(?:bak|old|backup)", re.IGNORECASE
)  # of a sheet
# A part of a body, none that publishes a report of its own.
_SECTION = re.compile(
    "(?![各全]|所有)[^局厅委]{0,10}(?:办公室|科|处|室|股|支队|大队|中队|总队|队|中心|所|站|下属单位|事业单位|二级单位)"
)
_OF_BODY = re.compile("(.*[局厅委])(.{2,})")
_NAMED = re.compile("(?:单位|(?<!制定)机关|部门)[:：为]\\s*([\u4e00-\u9fff]{4,40})")
_DATA_OF = re.compile(
    "(?:[本此该以上下]表?|表[中内])(?:数[据字])?[均全]?(?:[为是系由]|[来取]自)([\u4e00-\u9fff]{2,30}?)(?:$|[,。;:]|的|(?:统计|汇总)?数|填报|提供|汇总)"
)
# Figures of all that are below a government, in the report of a bureau.
_OF_MANY = re.compile(
    "(?:[本此该]表|以上|表[中内])[^,。;]{0,6}(?:全[省市县区州旗镇乡][^,。;]{0,6}(?:汇总|合计|数)|由?各(?!科室|股室|处室|业务)[^,。;]{1,8}(?:填报|上报|汇总))"
)
# A section that has filled in a table, though not one that does it for the whole body.
_FILLED_IN = re.compile(
    "(?:填[报表写]|报送|统计|编报|责任|承办|数据)?(?:科室|处室|股室|部门|单位)[:：为]\\s*([\u4e00-\u9fff]{2,12}?)(?=$|[,，;；。)\\s])"
)
_SECTION_ALONE = re.compile("[\u4e00-\u9fff]{1,8}(?:科|股|室|支队|大队|中队|总队)")
_FOR_ALL = re.compile("办公室|综合|法[制规]|政[务策]|信息|秘书|文秘|宣传|公开")
_PLACED = re.compile("^[省市县区州旗]")
_NO_NAME = re.compile("[的由在对各等]")
# How the names of bodies end that publish no report of their own: 殡仪馆, 执法大队.
_BELOW = (
    "支队|大队|中队|总队|执法队|[服工管救][务作理助]站|管理所|研究所|[福敬养][利老]院|殡仪馆|[图书博物档案文化]{2}馆|中心"
)
_SHORT = (
    "馆",
    "所",
    "站",
    "园",
    "校",
    "院",
    "处",
    "场",
    "队",
    "公司",
    "厂",
    "库",
    "协会",
    "灌区",
    "居委会",
    "村委会",
    "中学",
    "小学",
)  # behind a place: 城关镇民政所
_TOLD = (
    "关于|的(?=(?:行政)?(?:处罚|许可|强制|收费|事业|复议|诉讼)|政府信息|申请|收到|[办处受]理|报送|填报|情况|统计|数|表)"
    "|作出|办理|实施|收到|受理|报送|填报|主动|申请|政府信息|情况|处罚|许可|强制|数据"
)
_LEVELS = ("省", "市州盟", "县区旗", "乡镇")
_PLACE = 3  # characters of a place's name: 城关镇
_NO_BODY = re.compile("[本我各全该]|所有|上述|其他|乡镇|城[镇区乡市]|辖区|园区|社区|地区|市场")


def body_in(text: str) -> str:
    """The body that a line such as 填报单位：… names; '' for none."""
    found = _NAMED.search(text)
    return found[1] if found and found[1].endswith(tuple(words()["organs"])) else ""


def years(line: str, year: int, is_sheet: bool = False) -> set[int]:
    """The years that a line says its table is of; a day of the year after is one on which the table was filled in."""
    text = _BY_RULES.sub("", _narrow(line))
    if not is_sheet and _TELLS.search(text):
        return set()
    found = [(in_digits(one[1]), one) for one in _YEAR.finditer(text)]
    if not is_sheet and _is_loose(line):
        found = [(number, one) for number, one in found if _OF_TABLE.search(text) and _is_subject(text, one)]
    said = {number for number, one in found if not (one[2] and number == year + 1)}
    bare = (_IN_SHEET if is_sheet else _BARE).finditer(text)
    return said | {int(number) % 2000 + 2000 for one in bare for number in one.groups() if number}


def is_no_whole_year(line: str, year: int, is_sheet: bool = False, is_of_rows: bool = False) -> bool:
    """Whether a line says that its table is last year's by word, of a part of a year, or not valid: a sample, a draft.

    A sentence has to speak of a table, or of some rows of one.
    """
    text = _narrow(line)
    if not (is_sheet or is_of_rows or not _is_loose(line) or _OF_TABLE.search(text)):
        return False
    if not is_sheet and (_CORRECTED.search(text) or _TELLS.search(text)):
        return bool(_CORRECTED.search(text))
    last = bool(_LAST_YEAR.search(_bare(text)) or _COPIED.search(text))
    if is_sheet:
        is_last = re.search("去年|上年|上一年", text) and "结转" not in text
        last = bool(is_last or _OLD.search(text) or _ONE_MONTH.search(text))
    last = last or bool(_YEARS.search(text) or _BEFORE.search(text))
    return bool(last or _NOT_VALID.search(text) or _NOT_FINAL.search(text) or _is_part(text, year))


def is_anothers(line: str, name: str, is_sheet: bool = False) -> bool:
    """Whether a line names another body than the one whose name is known as the table's, or one below that, or a place."""
    text = _narrow(line)
    if _OF_MANY.search(text) and not name.endswith(("政府", "办公室", "办公厅", "管委会", "管理委员会")):
        return True
    body = _NO_SHEET.sub("", text) if is_sheet else _body_of(text)
    if section_in(line, name, is_sheet) or not body or body in name:
        return False
    if body.endswith(tuple(words()["organs"])):
        return is_another(body, name, name) or _is_of_other_level(body, name)
    place, matter = parted(body)
    if not matter:
        return len(place) >= _PLACE and bool(parted(name)[0])
    return bool(place and body.endswith(_SHORT)) or bool(re.search(f"(?:{_BELOW})$", body) and not is_sheet)


def _is_of_other_level(body: str, name: str) -> bool:
    """Whether a body that is called after a level only sits on another one than the known body: 市民政局 for a county's."""
    own = parted(name)[0][-1:]
    levels = [next((some for some in _LEVELS if one in some), "") for one in (body[0], own) if one]
    is_named = parted(body)[0] or body[1:2] == "级"
    return len(levels) > 1 and all(levels) and levels[0] != levels[1] and not is_named


def section_in(line: str, name: str, is_sheet: bool = True) -> str:
    """The section, or other part of a body, after which a sheet is named or that a line says has filled in a table.

    One that may do that for the whole body is none in a line.
    """
    text = _narrow(line)
    if is_sheet:
        part = _NO_SHEET.sub("", text).removeprefix(name)
    else:
        found = _FILLED_IN.search(text)
        part = found[1] if found else text if _SECTION_ALONE.fullmatch(text) else ""
        part = "" if _FOR_ALL.search(part) else part.removeprefix(name)
    if (found := _OF_BODY.fullmatch(part)) and found[1] in name:
        part = found[2]
    is_own = bool(name) and name.endswith(part)
    return part if _SECTION.fullmatch(part) and not is_own and not parted(part)[0] else ""


def _body_of(text: str) -> str:
    """The body that a line names: behind 填报单位：, in front of what it has done, or alone."""
    if found := _NAMED.search(text) or _DATA_OF.search(text):
        is_body = found[1].endswith((*words()["organs"], *_SHORT))
        return found[1] if is_body else ""
    found = _leading().match(text)
    if not found or _NO_NAME.search(found["body"]) or _NO_BODY.match(found["body"]):
        return ""
    body = found["body"]
    is_placed = bool(parted(body)[0] or _PLACED.search(body))
    return body if is_placed or (found["told"] and re.search(f"(?:{_BELOW})$", body)) else ""


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    ends = "|".join((*words()["organs"], _BELOW, *_SHORT, "[省市县区州旗镇乡]|街道"))
    before = f"(?:附[件表录]?[0-9{HAN}]*[:.、]?)?(?:其中[,:]?)?"
    return re.compile(rf"{before}(?P<body>[\u4e00-\u9fff]{{1,30}}?(?:{ends}))(?:$|(?=[0-9(:])|(?P<told>{_TOLD}))")


def _narrow(line: str) -> str:
    """A line, or the name of a sheet, as it is compared."""
    return "".join(unicodedata.normalize("NFKC", line).split())


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
