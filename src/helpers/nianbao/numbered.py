"""What stands behind 图, 表 and 附件: a number (图3, 表三) or none (图3幅, 附件一览), a name (图3各镇情况) or a sentence.

All are patterns of plain text. A sentence shows something (图3显示), speaks of a part (表5的第2列), joins (图3和图4) or
opens with a word that opens few names (图3由市局绘制); what opens so and ends as names do (表5未成年人情况) is a name.
"""

from __future__ import annotations

from nianbao.reading import numeral

DIGIT = "[0-9０-９]"
# What things and days are counted by: 图3幅, 表7日内.
_COUNTS = "年月日号天周季个张份幅册件次遍项种期篇页条倍户届轮批组时岁元米维解万亿千笔座楼折A-Z%％"
# What goes on from a numeral as a word: 一致, 三等奖.
_WORDS = "致样般些定直起览同并律目切旦概共向再经系列边方侧旁体路应键站式大"
_NO_WORD = (
    "名(?!称)|位(?!于|置)|所(?![示列在反述附载显展指])|处(?!理|置|于)|余(?!额)|成(?!效|果)|多(?!元|数)|比[0-9]"
    "|分(?![别析布类])|人(?!均)|类(?!似)|百(?!分)|家(?!庭)"
)
NO_COUNT = rf"(?!{DIGIT}|[{_COUNTS}]|{_NO_WORD})"
PARTED = "[-－–—.．·]"  # between the number of a part and that in it: 图1-2, 图1.2, 表5—1
HAN = "[一二三四五六七八九十]{1,3}"
# No numeral begins a word: 一般公共预算, 三公经费, 十四五规划.
HAN_NUMBER = rf"(?!十[二三四五]五){HAN}(?![一二三四五六七八九十〇零百{_WORDS}]|等奖|次性|公(?![开示告布]))"
# With or without something behind it that it counts; then a number of its own.
_ANY = rf"(?:{DIGIT}{{1,3}}(?!{DIGIT})|{HAN_NUMBER})"
NUMBER = f"{_ANY}{NO_COUNT}"
# What points at a table of the text: 表5, 表三.
TABLE = rf"表\s?{NUMBER}"
_PLAINLY = (
    "(?:(?:直观|清楚|清晰|明显|明确|进一步|详细|具体|集中|全面|分别|主要|客观|真实|准确|如实|完整|简要|充分|共同|同样"
    "|也|还|均|都|则)地?)"
)
# What is said of a picture, table or attachment: 图3显示, 表5是, 图3清楚地表明.
SHOWS = (
    rf"(?:\s*{_PLAINLY}{{0,3}}(?:所?(?:[示列](?![支席车])|载(?=[的明])|显示(?![屏器牌])|展示(?![活牌板厅馆会栏])|列[出示明]"
    r"|给出|呈现|载明|表明|反映(?!强烈|问题)|体现|揭示)|可[见知]|可?以?看出"
    r"|(?:汇总|统计|对比|比较|描述|介绍|概括|记录|说明|总结)(?:了|的[是为]))"
    rf"|{_PLAINLY}{{0,2}}(?:是(?!否)|为(?![空了必准民期企老农]))|分别|说明(?![书会文表材栏：:])|中(?=[，,的可列])|附后"
    r"|系(?![列统])|即(?![将时日墨便]))"
)
# A part of a picture or table: 图3的, 表5第2列, 图3里.
PART = (
    r"(?:\s*第\s*[0-9一二三四五六七八九十]{1,3}\s*[行列项栏组]|的(?!士(?![气兵]))"
    "|中(?![小职央心标层期学医国介等考青华专外级巴部西东共午秋草文英日])|里(?!程)|内(?![容需部设审蒙]))"
)
# A second number: 图1、图2, 表5至7; 表1、2024年 has none.
JOINED = (
    rf"\s*(?:[至到和与及或、，,；;~～—–-]|以及)\s*"
    rf"(?:附?[图表]\s*(?:{DIGIT}|{HAN})|(?<![~～—–-]){DIGIT}{{1,3}}(?!{DIGIT}|[年月日]))"
)
# What few names open with, and words that none has: 表5另行公布, 图1见附件, 表5数据来自市局.
_DOUBTED = (
    "(?:[已另均未不将尚仅只暂也还都由以按据从在因经如见参详略附]|[（(][详参]?见|注明|标[注有]|[说备][明注][：:]|须|需要|可以|应当"
    f"|[上下左右前后][面侧方]?[为是的]|共{DIGIT}|[^，。\\n]{{0,12}}(?:[来取源摘引]自|不含|单位[为是]|均[为是]))"
)
# What names end in, with what may stand behind: 情况, 一览表（2024年）①.
_HEAD = (
    "情况|统计|[图表率量数额值]|一览|名单|清单|目录|明细|汇总|分布|对比|比较|构成|结构|趋势|走势|变化|进[度展]|结果|比[例重]|占比|排名"
    "|指标|分类|类型|标准|流程|示意|信息|事项|项目|内容|安排|要点|数据|渠道|方式|收支|经费|费用|人次|件次"
)
HEADED = rf"[^，,；;。\n]{{0,38}}?(?:{_HEAD})(?:[（(][^（）()\n]{{1,30}}[）)])?[①-⑳*＊※]{{0,2}}[：:？！?!]?[）)]?\s*(?:$|\|)"
_SAYS = f"(?!{SHOWS}|{PART}|{JOINED})"
_BEHIND = rf"(?:{NO_COUNT}(?=[\u4e00-\u9fff（(《“]){_SAYS}(?!{_DOUBTED})|(?=[^\s:：.．、，）)—-]){_SAYS}(?={HEADED}))"
# A number and right behind it what is a name, to its end; 表7月报送 is none, 表7月度情况 is one.
GLUED = f"{_ANY}{_BEHIND}"
# The name alone, where it ends as names do.
TITLED = rf"{NO_COUNT}{_SAYS}(?={HEADED})"
# What follows the number in a name, in a line: a space, a sign, the name itself.
IN_NAME = rf"(?!{JOINED})(?:(?=[\s:：.．、|<—-]|$)|{_BEHIND})"
_MARKED = "(?:附?[图表]|附[件录])"
_BESIDE = rf"(?:{_ANY}(?:{NO_COUNT}(?!\s?[件份张幅个条页篇起宗例家台辆套场](?!数))|(?=[件份次条篇页人户家]数)))"
# A number of a picture, table or attachment, or several, which counts nothing: 图2, 附件（1）, 表5至7; 附件3份 has none.
POINTED = (
    rf"{_MARKED}\s?(?:[（(]\s?{_ANY}\s?[）)]|{_BESIDE}"
    rf"(?:\s?(?:[至到和与及或、~～·]|以及|{PARTED})\s?{_MARKED}?\s?{_BESIDE}){{0,9}})"
)


def number_of(text: str | None) -> int | None:
    """2, ２, 二 and 二十一 as a number."""
    if text and text.isdecimal():
        return int(text)
    found = numeral(text or "")
    return int(found) if found else None
