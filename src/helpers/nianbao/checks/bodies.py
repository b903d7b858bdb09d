"""The names of public bodies: their place, level and matter, and whether two may be names of the same body."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from nianbao.checks.wordings import any_of, wordings
from nianbao.reading import narrow

if TYPE_CHECKING:
    from collections.abc import Callable

# What follows 市 in the matter of a body: 新城市场监管所, 示例市市政管理局. 盐城市 is a place before whatever else.
_OF_CITIES = "场|容(?!城)|政[管工设园公]"
# How one place ends. Names of places may hold another place's end, as 荆州区, 金乡县, 固镇县, 红旗区 and 西乡街道 do.
# 城乡, 乡村, 城镇 and 社区 are no places.
_HOLDING = (
    f"州省|[州乡旗]区(?!域)|[州乡镇旗]县(?![级域])|县区(?![域划])|(?:州|(?<!城)乡|镇)市(?!{_OF_CITIES})"
    "|[州市县旗乡]镇(?![^省市县区旗州盟]{0,7}[市县区])|[州市县旗省城]乡\\Z|[州市县区旗乡镇]街道(?=办|\\Z)"
)
_PLAIN = (
    f"省|州|盟|地区|(?<!城)市(?!{_OF_CITIES})|(?<!城)乡(?![村族])|(?<![社地])区(?![域划])|县(?![级域])|旗"
    "|(?<![和型小][城村乡])镇(?!化)|街道|苏木"
)
# One place. The first ones are those whose names no such rule reads.
_ONE = re.compile(
    "津市市|[沙新南北]市区|市[中南北]区|辉县市|共青城市"
    f"|[^省市县区旗州盟]城市(?!{_OF_CITIES})"
    "|(?![城村乡]镇|城乡|乡村)(?:"
    f"[^省市县区旗州盟]{{1,14}}?自治[区州县旗]|[^省市县区旗州盟]{{1,8}}?(?:{_HOLDING}|{_PLAIN}))"
)
_PLACE = re.compile(f"(?:{_ONE.pattern})++")
_OF_TOWN = re.compile("(?<=[镇乡])(?:人民)?政府$|(?<=街道)办事处$")

_ELSEWHERE, _GOVERNMENT = re.compile("政府驻.*办事处"), re.compile("^(?!.*政府驻).*政府(?:办公[厅室])?$")
# What parts the bodies that sign one report, and what stands behind the name of one that an office of its own signs for.
_PARTED, _OFFICE = re.compile(r"[、,;/()\s]+"), re.compile("办公[室厅]$|^[和与及]")
# The place whose government a body is, or is an office of, is all that stands before.
_SEAT = re.compile("(.+(?:街道|[镇乡]|苏木))(?:办事处|(?:人民)?政府)|(.+?[省市县区旗州盟镇乡])(?:人民)?政府")
# Zones are no districts, and whose they are their names do not tell; neither do those of the divisions of 兵团.
_ZONE = re.compile(
    "(?<!浦东)(?<!天津市滨海)新区$|(?<!六枝)特区$|(?:航空|空|临|保税)港区$|第[一二三四五六七八九十]+师|兵团"
    "|(?:开发|高新|技术|产业|工业|园|管理|保税|示范|度假|合作|[试实]验|名胜|风景|景|经济|集聚|集中|功能|贸易|自贸|保护|物流|先导"
    "|先行|片)区$"
)
# How a place ends → its level. A city below another one, or below a 州, is a county's.
_LEVELS = (
    (re.compile("省$|自治区$|特别行政区$|^(?:北京|天津|上海|重庆)市$"), "省"),
    (re.compile("(?:[市县盟旗]|州(?![省市])|地区).+市$|县$|(?<!地)区$|旗$"), "县"),
    (re.compile("市$|(?<!贵)州$|(?<![同联])盟$|地区$"), "市"),
    (re.compile("镇$|乡$|街道$|苏木$"), "乡"),
)
# Words of a body's matter that hold the end of a place. What holds others, behind its place, may begin with one more.
_OF_MATTER = re.compile(
    "城乡|乡村|镇化|城市|市场|市政|市容|市民|社区|园区|地区|区域|区划|县域|省际|[省市县区旗州]直|同盟|联盟"
    "|(?:^|[和与及、])[城乡村]镇"
)
_MAYBE_PLACE = re.compile("[省市县区旗州盟镇乡]|街道")
# The ministries whose names say neither 国家 nor 中国.
_MINISTRIES = (
    "(?:外交|国防|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和城乡建设|交通运输"
    "|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理)部"
)
# A body of the state's. A branch of one has its place in its name, or behind that: 国家税务总局示例市税务局.
_NATIONAL = re.compile(
    "(?:中华人民共和国)?(?:(?:国家|国务院|中国)(?:市场|同盟|乡村|[^局部委署省市县区旗州盟镇乡村街园院馆级])+(?:总?局|部|委员会|署)"
    f"|{_MINISTRIES}|(?:海关总|审计)署|中国人民银行|中国(?:科学|社会科学|工程)院|国务院(?:办公厅|研究室|发展研究中心)?)(?:[(（].*)?"
)


words: Callable[[], dict[str, list[str]]] = partial(wordings, "bodies")


def is_another(named: str, own: str, short: str, is_signature: bool = False) -> bool:
    """Whether a name is surely another bureau's: of another place, or of another matter with no word in common."""
    own, short = _tight(own), _tight(short)
    if is_its_office_elsewhere(named, own):
        return True
    if own in named or named in own or not ends_as_body(named):
        return False
    (place, matter), (own_place, own_matter) = parted(named), parted(own)
    if place and own_place and not (place in own_place or own_place in place):
        return True
    if short in named or (not place and matter.lstrip("我本") in {"", *words()["organs"]}):
        return False
    if not own_matter:  # a government, for which an office of its own may sign
        return bool(matter) and not (is_signature or any(word in matter for word in words()["publishing"]))
    return not matter or not _is_alike(matter, own_matter)


def is_own(named: str, own: str, short: str) -> bool:
    """Whether one of the bodies in a text is a bureau by its name, its short name, or an office of its own.

    The name may lack its place, and may have one before it. For a government an office that publishes may sign.
    """
    own, short = _tight(own), _tight(short)
    own_place, own_matter = parted(own)
    for one in (_tight(named), *_PARTED.split(narrow(named))):
        place, matter = parted(one)
        if not one or is_its_office_elsewhere(one, own):
            continue
        if own.endswith(one) or (not place and matter.lstrip("我本") in {"", "机关", *words()["organs"]}):
            return True
        if not own_matter and any(word in one for word in words()["publishing"]):
            return True
        for name in (own, short):
            behind = one.partition(name)[2] if name in one else None
            if behind is not None and (not behind or _OFFICE.search(behind) or (own_place and behind.startswith(own_place))):
                return True
    return False


def ends_as_body(text: str) -> bool:
    """Whether a text ends as the name of a body does: 示例市水利局."""
    return any(text.endswith(one) for one in words()["organs"])


def is_beside(text: str) -> bool:
    """Whether a text begins with words before a body's name that make it another one's partner or source: 会同, 根据, 接."""
    return _beside().match(text) is not None


@lru_cache(maxsize=1)
def _beside() -> re.Pattern[str]:
    return any_of(words()["beside"])


def is_its_office_elsewhere(one: str, other: str) -> bool:
    """Whether one of two bodies is a government, and the other a government's office in another place.

    That is a body of its own: 示例市人民政府驻临江市办事处.
    """
    return any(_ELSEWHERE.search(office) and _GOVERNMENT.search(body) for office, body in ((one, other), (other, one)))


def parted(name: str) -> tuple[str, str]:
    """A bureau's place and its matter: 示例市, 教育."""
    organ = next((one for one in words()["organs"] if name.endswith(one)), "")
    name = name.removesuffix(organ)
    place = found[0] if (found := _PLACE.match(name)) else ""
    return place, name.removeprefix(place).removeprefix("市").removeprefix("县").removeprefix("区")


def places_of(place: str) -> list[str]:
    """The places of which each is in the one before it: 示例市, 荆州区."""
    return [one[0] for one in _ONE.finditer(place)]


def level_of(name: str) -> str:
    """The level of a body of the state's, or that of the last place in its name; '' where the name does not tell it."""
    if _NATIONAL.fullmatch(name):
        return "国家"
    if seat := _SEAT.match(name):
        place = seat[1] or seat[2]
    else:
        place, matter = parted(name)
        if _MAYBE_PLACE.search(_OF_MATTER.sub("", matter)):
            return ""
    if _ZONE.search(place):
        return ""
    if not _cities().isdisjoint(places_of(place)[-1:]):
        return "县"
    return next((level for ending, level in _LEVELS if ending.search(place)), "")


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    """The cities that are counties' by their level, which no rule tells from others by their names."""
    return frozenset(f"{one}市" for one in wordings("bodies")["cities"].split())


def may_be_same(named: str, own: str) -> bool:
    """Whether a name has a bureau's in it, or is that without its place or 办事处: 东街街道 for 示例区东街街道办事处.

    A government and its office in another place are two.
    """
    if is_its_office_elsewhere(_tight(named), _tight(own)):
        return False
    short, whole = (_OF_TOWN.sub("", _tight(one)) for one in (named, own))
    place = whole.removesuffix(short)
    return whole in short or (place != whole and place[-1] in "省市县区旗州盟镇乡")


def _is_alike(one: str, other: str) -> bool:
    """Whether two matters may be the same: one a short form of the other, or with a word in common."""
    short, whole = sorted((one, other), key=len)
    rest = iter(whole)
    if all(char in rest for char in short) or any({one, other} == set(pair) for pair in words()["renamed"]):
        return True
    for word in words()["common"]:
        short, whole = short.replace(word, " "), whole.replace(word, " ")
    return any(short[at : at + 2] in whole and " " not in short[at : at + 2] for at in range(len(short) - 1))


def _tight(name: str) -> str:
    """Half width, without white space."""
    return re.sub(r"\s+", "", narrow(name))
