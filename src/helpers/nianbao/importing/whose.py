"""Whose table it is, as a line beside it, or the name of its sheet, says: another body's, or that of a section."""

from __future__ import annotations

import re
from functools import lru_cache

from nianbao.checks.bodies import is_another, parted, words
from nianbao.importing.disowned import narrow
from nianbao.wording import HAN

_NO_SHEET = re.compile(rf"表[{HAN}]|20[0-9]{{2}}年?度?|[()\s_-]")  # what stands beside a body's name in the name of a sheet
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


def is_anothers(line: str, name: str, is_sheet: bool = False) -> bool:
    """Whether a line names another body than the one whose name is known as the table's, or one below that, or a place."""
    text = narrow(line)
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
    text = narrow(line)
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
