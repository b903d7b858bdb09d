"""Numbers behind 图, 表 and 附件, as patterns: 图3 and 表三 have one, 图3幅, 表7日内 and 附件一览 have none."""

from __future__ import annotations

DIGIT = "[0-9０-９]"
# What things and days are counted by: 图3幅, 表7日内.
_COUNTS = "年月日号天周季个张份幅册件次遍项种期篇页条倍户届轮批组时岁元米维解万亿千笔座楼A-Z%％"
# What goes on from a numeral as a word: 一致, 三等奖.
_WORDS = "致样般些定直起览同并律目切旦概共向再经系列边方侧旁体路应键站式大"
_NO_WORD = (
    "名(?!称)|位(?!于|置)|所(?![示列在反述附指])|处(?!理|置|于)|余(?!额)|成(?!效|果)"
    "|分(?!别)|人(?!均)|类(?!似)|百(?!分)|家(?!庭)"
)
NO_COUNT = rf"(?!{DIGIT}|[{_COUNTS}]|{_NO_WORD})"
HAN = "[一二三四五六七八九十]{1,3}"
NUMBER = rf"(?:{DIGIT}{{1,3}}|{HAN}(?![一二三四五六七八九十〇零百{_WORDS}]|等奖)){NO_COUNT}"
# What is said of a picture or table: 图3显示, 表5是.
SHOWS = (
    r"(?:\s*(?:所[示列]|显示|展示|列[出示明]|给出|呈现|载明|表明|反映|可[见知]|可?以?看出)"
    r"|分别|是(?!否)|为(?![空了必准])|中(?=[，,的可列])|附后|(?:汇总|统计|对比|比较|描述|介绍|概括|记录|说明|总结)了)"
)
