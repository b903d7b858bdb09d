"""What the title of a report, or the name of its file, says of it: that it is a draft, of a part of the year, another's."""

from __future__ import annotations

import re

from nianbao.checks import bodies, disowned, whose
from nianbao.hanzi import simplified
from nianbao.importing import dated

TITLE = "标题像是说这份报告不是全年的，或不是定稿：核对是不是放错了文件，改正标题"
FILE = "文件的名称像是说里面不是本年度、本机关的，不满一年，或不是定稿，照文件的内容取用：核对是不是放错了文件"
# A copy that has still to be changed or approved; 定稿, 终稿 and 正式稿 have been.
_DRAFT = re.compile(
    r"草案|征求?意见?稿?|(?:[初草改见批论议拟]|(?<![已终])审|(?<![0-9])[0-9]{1,2}|[一二三四五六七八九十两])稿|样[稿本]|待审|未[定完]稿|不是[定终]稿"
)
# In the name of a file: that it is kept, or last year's by word, as what is imported first is, and its title tells the year;
# and in which of the first months, when a report is due, it was saved.
_KEPT = re.compile("存档|归档|备份|历史|[去上]年(?!同期)度?")
_SAVED = re.compile(r"(?<![0-9.\-—–~至到])(?:12月31[日号]|0?[1-3]月份?(?:[0-3]?[0-9][日号])?)(?![\-—–~至到])")
_SITE = re.compile(r"[_|\-—–]([^_|\-—–]{2,30}?)(?:(?<=政府)|(?:门户)?(?:网站?|平台))$")  # where a page was saved from
_DAY = re.compile("[0-9./-]{6,10}")
_END_OF_PART = re.compile(r"(?<![0-9])(?:0?6[-./]?30|0?9[-./]?30)(?![0-9])")  # of a half-year or of three quarters


def is_odd_title(title: str, year: int) -> bool:
    """Whether a report's title says that it is a draft, or of a part of the year."""
    text = disowned.narrow(simplified(title))
    return bool(_DRAFT.search(text)) or disowned.is_no_whole_year(text, year)


def is_odd_file(name: str, year: int, body: str) -> bool:
    """Whether the name of a file says that what it holds is a draft, of another year or a part of one, or another body's.

    ``name`` is without its suffix; ``body`` is the name of the report's body, or '' where it is not known.
    """
    text = _SAVED.sub(" ", _KEPT.sub("", disowned.narrow(simplified(name))))
    site = _SITE.search(text)
    of_body = text[: site.end(1) if _is_elsewhere(site[1], body) else site.start()] if site else text
    text = whose.without_own(text, body) if body else text
    years = disowned.years(text, year, is_sheet=True)
    return bool(
        (years and year not in years)
        or _DRAFT.search(text)
        or _END_OF_PART.search(text)
        or disowned.is_no_whole_year(text, year, is_sheet=True)
        or any(dated.is_early(one.strip("./-"), year) for one in _DAY.findall(text))
        or (body and whose.is_anothers(of_body, body, is_sheet=True))
    )


def _is_elsewhere(site: str, body: str) -> bool:
    """Whether a site is that of a government of another place, none above the known body."""
    return site.endswith("政府") and bool(bodies.parted(site)[0]) and not whose.is_above(site, body)
