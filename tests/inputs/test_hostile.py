"""A hostile text is a fault of its own report that names file and line, at once; all other reports are made."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from hostile import BYTES, below_bounds, texts, tried
from machine import POSIX, apart, most
from making import BODY, BUREAU, write
from nianbao.document.document import load
from nianbao.errors import DataError
from project import CHINESE, ROOT, command, edit

# For each family the texts that cost most before they had a bound; all of them are tried by the slow test.
WORST = {
    *(f"narrative: {name}" for name in (
        "a word", "tags that open", "placeholders that open", "placeholders", "parentheses in a placeholder", "elif",
        "digits in a placeholder", "a text that doubles", "a text printed many times", "comments that open", "stars",
        "stars, nested", "brackets in pairs", "brackets of links", "quotes, deeper by line", "list in list", "headings",
        "a table of columns", "lines of blanks",
    )),
    *(f"yaml: {name}" for name in (
        "lists in a line", "mappings, deeper by line", "one key", "some keys", "the same key", "facts", "local rows",
        "anchors", "aliases", "digits after the point", "braces that open, then a slip", "quotes that open", "keys",
    )),
    *(f"csv: {name}" for name in ("digits in cells", "one line", "one quoted cell", "commas", "cells", "rows of a row")),
    *(f"narrative.md: {name}" for name in BYTES),
}  # fmt: skip
# Long or odd, and still the text of a report.
PRINTED = {
    *(f"narrative: {name}" for name in (
        "a number that doubles", "headings without signs", "numbered items", "numbered items that count", "tabs", "dates",
        "brackets to fill in, closed", "indented lines",
    )),
    "yaml: one quoted value on many lines", "yaml: notes", "narrative.md: zero-width", "report.yaml: zero-width",
    # Bytes that are also text in GBK, which is said.
    "report.yaml: half a character", "report.yaml: a lone surrogate in GB 18030",
}  # fmt: skip
# Of CPU; half a second or a second on a machine that does nothing else, several times that on one whose cores are shared.
SECONDS, MIB = 20, 300


@cache
def known():
    """Every text with its file, by name; not at import, which each of pytest's processes does."""
    return {name: (file, raw) for name, file, raw in texts()}


def test_the_worst_are_texts_of_the_table():
    assert {*known()} >= WORST | PRINTED


@pytest.mark.by_turns(12)
@pytest.mark.parametrize("name", sorted(WORST))
def test_a_hostile_text_is_a_fault_that_names_file_and_line(name, tmp_path):
    faults, seconds = tried(tmp_path, *known()[name])
    assert seconds < SECONDS  # the slow test prints what it was
    if name in PRINTED:
        assert faults == ()
        return
    assert faults
    assert all(fault.source.file == Path(known()[name][0]).name for fault in faults)
    assert all(fault.action for fault in faults)
    assert any(fault.source.line for fault in faults) or faults[0].code == "F101"
    assert len("".join(map(str, faults))) < 30_000


def test_what_copying_leaves_behind_is_taken_out_of_every_input_and_named_there(tmp_path):
    paths = write(tmp_path)
    for name, old, new in (
        ("../bureau.yaml", "示例市", "示例\u200b市"),
        ("report.yaml", "测试局", "测\ufeff试局"),
        ("narrative.md", "工作", "工\u00ad作"),
        ("table2.csv", "规章,0", "规\u2060章,1\u200b2"),
    ):
        edit(paths.folder / name, old, new)
    document = load(BUREAU, 2024, tmp_path)
    notes = [one for one in document.findings if one.code == "I114"]
    assert {"bureau.yaml", "report.yaml", "narrative.md", "table2.csv"} == {note.source.file for note in notes}
    assert ("示例市测试局", "示例市测试局") == (document.report.bureau.name, document.report.params.signature)
    assert 12 in {cell.value for cell in document.report.cells["table2"].values()}
    assert "工作有序开展" in document.chapter("一").html


def test_a_surname_keeps_the_selector_of_its_variant(tmp_path):
    paths = write(tmp_path)
    edit(paths.report_file, "signature: 示例市测试局", "signature: 葛\U000e0100某某")
    document = load(BUREAU, 2024, tmp_path)
    assert "葛\U000e0100某某" == document.report.params.signature
    assert "I114" not in {one.code for one in document.findings}


@pytest.mark.parametrize("written", ["甲\\u202e乙", "甲\\0乙", "甲\\e乙", "甲\\u200b乙"])
def test_an_escape_brings_nothing_unseen_back(written, tmp_path):
    write(tmp_path, report=f'editor: "{written}"\n')
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, tmp_path)
    assert [("F110", 3)] == [(fault.code, fault.source.line) for fault in error.value.faults]
    printed = "{{ '" + written.replace("\\e", "\\x1b") + "' }}"
    write(tmp_path, narrative=f"## 一、总体情况\n\n甲\n\n{printed}\n\n## 五、问题\n\n乙\n")
    with pytest.raises(DataError) as error:
        load(BUREAU, 2024, tmp_path)
    assert [("F110", 5)] == [(fault.code, fault.source.line) for fault in error.value.faults]


def all_tried(root, texts):
    """(name, whether it has faults, seconds, MiB so far) of each text; of what takes too much memory the first is told."""
    before, told = most(), []
    for number, (name, one) in enumerate(texts.items()):
        faults, seconds = tried(root / str(number), *one)
        told.append((name, bool(faults), seconds, (most() - before) // 2**20))
    return told


def tried_apart(root, texts):
    """The same in a process that has read one report: what this process had in memory before is not counted."""
    with apart(tried, root / "first", "narrative.md", BODY.encode()) as ran:
        return ran("hostile texts", all_tried, root, texts)[0]


def shown(what, told, capsys):
    """Print the counts and the worst."""
    (slowest, _, seconds, _), (largest, _, _, spent) = max(told, key=lambda one: one[2]), max(told, key=lambda one: one[3])
    refused = sum(has_faults for _, has_faults, _, _ in told)
    counts = f"{what}: {len(told)}, refused {refused}, printed as typed {len(told) - refused}"
    with capsys.disabled():
        print(f"\n{counts}, worst {seconds:.2f} s ({slowest}), worst {spent} MiB ({largest})")
    assert [one for one in told if one[2] > SECONDS or one[3] > MIB] == []


# So many, so that no process of pytest has minutes of them to itself while the others have nothing left to do.
PARTS = 4
WIDTHS = 80, 15_000  # of lines: as many as may be, or as long


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_all_hostile_texts_are_bounded_in_time_and_memory(part, tmp_path, capsys):
    names = [*known()][part::PARTS]
    told = tried_apart(tmp_path, {name: known()[name] for name in names})
    assert PRINTED & {*names} == {name for name, has_faults, _, _ in told if not has_faults}
    shown("hostile texts", told, capsys)


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_longest_texts_that_are_read_are_so_too(part, tmp_path, capsys):
    """A third of them, each in lines of one width: of texts that are alike, the next one has the other."""
    longest = {name: ("narrative.md", raw) for name, raw in below_bounds(WIDTHS[part % 2], slice(part, None, 3 * PARTS))}
    shown("as long as allowed", tried_apart(tmp_path, longest), capsys)


# Runs a command, and says on stderr what it and its children took: the seconds, and the KiB of the largest of them.
MEASURED = """import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
spent = resource.getrusage(resource.RUSAGE_CHILDREN)
print("", spent.ru_utime, spent.ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


BESIDE = {
    "shili-yi": "narrative: tags that open", "shili-ding": "yaml: some keys", "shili-wu": "csv: cells",
    "shili-ji": "bureau: keys of one line", "shili-geng": "narrative.md: NUL",
}  # fmt: skip


@POSIX
@pytest.mark.slow
def test_beside_good_reports_each_harms_itself_alone(tmp_path):
    for bureau in ("shili-jia", *BESIDE, "shili-xin"):
        folder = write(tmp_path / "params", bureau=bureau).folder
        if bureau in BESIDE:
            file, raw = known()[BESIDE[bureau]]
            (folder / file).write_bytes(raw)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    words = [sys.executable, "-c", MEASURED, *command("check", "--format", "json")]
    done = subprocess.run(words, cwd=tmp_path, env=os.environ | CHINESE, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    found = {one["name"]: one["findings"] for one in json.loads(done.stdout)["reports"]}
    harmed = {name for name, findings in found.items() if any(one["severity"] == "fault" for one in findings)}
    assert (harmed, len(found)) == ({f"{bureau}/2024" for bureau in BESIDE}, len(BESIDE) + 2)
    seconds, kibibytes = map(float, done.stderr.split()[-2:])
    assert seconds < 60
    assert kibibytes < 400 * 1024
