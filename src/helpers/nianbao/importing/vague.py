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

from nianbao.checks import bodies, disowned, whose
from nianbao.hanzi import simplified
from nianbao.importing import reviewed
from nianbao.importing.around import ABOVE, BELOW, CONTROL, FILE, INSIDE, NAMES, REMARK
from nianbao.importing.counted import ENTRY
from nianbao.importing.flow import PRINTED
from nianbao.importing.furniture import has_figure, is_furniture
from nianbao.inputs.persons import names_person, without_names, without_persons
from nianbao.statute import tree
from nianbao.wording import HAN, HAN_DIGITS, UNKNOWN
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.importing.pieces import Line
    from nianbao.statute.formats import Format, Library

_SIGNS = "?→≠≈×÷±"  # say something without a word
_WORDS = re.compile(rf"[^\w%‰{_SIGNS}]+|_")
_CLAUSES = re.compile("[,。;!]")
_IN_BRACKETS = re.compile(r"[(\[【].{1,12}[)\]】]")
_NOTE = re.compile(f"^[(\\[【]?(?:备?注|附注|说明)(?:[0-9{HAN}])?[:.、]|^[*※(\\[【]")
_SOURCE_LINE = re.compile("(?:数据|信息)?来源:[^:]*")  # of figures; one with a day is a page's
_CAPTION = 30  # characters
_SAYS = re.compile(rf"[^\W\d_]|[{_SIGNS}]|(?<![0-9])(?:19|20)[0-9]{{2}}(?![0-9])")  # a word, a sign, or a year
_ORDINAL = re.compile("(?:[二三]?十)?[一二三四五六七八九]?|[A-Za-z①-⑳]")
# Names of documents, their numbers, numbers of pages, addresses.
_SURE = re.compile(
    r"(?<!来源:)(?<!取自)(?<!摘自)《[^》]*》|[\u4e00-\u9fff]{2,8}[(\[〔][12][0-9]{3}[)\]〕][0-9]+号|附?[表图][0-9]{1,2}-[0-9]{1,2}(?![0-9])|第[0-9]+页|共[0-9]+页|(?:https?:|www\.)[\w./:-]+"
)
_NUMBERED = f"附?[表图件录](?:[{HAN}]{{1,3}}|[0-9]{{1,2}}(?![0-9]))|第[0-9{HAN}]{{1,3}}(?:[项条款章]|部分)|政公开[0-9]+表"
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_SOURCE = re.compile(f"(?:(?:{disowned.POINTS_AT.pattern})的?)?(?:数[据字])?[均都]?(?:来源(?:[:为是于]|$)|[来取]自)")
# The level of a platform on which figures are kept: 省政务公开平台. Alone, after 各 or beside another it is a body's.
_LEVEL = (
    "(?<![省市县区州级各])(?:全国|国家|自治区|[省市县区州]级?)(?=[^省市县区州级各、和与]{0,14}(?:平台|系统|数据库|网|后台))"
)
# How many, of what money, what share; and by how much more or less than the year before. Behind 以, 按, 每 it is a unit.
_COUNT = f"(?<![以按每第0-9.])(?:[0-9]+|[两{HAN}])(?:件次|[件宗条个项份篇起户家]|人次|人|次)(?!为[一1单]|以[上下内外])均?"
_AMOUNT = "(?<![以按每0-9.])[0-9]+(?:[.][0-9]+)?(?:[万亿]?元|%)"
_CHANGE = (
    "(?:同比|环比|(?:[比较]|相较|对比)(?:于)?(?:上年|去年)度?(?:同期)?|与(?:上年|去年)度?(?:同期)?相比)(?:有所|略有?|基本)?"
    f"(?:(?:增[加长多]|减少|上升|下降|提[升高]|降低)(?:了|率?[为约])?(?:{_AMOUNT}|{_COUNT})?|持平)"
)
# The applications that table three has as carried over.
_CARRIED = "^上年结转(?:的?(?:政府信息公开)?申请|(?=[0-9]+件$))"
# What ordinary notes say: of what kinds permits are (行政许可含食品经营许可、特种设备使用登记), who takes all
# applications for a review, which sums hold, and that they are to be checked.
_KIND = "[\u4e00-\u9fff]{2,24}(?:许可|登记|备案|审批|认定|核准|确认|审查|注册)"
_OF_PART = re.compile("其他|各|乡镇|[所下局直]属|[上去往历]年|[0-9]|..(?:局|厅|委|中心|大队|政府)")
_ORDINARY = re.compile(
    f"(?<=许可)(?:包?含|包括|主要[为是])(?P<kinds>(?:[\u4e00-\u9fff]{{2,24}}、)*{_KIND})等?(?:事项)?$"
    "|^(?:行政)?复议(?:案件|申请)?均?由[\u4e00-\u9fff]{0,12}政府统一(?:受理|办理|管辖|审理)$"
    "|(?<![^+=:])(?:上年结转|结转下年度?)(?=[+=])|(?<=[+=])(?:上年结转|结转下年度?)(?![^+=])"
    "|^(?:[0-9][.、])?本表由各(?:有关|相关)?(?:单位|部门|机关)填报$"
    "|^请(?:认真|仔细|务必)?核对[^,0-9]{0,6}勾稽关系(?:后再?(?:报送|上报|填报))?$"
)
# A clause that tells how many of what it names; not a part of them, nor some more, nor about so many.
_HOW_MANY = re.compile(
    f"(?!其中|.*(?:含|包括|另|此外|还有|[{HAN}]{{2}}))(?P<what>[^0-9]{{3,}}?)(?:(?<![约近于多少漏减加差缺])(?:{_COUNT}|{_AMOUNT}))?"
)
_A_COUNT, _HAS_DIGIT = re.compile("[0-9](?![0-9年月日])"), re.compile("[0-9]")
# In names: a month; a number that is no day, and a day without its year, on which a file is saved: of the year's end, or
# up to March. Any other may be the end of a part of the year: 0630, 6.30; 1.6 the months from January on.
_MONTH = re.compile("20[0-9]{2}[-./](?:0?[1-9]|1[0-2])(?![0-9./-])")
_MONTH_DAY, _YEARS_DAY = "(?:0?[1-9]|1[0-2])[0-3][0-9]", "(?:20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?"
_DAY = (
    rf"(?<![0-9])(?:1231|0?[1-3][0-3][0-9]|(?!(?:{_MONTH_DAY}|(?:19|20)[0-9]{{2}}|{_YEARS_DAY})(?![0-9]))[0-9]{{3,4}})(?![0-9])"
    rf"|(?<![0-9])(?!{_YEARS_DAY}(?![0-9]))[0-9]{{5,}}|(?<![0-9])0?[1-3]月[0-3]?[0-9]日"
    r"|(?<![0-9.])(?:12\.31|(?!1\.[369](?![0-9]))0?[1-3]\.(?:0?[1-9]|[12][0-9]|3[01]))(?![0-9.])"
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
        self.name, self.year = name, year
        self._name = disowned.narrow(name)
        here, after, number = _digits(year), _digits(year + 1), f"(?:[0-9]{{1,2}}|[{HAN}]{{1,3}})"
        times = [
            f"{here}年(?:12月(?:31日|底)|[底末])",
            f"{here}年1月1日",
            f"{here}(?:年度?(?!报)|度)?",
            f"{year % 100}(?:年度?(?!报))(?![0-9])",
            f"{after}年{number}月{number}日",
            f"^{after}年{number}月$",
            "12月(?:31日|底)",
            "1月1日",
            "(?<![0-9])0(?![0-9])",
            "(?<![人月年日件季每])均",
            f"^[{HAN}]是",
        ]
        first = [*times, _NUMBERED, *_names_of(name)]
        place, matter = bodies.parted(self._name)
        ends = {one for one in said["own"] if not name or name.endswith(one) or (place and not matter)}
        own = f"[{said['begins']}](?:{_any({*said['anyones'], *ends})})"
        beside = {*said["beside"], *said["whole"], *_statutory((form, *library.formats.values()))}
        told = [*times, _CARRIED, _CHANGE, _COUNT, _AMOUNT, *first[len(times) :]]
        lists: tuple[list[str], ...] = ([], said["in_text"], reviewed.words()["agreed"])
        lines = (re.compile("|".join(["^[0-9]{1,2}$", *told, _any({*beside, *more}), own])) for more in lists)
        self._beside, self._in_text, self._agreed = lines
        self._times = re.compile("|".join(times))
        self._phrases = re.compile("|".join([_CHANGE, _any(one for one in beside if len(one) > 1), own]))
        self._sources = re.compile("|".join([*told, _LEVEL, _any({*beside, *said["sources"]}), own]))
        first += [f"(?<![0-9]){year % 100}(?![0-9])", "(?i:sheet|book|工作[簿表])[0-9]{1,2}"]
        first += [f"(?<![A-Za-z])(?!{_ODD_LETTERS})[A-Za-z]+[1-9]?(?![0-9])"]
        self._names = re.compile("|".join([*first, _any({*beside, *said["names"]}), own]))
        unread = rf"(?:{'|'.join(reviewed.labels())})(?:\([^()]*\))?(?:[:为][^,。;]*|$)"
        self._labels = re.compile(rf"{unread}|(?:{_any(said['of_bodies'])})(?:\([^()]*\))?(?:[:为]|$)")
        begin = f"(?:{year}[年./-])?0?1(?:月|[./-])?(?:0?1日?)?份?"
        end = f"(?:{year}[年./-]|当年)?12(?:月|[./-])?(?:31日?|底|份)?"
        span = f"{begin}起?[-—–~至到]+{end}"
        self._sure = re.compile(f"{_SURE.pattern}|(?<![0-9]){span}(?![0-9])")
        saved = (
            rf"(?:20|(?<![0-9])){(year + 1) % 100}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]*|{year}(?:[-./_]?12[-./_]?31|年12月31日)"
        )
        self._counts = re.compile(f"{self._sure.pattern}|{_COUNTS}|{saved}|{_DAY}")

    def asks(self, line: Line, text: str) -> bool:
        """Whether what a line around a table says, the name of its sheet too, may be said of its figures."""
        laid = simplified(text)
        text = disowned.without_rules(disowned.narrow(laid))
        if line.where in NAMES:
            text = disowned.without_days(text, self.year)
            text = whose.without_own(_LOADED_AGAIN.sub("", text) if line.where == FILE else text, self._name)
            is_odd = any(one.search(text) for one in (_pattern("together"), _pattern("names_of_parts"), _MONTH))
            return is_odd or _is_more(self._counts.sub(" ", text), self._names)
        if line.where == CONTROL:
            return False
        if reviewed.is_objected(text, self.year) or (line.where == REMARK and _pattern("of_row").search(text)):
            return True
        if whose.is_published_by_another(text, self._name):
            return True
        if line.where == INSIDE and not line.is_note and (has_figure(text) or text.startswith(UNKNOWN)):
            return False
        if names_person(text) or (is_furniture(text) and not _SOURCE_LINE.fullmatch(text)):
            return False
        printed, said = without_persons(laid)
        laid = printed if has_figure(said) else laid  # figures beside persons are asked about as such
        text = disowned.narrow(without_names(self._sure.sub(",", unicodedata.normalize("NFKC", laid))))
        text = _THOUSANDS.sub("", self._sure.sub("", disowned.without_rules(text)))
        is_of_text = line.where == ABOVE and text.endswith("。")
        told = _told(self._labels.sub("", text), line)
        known = self._agreed if reviewed.has_opinion(text) else self._beside
        return any(self._is_odd(one, known) and not (is_of_text and self._is_ordinary(one)) for one in told)

    def asks_of_text(self, sentence: str, is_of_problems: bool = False) -> bool:
        """Whether a sentence of any chapter says of the tables, or of what is counted in them, what nobody knows.

        It names the tables or the report's figures, and says more than known words, or goes on to say that they are off; or
        it says that of what is counted (上述申请), or of the report; or it says nothing else, in brackets. A chapter on
        problems says of much that is counted how it is off in general: there it has to point at it, or to say how many.
        """
        text = self._sure.sub("", disowned.without_rules(disowned.narrow(simplified(sentence))))
        is_of_tables = False
        for clause in filter(None, _CLAUSES.split(text)):
            names_tables = _pattern("of_report").search(clause)
            if names_tables and self._is_odd(clause, self._in_text):
                return True
            is_of_tables = is_of_tables or bool(names_tables)
            is_counted = _pattern("of_counted").search(clause) and (not is_of_problems or _A_COUNT.search(clause))
            is_said_of_them = is_of_tables or is_counted or _pattern("of_pointed").search(clause)
            if is_said_of_them and reviewed.is_off(clause, self.year):
                return True
        return bool(_IN_BRACKETS.fullmatch(text)) and disowned.is_no_whole_year(text, self.year)

    def _is_odd(self, clause: str, known: re.Pattern[str]) -> bool:
        clause = clause.strip("()[]【】")
        known = self._sources if _SOURCE.match(clause) else known
        clause = _ORDINARY.sub(lambda found: found[0] if _OF_PART.search(found["kinds"] or "") else "", clause)
        clause = _pattern("ordinary").sub("", clause)
        return any(_pattern(key).search(clause) for key in ("together", "parts")) or _is_more(clause, known)

    def _is_ordinary(self, clause: str) -> bool:
        """Whether a clause of a sentence tells how many of what it names, as a chapter's text does: 受理公民申请3件.

        What it names is no other body and no other time, and nothing is said of the figures.
        """
        found = _HOW_MANY.fullmatch(self._times.sub("", re.sub(_CARRIED, "结转申请", clause)))
        if not found or disowned.is_no_whole_year(found["what"], self.year):
            return False
        what = self._phrases.sub(" ", found["what"])
        says = [_pattern("of_table").search(clause), _pattern("together").search(clause)]
        return not any([*says, _pattern("of_figures").search(what), _bodies().search(what)])


def _told(text: str, line: Line) -> Iterator[str]:
    """The clauses of a line that may be said of a table: all of a caption or a note, of a sentence what speaks of one."""
    if not _SAYS.search(text):
        return
    is_note = line.is_note or bool(_NOTE.match(disowned.narrow(line.text)))
    text = _NOTE.sub("", text, count=1)
    is_short = len(text) <= _CAPTION and "。" not in text[:-1]
    # A short sentence is said of the table that it stands right below; right above one it is where it has a count.
    is_apart = text[-1:] not in "。!:" or line.where == BELOW or (line.is_near and _A_COUNT.search(text))
    is_caption = len(_CLAUSES.split(text)) == 1 or (is_short and is_apart)
    may_be_of_other = line.where in {PRINTED, REMARK} or not line.is_near or ENTRY.match(text)
    of_table, of_figures = _pattern("of_table"), _pattern("of_figures")
    for clause in _CLAUSES.split(text):
        speaks = of_figures.search(clause) or (line.where != REMARK and _HAS_DIGIT.search(clause))
        is_of_it = is_caption and (not may_be_of_other or speaks)
        if is_note or is_of_it or of_table.search(clause):
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
def _bodies() -> re.Pattern[str]:
    """A pattern of other bodies and places in a clause."""
    ends = (one for key in ("organs", "below", "alone", "short") for one in bodies.words()[key])
    return re.compile(f"{'|'.join(ends)}|[省市县区州旗镇乡]|街道|各")


@lru_cache(maxsize=16)
def _pattern(key: str) -> re.Pattern[str]:
    """The patterns of one key of vague.yaml as one."""
    return re.compile("|".join(_wordings()[key]).replace("{part}", _wordings()["part"]))


@lru_cache(maxsize=1)
def _wordings() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_suffix(".yaml")).data
