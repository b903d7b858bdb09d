"""The language of the command: chosen by the locale."""

import errno
import os
import re

import pytest

from nianbao import language
from nianbao.command.main import SUBCOMMANDS
from nianbao.run.verify import Proven
from nianbao.state import State
from project import ENGLISH, nianbao


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, True),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN"}, False),
        ({}, False),
    ],
)
def test_the_first_variable_that_is_set_decides(monkeypatch, environment, chinese):
    for name in (*language.VARIABLES, "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(language.locale, "getlocale", lambda: (None, None))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language.is_chinese() is chinese
    assert language.say("no reports") == ("没有报告" if chinese else "no reports")


def test_where_no_variable_says_so_the_system_decides(monkeypatch):
    for name in language.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(language.locale, "getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert language.is_chinese()


@pytest.mark.parametrize("word", [State.PUBLISHED, Proven.SOUND])
def test_a_state_is_printed_in_the_language_of_the_locale_and_its_code_is_stable(monkeypatch, word, capsys):
    monkeypatch.setenv("LC_ALL", "C")
    print(word, f"{word:>9}")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    print(word, f"{word:>9}")
    english, chinese = word.name.lower(), word.value
    assert capsys.readouterr().out.splitlines() == [f"{english} {english:>9}", f"{chinese} {chinese:>9}"]
    assert (word.code, word.word(True), word == chinese) == (english, chinese, True)


@pytest.mark.parametrize(
    ("error", "english", "chinese"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left on device", "磁盘已满"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "Permission denied", "没有权限"),
        (OSError(errno.ENOTTY, os.strerror(errno.ENOTTY)), os.strerror(errno.ENOTTY), os.strerror(errno.ENOTTY)),
        (OSError("odd"), "odd", "odd"),
        (ValueError("odd"), "odd", "odd"),
    ],
)
def test_the_systems_own_reason_is_said_in_the_language_of_the_locale(monkeypatch, error, english, chinese):
    monkeypatch.setenv("LC_ALL", "C")
    assert language.reason(error) == english
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert language.reason(error) == chinese


def test_a_brace_in_a_value_is_left_alone():
    assert language.say("cannot read {path}: {why}", path="{x}", why="{}") == "cannot read {x}: {}"


@pytest.mark.parametrize("command", SUBCOMMANDS)
def test_help_is_in_one_language(command, tmp_path):
    """In English there is no Chinese, and in Chinese no English but names of options and values."""
    assert not re.search("[\u4e00-\u9fff]", nianbao(command, "--help", cwd=tmp_path, **ENGLISH)[0])
    chinese = nianbao(command, "--help", cwd=tmp_path)[0]
    words = re.findall(r"(?<![\w-])[a-z]{2,}(?: [a-z]{2,})+", chinese)
    assert words in ([], [f"nianbao {command}"])


def test_wrong_usage_is_in_the_same_language(tmp_path):
    assert "错误：没有选项 '--yaer'" in nianbao("build", "--yaer", cwd=tmp_path, code=2)[1]
    assert "'x' 不是整数。" in nianbao("build", "--jobs", "x", cwd=tmp_path, code=2)[1]
    assert "'x' 不是数字。" in nianbao("build", "--timeout", "x", cwd=tmp_path, code=2)[1]
    assert "Error: No such option '--yaer'" in nianbao("build", "--yaer", cwd=tmp_path, code=2, **ENGLISH)[1]


@pytest.mark.parametrize(("slip", "meant"), [("bulid", "build"), ("verfy", "verify"), ("imports", "import"), ("lists", "")])
def test_a_subcommand_that_is_misspelt_is_said_with_the_one_that_is_meant(slip, meant, tmp_path):
    english = nianbao(slip, cwd=tmp_path, code=2, **ENGLISH)[1].splitlines()[-1]
    assert english == f"Error: No such command '{slip}'." + (f" Did you mean '{meant}'?" if meant else "")
    chinese = nianbao(slip, cwd=tmp_path, code=2)[1].splitlines()[-1]
    assert chinese == f"错误：没有子命令 '{slip}'。" + (f" 是否为 '{meant}'？" if meant else "")
