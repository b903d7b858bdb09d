"""Whether a line beside a table, or the name of its sheet or file, may say something of its figures that nobody knows.

What can be said of figures has no end: 历年, 乡镇汇总, 按比例折算, 表二初. So it is known what says nothing of them, and all
else is asked about: statutory words, the body's own name, the report's own year, and the wordings of vague.yaml.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.checks import bodies
from nianbao.hanzi import simplified
from nianbao.importing import disowned, whose
from nianbao.importing.around import CONTROL, FILE, INSIDE, NAMES, REMARK
from nianbao.importing.counted import ENTRY
from nianbao.importing.flow import PRINTED
from nianbao.importing.furniture import has_figure, is_furniture
from nianbao.inputs.persons import names_person, without_names
from nianbao.statute import tree
from nianbao.wording import HAN, HAN_DIGITS, UNKNOWN
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.importing.pieces import Line
    from nianbao.statute.formats import Format, Library

_WORDS = re.compile(r"[^\w%]+|_")
_CLAUSES = re.compile("[,。;!?]")
_NOTE = re.compile(f"[(\\[【]?(?:备?注|附注|说明)(?:[0-9{HAN}])?[:.、]|[*※(\\[【]")
_SOURCE = re.compile("(?:数据|信息)?来源:[^:]*")  # of figures; one with a day is a page's
_CAPTION = 30  # characters
_SAYS = re.compile("[^\\W\\d_]|(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")  # a word, or a year
_ORDINAL = re.compile("(?:[二三]?十)?[一二三四五六七八九]?|[A-Za-z①-⑳]")
# Names of documents, their numbers, numbers of pages, addresses.
_SURE = re.compile(
    r"(?<!来源:)(?<!取自)(?<!摘自)《[^》]*》|[\u4e00-\u9fff]{2,8}[(\[〔][12][0-9]{3}[)\]〕][0-9]+号|第[0-9]+页|共[0-9]+页|(?:https?:|www\.)[\w./:-]+"
)
_NUMBERED = f"附?[表图件录](?:[{HAN}]{{1,3}}|[0-9]{{1,2}}(?![0-9]))|第[0-9{HAN}]{{1,3}}(?:[项条款章]|部分)|政公开[0-9]+表"
# What a sentence says of a table or of its figures, and a line that may be of something else.
_OF_TABLE = re.compile(
    "以[上下]|[上下本此该附]表|表[中内]|各数|[如见]下|上述|下列|所列|数[据字值]|[合总累]计|统计|汇总|口径|平均|折算|取自"
)
_SENTENCE = re.compile(
    "以[上下](?![率级简])|[上下本此该附]表|表[中内]|各数|[如见]下|上述(?:数|各)|下列(?:数|各)|^(?:所列|数[据字值]|[合总累]计|统计|汇总|口径)"
)
_OF_FIGURES = re.compile(
    f"{_OF_TABLE.pattern}|[表数值均计年月季期届岁]|情况|单位|比例|抽样|调查|范围|来源|(?:含|包括)[^,。]*(?:[局厅委办所队站院校市县区](?=$|[、和及与的数])|[年月季]|单位|机[关构]|中心|乡镇|街道)|本级|[所下局直]属|除外|目标|测试|[草初]稿"
)

# A number that is a unit, and tells of no count.
_RATE = re.compile("单位|[以按每][0-9.]+|折算|抽[取样]|减去|加上|应减|[少多漏重错误][计填报录]|尚差|未(?:计|录)入")
# Known words that together say something: of a time, of what is not final or not valid, of others' figures, of a unit.
_TOGETHER = re.compile(
    "数年|年年|年中|[其有相][他它关]单位|征求意见|系统(?:数|汇总|合计)|参照[数表]|指标(?:数|表|$)|主要(?:数|事项|项目)|问题数|请(?:予以)?[核审]"
    "|(?:统计|汇总|核[对实定]|审核|填[报写表]|处理|编制|修[改订]|整理|制作)中(?=$|[)\\],。])|(?:表|数据)已?(?:废止|修[改订])"
    "|[0-9一二三]稿|减去|加上|[少多漏重错误][计填报录][了入为]?|未(?:计入|录入|纳入)|尚差|审定|百分比|增幅|‰|为人次|以(?:实际|系统|审核|公布)[^,。]{0,6}为准|[以按](?:人|户|家|日)(?:次|数|均)?(?:为|计|统计)"
    "|单位[:为]?(?:[十百千万亿]|[A-Za-z])(?![\u4e00-\u9fff])"
)
# In names: a month; a day without its year, or a number, but a month (202206); letters that say something.
_MONTH = re.compile("20[0-9]{2}[-./](?:0?[1-9]|1[0-2])(?![0-9./-])")
_DAY = (
    "(?<![0-9])(?:(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9])|(?!20[0-9]{4}(?![0-9])|20[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9])[0-9]{5,})"
    r"|(?<![0-9])(?!19|20)[0-9]{3,4}(?![0-9])|(?<![0-9])0?[1-3]月[0-3]?[0-9]日|(?<![0-9.])(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12][0-9]|3[01])(?![0-9.])"
)
_ODD_LETTERS = "(?i:draft|test|plan|last|fy|prev|old|bak|backup|temp|tmp|copy|demo|sample|[vqh][0-9]|ver|rev|ly(?![a-z]))"
# In names: numbers that count tables and attachments. Any other may be a year, some months or a version: 表二22, 表二1-6.
_COUNTS = (
    rf"^[0-9]{{1,2}}(?:\.(?![0-9])|(?![0-9年月.~至到—–-]))|附[件表图录][0-9]{{1,2}}(?:[-.][0-9]{{1,2}})?|件[0-9]{{1,2}}"
    rf"|[表图录][1-9](?:[-.][1-9])?(?![0-9]|\.[0-9])|附?[表件图录][{HAN}]{{1,3}}|政公开[0-9]+表"
)
_LOADED_AGAIN = re.compile(r"\([1-9]\)$")  # behind the name of a file


class Known:
    """What says nothing of figures, in one report: these words are taken out of a line; what is left is asked about."""

    def __init__(self, form: Format, library: Library, year: int, name: str) -> None:
        said = _wordings()
        self._name, self._year = disowned.narrow(name), year
        here, after, number = _digits(year), _digits(year + 1), f"(?:[0-9]{{1,2}}|[{HAN}]{{1,3}})"
        times = [
            f"{here}年12月(?:31日|底)",
            f"{here}年1月1日",
            f"{here}(?:年度?(?!报)|度)?",
            f"{year % 100}(?:年度?(?!报))(?![0-9])",
            f"{after}年{number}月{number}日",
            f"^{after}年{number}月$",
            "12月(?:31日|底)",
            "1月1日",
            "(?<![0-9])0(?![0-9])",
            "(?<![人月年日件季每])均",
        ]
        first = [*times, _NUMBERED, *_names_of(name)]
        place, matter = bodies.parted(self._name)
        ends = {one for one in said["own"] if not name or name.endswith(one) or (place and not matter)}
        own = f"[{said['begins']}](?:{_any({*said['anyones'], *ends})})"
        beside = {*said["beside"], *said["whole"], *_statutory((form, *library.formats.values()))}
        self._beside = re.compile("|".join(["^[0-9]{1,2}$", *first, _any(beside), own]))
        first += [f"(?<![0-9]){year % 100}(?![0-9])", "(?i:sheet|book|工作[簿表])[0-9]{1,2}"]
        first += [f"(?<![A-Za-z])(?!{_ODD_LETTERS})[A-Za-z]+[1-9]?(?![0-9])"]
        self._names = re.compile("|".join([*first, _any({*beside, *said["names"]}), own]))
        unread = rf"(?:{_any(said['labels'])})(?:\([^()]*\))?(?:[:为][^,。;]*|$)"
        self._labels = re.compile(rf"{unread}|(?:{_any(said['of_bodies'])})(?:\([^()]*\))?(?:[:为]|$)")
        span = rf"(?:{year}[年.])?0?1(?:月|\.)?(?:0?1日?)?份?起?[-—–~至到]+(?:{year}[年.]|当年)?12(?:月|\.)?(?:31日?|底|份)?"
        self._sure = re.compile(f"{_SURE.pattern}|(?<![0-9]){span}(?![0-9])")
        saved = rf"{year + 1}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]*|{year}(?:[-./_]?12[-./_]?31|年12月31日)"
        self._counts = re.compile(f"{self._sure.pattern}|{_COUNTS}|{saved}|{_DAY}")

    def asks(self, line: Line, text: str) -> bool:
        """Whether what a line around a table says, the name of its sheet too, may be said of its figures."""
        laid = simplified(text)
        text = disowned.without_rules(disowned.narrow(laid))
        if line.where in NAMES:
            text = disowned.without_days(text, self._year)
            text = whose.without_own(_LOADED_AGAIN.sub("", text) if line.where == FILE else text, self._name)
            is_odd = bool(_TOGETHER.search(text) or _MONTH.search(text))
            return is_odd or _is_more(self._counts.sub(" ", text), self._names)
        if line.where == INSIDE and (has_figure(text) or text.startswith(UNKNOWN)):
            return False
        if line.where == CONTROL or names_person(text) or (is_furniture(text) and not _SOURCE.fullmatch(text)):
            return False
        text = disowned.narrow(without_names(self._sure.sub(",", unicodedata.normalize("NFKC", laid))))
        text = self._labels.sub("", self._sure.sub("", disowned.without_rules(text)))
        return any(_TOGETHER.search(one) or _is_more(one, self._beside) for one in _told(text, line))


def _told(text: str, line: Line) -> Iterator[str]:
    """What of a line may be said of a table: all of a caption or a note, of a sentence its clauses that speak of one."""
    if not _SAYS.search(text):
        return
    note = _NOTE.match(text)
    text = text[note.end() :] if note else text
    is_caption = len(_CLAUSES.split(text)) == 1 or ("。" not in text and text[-1:] not in "!:" and len(text) <= _CAPTION)
    may_be_of_other = line.where in {PRINTED, REMARK} or not line.is_near or ENTRY.match(text)
    for clause in _CLAUSES.split(text):
        if disowned.TELLS.search(clause) and not _RATE.search(clause):
            continue
        if note or (is_caption and (not may_be_of_other or _OF_FIGURES.search(clause))) or _SENTENCE.search(clause):
            yield clause


def _is_more(text: str, known: re.Pattern[str]) -> bool:
    """Whether a text has more than known words."""
    return any(known.sub("", part) for part in _WORDS.split(text) if not _ORDINAL.fullmatch(part))


def _names_of(name: str) -> list[str]:
    """A body's name, in short too, such as 县局; where it is not known, any body's name."""
    if not name:
        organs = (one for one in bodies.words()["organs"] if len(one) > 1 or one in "局厅")
        return [f"[\u4e00-\u9fff]{{2,20}}?(?:{'|'.join(organs)})"]
    tight = disowned.narrow(name)
    place, matter = bodies.parted(tight)
    pieces = [one for one in re.split("(?<=[省市县区州旗盟])", place) if one]
    # A bureau's place is known in the names of what the place's government runs: 示例市政务服务网.
    tail = "(?=(?:人民)?政府|政务)" if matter else ""
    places = [f"{re.escape(''.join(pieces[at:]))}{tail}" for at in range(len(pieces))]
    places += [f"全{place[-1:]}"] if place and not matter else []
    begins = (f"{tight[at]}{_may_be(tight[at + 1 : -1])}" for at in range(len(tight) - 1))
    return [*places, f"(?:{'|'.join(begins)}){re.escape(tight[-1])}"]


def _digits(year: int) -> str:
    """A pattern of a year in digits, or as 二〇二三."""
    return f"(?:{year}|{''.join(HAN_DIGITS[int(one)] if int(one) else '[〇零○]' for one in str(year))})"


def _may_be(text: str) -> str:
    """A pattern of a text's characters, each of which may be left out."""
    return "".join(f"{re.escape(char)}?" for char in text)


def _statutory(formats: Iterable[Format]) -> set[str]:
    """The words of the statutory captions, headings and labels."""
    said: set[str] = set()
    for form in formats:
        said |= {one.heading for one in form.sections}
        for table in form.tables.values():
            nodes = (node for part in table.parts for node in tree.nodes_of((*part.rows, *part.columns)))
            parts = (text for part in table.parts for text in (part.stub, part.corner, part.title))
            said |= {table.caption, table.name, *(node.label for node in nodes), *filter(None, parts)}
    return {word for text in said for word in _WORDS.split(disowned.narrow(text)) if len(word) > 1}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _wordings() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_suffix(".yaml")).data
