"""`verify` proves and does not believe: every changed byte, field, folder and page is said, and nothing is written."""

import json
import os
import random
import re
import shutil

import pytest

import project as projects
from nianbao import api
from nianbao.job_id import ReportId
from nianbao.review.index import fixed_pieces
from nianbao.run import seal
from nianbao.run.manifest import Manifest, digest
from nianbao.run.store.local import LocalStore
from nianbao.run.verify import Proven
from project import edit, nianbao

ONE = "shili-jyj/2019"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project of two reports as it was built; tests take copies of it."""
    folder = projects.make(tmp_path_factory.mktemp("built"))
    nianbao("build", "--to", "html", cwd=folder)
    return folder


@pytest.fixture
def project(built, tmp_path):
    shutil.copytree(built, tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def outputs(project):
    return project / "outputs"


@pytest.fixture(autouse=True)
def _far_from_any_params(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def proved(project, with_params=True):
    """The proofs by name, and everything that was said."""
    found = api.verify(project / "params" if with_params else "", project / "outputs")
    return {str(proof.id): proof.state for proof in found.proofs}, found


def forge(folder, change, name="report.html"):
    """Change a file and make the manifest say that it was so."""
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    record = Manifest.from_json((folder / "manifest.json").read_bytes())
    outputs = {**record.outputs, name: record.outputs[name].model_copy(update=facts(path))}
    rewrite(folder, outputs=outputs)


def facts(path):
    return {"sha256": digest(path.read_bytes()), "bytes": path.stat().st_size}


def rewrite(folder, **fields):
    record = Manifest.from_json((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(record.model_copy(update=fields).to_json(), "utf-8")


def digit(raw):
    """The same page with another digit in its first cell that has one."""
    return re.sub(rb"<td([^>]*)>[0-9]", lambda cell: cell[0][:-1] + (b"7" if cell[0][-1:] != b"7" else b"8"), raw, count=1)


def test_what_is_as_it_was_built_is_proved_with_params_and_without(project):
    assert proved(project)[0] == {"shili-jyj/2019": Proven.SOUND, "shili-jyj/2020": Proven.SOUND}
    assert proved(project)[1].is_good
    states, found = proved(project, with_params=False)
    assert set(states.values()) == {Proven.SOUND}
    assert all("nothing was changed since it was built" in proof.details[0] for proof in found.proofs)


def test_a_changed_digit_is_noticed_by_verify_and_by_a_deep_plan_and_build_alone(project):
    path = project / "outputs" / ONE / "report.html"
    before = path.read_bytes()
    path.write_bytes(digit(before))
    assert len(before) == len(path.read_bytes())
    for with_params in (True, False):
        assert proved(project, with_params)[0][ONE] is Proven.DAMAGED
    assert projects.states("plan", "--to", "html", cwd=project)[ONE] == "未变"
    assert "文件有损坏" in nianbao("plan", "--to", "html", "--deep", cwd=project)[0]
    nianbao("build", "--to", "html", "--deep", cwd=project)
    assert path.read_bytes() == before


def test_a_forgery_that_its_manifest_covers_is_found_by_rendering_again(project, outputs):
    forge(outputs / ONE, digit)
    states, found = proved(project)
    assert states[ONE] is Proven.DIFFERENT
    assert "report.html" in found.proofs[0].details[0]
    assert proved(project, with_params=False)[0][ONE] is Proven.SOUND  # it proves no author, and says so


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "另一个标题"), ("date", "2020-01-21"), ("bureau_name", "示例市民政局"), ("notebook", "another.ipynb"),
        ("findings", ()), ("environment", {}), ("inputs", {}), ("parameters", {}), ("formats", ("html", "pdf")),
        ("draft", True),
    ],
)  # fmt: skip
def test_a_forged_field_is_found_though_the_manifest_is_sealed_again(project, outputs, field, value):
    rewrite(outputs / ONE, **{field: value})
    states, found = proved(project)
    assert states[ONE] in {Proven.DIFFERENT, Proven.DAMAGED}
    assert field in str(found.proofs[0].details) or field == "draft"


@pytest.mark.parametrize("field", ["title", "date", "bureau_name", "findings", "formats", "key", "bureau", "year", "name"])
def test_fields_that_the_files_tell_otherwise_are_found_without_params(project, outputs, field):
    rewrite(outputs / ONE, **{field: {"findings": (), "formats": ("html", "pdf"), "year": 2018}.get(field, "2020-01-01")})
    if field == "findings":
        record = Manifest.from_json((outputs / ONE / "manifest.json").read_bytes())
        told = json.loads((outputs / ONE / "report.json").read_bytes())["findings"]
        assert record.findings == ()
        if not told:
            pytest.fail("the sample needs a finding")
    assert proved(project, with_params=False)[0][ONE] is Proven.DAMAGED


def test_any_flipped_bits_of_a_manifest_are_noticed(project, outputs):
    path, chance = outputs / ONE / "manifest.json", random.Random(11)
    whole = path.read_bytes()
    store = LocalStore(outputs)
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(4):
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
        assert store.record(ReportId("shili-jyj", 2019)) is None or bytes(raw) == whole
    assert proved(project)[0][ONE] is Proven.DAMAGED
    assert projects.states("plan", "--to", "html", cwd=project)[ONE] == "待生成"
    assert "文件有损坏" in nianbao("plan", "--to", "html", cwd=project)[0]
    nianbao("build", "--to", "html", cwd=project)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"schema": 3}', "\x00", "[" * 100_000, '{"a":' * 50_000])
def test_a_manifest_that_is_none_harms_one_report(project, outputs, text):
    (outputs / ONE / "manifest.json").write_text(text, "utf-8")
    assert proved(project)[0] == {ONE: Proven.DAMAGED, "shili-jyj/2020": Proven.SOUND}
    nianbao("plan", cwd=project)
    nianbao("build", "--to", "html", cwd=project)
    assert proved(project)[1].is_good


def test_swapped_copied_and_extra_folders_are_said(project, outputs):
    one, other = outputs / ONE, outputs / "shili-jyj/2020"
    shutil.copytree(one, outputs / "shili-jyj/2018")
    shutil.copytree(one, outputs / "shili-mzj/2019")
    one.rename(outputs / "third")
    other.rename(one)
    (outputs / "third").rename(other)
    states, found = proved(project)
    assert states == dict.fromkeys((ONE, "shili-jyj/2020", "shili-jyj/2018", "shili-mzj/2019"), Proven.DAMAGED)
    shutil.rmtree(project / "params/shili-jyj/2020")
    shutil.rmtree(outputs / "shili-jyj/2018")
    (outputs / "扫描").mkdir()
    found = proved(project)[1]
    assert found.strangers == ("扫描",)


def test_a_sound_report_without_params_is_said_to_have_none(project):
    shutil.rmtree(project / "params/shili-jyj/2020")
    found = proved(project)[1]
    assert "there are no params for it" in found.proofs[-1].details[0]


@pytest.mark.parametrize("with_params", [True, False])
def test_a_forged_index_is_said(project, outputs, with_params):
    path = outputs / "index.html"
    text = path.read_text("utf-8")
    assert proved(project, with_params)[1].index == ()
    blank = text.rpartition(seal.HTML)[0] + f"{seal.HTML}{seal.BLANK} -->\n"
    forged = {
        "changed": text.replace("2019年", "2018年"),
        "title": seal.sealed(blank.replace("2019年", "2018年"), seal.HTML),
        "script": seal.sealed(blank.replace("</table>", "<script>alert(1)</script></table>"), seal.HTML),
        "link": seal.sealed(blank.replace("</table>", '<a href="//x">x</a></table>'), seal.HTML),
        "template": seal.sealed(blank.replace(fixed_pieces()[0][:200], ""), seal.HTML),
    }
    for name, page in forged.items():
        assert page != text, name
        path.write_text(page, "utf-8")
        found = proved(project, with_params)[1]
        assert found.index, name
        assert not found.is_good


def test_verify_writes_nothing_and_runs_beside_a_build(project, outputs):
    def state():
        return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (outputs, *outputs.rglob("*"))}

    with LocalStore(outputs).locked():
        before = state()
        assert proved(project)[1].is_good
        assert state() == before


def test_a_copy_elsewhere_is_sound_with_the_params_it_was_made_from(project, tmp_path):
    for place in ("copy", "a/b/c/d/copy"):
        shutil.copytree(project / "outputs", tmp_path / place)
        assert api.verify(project / "params", tmp_path / place).is_good
    shutil.copytree(project, tmp_path / "moved" / "project")
    assert api.verify(tmp_path / "moved" / "project" / "params").is_good


def test_a_copy_of_drafts_is_sound_too(project, tmp_path):
    edit(project / "params" / ONE / "report.yaml", "date: 2020-01-20\n", "")
    nianbao("build", "--to", "html,pdf", "--draft", cwd=project)
    shutil.copytree(project / "outputs", tmp_path / "copy")
    found = api.verify(project / "params", tmp_path / "copy")
    assert found.is_good, found


def test_large_and_odd_things_in_an_output_folder_are_named_and_not_read(project, outputs):
    folder = outputs / ONE
    with (folder / "big.bin").open("wb") as file:
        file.truncate(3 * 2**30)
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("/dev/zero")
    states, found = proved(project)
    assert states[ONE] is Proven.SOUND
    assert len([one for one in found.proofs[0].details if "big.bin" in one or "pipe" in one or "link" in one]) == 3
    (folder / "report.html").unlink()
    (folder / "report.html").symlink_to("/dev/zero")
    assert proved(project)[0][ONE] is Proven.DAMAGED
    (folder / "report.html").unlink()
    (folder / "big.bin").rename(folder / "report.html")
    assert proved(project)[0][ONE] is Proven.DAMAGED


def test_a_kept_verdict_that_was_changed_is_made_again(project, outputs):
    path = outputs / ".checked/shili-jyj/2019.json"
    edit(project / "params" / ONE / "report.yaml", "date: 2020-01-20\n", "")
    blocked = nianbao("check", cwd=project, code=1)[0]
    plain = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**plain, "findings": [], "blocked": False}, ensure_ascii=False), "utf-8")
    assert nianbao("check", cwd=project, code=1)[0] == blocked
    # Also one that is sealed again is no reason to publish.
    forged = json.dumps({**plain, "findings": [], "seal": seal.BLANK}, ensure_ascii=False)
    path.write_text(seal.sealed(forged, seal.JSON), "utf-8")
    assert projects.states("build", "--to", "html", cwd=project, code=1)[ONE] == "阻断"


SAVES = """
from pathlib import Path
text = Path(params_dir, bureau, str(year), "narrative.md")
if {when}:
    text.write_text(text.read_text("utf-8") + "\\n又及。\\n", "utf-8")
"""


def test_a_save_while_a_report_is_built_is_in_the_report_and_in_its_manifest(project, outputs):
    projects.add_cell(project, SAVES.format(when='"又及" not in text.read_text("utf-8")'))
    nianbao("build", "--to", "html", cwd=project)
    for year in ("2019", "2020"):
        folder = outputs / "shili-jyj" / year
        assert "又及。" in (folder / "report.html").read_text("utf-8")
        record = Manifest.from_json((folder / "manifest.json").read_bytes())
        name = f"shili-jyj/{year}/narrative.md"
        assert record.inputs[name] == digest((project / "params" / name).read_bytes())
    states = projects.states("plan", "--to", "html", cwd=project)
    assert set(states.values()) == {"未变"}


def test_inputs_that_change_for_ever_end_in_a_failure_and_nothing_is_published(project, outputs):
    projects.add_cell(project, SAVES.format(when="True"))
    before = (outputs / ONE / "report.html").read_bytes()
    out, _ = nianbao("build", "--to", "html", "--year", "2019", cwd=project, code=1)
    assert "一再改动" in out
    assert (outputs / ONE / "report.html").read_bytes() == before
