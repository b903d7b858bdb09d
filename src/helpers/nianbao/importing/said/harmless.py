"""What says nothing of figures, in one report: statutory words, the body's own name, its year, words of harmless.yaml.

What can be said of figures has no end: 历年, 乡镇汇总, 按比例折算, 表二初. So what says nothing of them is known, and all
else is asked about. No clause is plain because it lacks some words: patterns of how a table was made, of its cases and of
its paper (均已办结, 经局党组会议审定) are taken out of it, and so are known words; what is left is asked about.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.checks import bodies, disowned, roles
from nianbao.checks.roles import Role
from nianbao.importing.said import reviews
from nianbao.wording import HAN, HAN_DIGITS, LAST_YEAR
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import Table

_PIECE = re.compile(r"\{([a-z]+)\}")
SIGNS = "?→≠≈×÷±"  # say something without a word
CLAUSES = re.compile("[,。;!]")
_WORDS = re.compile(rf"(?:(?!(?<=[0-9])\.(?=[0-9]))[^\w%‰{SIGNS}])+|_")
_ORDINAL = re.compile("(?:[二三]?十)?[一二三四五六七八九]?|[A-Za-z①-⑳]")
# Names of documents, their numbers, numbers of pages, addresses.
_SURE = (
    r"(?<!来源:)(?<!取自)(?<!摘自)《[^》]*》|[\u4e00-\u9fff]{2,8}[(\[〔][12][0-9]{3}[)\]〕][0-9]+号"
    r"|附?[表图][0-9]{1,2}-[0-9]{1,2}(?![0-9])|第[0-9]+页|共[0-9]+页|(?:https?:|www\.)[\w./:-]+"
)
_NUMBERED = (
    f"附?[表图件录](?:[{HAN}]{{1,3}}(?!致)|[0-9]{{1,2}}(?![0-9]))|第[0-9{HAN}]{{1,3}}(?:[项条款章]|部分)"
    f"|政公开[0-9]+表|[两{HAN}]张(?=表)"
)
_SOURCE = re.compile(f"(?:(?:{disowned.POINTS_AT.pattern})的?)?(?:数[据字])?[均都]?(?:来源(?:[:为是于]|$)|[来取]自)")
# The level of a platform on which figures are kept: 省政务公开平台. Alone, after 各 or beside another it is a body's.
_LEVEL = (
    "(?<![省市县区州级各])(?!市场)(?:全国|国家|自治区|[省市县区州]级?)"
    "(?=[^省市县区州级各、和与]{0,14}(?:平台|系统|数据库|网|后台))"
)
# How many, of what money, what share; and by how much more or less than the year before. Behind 以, 按, 每 it is a unit.
COUNT = f"(?<![以按每第0-9.])(?:[0-9]+|[两{HAN}])(?:件次|[件宗条个项份篇起户家]|人次|人|次)(?!为[一1单]|以[上下内外])均?"
AMOUNT = "(?<![以按每0-9.])[0-9]+(?:[.][0-9]+)?(?:[万亿]?元|%)"
_BEFORE = f"(?:{LAST_YEAR}|20[0-9]{{2}}年)度?(?:同期)?"
_CHANGE = (
    f"(?:同比|环比|(?:[比较]|相较|对比)于?{_BEFORE}|与{_BEFORE}(?:相比)?)(?:有所|略有?|基本)?"
    f"(?:(?:增[加长多幅]|减少|上升|下降|回落|提[升高]|降低)(?:了|率?[为约])?(?:{AMOUNT}|{COUNT})?|持平)"
    f"|^(?:{LAST_YEAR})度?同期[为是]?{COUNT}$"
)
# The applications that table three has as carried over.
CARRIED = "^上年结转(?:的?(?:政府信息公开)?申请|(?=[0-9]+件(?:$|[均都已])))"
# What is told is not so, or not yet.
_NO = re.compile("[未没尚待仍欠拟需]|不(?!予)|应当?|必?须")

# What a bureau does beside what the statute has rows for; each other row of its own may be a part, a sum or a correction.
_ACT = re.compile(
    "(?:其[他它])?行政(?:许可|处罚|强制|征[收用]|给付|检查|确认|奖励|裁决|处分|备案|登记|审批|指导|协议|调解|规划|命令|收费|权力)"
    "(?:类|事项|决定)?(?:数量?|件数)?|其[他它][\u4e00-\u9fff]{0,10}(?:文件|事项|信息)"
)


class Among(Enum):
    """Where a clause stands: what is known to say nothing of figures differs."""

    BESIDE = "beside"  # a table
    TEXT = "text"  # a sentence of a chapter
    OPINION = "opinion"  # a line with the opinion of who checked the table


class Known:
    """What says nothing of figures, in one report: these words are taken out of a clause; what is left is asked about.

    ``statutory`` are the words of the formats, ``name`` and ``short`` the body's names.
    """

    def __init__(self, statutory: frozenset[str], year: int, name: str, short: str) -> None:
        said = words()
        self.name, self.year = name, year
        self.own_name = disowned.compared(name)
        number = f"(?:[0-9]{{1,2}}|[{HAN}]{{1,3}})"
        here, after = _digits(year), _digits(year + 1)
        times = [
            f"{here}年(?:12月(?:31日|底)|[底末])", f"{here}年1月1日", f"{here}(?:年(?!度?报)度?|度)?",
            f"{year % 100}年(?!度?报)度?(?![0-9])", f"{after}年{number}月{number}日(?:[以之]?前)?", f"^{after}年{number}月$",
            f"{after}年{number}月(?:[底末初]|[上中下]旬)?[以之]?前", f"于{after}年{number}月(?![0-9])",
            "12月(?:31日|底)", "1月1日", "(?<![0-9])0(?![0-9])",
        ]  # fmt: skip
        times += ["(?<![人月年日件季每])均", f"^[{HAN}]是"]
        names = [_NUMBERED, *([re.escape(disowned.compared(short))] if short else []), *_names_of(name)]
        place, matter = bodies.parted(self.own_name)
        ends = {one for one in said["own"] if not name or name.endswith(one) or (place and not matter)}
        own = f"[{said['begins']}](?:{_any({*said['anyones'], *ends})})"
        self._statutory = statutory
        beside = {*said["beside"], *said["whole"], *self._statutory}
        told = [*times, CARRIED, _CHANGE, COUNT, AMOUNT, *names]
        more = {Among.BESIDE: [], Among.TEXT: said["in_text"], Among.OPINION: reviews.words()["agreed"]}
        self._among = {
            where: re.compile("|".join(["^[0-9]{1,2}$", *told, _any({*beside, *some}), own])) for where, some in more.items()
        }
        self.in_text = self._among[Among.TEXT]
        self.times = re.compile("|".join(times))
        self.phrases = re.compile("|".join([_CHANGE, _any(one for one in beside if len(one) > 1), own]))
        self._sources = re.compile("|".join([*told, _LEVEL, _any({*beside, *said["sources"]}), own]))
        self.in_names = "|".join([*times, *names, _any({*beside, *said["documents"], *said["names"]}), own])
        called = _any({*said["whole"], *said["documents"], *said["files"], matter, *_words_of(matter)} - {""})
        sent = f"报送?(?:{'|'.join(names)})"
        self.in_files = "|".join([*times, sent, *names, *said["done"], *_accounts(place, matter), called, own])
        label = rf"(?:{reviews.labels()})(?:\([^()]*\))?"  # behind other words, 为 is none of a form: 数以领导意见为准
        unread = rf"(?<!分管){label}(?::[^,。;]*|$)|(?<![\u4e00-\u9fff]){label}为[^,。;]*"
        self.labels = re.compile(rf"{unread}|(?:{_any(said['of_bodies'])})(?:\([^()]*\))?(?:[:为]|$)")
        sign = "[月./-]"
        first = rf"(?:{year}[年./-])?0?1{sign}?(?:0?1日?)?份?(?:0时)?起?"
        last = rf"(?:{year}[年./-]|当年)?12{sign}?(?:31日?|底|份)?(?:24时)?"
        span = f"{first}[-—–~至到]+{last}"
        self.sure = re.compile(f"{_SURE}|(?<![0-9]){span}(?![0-9])")

    def is_odd(self, clause: str, among: Among = Among.BESIDE) -> bool:
        """Whether a clause says more than known words do, or words that are known say together what nobody knows."""
        clause = clause.strip("()[]【】")
        if clause in self._statutory:  # 只计这一情形，不计其他情形
            return False
        known = self._sources if _SOURCE.match(clause) else self._among[among]
        said = roles.roles(clause, self.year)
        if said & {*roles.NOT_FINAL, Role.OFF, Role.REACH, Role.PART, Role.UNIT}:
            return True
        clause = without("of_paper", without("ordinary", clause))
        is_to_do = Role.TO_DO in roles.roles(clause, self.year)
        return is_to_do or bool(pattern("together").search(clause)) or is_more(clause, known)

    def is_act(self, label: str) -> bool:
        """Whether the label of a row of a bureau's own names an administrative act, other documents, or a statutory row.

        What it has in brackets is looked at elsewhere.
        """
        tight = disowned.compared(label).partition("(")[0]
        return tight in self._statutory or _ACT.fullmatch(tight) is not None


def known_in(form: Format, library: Library, year: int, name: str, short: str = "") -> Known:
    """What says nothing of figures in a report of a body, in a format; the patterns of one report are made once."""
    forms = (form, *library.formats.values())
    said = {section.heading for one in forms for section in one.sections}
    words_of = (_statutory(table) for one in forms for table in one.tables.values())
    return _known(frozenset(_parted(said)).union(*words_of), year, name, short)


_known = lru_cache(maxsize=16)(Known)


def without(key: str, clause: str) -> str:
    """A clause without what the patterns of a key of harmless.yaml tell in it; all where the rest says no: 未经党组审定."""
    rest = pattern(key).sub("", clause)
    return clause if _NO.search(rest) else rest


def is_more(text: str, known: re.Pattern[str]) -> bool:
    """Whether a text has more than known words."""
    return any(more(text, known))


def more(text: str, known: re.Pattern[str]) -> Iterator[str]:
    """What each part of a text has beside known words; '' where it has no more."""
    return (known.sub("", part) for part in _WORDS.split(text) if not _ORDINAL.fullmatch(part))


def _names_of(name: str) -> list[str]:
    """A body's name, in short too, such as 县局; where it is not known, any body's name."""
    if not name:
        organs = (one for one in bodies.words()["organs"] if len(one) > 1 or one in "局厅")
        return [f"[\u4e00-\u9fff]{{2,20}}?(?:{'|'.join(organs)})"]
    tight = disowned.compared(name)
    place, matter = bodies.parted(tight)
    pieces = bodies.places_of(place)
    # A bureau's place is known in the names of what the place's government runs: 示例市政务服务网.
    tail = "(?=(?:人民)?政府|政务)" if matter else ""
    places = [f"{re.escape(''.join(pieces[at:]))}{tail}" for at in range(len(pieces))]
    places += [f"全{place[-1:]}"] if place and not matter else []
    begins = (f"{re.escape(tight[at])}{_may_be(tight[at + 1 : -1])}" for at in range(len(tight) - 1))
    return [*places, f"(?:{'|'.join(begins)}){re.escape(tight[-1])}"]


def _accounts(place: str, matter: str) -> list[str]:
    """How the names of a bureau's accounts and files name its place: 青河发布, 青河民政, 政务公开_青河县.

    With its level (青河县2023年年报) it is the place's own government, but where it stands alone.
    """
    if not (place and matter):
        return []
    last = bodies.places_of(place)[-1]
    short = last[:-1] if len(last[:-1]) > 1 else last
    return [f"{re.escape(short)}(?!街道|[省市县区州旗盟镇乡])", f"^(?:{re.escape(place)}|{re.escape(last)})$"]


def _words_of(matter: str) -> list[str]:
    """The words of a body's matter, of two characters each, of which accounts have one: 卫生, 健康."""
    return [word for some in matter.split("和") for word in re.findall("..", some)]


def _digits(year: int) -> str:
    """A pattern of a year in digits, or as 二〇二三."""
    return f"(?:{year}|{''.join(HAN_DIGITS[int(one)] if int(one) else '[〇零○]' for one in str(year))})"


def _may_be(text: str) -> str:
    """A pattern of a text's characters, each of which may be left out."""
    return "".join(f"{re.escape(char)}?" for char in text)


@lru_cache(maxsize=100)
def _statutory(table: Table) -> set[str]:
    """The words of a statutory table's captions and labels."""
    titles = (part.title for part in table.parts if part.title)
    return _parted({table.caption, table.name, *table.labels, *titles})


def _parted(said: Iterable[str]) -> set[str]:
    """The words of statutory texts."""
    return {word for text in said for word in _WORDS.split(disowned.compared(text)) if len(word) > 1}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(_escaped, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=10_000)
def _escaped(word: str) -> str:
    """A word as a pattern; nearly the same thousands are asked of every report."""
    return re.escape(word)


@lru_cache(maxsize=1)
def other_bodies() -> re.Pattern[str]:
    """A pattern of other bodies and places in a clause."""
    ends = (one for key in ("organs", "below", "alone", "short") for one in bodies.words()[key])
    return re.compile(f"{'|'.join(ends)}|[省市县区州旗镇乡]|街道|各")


@lru_cache(maxsize=16)
def pattern(key: str) -> re.Pattern[str]:
    """The patterns of one key of harmless.yaml as one, with the pieces that they name."""
    return re.compile("|".join(map(_filled, words()[key])))


def _filled(text: str) -> str:
    """A pattern with the pieces that it names, and those that these name."""
    return _PIECE.sub(lambda one: f"(?:{_filled(words()['pieces'][one[1]])})", text)


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words of harmless.yaml by what they are."""
    return read_yaml(Path(__file__).with_suffix(".yaml")).data
