"""The level of a body, as its name tells it."""

from __future__ import annotations

import re

from nianbao.checks.bodies import parted

# How the place of a bureau ends → its level. A city below another one is a county's.
_LEVELS = (
    (re.compile("省$|自治区$|^(?:北京|天津|上海|重庆)市$"), "省"),
    (re.compile("市.+市$|县$|(?<!地)区$|旗$"), "县"),
    (re.compile("市$|州$|盟$|地区$"), "市"),
    (re.compile("镇$|乡$|街道$"), "乡"),
)
# The ministries whose names say neither 国家 nor 中国.
_MINISTRIES = (
    "(?:外交|国防|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和城乡建设|交通运输"
    "|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部"
)
# A body of the state's; a branch of one names its place behind that: 国家税务总局示例市税务局.
_NATIONAL = re.compile(
    f"(?:(?:国家|国务院|中国|中华人民共和国)(?:市场|[^局部委署省市县区园院馆级])+(?:总?局|部|委员会|署)|(?:中华人民共和国)?{_MINISTRIES}"
    "|(?:中华人民共和国)?(?:海关总|审计)署|中国人民银行|中国(?:科学|社会科学|工程)院|国务院(?:办公厅|研究室|发展研究中心)?)(?:[(（].*)?"
)


def of_body(name: str) -> str:
    """The level of a body of the state's, or by the last place in its name; '' where it names none."""
    if _NATIONAL.fullmatch(name):
        return "国家"
    place = parted(name.removesuffix("办事处"))[0]
    return next((level for ending, level in _LEVELS if ending.search(place)), "")
