"""Reports compared with those of other bureaus in check and build, through what the store keeps of each."""

import json
import shutil

import pytest

from making import REST, write
from nianbao import api
from nianbao.job_id import ReportId
from nianbao.run import asked, neighbours
from nianbao.run.plan import jobs_of
from nianbao.run.process import Limits
from nianbao.run.store.local import LocalStore
from nianbao.run.watch import Watch

pytestmark = pytest.mark.slow  # the command, dozens of times

CHAPTER = """\
## 一、总体情况

{name}把办事指南逐条改写成问答，群众常问的{number}类事项放在首屏，全年更新{number}次。
每季度请未参与起草的同事试读，读不懂的地方退回重写，全年退回{number}篇。

旧网站的专栏并入新平台，失效链接清理干净，历史文件补上有效性标注，可以按年份检索。
微信公众号菜单压缩为三项，留言在{number}个工作日内答复，超过时限的由办公室逐件催办。

## 五、存在的主要问题及改进情况

逐项改进。
"""
OWN = "## 一、总体情况\n\n工作有序开展。\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"
JYJ, MZJ, CZJ = (ReportId(f"shili-{one}", 2024) for one in ("jyj", "mzj", "czj"))
NAMES = {JYJ: "示例市教育局", MZJ: "示例市民政局", CZJ: "示例市财政局"}


def lay(root, report, narrative=OWN):
    paths = write(root / "params", report.year, narrative + REST, bureau=report.bureau)
    name = NAMES[report]
    paths.bureau_file.write_text(f"name: {name}\nshort: {name[2:]}\nlevel: 市\n", "utf-8")
    text = paths.report_file.read_text("utf-8").replace("示例市测试局", name)
    paths.report_file.write_text(text, "utf-8")


def copied(report, number=12):
    return CHAPTER.format(name=NAMES[report], number=number)


@pytest.fixture
def province(tmp_path):
    """Three bureaus; the second one copies the first."""
    lay(tmp_path, JYJ, copied(JYJ))
    lay(tmp_path, MZJ, copied(MZJ, 15))
    lay(tmp_path, CZJ)
    return tmp_path


def across(results):
    return {
        one.id: [finding.code for finding in one.findings if finding.code in {"W702", "W704", "W705"}] for one in results
    }


def checked(root, **asked):
    return api.check(root / "params", **asked)


def test_check_shows_what_was_copied_as_a_warning_that_blocks_nothing(province):
    found = checked(province)
    assert found.is_good
    assert {one.id: [finding.code for finding in one.across] for one in found.verdicts} == {
        JYJ: ["W702"], MZJ: ["W702"], CZJ: [],
    }  # fmt: skip
    assert "W702" in [one["code"] for one in found.verdicts[2].to_json()["findings"]]
    assert not (province / "outputs").exists()


def test_a_build_of_one_report_finds_the_copy_of_another_built_earlier(province, monkeypatch):
    first = api.build(province / "params", bureaus=["shili-jyj", "shili-czj"], to=["html"])
    assert across(first.outcomes) == {CZJ: [], JYJ: ["W702"]}
    monkeypatch.setattr(neighbours, "CHEAP", 0)  # nobody is checked for it: the stored signature is enough
    second = api.build(province / "params", bureaus=["shili-mzj"], to=["html"])
    assert second.missing == 0
    (finding,) = [one for one in second.outcomes[0].findings if one.code == "W702"]
    assert "示例市教育局2024年度“一、总体情况”（shili-jyj/2024/narrative.md）相同或大部分相同的句子占100%" in finding.found
    again = api.build(province / "params", to=["html"])
    assert {one.state.value for one in again.outcomes} == {"未变"}
    assert across(again.outcomes) == {CZJ: [], JYJ: ["W702"], MZJ: ["W702"]}


class Stopped(Watch):
    """A person who presses Ctrl-C when all reports have been checked."""

    def begin(self, stage, count):
        if stage == "building":
            raise KeyboardInterrupt


def test_a_build_that_is_stopped_keeps_what_was_found_across_bureaus_in_the_index(province):
    api.build(province / "params", to=["html"])
    pages = [province / "outputs" / name for name in ("index.html", "findings.html")]
    before = [page.read_text("utf-8") for page in pages]
    assert ["W702" in page for page in before] == [False, True]
    with pytest.raises(KeyboardInterrupt):
        api.build(province / "params", to=["html"], force=True, watch=Stopped())
    assert [page.read_text("utf-8") for page in pages] == before
    lay(province, MZJ)
    assert across(api.build(province / "params", to=["html"]).outcomes) == {CZJ: [], JYJ: [], MZJ: []}
    assert "W702" not in pages[1].read_text("utf-8")


def test_a_reports_files_and_key_depend_on_no_other_bureau(province):
    api.build(province / "params", to=["html"])
    outputs = province / "outputs" / "shili-jyj" / "2024"
    before = {path.name: path.read_bytes() for path in outputs.iterdir()}
    assert "W702" not in [one["code"] for one in json.loads(before["report.json"])["findings"]]
    shutil.rmtree(province / "params" / "shili-mzj")
    after = api.build(province / "params", to=["html"])
    assert {one.state.value for one in after.outcomes} == {"未变"}
    assert across(after.outcomes) == {CZJ: [], JYJ: []}
    assert {path.name: path.read_bytes() for path in outputs.iterdir()} == before


def test_another_bureaus_text_is_compared_as_it_is_now(province):
    """What was stored of it names the lines of an older text, or text that is no longer there."""
    api.build(province / "params", to=["html"])
    lay(province, JYJ, "引言由办公室撰写。\n\n" + copied(JYJ))
    (verdict,) = checked(province, bureaus=["shili-mzj"]).verdicts
    assert "（第3行，对方第5行）" in verdict.across[0].found
    lay(province, JYJ)
    (verdict,) = checked(province, bureaus=["shili-mzj"]).verdicts
    assert verdict.across == ()


def test_what_was_never_checked_is_checked_where_it_is_little_and_else_said(province, monkeypatch):
    asked = {"bureaus": ["shili-mzj"]}
    found = checked(province, **asked)
    assert [one.id for one in found.verdicts] == [MZJ]
    assert ([one.code for one in found.verdicts[0].across], found.missing) == (["W702"], 0)
    monkeypatch.setattr(neighbours, "CHEAP", 1)
    found = checked(province, **asked)
    assert (found.verdicts[0].across, found.missing) == ((), 2)


def test_a_report_with_faults_takes_no_part(province):
    (province / "params" / "shili-jyj" / "2024" / "report.yaml").write_text("datum: 1\n", "utf-8")
    found = checked(province)
    assert [one.across for one in found.verdicts] == [(), (), ()]
    assert found.missing == 0


def test_other_years_are_not_compared(province):
    shutil.move(province / "params" / "shili-jyj" / "2024", province / "params" / "shili-jyj" / "2023")
    found = checked(province, years=[2024])
    assert [one.across for one in found.verdicts] == [(), ()]


def test_the_number_of_processes_changes_nothing(province):
    def shown(workers):
        return [one.to_json() for one in checked(province, limits=Limits(workers=workers)).verdicts]

    assert shown(1) == shown(3)


def test_the_index_tells_of_it_and_still_proves_when_others_change(province):
    api.build(province / "params", to=["html"])
    index = (province / "outputs" / "index.html").read_text("utf-8")
    assert index.count("机关间警告\u00a01") == 2
    lay(province, MZJ)
    checked(province)
    proved = api.verify(province / "params", bureaus=["shili-jyj"])
    assert proved.is_good


def test_the_store_keeps_what_a_later_comparison_needs(province):
    api.build(province / "params", to=["html"])
    store = LocalStore(province / "outputs")
    verdict = store.verdict(JYJ)
    assert verdict.signature.name == "示例市教育局"
    assert [one.code for one in verdict.across] == ["W702"]
    assert "W702" not in [one.code for one in verdict.findings]
    options = asked.options_of(province / "params", None, ["html"], None)
    keys = {job.id: job.check_key for job in jobs_of(asked.all_targets(province / "params").targets, options)}
    assert store.verdict(JYJ, keys[JYJ]) == verdict


TAKEN = "accepted: [{code: W702, place: 一、总体情况, reason: 全市统一文字, who: 办公室, when: 2025-01-10}]\n"


def accept(root, report, text=TAKEN):
    file = root / "params" / report.bureau / "2024" / "report.yaml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def shown(result, code):
    return [(str(one.severity), one.accepted) for one in result.findings if one.code == code]


def test_what_was_copied_can_be_accepted_with_its_reason(province):
    accept(province, MZJ)
    built = {one.id: one for one in api.build(province / "params", to=["html"]).outcomes}
    assert shown(built[MZJ], "W702") == [("提示", "全市统一文字，办公室，2025-01-10")]
    assert shown(built[JYJ], "W702") == [("警告", "")]
    assert [shown(one, "W206") for one in built.values()] == [[], [], []]
    index = (province / "outputs" / "index.html").read_text("utf-8")
    assert index.count("机关间警告\u00a01") == 1
    # And so are verdicts that the store has kept, in a build of what is up to date.
    kept = LocalStore(province / "outputs").verdict(MZJ)
    assert [(one.code, one.accepted) for one in kept.across] == [("W702", "全市统一文字，办公室，2025-01-10")]
    again = {one.id: one for one in api.build(province / "params", to=["html"]).outcomes}
    assert (again[MZJ].state.value, shown(again[MZJ], "W702")) == ("未变", shown(built[MZJ], "W702"))


def test_an_acceptance_of_no_copy_is_said_where_all_others_were_compared(province, monkeypatch):
    accept(province, CZJ)
    found = {one.id: one for one in checked(province).verdicts}
    (stale,) = [one for one in found[CZJ].across if one.code == "W206"]
    assert (stale.place, stale.found) == ("W702 一、总体情况", "接受了W702 一、总体情况，本报告没有这一条")
    assert (stale.source.file, stale.source.line) == ("report.yaml", 3)
    assert "W206" not in [one.code for one in found[CZJ].findings]
    assert [one.code for one in checked(province, bureaus=["shili-czj"]).verdicts[0].across] == ["W206"]
    monkeypatch.setattr(neighbours, "CHEAP", 1)  # the others are not compared
    assert checked(province, bureaus=["shili-czj"]).verdicts[0].across == ()


def test_of_a_report_with_faults_and_of_one_that_is_alone_nothing_is_said(province):
    accept(province, CZJ)
    (province / "params" / "shili-jyj" / "2024" / "report.yaml").write_text("datum: 1\n", "utf-8")
    assert [one.across for one in checked(province).verdicts] == [(), (), ()]
    for other in (JYJ, MZJ):
        shutil.rmtree(province / "params" / other.bureau)
    assert [one.across for one in checked(province).verdicts] == [()]
