"""A rule that fails is told as nianbao's error, with the sentence that it fails on; what else is wrong is told as well."""

import pytest

from making import codes, write
from nianbao.checks.failures import FAILED, told_by
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.folder import read
from nianbao.narrative.passages import compose
from prosing import report

NUMBERED = Kind("W501", Severity.WARNING, "数")
TEXT = "收到申请130件。经统计，上年结转4件。办结128件。"


def failing(report, narrative):
    """Tell each passage that has a number; fail on one that speaks of what was carried in, and of all without chapters."""
    for passage in narrative.passages:
        if "上年结转" in passage.markdown:
            raise KeyError("上年结转")
        if "件" in passage.markdown:
            yield Finding(NUMBERED, passage.place, None, passage.markdown.strip())


def broken_on_text(report, narrative):
    raise ValueError("无论如何")


def broken(report):
    raise ValueError("无论如何")


def test_a_rule_that_fails_on_a_sentence_names_it_and_itself_and_tells_what_it_finds_in_the_others():
    made = report("three", TEXT)
    found, failed = told_by(failing, made, compose(made))
    assert ("收到申请130件。", "办结128件。") == (found.found[:9], found.found[-7:])
    assert (FAILED, "三、收到和处理政府信息公开申请情况") == (failed.kind, failed.place)
    assert failed.found.startswith("“经统计，上年结转4件。”：规则 ")
    assert "failing 出错：KeyError '上年结转'（failing，第" in failed.found


def test_a_rule_that_fails_whatever_the_text_says_is_named_alone():
    (failed,) = told_by(broken, report("three", TEXT))
    assert (FAILED, True) == (failed.kind, failed.severity.blocks)
    assert failed.place.endswith(".broken")
    assert "ValueError 无论如何" in failed.found


def test_where_a_rule_fails_what_was_accepted_may_be_what_it_would_have_found(monkeypatch, tmp_path):
    accepted = "accepted:\n- {code: W501, place: 一、总体情况, reason: 已核对, who: 办公室, when: 2025-01-10}\n"
    made, _ = read(write(tmp_path, report=accepted))
    assert "W206" in codes(made)
    monkeypatch.setattr("nianbao.checks.check.prose", broken_on_text)
    assert {"E121"} == {*codes(made, "E121"), *codes(made, "W206")}


def test_too_little_memory_is_no_failure_of_a_rule():
    def greedy(report):
        raise MemoryError

    with pytest.raises(MemoryError):
        told_by(greedy, report("three", TEXT))
