"""Storms, seeded: forgeries by the hundred and disks that fill up; nothing lost, nothing passed. The counts are printed."""

import random
import shutil

import pytest

import project as projects
from machine import POSIX, ROOT_ON_LINUX
from nianbao import api
from nianbao.digests import digest
from nianbao.job_id import ReportId
from nianbao.review.proof import wrong_in_index
from nianbao.run import seal
from nianbao.run.manifest import Manifest
from nianbao.run.store.local import LocalStore
from nianbao.run.verify import Proven, against_manifests
from project import edit, nianbao

pytestmark = [pytest.mark.slow, POSIX]
SEED, CHANGES, SEALED = 20261125, 400, 24


@pytest.fixture(scope="module")
def built(once):
    return once("built", lambda folder: nianbao("build", cwd=projects.make(folder)))[0]


def is_said(root):
    """Whether verify would say that something is wrong, without rendering anything again."""
    store = LocalStore(root)
    proved = against_manifests(store, store.ids())
    gone = {ReportId("shili-jyj", 2019), ReportId("shili-jyj", 2020)} - {*store.ids()}
    index = store.index()
    wrong = index is None or wrong_in_index(index, store, ())
    return bool(gone) or not all(proof.is_good for proof in proved) or bool(wrong)


def flip(path, chance):
    raw = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 4))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def cut(path, chance):
    raw = path.read_bytes()
    path.write_bytes(raw[: chance.randrange(len(raw))])


def grow(path, chance):
    path.write_bytes(path.read_bytes() + bytes([chance.randrange(256)]))


def swap(path, chance):
    other = chance.choice(
        [one for one in path.parent.parent.glob("[a-z0-9]*/*.*") if one != path and one.is_file()] or [path]
    )
    theirs, ours = other.read_bytes(), path.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(ours)


def vanish(path, chance):
    path.unlink()


def test_of_hundreds_of_changes_to_outputs_none_passes(built, tmp_path, counted):
    chance, passed = random.Random(SEED), []
    root = tmp_path / "outputs"
    for number in range(CHANGES):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(built / "outputs", root)
        path = chance.choice(sorted((*root.glob("shili-jyj/*/*"), root / "index.html")))
        before = {one: one.read_bytes() for one in root.rglob("*.*") if one.is_file()}
        change = chance.choice((flip, flip, cut, grow, swap, vanish))
        change(path, chance)
        if path.name == "index.html" and change is vanish:
            continue  # A copy without its index is a copy of its reports.
        changed = before != {one: one.read_bytes() for one in root.rglob("*.*") if one.is_file()}
        if changed and not is_said(root):
            passed.append((number, change.__name__, path.name))
    counted(f"changes to outputs: {CHANGES}, passed by verify: {len(passed)}")
    assert passed == []


def test_of_forgeries_that_are_sealed_again_none_passes_beside_params(built, tmp_path, counted):
    """A digit, a letter or a field of one of the files, with a manifest and an index made to agree."""
    chance, passed = random.Random(SEED), []
    shutil.copytree(built, tmp_path / "p")
    root = tmp_path / "p" / "outputs"
    for number in range(SEALED):
        shutil.rmtree(root)
        shutil.copytree(built / "outputs", root)
        folder = root / "shili-jyj" / chance.choice(("2019", "2020"))
        record = Manifest.from_json((folder / "manifest.json").read_bytes())
        if number % 3:
            path = chance.choice([folder / name for name in record.outputs])
            raw = bytearray(path.read_bytes())
            at = chance.choice([at for at, one in enumerate(raw) if 48 <= one <= 57])
            raw[at] = 48 + (raw[at] - 47) % 10
            path.write_bytes(raw)
            fixed = {path.name: record.outputs[path.name].model_copy(update={"sha256": digest(bytes(raw))})}
            record = record.model_copy(update={"outputs": {**record.outputs, **fixed}})
        else:
            field = chance.choice(("title", "date", "bureau_name", "notebook"))
            record = record.model_copy(update={field: "2000-01-01"})
        (folder / "manifest.json").write_text(record.to_json(), "utf-8")
        page = (root / "index.html").read_text("utf-8").rpartition(seal.HTML)[0] + f"{seal.HTML}{seal.BLANK} -->\n"
        (root / "index.html").write_text(seal.sealed(page, seal.HTML), "utf-8")
        [proof] = api.verify(tmp_path / "p" / "params", years=int(folder.name)).proofs
        if proof.state is Proven.SOUND:
            passed.append((number, folder.name))
    counted(f"sealed forgeries: {SEALED}, passed by verify with params: {len(passed)}")
    assert passed == []


@ROOT_ON_LINUX
def test_however_full_a_disk_is_published_reports_stay(tmp_path, small_disk, counted):
    """The others stay, the summary is printed, and the index is written or said not to be."""
    project = projects.make(tmp_path / "p")
    disk, broken = small_disk("size=4m"), []
    words = ("build", "--to", "html", "--outputs", disk)
    nianbao(*words, cwd=project)
    sizes = (0, 4096, 12_288, 40_960, 81_920, 122_880, 204_800)
    for count, left in enumerate(sizes):
        year = "2020"  # on which no other report depends
        edit(project / "params/shili-jyj" / year / "narrative.md", "\n## 一", f"\n第{count}次。\n\n## 一")
        before = {path: path.read_bytes() for path in disk.glob("shili-jyj/*/*")}
        used = sum(-(-path.stat().st_size // 4096) * 4096 for path in disk.rglob("*") if path.is_file())
        (disk / "filler").write_bytes(bytes(max(0, 4 * 2**20 - used - left - 16_384)))
        with (disk / "filler").open("ab") as filler:  # until nothing more than asked for is left
            while shutil.disk_usage(disk).free > left:
                filler.write(bytes(4096))
                filler.flush()
        out, err = nianbao(*words, cwd=project, code=None)
        for path, raw in before.items():
            if year not in path.parts and path.read_bytes() != raw:
                broken.append((left, path.name))
        if "共 2 份" not in out or "目录页" not in out or "Traceback" in out + err:
            broken.append((left, out + err))
        wrong = against_manifests(LocalStore(disk), LocalStore(disk).ids())
        broken += [(left, proof.details) for proof in wrong if not proof.is_good]
        (disk / "filler").unlink()
        nianbao(*words, cwd=project)
    counted(f"disks filled: {len(sizes)}, broken: {len(broken)}")
    assert broken == []
