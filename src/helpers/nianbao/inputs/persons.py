"""Who filled a table in, and how to reach them: what of a line says that, and is published nowhere."""

from __future__ import annotations

import re
from functools import lru_cache

from nianbao.hanzi import simplified
from nianbao.inputs.formlabels import ADDRESS, DAY, HANDLES, TELEPHONE, TERM, YEAR, ends, labels

_OPENS = re.compile(r"(?:[(（*※]?(?:备?注|附注|(?:填表)?说明)[0-9]?[:：.、．]?|[0-9]{1,2}[.、．]|[(（]|[，,、；;])+$")


# What stands behind a role: a name, another role with one (签发：乙), how to reach them, the day; no body.
_FIELDS = re.compile(r"[，,、；;。()（）/]|(?<![0-9])(?=20[0-9]{2}[年./-])")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])\s+(?![年月日])|(?<![年月])\s+(?=[0-9])")
_OTHER_ROLE = "(?![^:：]*(?:来源|单位|部门|机关|科室|范围|口径|期间|时段|年度)[:：])[\u4e00-\u9fff]{2,7}[:：]"
_OF_PERSON = re.compile(
    rf"(?!.*[局厅委办府院校室科股队所站心]$)(?:{_OTHER_ROLE})?(?:签[名字章]|盖章|公章|[\u4e00-\u9fff·]{{0,5}})"
    r"(?:[0-9+*转—－-]*|[\w.+-]+@[\w.-]+|20[0-9]{2}[年./-][0-9]{1,2}(?:[月./-](?:[0-9]{1,2}日?)?)?)"
)
_OF_BODY = re.compile(r"(?:单位|部门|机关|科室)(?:[(（][^()（）]*[)）])?[:：]$")


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    """A line of roles with names, and no more than a blank or a comma between them; a telephone or a day behind."""
    return re.compile(
        f"(?:(?:审批|{HANDLES})人[，,]?[\u4e00-\u9fff]{{2,4}}?[，,]?)+"
        f"(?:(?:{labels(TELEPHONE)})?[:：]?[0-9()（）-]{{7,}}|(?:(?:填表|制表)?(?:日期|时间))?[:：]?20[0-9]{{2}}[年./-].{{0,8}})*"
    )


@lru_cache(maxsize=1)
def _person() -> re.Pattern[str]:
    """Who filled a table in, and how to reach them."""
    return re.compile(
        rf"(?!制表机关)(?:单位|部门|机关|科室)?(?:{HANDLES}){{1,2}}(?:单位|部门|机关)?(?:人员?|者|领导|责任人)?(?:签[名字章])?(?:[(（](?:盖章|公章|签[名字章]|加盖公章)[)）])?[:：]"
        rf"|(?:{labels(DAY)}|审核(?:日期|时间))[:：]"
        r"|(?:填表|制表|经办|联系)人(?=[\u4e00-\u9fff]{2,4}(?:$|[,，。；;0-9(（]))"
        rf"|(?:{labels(TELEPHONE)})(?:[:：]|(?=[0-9(（+]))"
        rf"|(?:{labels(ADDRESS)})[:：]"
        r"|(?:(?<=[。；;:：.、])|^)[\u4e00-\u9fff]{2,4}[(（,，]?(?=0[0-9]{2,3}[-—－]?[0-9]{7,8}|1[3-9][0-9]{9})"
        r"|(?<![0-9.,])(?:0[0-9]{2,3}[-—－]?[0-9]{7,8}|1[3-9][0-9]{9})(?![0-9.,元件万亿条次])",
        re.I,
    )


@lru_cache(maxsize=1)
def _role() -> re.Pattern[str]:
    """The label of who did something; 统计期限：, 统计时间： and 统计口径： are about the table."""
    about = f"{ends(YEAR, TERM)}|期间?|时段|范围|口径|对象"
    return re.compile(
        rf"(?:{HANDLES})(?![^:：]{{0,6}}(?:{about})(?:[(（][^()（）]*[)）])?\s*[:：])(?!(?<=统计)[^:：]{{0,4}}(?:[时区]间段?|时点|起止|年)\s*[:：])[^:：]{{0,9}}[:：]"
    )


def without_names(text: str) -> str:
    """A line beside a table, without white space, without persons and how to reach them; what else it says stays."""
    tight = "".join(_BETWEEN_NUMBERS.sub(",", text).split())
    found = [*_person().finditer(simplified(tight))]
    kept = [tight[: found[0].start()] if found else tight]
    for at, one in enumerate(found):
        behind = tight[one.end() : found[at + 1].start() if at + 1 < len(found) else len(tight)]
        is_body = _OF_BODY.search(one[0])
        kept += [behind] if is_body else [some for some in _FIELDS.split(behind) if not _OF_PERSON.fullmatch(some)]
    return ",".join(filter(None, kept))


def without_persons(text: str) -> tuple[str, str]:
    """A line beside a table as what of it may be printed, and what says who filled the table in and how to reach them."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    tight = "".join(text[at] for at in places)
    found = _person().search(simplified(tight))
    if not found:
        return text, ""
    begin = _OPENS.search(tight[: found.start()])
    end = begin.start() if begin else found.start()
    return text[: places[end]].rstrip(), text[places[end] :].lstrip("，,、；; \u3000")


def names_person(text: str) -> bool:
    """Whether a line is roles with names behind them: ``制表人 张三　审核人 李四``."""
    return _bare().fullmatch(simplified("".join(text.split()))) is not None


def published(text: str) -> str:
    """What of a line that is not printed may stand in a published file: all but roles with what follows them."""
    kept = "" if names_person(text) else without_persons(text)[0]
    role = _role().search(simplified(kept))
    return (kept[: role.start()] if role else kept).strip("，,；;、 \u3000")
