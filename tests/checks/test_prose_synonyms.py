# ruff: noqa: E501  (sentences on one line)
"""One word for another: last year, this year, receiving, concluding, and the order of two kinds change nothing in what is found."""

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from time import process_time

import pytest

from nianbao.checks import prose
from nianbao.checks.prose.vocabulary import BEYOND, CONCLUDES, LAST_YEAR, PIECES, RECEIVES, THIS_YEAR
from nianbao.checks.prose.words import words
from prosing import other, report, said

# Each sentence is true, or has the code behind it.
OF_LAST_YEAR = [
    ("三", "新收申请130件，多于{}30件。", ""),
    ("三", "新收申请130件，超过{}30件。", ""),
    ("三", "新收申请130件，高于{}的100件。", ""),
    ("三", "新收申请130件，较{}增加30件。", ""),
    ("三", "新收申请130件，同比{}增长30%。", ""),
    ("三", "新收申请130件，是{}（100件）的1.3倍。", ""),
    ("三", "新收申请130件，为{}的130%。", ""),
    ("三", "{}收到申请100件，今年收到申请130件。", ""),
    ("三", "通过信函方式，{}收到申请20件，今年收到申请30件。", ""),
    ("三", "{}结转4件，新收130件，共134件。", ""),
    ("三", "上年结转4件，{}收到100件。", ""),
    ("三", "与{}的100件相比，今年新收申请130件。", ""),
    ("三", "新收申请130件，相当于{}的150%。", "E502"),
    ("三", "新收申请130件，低于{}的100件。", "E502"),
    ("三", "新收申请130件，与{}持平。", "E502"),
    ("三", "新收申请130件，少于{}3件。", "W501"),
    ("三", "新收申请130件，多于{}31件。", "W501"),
    ("三", "{}收到申请110件，今年收到申请130件。", "E501"),
    ("三", "没有{}结转的申请。", "E501"),
]
OF_THIS_YEAR = [
    ("三", "通过信函方式，上年收到20件，{}收到申请30件。", ""),
    ("三", "上年收到申请100件，{}收到申请130件。", ""),
    ("三", "与上年的100件相比，{}新收申请130件。", ""),
    ("三", "上半年收到申请60件，下半年收到申请70件，{}收到申请130件。", ""),
    ("三", "累计收到申请400件，其中{}收到130件。", ""),
    ("三", "由上年的100件增至{}的130件。", ""),
    ("三", "{}未收到政府信息公开申请。", "E501"),
    ("三", "{}收到申请131件。", "E501"),
    ("三", "上年收到申请100件，{}收到申请131件。", "E501"),
]
OF_CONCLUDING = [
    ("三", "全年已{}申请128件，剩余6件。", ""),
    ("三", "上年结转4件，新收申请130件，共{}128件，结转下年度6件。", ""),
    ("三", "新收的130件申请中，{}124件。", ""),
    ("三", "{}上年结转申请4件。", ""),
    ("三", "新收申请130件，{}124件，{}上年结转4件。", ""),
    ("三", "上年结转4件，全部{}，新收130件，{}124件。", ""),
    ("三", "按期{}申请120件，延期{}8件。", ""),
    ("三", "合并{}，出具答复书4份。", ""),
    ("三", "当日{}15件，其余113件在20个工作日内{}。", ""),
    ("三", "申请{}128件，{}率95.5%。", ""),
    ("三", "新收和上年结转的申请共{}128件。", ""),
    ("三", "全年共{}申请127件。", "E501"),
    ("三", "全年按期{}申请111件，结转下年度6件。", "E501"),
]
OF_RECEIVING = [
    ("三", "{}申请130件，上年结转4件，办结128件，结转下年度6件。", ""),
    ("三", "{}130件申请，其中自然人120件、法人10件。", ""),
    ("三", "网络{}申请85件、信函{}申请45件，共{}130件。", ""),
    ("三", "1至6月{}申请60件，7至12月{}70件，全年共{}130件。", ""),
    ("三", "全市{}申请430件，其中我局{}130件。", ""),
    ("三", "上年结转和本年{}的申请共134件。", ""),
    ("三", "本年{}和上年结转的申请共134件。", ""),
    ("三", "{}申请133件，其中自然人120件、法人10件。", "E501"),
    ("三", "上年结转和本年{}的申请共135件。", "E501"),
    ("三", "全年未{}政府信息公开申请。", "E501"),
    ("三", "没有{}自然人的申请。", "W501"),
]
LISTS = [
    (OF_LAST_YEAR, ("上年", "去年", "上一年", "上年度", "上一年度", "前一年", "2023年", "2023年度", "2023 年")),
    (OF_THIS_YEAR, ("今年", "本年", "本年度", "今年度", "当年", "年内", "本年内", "2024年", "2024 年", "2024年度")),
    (OF_CONCLUDING, ("办结", "办复", "办毕", "办理", "处理", "答复", "回复")),
    (OF_RECEIVING, ("收到", "新收", "受理", "接收", "接到")),
]
CHAPTERS = {"三": "three", "四": "four"}


@pytest.mark.parametrize(("sentences", "synonyms"), LISTS, ids=["last", "this", "concluding", "receiving"])
def test_each_word_says_the_same_in_each_sentence(sentences, synonyms):
    told = ((CHAPTERS[at], text.replace("{}", one), code) for at, text, code in sentences for one in synonyms)
    assert [] == other(told)


@pytest.mark.parametrize("join", ["、", "和", "及", "与", "以及", "加上", "连同", "案件和"])
def test_both_kinds_of_cases_are_both_in_either_order(join):
    for first, last in (("行政复议", "行政诉讼"), ("行政应诉", "行政复议"), ("诉讼", "复议")):
        text = f"{first}{join}{last}共{{}}件，维持10件，纠正1件，尚未审结3件。"
        assert [] == other([("four", text.format(14), "")])
        assert {"E501"} <= {one.code for one in said(report("four", text.format(15)))}


def test_a_lawsuit_behind_a_review_is_a_lawsuit():
    assert [] == other(
        ("four", text, "")
        for text in (
            "经行政复议后提起行政诉讼2件。", "不服行政复议决定提起行政诉讼2件。", "对复议结果不服提起诉讼2件。",
            "行政诉讼（含行政复议后起诉）5件。", "经市政府复议后起诉2件。", "未经行政复议直接提起行政诉讼3件。", "行政诉讼5件（未经复议3件、经复议2件）。",
        )
    )  # fmt: skip


@pytest.mark.parametrize("join", ["、", "和", "及", "与", "连同", "加上"])
def test_received_and_carried_in_are_summed_up_in_either_order(join):
    for first, last in (("新收", "上年结转"), ("本年收到的申请", "上年结转的申请"), ("上年结转", "本年新收")):
        text = f"{first}{join}{last}的政府信息公开申请共{{}}件。"
        assert [] == other(
            [("one", text.format(134), ""), ("one", text.format(130), "E501"), ("one", text.format(4), "E501")]
        )


def test_what_is_said_of_that_sum_is_told_from_it():
    assert [] == other([
        ("three", "新收和上年结转的申请共办结128件。", ""),
        ("three", "新收和上年结转的申请共办结134件。", "E501"),
        ("three", "收到上年结转和新收申请134件。", ""),
        ("three", "共处理上年结转及当年新收申请128件。", ""),
        ("three", "新收申请（不含上年结转）130件。", ""),
        ("three", "含上年结转，共收到申请134件。", ""),
        ("three", "全年收到申请（含上年结转）共134件。", ""),
        ("three", "全年收到申请（含上年结转）共131件。", "E501"),
        ("three", "含上年结转，共收到申请131件。", "E501"),
        ("three", "新收和上年结转的自然人申请共120件。", ""),
    ])  # fmt: skip


@pytest.mark.parametrize("between", ["均不含结果维持的行政诉讼", "包括尚未审结的行政复议", "2件为尚未审结的行政复议"])
def test_what_is_only_tried_changes_nothing_behind_it(between):
    assert said(report("four", f"行政复议9件，{between}，行政诉讼4件。"))


def test_numbers_side_by_side_are_each_of_its_own_name():
    assert [] == other([
        ("two", "规范性文件制发、废止、现行有效数为5件、12件、25件。", ""),
        ("two", "规范性文件制发、废止、现行有效数为5件、12件、26件。", "E501"),
        ("four", "行政复议、行政诉讼分别有6件和4件维持。", ""),
        ("four", "行政复议、行政诉讼分别有6件和5件维持。", "E501"),
        ("four", "行政复议、行政诉讼结果维持数为6件、4件。", ""),
        ("four", "结果维持、结果纠正、尚未审结分别为10件、1件、3件。", ""),
        ("four", "未经复议直接起诉、复议后起诉为3件、2件。", ""),
        ("three", "予以公开、部分公开为50件、9件。", ""),
        ("three", "上年结转、新收、办结数为4件、130件、128件。", ""),
        ("three", "上年、今年新收申请为100件、130件。", ""),
        ("five", "有1件案件被纠错，其中行政复议1件、行政诉讼0件。", ""),
    ])  # fmt: skip


def patterns():
    """Each pattern of the rooms of prose, and of statements.yaml, by its name."""
    for room in pkgutil.iter_modules(prose.__path__):
        for name, value in vars(importlib.import_module(f"{prose.__name__}.{room.name}")).items():
            yield from of(f"{room.name}.{name}", value)
    yield from of("statements", words())


def of(name, value):
    if isinstance(value, re.Pattern):
        yield name, value.pattern
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from of(f"{name}.{key}", one)
    elif isinstance(value, list | tuple | frozenset):
        for one in value:
            yield from of(name, one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from of(f"{name}.{getattr(value, 'name', '')}.{field.name}", getattr(value, field.name))


def test_no_other_pattern_spells_out_the_years_or_what_is_more_than_last_year():
    """What looks behind has a fixed width and cannot hold the pieces."""
    spelt = re.compile("去年|上年|[上去]{1,3}\\]年|上一年|前一年|今年|本年|\\[[本今]{2,4}\\]年|高低\\]于")
    wrong = []
    for name, text in patterns():
        for piece in sorted({LAST_YEAR, THIS_YEAR, BEYOND}, key=len, reverse=True):
            text = text.replace(piece, "")
        text = re.sub(r"\(\?<[=!](?:[^()]|\([^()]*\))*\)", "", text)
        if spelt.search(text):
            wrong.append((name, spelt.search(text)[0], text))
    assert [] == wrong


def test_the_pieces_hold_no_count_that_would_be_read_as_a_piece():
    assert not [one for one in PIECES.values() if "{" in one]
    assert re.fullmatch(f"(?:{RECEIVES}|{CONCLUDES}|[^办收接答]*)+", "新收、收到、受理、接到、办结、办复、答复、回复")


@pytest.mark.parametrize("token", ["上年结转", "今年度", "收到办结", "收到上年结转"])
def test_a_clause_of_one_word_thousands_of_times_is_read_at_once(token):
    began = process_time()
    said(report("three", f"{token * (60_000 // len(token))}。"))
    assert process_time() - began < 10
