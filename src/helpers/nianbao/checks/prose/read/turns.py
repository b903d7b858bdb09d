"""What several numbers are said of, each in its turn: 分别, 各, names or years that stand before as many numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.cases import results_of, with_result
from nianbao.checks.prose.read.changes import is_change, reaches
from nianbao.checks.prose.read.clause import Turn
from nianbao.checks.prose.read.phrases import left, topic_of, without
from nianbao.checks.prose.read.years import CARRIED_IN, OF_LAST_YEAR
from nianbao.checks.prose.vocabulary import HANDLES, LAST_YEAR, RECEIVES, THIS_YEAR
from nianbao.checks.prose.words import DOCUMENTS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.clause import Clause, Sentence
    from nianbao.checks.prose.said import Said

_DOES_EACH = "维持|纠正|撤销|驳回|制[发定]|废止|出台|印发|收到|受理|办结|审结|作出|发生|结转|新|尚?未"
EACH = re.compile(f"各自?有?((?<=有).+|(?:{_DOES_EACH}).*)?$")
_EACH = re.compile("分别|依次")
_BETWEEN = re.compile("[、和及与](?!其[他它]组织)")
# What is counted of several kinds, whose last alone has it: 行政复议、行政诉讼维持数分别为6件、4件.
_COUNTED = re.compile(
    "(?:(?:行政)?(?:复议|诉讼)(?:案件)?|(?:未经复议)?直接起诉|复议后起诉|规章|(?:行政)?规范性文件)(?=(.*))"
)
# What may be narrowed before it, for the names behind it too: 网上新收、办结.
_NARROWED = re.compile(
    f"(.+?)(?:{RECEIVES}|{HANDLES}|予以公开|部分公开|不予公开|无法提供|结转|行政(?:复议|诉讼|许可|处罚|强制))"
)
_YEARS = re.compile(r"(?:(?:LAST|THIS|(?:19|20)\d\d)\s?年度?(?:[、和及与]|以及)){1,9}(?:LAST|THIS|(?:19|20)\d\d)\s?年度?")
_ONE_YEAR = re.compile(r"(LAST|THIS|\d{4})\s?年")
_SPAN = re.compile(r"((?:19|20)\d\d|LAST)\s?年?度?\s?[至到—–~-]{1,2}\s?((?:19|20)\d\d|LAST|THIS)\s?年度?")
_MANY = {sign: 2 + at // 2 for at, sign in enumerate("两2三3四4五5")}
_LATELY = re.compile(f"近([{''.join(_MANY)}])年来?")
_PAST = f"{LAST_YEAR}|\\d{{4}}\\s?年"
_SOME_YEAR = f"(?:{_PAST}|{THIS_YEAR})"
# Parts of a number by the years they began in: 行政诉讼5件，其中2023年立案1件、2024年立案4件.
_BY_YEARS = re.compile(
    rf"[，：；。]?\s?其中[，：]?(?:{_SOME_YEAR}[^，；。：\d]{{0,8}}\d+\s?[件起宗例][、，；和及与]?)*(?:{_PAST})[^，；。：\d]{{0,8}}"
)
_AMONG = re.compile(r"[^，；。：\d]{0,4}[中里]")
_NOW = re.compile(rf"[、，和及与而\s]*(?:到了?)?{THIS_YEAR}[则就已又的]?")
_FROM = re.compile(r"分别[由从]\s?$")  # 行政复议、行政诉讼分别由3件、1件增至7件、4件


def respectively(sentence: Sentence, text: str, many: int, behind: str) -> None:
    """Names or years stand before the numbers: 予以公开、部分公开分别为3件、2件; 2023年、2024年分别收到申请3件、2件.

    A result ``behind`` the last of them is each one's: 行政复议、行政诉讼分别有6件和4件维持.
    """
    sentence.years = years_of(text, sentence.context.setting.year) or sentence.years
    name, years = by_year(text, sentence.years, many)
    if years:
        sentence.years, sentence.turns = years, [Turn(name, year) for year in years]
    elif names := names_of(_FROM.sub("", text), many // 2) if _FROM.search(text) and many % 2 == 0 else []:
        sentence.turns = [Turn(one, year) for year in ("LAST", "THIS") for one in names]
    elif (at := words().compare.share.search(text)) and words().filler.match(text[: at.start()]):
        numbers = sentence.lists.last(many)  # 予以公开27件、部分公开6件，分别占45.8%、10.2%
        sentence.shared = numbers if len({one.unit for one, _ in numbers}) == 1 else []
    elif (_says_each(text) or sentence.lists.last(many)) and _grow_each(text) and is_change(text, sentence.context.compared):
        # 行政复议9件、诉讼5件，分别较上年增加6件、5件; 同比增长200%和150%
        changed: list[tuple[Count | None, Said | None]] = [*sentence.lists.last(many)]
        sentence.turns = [Turn(text, of=one) for one in changed or [(None, None)] * many]
    elif names := names_of(text, many) or results_of(sentence, text, many):
        sentence.turns = [Turn(one) for one in with_result(_narrowed(names, sentence.context.setting.names), behind)]
    elif words().respectively.search(text):
        sentence.turns = [Turn("")] * many


def past_of_each(sentence: Sentence, text: str, counts: Sequence[Count]) -> bool:
    """Whether several numbers are last year's of as many before them, each in its turn: 比上年的100件、96件均有增长."""
    many = len(counts)
    told = sentence.lists.last(many) or sentence.lists.run[-many:]
    if many < 2 or not (OF_LAST_YEAR.search(text) and words().filler.match(words().compare.mark.sub("", text))):
        return False
    if [one.unit for one, _ in told] != [one.unit for one in counts]:
        return False
    sentence.turns = [Turn(text, of=one) if one[1] else Turn("") for one in told]
    return True


def _says_each(text: str) -> bool:
    """Whether words say 分别 or 依次."""
    return _EACH.search(text) is not None


def _grow_each(text: str) -> bool:
    """Whether words say of nothing but the numbers before that each has changed: 分别较上年增加, 同比分别增长, 同比增长."""
    compare = words().compare
    text = compare.mark.sub("", text)
    before = _EACH.split(text)[0] if _says_each(text) else without(text, compare.up, compare.down)
    return words().filler.match(compare.manner.sub("", before)) is not None


def names_of(text: str, many: int) -> list[str]:
    """The names before 分别为, as many as there are numbers behind it; none where they are more or fewer.

    各 before several numbers says the same. A verb behind it is each one's: 规章、规范性文件分别制发1件、7件.
    """
    text = text if "分别" in text else EACH.sub(r"分别\1", text)
    compare = words().compare
    text, _, verb = words().respectively.sub("", compare.mark.sub("", text)).partition("分别")
    share, grows = compare.share, compare.up.match(verb) or compare.down.match(verb)
    if not verb and (of := share.search(text)):  # 予以公开、不予公开占比分别为
        text, verb = text[: of.start()], text[of.start() :]
    for marks in ("、", "[、和及与]"):
        *others, last = re.split(marks, text)
        of = _COUNTED.match(last)
        names = [*(f"{one}{of[1]}" if of and _COUNTED.fullmatch(one) else one for one in others), last]
        names = _of_documents(names) if grows else names
        is_of_each = not verb or grows or share.match(verb) or all(map(topic_of, names))
        if len(names) == many > 1 and is_of_each:  # not so 本局与市教育局分别收到
            return [f"{name}{verb}" for name in names]
    return []


def _narrowed(names: list[str], ours: tuple[str, ...]) -> list[str]:
    """Names, each with the words that narrow the first alone: 网上新收、办结; not so ``ours``, the bureau's own names."""
    first, *others = names
    found = _NARROWED.match(first)
    if found is None or not left(found[1], *words().topics.values(), names=ours):
        return names
    are_bare = not any(_NARROWED.match(one) or not _NARROWED.match(f"的{one}") for one in others)
    return [first, *(f"{found[1]}{one}" for one in others)] if are_bare else names


def _of_documents(names: list[str]) -> list[str]:
    """Names, each with the documents that the last alone has: 制发、废止规范性文件."""
    topic = topic_of(names[-1])
    kind = words().topics[topic].search(names[-1]) if topic in DOCUMENTS else None
    return [one if kind is None or topic_of(one) else f"{one}{kind[0]}" for one in names]


def each_of(text: str) -> list[str]:
    """The names of which one number is said each: 行政复议、行政诉讼各, 行政复议、行政诉讼各有尚未审结; none without any."""
    named = EACH.sub(r"的\1", text).removesuffix("的")
    *others, last = _BETWEEN.split(named)
    _, of, what = last.partition("的")  # 行政复议、行政诉讼的尚未审结各
    return [*(f"{one}{of}{what}" for one in others), last] if others and all((*others, last)) else []


def years_of(text: str, year: int) -> list[str]:
    """The years that words list or span, the report's and the one before as they stand there: 2022年至THIS年, 近三年."""
    if listed := _YEARS.search(text):
        return _ONE_YEAR.findall(listed[0])
    named = {"LAST": year - 1, "THIS": year}
    if span := _SPAN.search(text):
        first, last = (named.get(one) or int(one) for one in span.groups())
    elif lately := _LATELY.search(text):
        first, last = year + 1 - _MANY[lately[1]], year
    else:
        return []
    back = {number: name for name, number in named.items()}
    return [back.get(one, str(one)) for one in range(first, last + 1)]


def by_year(text: str, years: list[str], many: int) -> tuple[str, list[str]]:
    """What several numbers are said of, one a year, and the years, which go on: 2023年、2024年分别收到…，办结分别为…."""
    found = _YEARS.search(text) or _SPAN.search(text) or _LATELY.search(text)
    if len(years) != many or (not found and len(names_of(text, many)) == many):
        return "", []
    return re.sub("分别|依次", "", f"{text[: found.start()]}{text[found.end() :]}" if found else text), years


def is_by_years(clause: Clause) -> bool:
    """Whether a number is a part of a total by the year that it began in, which no report of that year tells."""
    listed, count, start = clause.lists.current, clause.count, clause.span[0]
    if not (listed and count) or listed.total.end < start or CARRIED_IN.search(clause.before):
        return False  # 办理134件，其中上年结转4件, which table 3 tells
    return _BY_YEARS.fullmatch(clause.context.text, listed.total.end - start, count.start - start) is not None


def risen(clause: Clause, sure: Said | None) -> Said | None:
    """What a number that last year's has become is of: that of ``sure``, else of the last year's numbers right before it.

    Behind this year's name it is of the first of these, which the others are but parts of or stand beside; it may be of
    each: 2023年收到100件，其中自然人92件，2024年增至130件.
    """
    pasts, own = clause.sentence.pasts, clause.own
    if sure or not pasts:
        return sure if sure and (reaches(own) or _is_next_year(clause, sure)) else None
    is_next = _is_next_year(clause, pasts[0])
    if not is_next and not reaches(own):
        return None
    first = pasts[0] if is_next else pasts[-1]
    are_known = all(one.cells for one in pasts) or len(pasts) == 1
    sure_too, likely = (first.sure, first.likely) if are_known else (False, False)
    return replace(first, sure=sure_too, likely=likely, others=tuple(one for one in pasts if one is not first))


def _is_next_year(clause: Clause, past: Said) -> bool:
    """Whether a number has but this year before it, and is so this year's of ``past``: 2023年收到100件，2024年增至130件."""
    now, count = _NOW.match(clause.own), clause.count
    if now is None or not (count and past.count) or count.unit != past.count.unit or words().plain.sub("", clause.tail):
        return False
    if clause.goes_on(_AMONG) and not past.group:
        return False  # 上年3件均已审结；今年7件中审结5件
    rest = clause.own[now.end() :]
    return reaches(rest) or words().filler.match(rest) is not None
