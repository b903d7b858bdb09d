"""`verify` proves and does not believe: every changed byte, field, folder and page is said, and nothing is written."""

import json
import os
import random
import re
import shutil

import pytest

import project as projects
from nianbao import api
from nianbao.digests import digest
from nianbao.errors import UsageError
from nianbao.job_id import ReportId
from nianbao.run import rendition, seal
from nianbao.run.fingerprint import key_of
from nianbao.run.job import Options
from nianbao.run.manifest import Manifest
from nianbao.run.plan import jobs_of
from nianbao.run.store.local import LocalStore
from nianbao.run.targets import targets_of
from nianbao.run.usage import Meter
from nianbao.run.verify import Proof, Proven, together
from project import edit, nianbao

pytestmark = pytest.mark.slow  # the command, dozens of times

ONE = "shili-jyj/2019"


@pytest.fixture(scope="module")
def built(once):
    """A project of two reports as it was built; tests take copies of it."""
    return once("built-html", lambda folder: nianbao("build", "--to", "html", cwd=projects.make(folder)))[0]


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
    assert [(proof.alone, proof.details) for proof in found.proofs] == [(True, ())] * 2
    said, _ = nianbao("verify", "--outputs", project / "outputs", cwd=project.parent)
    assert said.count("没有重新生成") == 1


def test_files_of_a_format_whose_name_is_not_their_suffix_are_proved_too(tmp_path):
    project = projects.make(tmp_path, ("2019",))
    nianbao("build", "--to", "fragment", cwd=project)
    assert proved(project)[0] == {"shili-jyj/2019": Proven.SOUND}


def test_a_changed_digit_is_noticed_by_verify_and_by_a_deep_plan_and_build_alone(project):
    path = project / "outputs" / ONE / "report.html"
    before = path.read_bytes()
    path.write_bytes(digit(before))
    assert len(before) == len(path.read_bytes())
    for with_params in (True, False):
        assert proved(project, with_params)[0][ONE] is Proven.DAMAGED
    assert projects.states("plan", "--to", "html", cwd=project)[ONE] == "未变"
    assert "文件被人改过" in nianbao("plan", "--to", "html", "--deep", cwd=project)[0]
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
        ("findings", ()), ("environment", {}), ("inputs", {}), ("parameters", {}),
        ("parameters", {"bureau": "shili-jyj", "params_dir": "../../../params", "year": 2019.0}),
        ("formats", ("html", "pdf")),
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


def test_a_manifest_that_is_none_harms_one_report(project, outputs):
    path, store = outputs / ONE / "manifest.json", LocalStore(outputs)
    for text in ("", "[]", "{}", "null", '{"schema": 3}', "\x00", '{"a":' * 50_000, "[" * 100_000):
        path.write_text(text, "utf-8")
        assert store.record(ReportId("shili-jyj", 2019)) is None, text[:20]
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
        "template": seal.sealed(blank.replace(blank[:200], ""), seal.HTML),
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


def test_the_gravest_of_two_proofs_of_a_folder_is_told_and_both_are():
    one = ReportId("shili-jyj", 2020)
    proofs = [Proof(one, Proven.CHANGED, (), ("data",)), Proof(one, Proven.DIFFERENT, ("report.html: 1200 → 200",))]
    for some in (proofs, proofs[::-1]):
        assert together(some) == Proof(one, Proven.DIFFERENT, ("report.html: 1200 → 200",), ("data",))


def test_a_copy_of_drafts_is_sound_too(project, tmp_path):
    """One has an error, the others are sound: all are drafts."""
    edit(project / "params" / ONE / "report.yaml", "date: 2020-01-20\n", "")
    shutil.rmtree(project / "outputs")
    nianbao("build", "--to", "html,pdf", "--draft", cwd=project)
    shutil.copytree(project / "outputs", tmp_path / "copy")
    found = api.verify(project / "params", tmp_path / "copy")
    assert found.is_good, found
    assert all("its draft; nothing is published" in proof.details for proof in found.proofs)
    assert "its draft; nothing is published" in api.verify(outputs=tmp_path / "copy").proofs[0].details


def test_of_a_draft_and_published_files_one_cannot_be_made_again_and_that_is_no_proof(project):
    before = (project / "params" / ONE / "report.yaml").read_text("utf-8")
    edit(project / "params" / ONE / "report.yaml", "date: 2020-01-20\n", "")
    nianbao("build", "--to", "html", "--draft", cwd=project)
    states, found = proved(project)
    assert states[ONE] is Proven.CHANGED, found.proofs
    assert "its draft is made again byte for byte" in found.proofs[0].details[0]
    (project / "params" / ONE / "report.yaml").write_text(before, "utf-8")
    states, found = proved(project)
    assert states[ONE] is Proven.CHANGED
    assert "the draft beside it is of other inputs" in found.proofs[0].details[0]
    nianbao("build", "--to", "html", "--draft", cwd=project)
    assert (project / "outputs" / ONE / "report-draft.html").exists()
    nianbao("build", "--to", "html", cwd=project)
    assert proved(project)[1].is_good


@pytest.mark.parametrize(
    "name", ["extra.html", "Report.html", "审签单.pdf", "index.html", "manifest.json.bak", "report-draft.html"]
)
def test_a_file_that_no_build_makes_does_not_become_sound_by_being_listed(project, outputs, name):
    (outputs / ONE / name).write_bytes(b"forged")
    record = Manifest.from_json((outputs / ONE / "manifest.json").read_bytes())
    rewrite(
        outputs / ONE,
        outputs={**record.outputs, name: next(iter(record.outputs.values())).model_copy(update=facts(outputs / ONE / name))},
    )
    states, found = proved(project)
    assert states[ONE] is Proven.DIFFERENT
    assert name in found.proofs[0].details[0]


def test_a_forged_draft_beside_a_genuine_report_is_said(project, outputs):
    folder = outputs / ONE
    record = Manifest.from_json((folder / "manifest.json").read_bytes())
    listed = dict(record.outputs)
    for kind in ("html", "ipynb", "json"):
        shutil.copy(folder / f"report.{kind}", folder / f"report-draft.{kind}")
        listed[f"report-draft.{kind}"] = record.outputs[f"report.{kind}"]
    for parts in (record.parts, record.parts | {"data": "0" * 64}):
        beside = record.model_copy(update={"draft": True, "outputs": {}, "parts": parts, "key": key_of(parts)})
        rewrite(folder, beside=beside, outputs=listed)
        assert proved(project)[0][ONE] is not Proven.SOUND


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{\n", '{\n "title": "伪造",\n'), ("\n", "\n  "), ('"bytes": ([0-9]+)', r'"bytes": "\1"'),
        ('"year": 2019\n}', '"year": 2019.0\n}'),
        ('"year": 2019\n}', '"year": "2019"\n}'), ('"draft": false', '"draft": "no"'), ('"draft": false', '"draft": 0'),
    ],
)  # fmt: skip
def test_a_manifest_of_other_bytes_is_none_though_it_is_sealed(project, outputs, old, new):
    path = outputs / ONE / "manifest.json"
    blank = re.sub('"seal": "[0-9a-f]{64}"', f'"seal": "{seal.BLANK}"', path.read_text("utf-8"))
    forged = re.sub(old, new, blank, count=1)
    assert forged != blank
    path.write_text(seal.sealed(forged, seal.JSON), "utf-8")
    assert proved(project)[0][ONE] is Proven.DAMAGED


def test_a_manifest_that_names_no_files_is_not_up_to_date(project, outputs):
    rewrite(outputs / ONE, outputs={})
    assert projects.states("plan", "--to", "html", cwd=project)[ONE] == "待生成"


@pytest.mark.parametrize(
    "asked",
    [{"bureaus": "shili-jyj"}, {"years": 2020}, {"bureaus": "shili-jyj", "years": 2020}, {"bureaus": "示例市教育局"}],
)
def test_a_report_without_params_is_proved_when_it_is_asked_for(project, outputs, asked):
    (project / "params/shili-jyj/2020").rename(project / "away")
    (outputs / "shili-jyj/2020/report.html").write_bytes(digit((outputs / "shili-jyj/2020/report.html").read_bytes()))
    found = api.verify(project / "params", outputs, **asked)
    assert {str(proof.id): proof.state for proof in found.proofs}["shili-jyj/2020"] is Proven.DAMAGED
    (project / "params/shili-jyj").rename(project / "bureau")
    found = api.verify(project / "params", outputs, **asked)
    assert {str(proof.id): proof.state for proof in found.proofs}["shili-jyj/2020"] is Proven.DAMAGED


@pytest.mark.parametrize("asked", [{"bureaus": ["shili-jyj", "shili-mzj"]}, {"years": [2019, 2024]}, {"bureaus": "no-such"}])
def test_what_is_neither_in_params_nor_in_outputs_is_still_refused(project, asked):
    with pytest.raises(UsageError):
        api.verify(project / "params", project / "outputs", **asked)


def test_a_damaged_report_is_said_with_what_to_do_and_why(project, outputs):
    (outputs / ONE / "report.html").write_bytes(b"x")
    details = proved(project)[1].proofs[0].details
    assert any("nianbao build --deep" in one for one in details)


def test_what_a_process_leaves_that_takes_too_long_goes_with_the_verification(project, temporary):
    nianbao("verify", "--timeout", "0.1", cwd=project, code=1, TMPDIR=str(temporary))
    assert list(temporary.iterdir()) == []


def index_with(outputs, change):
    """Change the page and seal it again."""
    path = outputs / "index.html"
    blank = path.read_text("utf-8").rpartition(seal.HTML)[0] + f"{seal.HTML}{seal.BLANK} -->\n"
    forged = change(blank)
    assert forged != blank
    path.write_text(seal.sealed(forged, seal.HTML), "utf-8")


def row_of(text, year):
    return next(line for line in text.split("\n") if line.startswith(f'<tr><th scope="row">{year}')) + "\n"


GOOD = '<input type="radio" name="s" value="已发布"><span class="good">已发布 <b>{}</b></span></label>'
BAD = '<label><input type="radio" name="s" value="已过期"><span class="bad">已过期 <b>1</b></span></label>'
NEVER = '<tr><th scope="row">2011<td>伪造<td class="bad">阻断<td><td><td>\n'
FORGED = {
    "script after the seal": lambda text: text + "<script>alert(1)</script>",
    "head": lambda text: text.replace("1 个机关", "局长 1 个机关"),
    "noscript": lambda text: text.replace("<p>已发布 2</p>", "<p>什么都行</p>"),
    "button": lambda text: text.replace("全部 <b>2</b>", "全部 <b>3</b>"),
    "label": lambda text: text.replace("全部 <b>", "虚假 <b>"),
    "dropped row": lambda text: text.replace(row_of(text, 2019), ""),
    "doubled row": lambda text: text.replace(row_of(text, 2019), row_of(text, 2019) * 2),
    "order": lambda text: text.replace(row_of(text, 2020), "").replace("\n</table>", f"\n{row_of(text, 2020)}</table>", 1),
    "name": lambda text: text.replace("示例市教育局 <small>", "示例市民政局 <small>"),
    "stale": lambda text: text.replace('class="good">已发布<td>', 'class="bad">已过期<td>', 1)
    .replace("<p>已发布 2</p>", "<p>已发布 1，已过期 1</p>").replace(GOOD.format(2), GOOD.format(1) + BAD),
    "never": lambda text: text.replace(row_of(text, 2019), row_of(text, 2019) + NEVER),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_an_index_that_says_other_than_a_build_writes_is_said_though_it_is_sealed(project, outputs, name):
    index_with(outputs, FORGED[name])
    found = proved(project)[1]
    assert found.index
    assert not found.is_good


def test_an_index_that_was_written_before_is_no_forgery(project, outputs):
    """More reports in params since, others checked since, one of them without a folder, a failed one, a copy of it all."""
    (project / "more").mkdir()
    projects.make(project / "more", years=("2019",), bureaus=("shili-wlj",))
    shutil.copytree(project / "more/params/shili-wlj", project / "params/shili-wlj")
    edit(project / "params/shili-wlj/2019/report.yaml", "date:", "# date:")
    nianbao("build", "--to", "html", cwd=project, code=1)
    assert proved(project)[1].index == ()
    assert proved(project, with_params=False)[1].index == ()
    edit(project / "params/shili-wlj/2019/report.yaml", "# date:", "date:")
    nianbao("check", cwd=project)
    assert proved(project)[1].index == ()
    shutil.copytree(project / "params/shili-jyj/2019", project / "params/shili-jyj/2018")
    assert proved(project)[1].index == ()
    (project / "params/shili-jyj/2020").rename(project / "away")
    assert proved(project)[1].index == ()
    nianbao("build", "--to", "html", cwd=project, code=None)
    assert proved(project)[1].index == ()
    projects.add_cell(project, "1 / 0")
    nianbao("build", "--to", "html", cwd=project, code=1)
    assert proved(project)[1].index == ()
    assert proved(project, with_params=False)[1].index == ()


def test_an_index_that_is_missing_is_said_and_one_that_is_none_is_wrong(project, outputs):
    path = outputs / "index.html"
    path.unlink()
    found = proved(project)[1]
    assert (found.is_good, found.has_index) == (True, False)
    assert "没有 index.html" in nianbao("verify", cwd=project)[0]
    for make in (path.mkdir, lambda: path.symlink_to("x"), lambda: os.mkfifo(path)):
        make()
        assert proved(project)[1].index
        path.rmdir() if path.is_dir() else path.unlink()
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    assert proved(project)[1].index


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


def test_a_notebook_that_is_another_one_when_it_is_read_is_planned_again(project, outputs):
    targets = targets_of(project / "params", bureaus=["shili-jyj"], years=[2019]).targets
    [job] = jobs_of(targets, Options(params=project / "params", store=LocalStore(outputs), formats=("html",)))
    stage = project / "stage"
    stage.mkdir()
    projects.add_cell(project, "print('another')")
    with pytest.raises(rendition.InputsChanged):
        rendition.render(job, stage, Meter())


def test_inputs_that_change_for_ever_end_in_a_failure_and_nothing_is_published(project, outputs):
    projects.add_cell(project, SAVES.format(when="True"))
    before = (outputs / ONE / "report.html").read_bytes()
    out, _ = nianbao("build", "--to", "html", "--year", "2019", cwd=project, code=1)
    assert "一再改动" in out
    assert (outputs / ONE / "report.html").read_bytes() == before


def test_a_report_of_last_year_that_has_gone_is_no_changed_format(project):
    """Its format goes with it; nobody changed one."""
    (project / "params/shili-jyj/2019").rename(project / "away")
    found = {str(step.id): step.why for step in api.plan(project / "params", project / "outputs", to="html").steps}
    assert found["shili-jyj/2020"] == ("last_year",)


def test_a_file_that_a_notebook_makes_is_proved_and_a_draft_beside_it_brings_none(project, outputs):
    projects.add_cell(project, "open('图　1.csv', 'a').write(title if (title := str(document.findings)) else '')")
    nianbao("build", "--to", "html", cwd=project)
    assert proved(project)[1].is_good
    before = (project / "params" / ONE / "report.yaml").read_text("utf-8")
    table = (outputs / ONE / "图　1.csv").read_bytes()
    edit(project / "params" / ONE / "report.yaml", "date: 2020-01-20\n", "")
    nianbao("build", "--to", "html", "--draft", cwd=project)
    assert (outputs / ONE / "图　1.csv").read_bytes() == table
    assert "its draft is made again" in proved(project)[1].proofs[0].details[0]
    (project / "params" / ONE / "report.yaml").write_text(before, "utf-8")
    nianbao("build", "--to", "html", cwd=project)
    assert proved(project)[1].is_good
    (outputs / ONE / "图　1.csv").write_bytes(table + b"x")
    assert proved(project)[0][ONE] is Proven.DAMAGED


def test_an_index_that_lists_a_report_whose_folder_is_gone_names_the_report(project, outputs):
    shutil.rmtree(outputs / ONE)
    assert proved(project)[1].index == (f"it lists {ONE}, of which nothing is in these outputs",)
