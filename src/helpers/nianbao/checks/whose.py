"""Whose table it is, as a line beside it, or the name of its sheet, says: another body's, or that of a section."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.checks.bodies import is_another, is_its_office_elsewhere, parted, words
from nianbao.checks.disowned import POINTS_AT, compared
from nianbao.checks.roles import without_directions
from nianbao.inputs.formlabels import GETS, PUBLISHER, SETS, labels
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

# What parts the words of the name of a sheet or of a file, and what stands beside a body's name there.
_PARTS = re.compile(r"[\W_]+")
_NO_SHEET = re.compile(
    rf"表[{HAN}](?!中)|附?[表件录][0-9]{{1,2}}|(?<![0-9])(?:20|[12](?=[0-9]年))[0-9]{{1,2}}年?度?|(?:(?:政府|政务)?信息|政务)公开(?!办)"
    "|附[件表]|工作(?![站委])|情况|(?:统计|报)表|表格|年报|数据(?![局管中])|汇总表?|上报|定稿|终稿|最终版?|(?<=[局厅委办府院校])报送?$"
)
# A part of a body, none that publishes a report of its own.
_SECTION = re.compile(
    "(?![各全]|所有)[^局厅委]{0,10}(?:办公室|科|处|室|股|支队|大队|中队|总队|队|中心|所|站|下属单位|事业单位|二级单位)"
)
_OF_BODY = re.compile("(.*[局厅委])(.{2,})")
_DATA_OF = re.compile(
    "(?:[本此该以上下]表?|表[中内])(?:数[据字])?[均全]?(?:[为是系由]|[来取]自)([\u4e00-\u9fff]{2,30}?)(?:$|[,。;:]|的|(?:统计|汇总)?数|填报|提供|汇总)"
)
# Figures of all that are below a government, in the report of a bureau.
_OF_MANY = re.compile(
    "(?:[本此该]表|以上|表[中内])[^,。;]{0,6}(?:全[省市县区州旗镇乡][^,。;]{0,6}(?:汇总|合计|数)|由?各(?!科室|股室|处室|业务|(?:有关|相关)?(?:单位|部门|机关)填报)[^,。;]{1,8}(?:填报|上报|汇总))"
)
# A section that has filled in a table, though not one that does it for the whole body.
_FILLED_IN = re.compile(
    "(?:填[报表写]|报送|统计|编报|责任|承办|数据)?(?:科室|处室|股室|部门|单位)(?:名称)?[:：为]\\s*([\u4e00-\u9fff]{2,12}?)(?=$|[,，;；。)\\s])"
)
_OF_ALL = re.compile("汇总|合计|总表")
_SECTION_ALONE = re.compile("[\u4e00-\u9fff]{1,8}(?:科|股|室|支队|大队|中队|总队)")
_FOR_ALL = re.compile("办公室|综合|法[制规]|政[务策]|信息|秘书|文秘|宣传|公开|各|全")
_OFFICE = re.compile("[局委校院镇乡县市区]?(?:人民|政府|党政|综合|行政|机关|政务|信息|公开|党建|法制|法规|秘书|文秘|宣传)*")
_OWN_OFFICE = re.compile("(?<=[局委])办公室$")
_SCHOOL = "(?:[中小大]学|学[校院]|幼儿园)"
_PLACED = re.compile("^[省市县区州旗]")
_NO_NAME = re.compile("[的由在对各等]")
_EVERY = ("organs", "below", "alone", "short")  # how the names of bodies end, as bodies.yaml has it
_TOLD = (
    "关于|的(?=(?:行政)?(?:处罚|许可|强制|收费|事业|复议|诉讼)|政府信息|申请|收到|[办处受]理|报送|填报|情况|统计|数|表)"
    "|作出|办理|实施|收到|受理|报送|填报|主动|申请|政府信息|情况|处罚|许可|强制|数据(?![局资管中])|统计(?!局)|行政(?:处罚|许可|复议|诉讼|强制)"
    "|上报|提供|编[制报]|制$|填$|报表"
)
_BY = "(?:(?:[本此该下上]表|以[上下])(?:数[据字]|表格|各表)?[均都]?)?(?:[由代为是系]|[来取]自)?"
_LEVELS = ("省", "市州盟", "县区旗", "乡镇")
_PLACE = 3  # characters of a place's name: 城关镇
_NO_BODY = re.compile("[本我各全该]|所有|上述|其他|乡镇|城[镇区乡市]|辖区|园区|社区(?!居)|地区|市场")
_GETS = re.compile("公开办|政务公开|政府办|办公厅|^国务院|^国家|领导小组")  # bodies that collect the reports of others
_LABEL = re.compile(
    "(?P<role>[\u4e00-\u9fff]{0,6}?)(?:(?:单位|机关|部门|机构)(?:[名全]称)?(?:\\([^()]{1,4}\\))?|填[报表]人?|(?:制表|经办)人?|编[报制]|数据(?:来源|提供)|统计范围)[:为]"
)
_HOSTS = re.compile("大数据|电子政务|信息化|信息中心|政务服务|网信|融媒|公开办|办公[厅室]|政府办")
_OF_PERSON = re.compile("(?:填[报表]|制表|经办)人?[:为]$")  # a person or a body stands behind it: 填表人：李局
# Before a body, or anywhere in a clause, with these it deals with what is counted, and has counted nothing.
_DEALS_BEFORE = re.compile(
    "[向报送交经]|涉及|告知|移送|(?<!结)转|划[入归]|集中|不含|(?<![仅只单])(?:包?含|包括)|其中|^原|会同|联合|配合|协助|按照?|依[据照]|根据"
)
_DONE = re.compile(
    "(?:统一|集中|具体|负责|依法)*(?:行使|承办|办理|转办|实施|受理)|的?(?:数[据字]|职[责能]|业务)?(?:也|已|均)?(?:并入|划转)|移[送交]|转[来送交]|交办"
)  # by it, and not counted
_DEALT = re.compile("审[理核]|裁[决定]|判决|复议|应诉|印发|要求|通知|部署|答复|移交")
_CORNER = re.compile(r"\(?本列数据的勾稽关系[^()]*\)?")
_OPENS = re.compile(rf"(?:[{HAN}]+[、.]|表[{HAN}][:、]?|附[件表录]?[0-9{HAN}]*[:.、]?|其中[,:]?|备?注:)+")
_GAP = re.compile(r"(?<=[^：:\s])(?:\s{2,}|\u3000|\t)")


def body_in(text: str) -> str:
    """The body that a line such as 填报单位：… names; '' for none."""
    found = next(_labelled(compared(text)), "")
    return found if len(found) > _PLACE and found.endswith(tuple(words()["organs"])) else ""


def is_anothers(line: str, name: str, is_sheet: bool = False) -> bool:
    """Whether a line names another body than the one whose name is known as the table's, or one below that, or a place."""
    text = compared(line)
    if not is_sheet and (kept := without_directions(text)) != text:
        line = text = kept
    if _OF_MANY.search(text) and not adds_up(name):
        return True
    if section_in(line, name, is_sheet):
        return False
    bodies = ((one, True) for one in _in_name(text)) if is_sheet else _bodies_of(line)
    return any(_is_others(body, name, is_sheet, is_sure) for body, is_sure in bodies)


def adds_up(name: str) -> bool:
    """Whether a body adds up in its report the figures of all that are below it, as a government does."""
    return name.endswith(("政府", "办公室", "办公厅", "管委会", "管理委员会"))


def without_own(text: str, name: str) -> str:
    """The name of a sheet or of a file without the body's own name, in short too, and without whom it is sent to."""
    place, matter = parted(name)
    for one in _in_name(text):
        is_body = bool(re.search(f"(?:{_ends(*_EVERY)})$", one)) or (matter or place or name) in one
        if (is_body and _is_short_of(one, name)) or _is_its_office(one, name):
            text = re.sub(f"{re.escape(one)}(?:报送?(?![\u4e00-\u9fff]))?", " ", text)
    return _sent_to().sub(" ", text)


def is_labelled(line: str, name: str) -> bool:
    """Whether another body than the one whose name is known stands behind a label such as 填报单位：."""
    return any(_is_others(body, name, False, True) for body in _labelled(compared(line)))


def is_published_by_another(line: str, name: str) -> bool:
    """Whether behind 发布单位： or 主办： stands another body, neither the government above nor who runs its site."""
    if not (found := re.match(f"(?:{labels(PUBLISHER)})[:为]", compared(line))) or not name:
        return False
    behind = compared(line)[found.end() :]
    return not (is_above(behind, name) or _HOSTS.search(behind)) and is_named(behind, name)


def is_named(text: str, name: str) -> bool:
    """Whether a text, narrow, begins with the name of another body than the one whose name is known."""
    found = _named().match(text)
    return found is not None and _is_others(found[0], name, False, True)


def is_above(government: str, name: str) -> bool:
    """Whether a name is that of the government of the known body's place, if that is known, or of one of a higher level."""
    (place, matter), own = parted(government), parted(compared(name))[0]
    level, of_own = (next((at for at, some in enumerate(_LEVELS) if one[-1:] in some), len(_LEVELS)) for one in (place, own))
    return bool(place) and not matter and (not own or place in own or level < of_own)


def _in_name(text: str) -> list[str]:
    """The words of the name of a sheet or of a file, narrow, that may be the name of a body whose it is."""
    return [*filter(None, (_NO_SHEET.sub("", one) for one in _PARTS.split(_sent_to().sub(" ", text))))]


def _is_others(body: str, name: str, is_sheet: bool, is_sure: bool) -> bool:
    """Whether a name is not that of the known body; ``is_sure``: it is one though it has no place, as behind 填报单位：."""
    if is_its_office_elsewhere(body, name):
        return True
    short = _OWN_OFFICE.sub("", body)
    if len(body) < 2 or body in name or _NO_BODY.match(body) or _is_short_of(short, name) or _is_its_office(body, name):
        return False
    if re.fullmatch(_ends("alone"), body) or (re.search(f"(?:{_ends('alone')})$", body) and not parted(body)[0]):
        return is_sure and not name.endswith(body) and not (body == "学校" and re.search(f"{_SCHOOL}$", name))
    if body.endswith(tuple(words()["organs"])):
        return is_another(body, name, name) or _is_of_other_level(body, name)
    place, matter = parted(body)
    if not matter:
        return len(place) >= _PLACE and bool(parted(name)[0])
    is_below = bool(re.search(f"(?:{_ends('below')})$", body)) and not is_sheet
    return bool(place and re.search(f"(?:{_ends('alone', 'short')})$", body)) or is_below


def _is_short_of(body: str, name: str) -> bool:
    """Whether a name is the known one with characters left out: 县局; none of another level, nor the body above."""
    organ, own = (next((one for one in words()["organs"] if text.endswith(one)), "") for text in (body, name))
    return is_within(body, name) and is_within(organ, own or organ) and not _is_of_other_level(body, name)


def is_within(part: str, text: str) -> bool:
    """Whether the characters of some words stand in a text in their order."""
    rest = iter(text)
    return all(char in rest for char in part)


def _is_its_office(body: str, name: str) -> bool:
    """Whether a name is that of an office which fills in tables for all of the known body: 党政办."""
    place, matter = parted(body)
    own_place, own_matter = parted(name)
    is_office = bool(re.search("办(?:公[室厅])?$", body)) and bool(_OFFICE.fullmatch(matter))
    return is_office and place in own_place and ("政府" not in body or not own_matter)


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
    text = compared(line)
    if is_sheet:
        part = "" if _OF_ALL.search(text) else "".join(_in_name(text)).removeprefix(name)
    else:
        found = _FILLED_IN.search(text)
        part = found[1] if found else text if _SECTION_ALONE.fullmatch(text) else ""
        part = "" if _FOR_ALL.search(part) else part.removeprefix(name)
    if (found := _OF_BODY.fullmatch(part)) and found[1] in name:
        part = found[2]
    is_own = bool(name) and name.endswith(part)
    return part if _SECTION.fullmatch(part) and not is_own and not parted(part)[0] else ""


def _bodies_of(line: str) -> Iterator[tuple[str, bool]]:
    """The bodies that a line names as whose its table is, and whether each is surely a name."""
    texts = dict.fromkeys(map(compared, (line, *_GAP.split(line)))) if not line.endswith("印发") else ()
    for whole in texts:
        text = _CORNER.sub("", whole)
        yield from ((body, True) for body in _labelled(text))
        if found := _DATA_OF.search(text):
            is_body = bool(re.search(f"(?:{_ends(*_EVERY)})$", found[1]))
            yield found[1] if is_body else "", True
        for part in re.split("[()]", text) if text[:1] == "(" or text[-1:] == ")" else [text]:
            opened = _OPENS.match(part)
            yield _leading(part[opened.end() :] if opened else part, bool(opened and opened[0].startswith("其中")))
        yield from ((body, True) for clause in re.split("[,。;]", text) for body in _told(clause))


def _labelled(text: str) -> Iterator[str]:
    """The bodies behind labels such as 填报单位：, but for persons and those that only set a form, check it or get it."""
    for label in _LABEL.finditer(text):
        found = _named().match(text, label.end())
        gets = found and _GETS.search(found[0]) and re.search(GETS, label[0])
        is_person = found and _OF_PERSON.search(label[0]) and len(found[0]) < _PLACE and not _PLACED.match(found[0])
        if found and not (gets or is_person or re.search(SETS, label[0])):
            yield found[0]


def _leading(text: str, is_part: bool) -> tuple[str, bool]:
    """The body that a text begins with, in front of what it has done, or that is all of it.

    Behind 其中 a body with its count is a part of the table's own: 其中市数据中心2件.
    """
    found = _at_the_front().match(text)
    if not found or _DEALT.match(text):
        return "", False
    body, told = found["body"], found["told"]
    if _NO_NAME.search(body) or _NO_BODY.match(body) or _DEALS_BEFORE.search(body):
        return "", False
    if is_part and re.fullmatch("[0-9]{1,3}[件宗个]。?", text[found.end() :]):
        return "", False
    if _GETS.search(body) and told in {"填", "制", "编制", "上报", "提供"}:
        return "", False
    if parted(body)[0] or _PLACED.search(body):
        return body, True
    if told and re.search(f"(?:{_ends('below')})$", body):
        return body, False
    if told is None and found.end() < len(text):
        return "", False  # 学校3件
    is_sure = not told or bool(re.match("数|统计|[填上]报|填|提供|编|制|报表|情况", told))
    return (body, True) if is_sure and re.search(f"(?:局|厅|委员会|{_ends('alone')})$", body) else ("", False)


def _told(clause: str) -> Iterator[str]:
    """The bodies, each with its place, of which a clause that speaks of a table says that it is theirs."""
    if POINTS_AT.search(clause) and not _DEALT.search(clause):
        found = (
            one
            for one in _placed().finditer(clause)
            if not (_DEALS_BEFORE.search(clause[: one.end()]) or _DONE.match(clause, one.end()))
        )
        yield from (re.split("[为是系由自含代]", one[0])[-1] for one in found)


@lru_cache(maxsize=16)
def _ends(*kinds: str) -> str:
    """A pattern of how the names of some kinds of bodies end."""
    return "|".join(one for kind in kinds for one in words()[kind])


@lru_cache(maxsize=1)
def _sent_to() -> re.Pattern[str]:
    """Whom a file is sent to: 报县政府办; not 年报."""
    body = f"[\u4e00-\u9fff]{{0,14}}?(?:{_ends('organs')})+(?!(?:政府|政务)?(?:信息)?公开办)"
    return re.compile(
        f"(?:(?<![年月季旬周日半填汇通快简申预情])(?:呈|上)?报(?:送|给|至|到|请)?|[呈抄递]送|送[给交至]?){body}"
    )


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    behind = "$|[,;。():]|填[报表]|联系|审核|负责|经办|电话|[日时][期间]|报送|统计|20"
    return re.compile(f"[\u4e00-\u9fff]{{0,38}}?(?:{_ends(*_EVERY)})(?={behind})")


@lru_cache(maxsize=1)
def _placed() -> re.Pattern[str]:
    return re.compile(f"[\u4e00-\u9fff]{{1,8}}?(?:[省市县区州旗镇乡]|街道)[\u4e00-\u9fff]{{1,14}}?(?:{_ends('organs')})")


@lru_cache(maxsize=1)
def _at_the_front() -> re.Pattern[str]:
    ends = f"{_ends(*_EVERY)}|[省市县区州旗镇乡]|街道"
    return re.compile(rf"{_BY}(?P<body>[\u4e00-\u9fff]{{0,30}}?(?:{ends}))(?:[:。]?$|(?=[0-9(:])|(?P<told>{_TOLD}))")
