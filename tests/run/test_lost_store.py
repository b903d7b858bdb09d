"""Outputs that are lost while a build runs: it says what is published and what is not, and the next build does the rest."""

import re
import shutil
import subprocess
import time

import pytest

from buckets import IMPATIENT, proxied, reaching
from gates import CELL, Gate, wait_for
from machine import POSIX, ROOT_ON_LINUX
from nianbao import Limits, State, Watch, build
from project import add_cell, edit, house, housed, make, nianbao, outputs
from stores import LostStore

pytestmark = [POSIX, pytest.mark.slow]

YEARS = ("2019", "2020", "2021")


@pytest.fixture
def project(tmp_path):
    return make(tmp_path / "p", YEARS)


@pytest.fixture(scope="module")
def whole(once):
    """The files that a build makes of the project, with the cell that waits, when nothing is lost."""

    def made(folder):
        add_cell(make(folder, YEARS), CELL)
        nianbao("build", "--to", "html", cwd=folder)
        return outputs(folder)

    return once("built-waiting", made)[1]


class Begun:
    """A build of three reports, one after the other, of which all but the first wait until they are let on."""

    def __init__(self, project, *words, **environment):
        self.gate, self.house = Gate(project, environment["GATE"]), house(**environment)
        self.gate.open(YEARS[0])
        self.house.begin(["build", "--to", "html", "--jobs", "1", *map(str, words)], project)

    def wait_for(self, year):
        """Wait until the build has told of the year's report, and the next one has begun."""
        wait_for(lambda: f" shili-jyj/{year} 已发布" in self.house.said()[1], self.house)
        self.gate.wait_for(f"{int(year) + 1}", self.house)

    def ended(self):
        """What it says, with exit code 1, when all its reports are let on."""
        self.gate.open(*YEARS)
        code, out, err = self.house.ended()
        assert code == 1, out + err
        return out + err


@pytest.fixture(scope="module")
def gated(tmp_path_factory):
    """The environment of a build with a gate."""
    with housed(GATE=str(tmp_path_factory.mktemp("gate"))) as environment:
        yield environment


@pytest.fixture(scope="module")
def between(s3, tmp_path_factory):
    """What stands between builds and their buckets, and the environment of such a build, which has a gate."""
    gate = str(tmp_path_factory.mktemp("gate"))
    with proxied(s3) as proxy, housed(**reaching(proxy.endpoint), **IMPATIENT, GATE=gate) as environment:
        yield proxy, environment


def ended(begun):
    """What a build that lost its store says: a list that has published reports, reports not done, and exit code 1."""
    out = begun.ended()
    assert "Traceback" not in out
    assert "没有做：" in out, out
    assert "共 3" in out
    assert "已发布 1" in out, out
    return out


def refusing(status, body=b""):
    def after(method, path, answer):
        return status, [("Content-Type", "application/xml")], body

    return after


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("403", "没有权限"),
        ("403 of writes", "没有权限"),
        ("503", "应付不过来"),
        ("no bucket", "没有存储桶"),
    ],
)
def test_a_bucket_that_is_lost_ends_the_build_in_words_with_a_list(project, bucket, between, whole, how, said, counted):
    words, (proxy, environment) = ("--outputs", bucket.address()), between
    proxy.pass_on()
    begun = Begun(project, *words, **environment)
    begun.wait_for(YEARS[0])
    published = bucket.published()
    if how == "403":
        proxy.after = refusing(403)
    elif how == "403 of writes":
        proxy.after = lambda method, path, answer: (403, [], b"") if method in {"PUT", "POST", "DELETE"} else answer
    elif how == "503":
        proxy.refused = 1.0
    else:
        proxy.after = refusing(404, b"<Error><Code>NoSuchBucket</Code></Error>")
    start = time.monotonic()
    out = ended(begun)
    counted(f"a build whose bucket is lost ({how}) ends after {time.monotonic() - start:.0f} s")
    assert said in out
    assert published.items() <= bucket.published().items()
    bucket.shorten_lease()
    nianbao("build", "--to", "html", *words, cwd=project)
    assert bucket.published() == whole


def _gone(folder):
    folder.rename(folder.with_name("elsewhere"))


def _another(folder):
    """As under a mount: where the disk was there is an empty folder."""
    _gone(folder)
    folder.mkdir()


@pytest.mark.parametrize("lose", [_gone, _another])
def test_a_folder_that_vanishes_is_not_made_anew(project, gated, lose):
    begun = Begun(project, **gated)
    root = project / "outputs"
    begun.wait_for(YEARS[0])
    lose(root)
    out = ended(begun)
    assert "不在了" in out
    assert not root.exists() or not [*root.iterdir()]
    shutil.rmtree(root, ignore_errors=True)
    (project / "elsewhere").rename(root)
    nianbao("build", "--to", "html", cwd=project)
    assert {name.split("/")[1] for name in outputs(project)} == {*YEARS}


@ROOT_ON_LINUX
def test_a_disk_that_becomes_read_only_ends_the_build_in_words_with_a_list(project, gated, small_disk):
    root = small_disk("size=64m,rw")
    begun = Begun(project, "--outputs", root, **gated)
    begun.wait_for(YEARS[0])
    subprocess.run(["mount", "--bind", root, root], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", root], check=True)
    try:
        out = ended(begun)
    finally:
        subprocess.run(["umount", root], check=True)
    assert "只读" in out
    nianbao("build", "--to", "html", "--outputs", root, cwd=project)
    assert len([*root.glob("shili-jyj/*/manifest.json")]) == len(YEARS)


def test_reports_that_somebody_removes_while_others_are_built_are_not_told_as_published(project, gated):
    begun = Begun(project, **gated)
    whole, partly = (project / "outputs/shili-jyj" / year for year in YEARS[:2])
    begun.wait_for(YEARS[0])
    shutil.rmtree(whole)
    begun.gate.open(YEARS[1])
    begun.wait_for(YEARS[1])
    (partly / "report.html").unlink()
    out = begun.ended()
    named = "shili-jyj/2019 示例市教育局，shili-jyj/2020 示例市教育局"
    assert f"已经生成，但文件后来被删除或改动了，不是这次生成所为；请重新生成（2 份）：{named}" in out
    assert "共 3 份：待生成 2，已发布 1" in out
    index = (project / "outputs/index.html").read_text("utf-8")
    for year, state in zip(YEARS, ("未生成", "已过期", "已发布"), strict=True):
        assert state in re.search(f'<th scope="row">{year}.*', index)[0]
    assert "共 3 份：已发布 2，未变 1" in nianbao("build", "--to", "html", cwd=project)[0]


def test_an_ended_batch_whose_store_is_lost_tells_of_each_report(project):
    edit(project / "params" / "shili-jyj" / "2019" / "report.yaml", "signature:", "# signature:")

    class Loses(Watch):
        def ended(self, outcome):
            (project / "gone").touch()

    store = LostStore(project / "outputs")
    built = build(project / "params", store, to="html", fail_fast=True, limits=Limits(workers=1), watch=Loses())
    assert [one.state for one in built.outcomes] == [State.BLOCKED, State.DUE, State.DUE]
    assert "the outputs are gone" in built.problem


def test_a_report_that_somebody_removes_from_a_bucket_is_not_told_as_published_either(project, bucket, between):
    words, (proxy, environment) = ("--outputs", bucket.address()), between
    proxy.pass_on()
    begun = Begun(project, *words, **environment)
    begun.wait_for(YEARS[0])
    bucket.system.rm(f"{bucket.name}/outputs/shili-jyj/2019", recursive=True)
    out = begun.ended()
    assert "请重新生成（1 份）：shili-jyj/2019" in out
    assert "共 3 份：未变 2，已发布 1" in nianbao("build", "--to", "html", *words, cwd=project)[0]
