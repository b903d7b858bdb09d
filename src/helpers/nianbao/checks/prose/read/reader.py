"""Read a passage sentence by sentence and clause by clause; `sayings` says what each number is said of."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.cases import FEW, tell_both
from nianbao.checks.prose.read.clause import Sentence
from nianbao.checks.prose.read.context import Context, Setting
from nianbao.checks.prose.read.every import without_the_left
from nianbao.checks.prose.read.lists import Lists
from nianbao.checks.prose.read.moments import as_years
from nianbao.checks.prose.read.nothing import none_of
from nianbao.checks.prose.read.phrases import ON_TOP
from nianbao.checks.prose.read.sayings import behind, number, without_number
from nianbao.checks.prose.read.turns import past_of_each, respectively
from nianbao.checks.prose.read.years import OF_LAST_YEAR
from nianbao.checks.prose.said import Reading
from nianbao.checks.prose.vocabulary import BEFORE_LAST, CONCLUDES, LAST_YEAR, RECEIVES
from nianbao.checks.prose.words import ALL_CASES, words
from nianbao.wording import SENTENCE, SENTENCE_ENDS, years_in_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Said

_CLAUSE = re.compile(rf"[^{SENTENCE_ENDS}\n；，：（）]+")
_BEFORE_LAST = re.compile(BEFORE_LAST)
_YEAR = re.compile(r"\d{4}(?=\s?年)")
_ORDINAL = re.compile(
    r"\s*(?:[#>-]+\s*)?(?:（\s*[一二三四五六七八九十\d]{1,3}\s*）|[一二三四五六七八九十\d]{1,2}[、.．]|[一二三四五六七八九十]是|#)"
)
_LONGEST_HEADING = 32
# Without a number, a sentence that has none of these says nothing that is looked for.
_SPEAKS = re.compile(
    "申请|公开件|部分公开|无法提供|不予处理|其他处理|结转|复议|诉讼|规范性文件|许可|不予公开|处罚|强制|收费|予以公开|跨年|败诉|纠错|同比|番|翻倍"
    f"|{CONCLUDES}|{LAST_YEAR}"
)
_EVERYBODY = re.compile("公民|法人|群众|个人")
# Where the words of the number before end, and those of the next begin.
_JOINS = re.compile("[、和及与]|(?:另外?|还|连同|外)?(?<!增)加上?|[中里](?!.*[中里])")
_ENDS = re.compile("[、和及与]$")
_REVIEWED, _LAWSUITS = re.compile("(?<!未)经过?(?=(?:行政)?复议)"), re.compile("诉|法院")
_BOTH = re.compile("(?:复议|诉讼)(?:案件)?(?:[、和及与]|以及)(?:行政)?(?:复议|诉讼)")
_NEAR = 8  # characters behind a number in which its own name begins
# Why some are carried out, with a time that is not theirs: 6件因收到时间为12月下旬，结转下年度.
_LATE = r"(?:\d{1,2}\s?月(?:份|底|初|末|[上中下]旬|\d{1,2}\s?日)?|年[末底]|第?四季度|下半年)"
_RECEIVED_LATE = re.compile(
    rf"(?<=[件份])\s?(?:因|由于)[^，；：。\d]{{0,6}}(?:(?:{RECEIVES}|提交|申请|提出)[^，；：。\d]{{0,8}}{_LATE}|{_LATE}[^，；：。\d]{{0,4}}(?:{RECEIVES}|提交|申请|提出))[^，；：。\d]*"
)
_NOTHING = re.compile(r"\s*(?:暂?无|零|没有)\s*")
_WITHIN = re.compile("[^，]{0,12}?(?:申请|案件|复议|诉讼)?(?:之|当)?[中里]")


def read(setting: Setting, text: str, counts: Sequence[Count]) -> Reading:
    """Read an `even` text; ``counts`` are its numbers without those of dates and the like."""
    years = {str(setting.year + step): word for step, word in ((-1, "LAST"), (0, "THIS"), (1, "NEXT"))}
    text = _in_figures(text, counts)
    text = _BEFORE_LAST.sub(lambda found: "历年".rjust(len(found[0])), years_in_figures(text))
    text, sums = as_years(text, setting.year)
    text = _YEAR.sub(lambda found: years.get(found.group(), found.group()), text)
    context = Context.at_start(setting)
    lists = Lists(Reading())
    at = 0
    for found in SENTENCE.finditer(text):
        begin = at
        while at < len(counts) and counts[at].start < found.end():
            at += 1
        if text.startswith("\n", found.start() - 1):
            context.paragraph()
            lists.paragraph()
        _sentence(found.group(), found.start(), counts[begin:at], context, lists)
    before = None
    for at, one in enumerate(lists.reading.said) if sums else ():
        before = lists.reading.said[at] = _as_sum(one, sums, before)
    return lists.reading


def _as_sum(said: Said, sums: Sequence[range], before: Said | None = None) -> Said:
    """A statement whose number may be a sum over years where it stands in one of these places.

    What is said without a number of its own is said of the one that the statement ``before`` has told.
    """
    of = _as_sum(said.of, sums) if said.of else None
    count = said.count or (before.count if before and before.start == said.start else None)
    is_in = any(count.start in run if count else said.start <= run.start < said.end for run in sums)
    return replace(said, of=of, to_date=is_in)


def _in_figures(text: str, counts: Sequence[Count]) -> str:
    """A text with its Chinese numerals as figures in the same place, for the patterns that look for figures."""
    for one in counts:
        if one.spelt and not one.is_word:
            figures = str(int(one.value))[: max(1, one.end - one.start - len(one.unit))]
            text = text[: one.start] + f"{figures}{one.unit}".rjust(one.end - one.start, "0") + text[one.end :]
    return text


def _sentence(text: str, start: int, counts: Sequence[Count], context: Context, lists: Lists) -> None:
    """Read one sentence; a short one without a number that opens with an ordinal heads a sub-section."""
    inside = text.rstrip("。\n ")
    context.hear(text)
    if not counts:
        if len(inside) < _LONGEST_HEADING and "，" not in inside and _ORDINAL.match(inside):
            context.heading(text)
        if not _SPEAKS.search(text) or _ORDINAL.fullmatch(inside):
            lists.forget()
            return
    context.sentence(text)
    text = _reviewed(text, context.before)
    tell_both(context, [one for one in lists.reading.said[-FEW:] if one.family == ALL_CASES])
    sentence = Sentence(context, lists, (start, start + len(text.rstrip())))
    lists.begin(sentence.span, keep=bool(words().begin.match(text.lstrip()[:2])))
    at = end = end_of_part = 0
    before, is_of_number = "", False
    for found in _CLAUSE.finditer(text):
        begin, stop = at, start + found.end()
        while at < len(counts) and counts[at].start < stop:
            at += 1
        between, end = text[end : found.start()], found.end()
        context.years.bracket(between)
        context.cases.bracket(between)
        is_part = at > begin and not ON_TOP.match(found.group())
        lists.bracket(between, counts[begin] if is_part else None, sentence.pending)
        if "；" in between or not end_of_part:
            end_of_part = text.find("；", found.start()) + 1 or len(text)
            context.begin_part(text[found.start() : end_of_part])
            sentence.attribute = None
        if "）" in between:
            sentence.owed = None  # 公开的多了（27件，上年22件），无法提供的少了
        if "（" in between:
            before = sentence.pending
            is_of_number = begin > 0 and counts[begin - 1].end == start + found.start() - len(between)
        elif "）" in between and sentence.pending:
            # 公开（含部分公开）26件; not so 20件（本机关不掌握）、6件（没有现成信息）
            sentence.pending = "" if is_of_number else f"{before}（{sentence.pending}"
        elif "）" in between and before.endswith("率"):
            sentence.pending = before  # 办结率（办结128件/应办134件）为95.5%
        if sentence.pending and "：" in between and _NOTHING.fullmatch(found.group()):
            sentence.hear(none_of(sentence.clause(_ORDINAL.sub("", sentence.pending, count=1))))
            sentence.pending = ""
        else:
            _clause(found.group(), start + found.start(), counts[begin:at], sentence)
    lists.close()
    lists.reading.said += without_the_left(sentence)


def _behind(rest: str, is_last: bool) -> str:
    """The words behind a number that are its own; both kinds of cases are one name: 14件行政复议、行政诉讼案件中."""
    both = _BOTH.search(rest)
    is_one = both and both.start() < _NEAR and (is_last or _WITHIN.match(rest, both.end()))
    name = rest[: both.end()] if both and is_one else ""
    behind = rest[len(name) :]
    return name + (behind if is_last else _JOINS.split(behind)[0]).partition("、")[0]


def _turns(sentence: Sentence, own: str, text: str, counts: Sequence[Count], begins: bool) -> bool:
    """Give the numbers of a clause their turns, where ``own`` are the words before the first; whether those of last year.

    ``text`` begins with that number; ``begins`` tells whether it is the clause's first, or the first behind last year's.
    """
    many, start = 1, counts[0].start
    for one, other in pairwise(counts if begins or OF_LAST_YEAR.search(own) else ()):
        if not _ENDS.fullmatch(text[one.end - start : other.start - start]):
            break
        many += 1  # 行政复议、行政诉讼各9件、5件
    if past_of_each(sentence, own, counts[:many]):
        return True
    is_of_each = begins and many == len(counts) > 1
    if words().respectively.search(own) or (begins and "分别" in own) or is_of_each:
        respectively(sentence, own, len(counts), text[counts[-1].end - start :])
    return False


def _reviewed(text: str, before: str) -> str:
    """A sentence in which 经复议9件 is of reviews, unless it or the one before speaks of lawsuits, which may follow them."""
    return text if _LAWSUITS.search(f"{before}{text}") else _REVIEWED.sub(lambda found: " " * len(found[0]), text)


def _clause(text: str, start: int, counts: Sequence[Count], sentence: Sentence) -> None:
    """Read one clause: its numbers, then what it says without one."""
    if _EVERYBODY.search(text) and "分别" not in text:
        text = words().everybody.sub(lambda found: " " * len(found.group()), text)
    text = _RECEIVED_LATE.sub(lambda found: " " * len(found[0]), text)
    context, lists = sentence.context, sentence.lists
    context.clause(text, listing=bool(lists.current or words().begin.match(text)))
    at, named_behind, of_past = 0, False, False
    for index, count in enumerate(counts):
        begin, end = count.start - start, count.end - start
        is_last = index + 1 == len(counts)
        own, rest = text[at:begin], text[end : len(text) if is_last else counts[index + 1].start - start]
        if at and (_ENDS.search(own) or named_behind):
            own = _JOINS.split(own)[-1]  # 130件新收和4件结转申请; 有50件予以公开和有9件部分公开
        if not (of_past and sentence.turns):
            of_past = _turns(sentence, own, text[begin:], counts[index:], index == 0 or of_past)
        context.years.reach(begin, count, context.text[count.end - sentence.span[0] :])
        tail = _behind(rest, is_last)
        number(sentence, own, tail, count, first=not index)
        named_behind, at = not words().plain.sub("", own), end
        if not is_last and (within := _WITHIN.match(rest)):
            at = end + within.end()  # 47件申请中有38件
            lists.within()
    if context.part.some or words().open.search(text):
        lists.leave_open()
    if counts:
        behind(sentence, text[at:])
    is_over = counts or without_number(sentence, sentence.pending + text if len(text) < 3 else text)
    sentence.pending = "" if is_over else text
