"""What a line beside a table, or the name of its sheet, says of it: of which year or part of one, whether valid."""

from __future__ import annotations

import re
import unicodedata

from nianbao.wording import HAN, HAN_DIGITS, in_digits

# By which rules a table was filled in, and until when its form is valid, which have years of their own.
_BY_RULES = re.compile(
    "《[^》]*》|(?:按照?|依[据照]|根据|参照|执行)[^,。;:]*?(?:格式|办法|规定|通知|要求|条例|文件|标准|口径)|20[0-9]{2}年(?:格式|[版起]|以[来前后])"
    "|有效期至?[:为]?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
)
# What has been put right is no longer the year's that is named: 上年数据已更正.
_SETTLED = re.compile(
    "(?:20[0-9]{2}年|[去上]一?年)度?的?(?:结转)?数[据字]?[均都业]?已经?(?:更正|修[正订改]|核[实对定]|调整|审[核定]|剔除|扣除|结转)"
)
_FORM = re.compile(r"(?<![0-9])20[\s_]+年度?")  # a year that nobody has filled in
_YEAR = re.compile(rf"(?<![0-9])(20[0-9]{{2}}|[二2][〇零○][零○{HAN_DIGITS}]{{2}})年((?:[0-9]{{1,2}}|[{HAN}]{{1,3}})月)?")
_BARE = re.compile(
    r"^\(?(20[0-9]{2})\)?$|\((20[0-9]{2})\)[:。]?$|(?:报告期|期间|周期|年[度份])[:为](20[0-9]{2})(?![0-9])"
    r"|^\(?([12][0-9])年度?的?(?:数据?|情况|统计|表)?\)?[:。]?$"
)
_IN_SHEET = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])|(?<![0-9])([12][0-9])年")
# What points at a table.
POINTS_AT = re.compile("以[上下]|[上下本此该附]表|表[中内]|[如见]下|上述|下列|所列")
# A sentence, or a note, speaks of the table only with such words.
_SPEAKS_OF = re.compile(f"{POINTS_AT.pattern}|勘误|^更正|[仅只](?:含|包括|统计)|数据|数字|^[^,。]{{0,9}}。?$|填报|编制")
_SUBJECT = re.compile("(?<!因)[为是系属:(]$"), re.compile("[^,。;]{0,16}?(?:数据|数字|情况|统计表|报表|[见如]下|下表|同期)")
_FIGURES = re.compile("度?的?(?:全年|同期|年?[末底])?的?(?:数[据字]?|情况|统计|年报|报告|表|累计|合计|总计|$|[,。;)])")
# A line that tells what has changed, or how many, is text.
TELLS = re.compile(
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
    "(?:仅|只|不|未)(?:包?含|包括|统计|计入?|[报填])[^,。;]{0,6}(?:月|季度?)|(?:缺|少|漏[报填统]?计?)[0-9一二三四五六七八九十]{1,3}(?:月|季度)|前[0-9一二三四五六七八九十]{1,2}个月|[上下]半年|前?[一二三四1-4]季度|前三季|半年度?(?:报|数据|表|$)"
)
_MONTHS = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:月份?(?:[0-9]{1,2}日)?)?起?[-—–−~至到]+(?:20[0-9]{2}年|当年)?([0-9]{1,2})月"
    r"|20[0-9]{2}[./-]([0-9]{1,2})(?:[./-][0-9]{1,2})?[-—–−~至到]+20[0-9]{2}[./-]([0-9]{1,2})(?![0-9])"
)
_UNTIL = re.compile("(?:截[至止]|更新)(?:至|到|日期|时间)?[:为]?(20[0-9]{2})?年?([0-9]{1,2})月")
_ONE_MONTH = re.compile("(?<![0-9至到—~-])(?:1[0-2]|[1-9])月份?$")
_NOT_VALID = re.compile(
    "[本此该上下]表已?废(?!止)|忽略[本此该上下]表|作废(?=$|[^\u4e00-\u9fff]|的?表|版)|已作废|废弃|停用|勿用|样表|样例|(?:填[写报表]|参考)(?:样本|范例)|填[写报表]示例"
    "|示例(?=$|[^\u4e00-\u9fff]|表|数|如下|仅|文)|草稿|草表|初稿|(?:更正|修改|修订|调整|订正)前|模板|虚构|虚拟数据|测试数据|仅供参考|(?:计划|目标|任务)数|过期|旧[版表]"
    "|征求意见稿|送审稿|讨论稿|试填|试报|试运行数据|模拟数据|举例|范例|式样|参考格式|第[一二三]稿|内部测算"
)
# A table that someone still has to put right; what corrects it may tell how many.
_NOT_FINAL = re.compile(
    "待(?:更新|补(?!正)|核[实对定]?|定|填|统计|完善|更正|修[改订])|未(?:经|及时)?(?:更新|核[实对定]|审[核定计]|确认|汇总|(?:统计|填报?|录入?|上报)完)"
    "|[尚还暂]未统计|未审(?![结理批议])|审核未通过|快报数|部分数据[)。]?$|待换|[以后]面?[再会]?换$|没改|不要用|错的|改前|(?<![无不毋])需(?:要|进一步|再)*(?:核[实对]|审核|更正|确认)|暂缺|[还仍正尚]在(?:统计|汇总|核[实对]|更新)|暂[定估按]|预[计估]|估[计算]|初步(?:统计|汇总|数)"
)
# What a line, or the name of a sheet, that says nothing else says of its table; within other words it may mean another.
_SIGNS = re.compile(rf"^(?:[(\[【]|备?注:|表[{HAN}])+|[-_](?=[^0-9])|[)\]】。:]+$|(?<=表[{HAN}])[(\[【]")
_ALONE = re.compile(
    "(?:测试|试[用填报]|练习|演示|示范|样[本表式例张]|参考|临时|暂[用时存]|未(?:核|完成?|定|最终|填完|审|汇总|更新|确认)"
    "|没填完?|[送报初待]审核?|待审[定批签]|(?:修改|过程|原|底|废|送审|报[审批]|未定|讨论|初|草)稿|(?:核对|统计|汇总|进行|修改|审核|填报)中"
    "|(?:数据)?(?:不全|不完整|有问题|不对|有误|缺失)|缺数据?|[别禁弃停勿]用|已?(?:无效|失效|作废|删除?)|废|待删"
    "|(?:改|更新|修[改订]|调整|更正|审核)前|历史|备份|[老旧原]|以前(?:年度)?|以往|上[次回]|同期|阶段性?"
    "|[周日季旬月]报|半年报|到?[0-9]{1,2}月底前?|年底前|[至迄]今|截[至止]目前|bak|old|backup|test|demo|sample|draft|example)"
    "[0-9]?(?:的|版|数据?|报?表|情况)*",
    re.IGNORECASE,
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
    "(?:复制|[取摘]自|带出|沿用|照[搬抄]|套用|抄自|引用|采用|先?按照?|^同)[^,。;]{0,6}?(?:去年|上年|上一年)(?!同期|.{0,4}(?:要求|口径|标准|格式))"
)
_OLD = re.compile("旧|备份|存档|历史|停用|(?:^|[-_(])[老原废](?:表|版|$)|(?:bak|old|backup)", re.IGNORECASE)  # of a sheet


def years(line: str, year: int, is_sheet: bool = False, is_of_rows: bool = False) -> set[int]:
    """The years that a line says its table is of; a day of the year after is one on which the table was filled in.

    A note of some rows may say a year in which their documents were made: 规章为2022年制发.
    """
    text = without_rules(narrow(_FORM.sub("", line)))
    text = without_days(text, year) if is_sheet else text
    if not is_sheet and TELLS.search(text):
        return set()
    found = [(in_digits(one[1]), one) for one in _YEAR.finditer(text)]
    if not is_sheet and _is_loose(line):
        is_of_table = bool(_SPEAKS_OF.search(text))
        some = [one for one in found if is_of_table or (is_of_rows and _FIGURES.match(text, one[1].end()))]
        found = [(number, one) for number, one in some if _is_subject(text, one)]
    said = {number for number, one in found if not (one[2] and number == year + 1)}
    bare = (_IN_SHEET if is_sheet else _BARE).finditer(text)
    return said | {int(number) % 2000 + 2000 for one in bare for number in one.groups() if number}


def is_no_whole_year(line: str, year: int, is_sheet: bool = False, is_of_rows: bool = False) -> bool:
    """Whether a line says that its table is last year's by word, of a part of a year, or not valid: a sample, a draft.

    A sentence has to speak of a table, or of some rows of one.
    """
    text = _SETTLED.sub("", without_days(narrow(line), year) if is_sheet else narrow(line))
    core = _SIGNS.sub("", text)
    if _ALONE.fullmatch(core) or (is_sheet and core != text and _ONE_MONTH.search(core)):
        return True
    if not (is_sheet or is_of_rows or not _is_loose(line) or _SPEAKS_OF.search(text)):
        return False
    if not is_sheet and (_CORRECTED.search(text) or TELLS.search(text)):
        return bool(_CORRECTED.search(text))
    last = bool(_LAST_YEAR.search(_bare(text)) or _COPIED.search(text))
    if is_sheet:
        is_last = re.search("去年|上年|上一年", text) and "结转" not in text
        last = bool(is_last or _OLD.search(text) or _ONE_MONTH.search(text))
    last = last or bool(_YEARS.search(text) or _BEFORE.search(text))
    return bool(last or _NOT_VALID.search(text) or _NOT_FINAL.search(text) or _is_part(text, year))


def without_days(name: str, year: int) -> str:
    """The name of a sheet or of a file, narrow, without the numbers of documents and when it was saved, after the year."""
    day = r"[-./_年](?:1[0-2]|0?[1-9])(?![0-9])(?:[-./_月](?:[0-3]?[0-9])?日?)?"
    return re.sub(
        rf"[\u4e00-\u9fff]{{0,8}}[(\[〔][12][0-9]{{3}}[)\]〕]第?[0-9]+号|(?<![0-9]){year + 1}(?:{day}|年(?=上?报送?|填报))",
        "",
        name,
    )


def without_rules(text: str) -> str:
    """A line, narrow, without the rules by which its table was filled in, and without what it says has been put right."""
    return _SETTLED.sub("", _BY_RULES.sub("", text))


def narrow(line: str) -> str:
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
