"""The index: what it lists and says, and that ten thousand reports stay light, quick to show and quick to narrow."""

import re
import time
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from looking import DESK, PATIENCE, PHONE, launched, poppler, text
from nianbao.job_id import RunId
from nianbao.review import index, listing
from nianbao.review.proof import proved_by
from nianbao.run import seal
from nianbao.run.job import Verdict
from nianbao.run.store.local import LocalStore
from nianbao.state import State
from records import finding, manifest, report

FILES = ("report.html", "report.ipynb", "report.json", "report.pdf")
DRAFTS = tuple(name.replace("report", "report-draft") for name in FILES)
JYJ, NYNCJ = "示例市教育局", "定西市农业农村局"


def publish(store, name, bureau="示例市测试局", files=FILES, **more):
    """One report as a build leaves it; its files are empty."""
    one = report(name)
    stage = store.stage(one)
    for file in files:
        (stage / file).touch()
    about = {
        "bureau_name": bureau,
        "title": f"{bureau}{one.year}年政府信息公开工作年度报告",
        "date": f"{one.year + 1}-01-20",
    }
    store.publish(stage, one, manifest(name, **about | more))


def rows(page):
    """The cells of each report's row under its bureau's heading, as texts."""
    found = {}
    for group in page.split("<tbody>")[1:]:
        head, *lines = [re.split("<t[hd][^>]*>", line)[1:] for line in group.partition("</table>")[0].strip().split("\n")]
        found[said(head[0])] = [[said(cell) for cell in line] for line in lines]
    return found


def said(html):
    return unescape(re.sub("<[^>]*>", "", html)).strip()


@pytest.fixture
def store(tmp_path):
    """Two bureaus with a report in each state, and two that nothing was ever built of."""
    store = LocalStore(tmp_path / "outputs")
    publish(store, "shili-jyj/2019", JYJ, findings=["I104", "W201", "I102"])
    publish(store, "shili-jyj/2020", JYJ, DRAFTS, draft=True, findings=["E301"])
    publish(
        store, "shili-jyj/2021", JYJ, FILES + DRAFTS, beside=manifest("shili-jyj/2021", ["E301", "E102", "E301"], draft=True)
    )
    publish(store, "shili-jyj/2022", JYJ, date=None)
    publish(store, "dingxi-nyncj/2020", NYNCJ)
    publish(store, "dingxi-nyncj/2021", NYNCJ)
    return store


STATES = {
    "shili-jyj/2019": "未变",
    "shili-jyj/2020": "草稿",
    "shili-jyj/2021": "草稿",
    "shili-jyj/2022": "阻断",
    "shili-jyj/2023": "失败",
    "dingxi-nyncj/2020": "已发布",
    "shili-wlj/2020": "待核查",
    "shili-wlj/2021": "阻断",
}


def write(store, states=STATES, **more):
    """The index page's file; states are given by name, in the words that readers see."""
    told = {report(name): State(state) for name, state in states.items()}
    return Path(index.write(store, told, **more))


def written(store, states=STATES):
    return write(store, states).read_text("utf-8")


def test_every_report_is_listed_by_bureau_newest_first_with_all_that_is_known_of_it(store):
    title = "年政府信息公开工作年度报告"
    published, drafts = "网页 PDF 笔记本 数据", "草稿网页 草稿PDF 草稿笔记本 草稿数据"
    assert rows(written(store)) == {
        "定西市农业农村局 dingxi-nyncj": [
            ["2021", f"{NYNCJ}2021{title}", "参数已不在", "没有核查发现", "2022-01-20", published],
            ["2020", f"{NYNCJ}2020{title}", "已发布", "没有核查发现", "2021-01-20", published],
        ],
        "示例市教育局 shili-jyj": [
            ["2023", "", "失败", "", "", ""],
            ["2022", f"{JYJ}2022{title}", "已过期", "没有核查发现", "", published],
            [
                "2021",
                f"{JYJ}2021{title}",
                "已过期；草稿 错误 3",
                "已发布的：没有核查发现",
                "2022-01-20",
                f"{published} {drafts}",
            ],
            ["2020", f"{JYJ}2020{title}", "草稿", "错误\u00a01", "2021-01-20", drafts],
            ["2019", f"{JYJ}2019{title}", "已发布", "警告\u00a01　提示\u00a02", "2020-01-20", published],
        ],
        "shili-wlj": [["2021", "", "阻断", "", "", ""], ["2020", "", "未生成", "", "", ""]],
    }


def test_the_counts_lead_to_the_words_of_the_findings_also_beside_other_bureaus(store):
    own = finding("I104", found="缺<上年>的报告")
    across = finding("W702", place="二、主动公开", found="与示例市文旅局的相同")
    store.keep_verdict(Verdict(report("shili-jyj/2022"), (), "", across=(across,)), "1")
    publish(store, "shili-jyj/2024", findings=[own], title="标题")
    store.keep_verdict(Verdict(report("shili-wlj/2021"), (finding("E301", found="和是7"),), "示例"), "1")
    page = written(store)
    words = (store.root / "findings.html").read_text("utf-8")
    sections = dict(re.findall('<section id="([^"]*)">(.*?)</section>', words, re.S))
    linked = dict(re.findall('<a href="findings.html#([^"]*)">(.*?)</a>', page))
    assert set(linked) == set(sections)
    assert {"shili-jyj/2024": "提示\u00a01", "shili-jyj/2022": "机关间警告\u00a01"}.items() <= linked.items()
    assert "<b>[提示 I104]" in sections["shili-jyj/2024"]
    assert "缺&lt;上年&gt;的报告" in sections["shili-jyj/2024"]
    assert '<a href="shili-jyj/2024/report.html">标题' in sections["shili-jyj/2024"]
    assert "二、主动公开" in sections["shili-jyj/2022"]
    assert "<b>[错误 E301]" in sections["shili-wlj/2021"]
    assert linked["shili-jyj/2021"] == "草稿 错误 3"  # of the draft beside what is published
    assert sections["shili-jyj/2021"].count("[错误 ") == 3
    assert "错误 5" in words.partition("<form")[0]
    run_of(store, "trends/shili-jyj", "历年", "zh-CN")
    run = re.search('<section id="notebooks/trends/shili-jyj">(.*?)</section>', findings_of(store), re.S)[1]
    assert run.startswith('<h2><a href="notebooks/trends/shili-jyj/report.html">历年')
    assert (run.count("[警告 W503]"), run.count("[提示 I502]")) == (2, 1)
    assert 'findings.html#notebooks/trends/shili-jyj">警告' in written(store)
    before = proved_by(store, [], ()).index
    (store.root / "findings.html").write_text(words.replace("和是7", "和是8"), "utf-8")
    assert len(proved_by(store, [], ()).index) == len(before) + 1
    assert store.repair() != []
    assert "和是8" in (store.root / ".kept" / "findings.html").read_text("utf-8")


def findings_of(store):
    """outputs/findings.html after a build."""
    written(store)
    return (store.root / "findings.html").read_text("utf-8")


@pytest.mark.browser
def test_words_and_severities_narrow_the_findings_and_without_scripts_all_are_there(store, visit):
    run_of(store, "trends/shili-jyj", "历年", "zh-CN")
    findings_of(store)
    page = visit(store.root / "findings.html", DESK)
    seen = "[...document.querySelectorAll('li')].filter(one => one.checkVisibility()).length"
    every = page.evaluate("document.querySelectorAll('li').length")
    assert (page.evaluate(seen), status(page)) == (every, f"显示 {every} 条")
    page.get_by_role("searchbox").fill("notebooks/trends w503")
    assert (page.evaluate(seen), status(page)) == (2, "显示 2 条")
    page.get_by_role("searchbox").fill("")
    page.get_by_label("警告").uncheck()
    assert page.evaluate(seen) == every - page.evaluate("document.querySelectorAll('li.warning').length") > 0
    for name in ("错误", "提示"):
        page.get_by_label(name).uncheck()
    assert (page.evaluate(seen), status(page)) == (0, "没有符合的")
    assert page.evaluate("[...document.querySelectorAll('h2')].some(one => one.checkVisibility())") is False
    page.evaluate("location.hash = 'notebooks/trends/shili-jyj'")  # as a link of the index does
    page.wait_for_function("document.querySelector(':target').checkVisibility()")
    assert (page.evaluate(seen), status(page)) == (every, f"显示 {every} 条")
    assert page.said == []


@pytest.mark.browser
def test_on_paper_no_finding_is_torn_and_no_name_of_a_report_stands_at_the_foot_of_a_page(store, visit, tmp_path):
    for number in range(9):
        found = [finding("W201", found=f"{'相差甚多' * 40}完")] * (number + 3)
        publish(store, f"shili-b{number}/2020", f"示例市第{number}局", findings=found)
    findings_of(store)
    visit(store.root / "findings.html", DESK).pdf(path=tmp_path / "printed.pdf", format="A4")
    ends = [page.strip().splitlines()[-1].strip() for page in text(tmp_path / "printed.pdf", "-layout") if page.strip()]
    assert len(ends) > 3
    assert [line for line in ends[:-1] if not line.endswith("完")] == []


def test_of_a_report_that_was_never_published_it_says_what_is_known_and_where_to_look(store):
    """The bureau's name, the title and findings of the last check, and what a failed job left."""
    findings = tuple(map(finding, ("E301", "E301", "I104")))
    store.keep_verdict(Verdict(report("shili-wlj/2021"), findings, "示例市文旅局2021年报告"), "1")
    store.fail(store.stage(report("shili-jyj/2023")), report("shili-jyj/2023"), "why")
    page = write(store, name_of={"shili-wlj": "示例市文旅局"}.__getitem__).read_text("utf-8")
    assert rows(page)["示例市文旅局 shili-wlj"] == [
        ["2021", "示例市文旅局2021年报告", "阻断", "错误\u00a02　提示\u00a01", "", ""],
        ["2020", "", "未生成", "", "", ""],
    ]
    assert rows(page)["示例市教育局 shili-jyj"][0] == ["2023", "", "失败", "", "", "失败原因"]
    assert (store.root / re.findall('href="([^"]*)">失败原因', page)[0]).read_text("utf-8") == "why"


@pytest.mark.parametrize("state", ["待核查", "待生成"])
def test_a_report_that_failed_last_stays_failed_while_others_are_built(store, state):
    one = report("shili-wlj/2020")
    store.fail(store.stage(one), one, "why")
    page = written(store, STATES | {"shili-wlj/2020": state})
    assert rows(page)["shili-wlj"][1] == ["2020", "", "失败", "", "", "失败原因"]
    assert rows(written(store, STATES | {"shili-wlj/2020": "阻断"}))["shili-wlj"][1][2] == "阻断"


def run_of(store, name, title, language="en", bureau=None, files=("report.html", "report.ipynb")):
    """A run of another notebook as a build leaves it."""
    one = RunId(*name.split("/"))
    stage = store.stage(one)
    for file in files:
        (stage / file).touch()
    about = {"bureau": None, "bureau_name": None, "year": None, "date": None}
    about |= {"notebook": f"notebooks/{one.notebook}.ipynb", "title": title, "language": language}
    about |= {"findings": ["W503", "W503", "I502"], "formats": ("html",)}
    store.publish(stage, one, manifest("shili-jyj/2019", **about).model_copy(update={"name": str(one)}))
    return one


@pytest.mark.parametrize(("locale", "language"), [("zh_CN.UTF-8", "zh-CN"), ("C", "en")])
def test_where_no_page_could_be_built_it_is_in_the_language_of_the_locale(tmp_path, monkeypatch, locale, language):
    store, failed = LocalStore(tmp_path / "outputs"), RunId("sales", "last")
    store.root.mkdir()
    store.fail(store.stage(failed), failed, "why")
    monkeypatch.setenv("LC_ALL", locale)
    page = Path(index.write(store, {failed: State.FAILED})).read_text("utf-8")
    assert f'<html lang="{language}">' in page
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")  # whoever proves it
    assert listing.wrong_in(page, store, (), (), listing.Names(str)) == []


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("bad", "notebooks/bad.ipynb"),
        ("team+bad", "notebooks/team/bad.ipynb"),
        ("bad-13aeb80ad68f", "bad.ipynb"),
        ("坏的-2024-13aeb80ad68f", "坏的-2024.ipynb"),
    ],
)
def test_a_notebook_that_never_ran_to_its_end_is_headed_by_its_file(tmp_path, monkeypatch, folder, name):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    store, failed = LocalStore(tmp_path / "outputs"), RunId(folder, "default")
    store.root.mkdir()
    store.fail(store.stage(failed), failed, "why")
    page = Path(index.write(store, {failed: State.FAILED})).read_text("utf-8")
    assert rows(page) == {f"笔记本 {name}": [["default", "失败", "", "", "失败原因"]]}
    assert listing.wrong_in(page, store, (), (), listing.Names(str)) == []


@pytest.mark.parametrize(("languages", "chinese"), [("en de", False), ("en zh-CN", True), ("zh en", True)])
def test_it_is_in_the_language_of_the_pages_that_it_lists(tmp_path, monkeypatch, languages, chinese):
    store = LocalStore(tmp_path / "outputs")
    store.root.mkdir()
    for number, language in enumerate(languages.split()):
        run_of(store, f"sales/{number}", f"Sales {number}", language)
    failed = RunId("sales", "last")
    store.fail(store.stage(failed), failed, "why")
    pages = []
    for locale in ("zh_CN.UTF-8", "C"):
        monkeypatch.setenv("LC_ALL", locale)
        pages.append(Path(index.write(store, {failed: State.FAILED})).read_text("utf-8"))
        assert listing.wrong_in(pages[-1], store, (), (), listing.Names(str)) == []
    assert pages[0] == pages[1]  # the locale is no matter
    plain = re.sub(r"<style>.*?</style>", "", pages[0], flags=re.S)
    assert bool(re.search("[\u3000-\u9fff]", plain)) is chinese
    assert f'<html lang="{"zh-CN" if chinese else "en"}">' in plain
    if not chinese:
        assert rows(plain) == {
            "Notebook notebooks/sales.ipynb": [
                ["Sales 0 0", "published", "warning\u00a02, note\u00a01", "", "HTML notebook"],
                ["Sales 1 1", "published", "warning\u00a02, note\u00a01", "", "HTML notebook"],
                ["last", "failed", "", "", "why it failed"],
            ]
        }
        assert [said(one) for one in re.findall("<label>.*?</label>", plain)] == ["Find", "All 3", "published 2", "failed 1"]


def test_an_english_index_of_chinese_pages_is_none_that_a_build_writes(store):
    text = written(store)
    changed = seal.sealed(
        text.replace('lang="zh-CN"', 'lang="en"').rpartition(seal.HTML)[0] + f"{seal.HTML}{seal.BLANK} -->\n", seal.HTML
    )
    known = [report(name) for name in STATES]
    assert listing.wrong_in(text, store, (), known, listing.Names(str)) == []
    assert listing.wrong_in(changed, store, (), known, listing.Names(str)) != []


def test_a_page_over_a_bureau_is_linked_beside_its_name_and_beside_each_report(store):
    run_of(store, "trends/shili-jyj", f"{JYJ}历年数据", "zh-CN")
    page = written(store)
    address = "notebooks/trends/shili-jyj/report.html"
    assert f'{JYJ} <small>shili-jyj</small> <a href="{address}">历年数据</a>' in page
    assert [row[5].split()[-1:] for row in rows(page)["示例市教育局 shili-jyj 历年数据"]] == [["历年"]] * 5
    assert [row[5].split()[-1:] for row in rows(page)["定西市农业农村局 dingxi-nyncj"]] == [["数据"]] * 2
    assert page.count(address) == 7
    assert listing.wrong_in(page, store, (), [report(name) for name in STATES], listing.Names(str)) == []


def test_it_says_how_many_there_are_of_each_state_that_occurs(store):
    page = written(store)
    assert "<p>3 个机关，9 份报告</p>" in page
    assert "<noscript><p>已发布 2，草稿 2，已过期 1，阻断 1，失败 1，未生成 1，参数已不在 1</p></noscript>" in page
    buttons = re.findall(r'name="s" value="(.*?)"( checked)?><span class="(.*?)">(.*?)</span>', page)
    assert buttons[0] == ("", " checked", "", "全部 <b>9</b>")
    assert [(value, kind, said(text)) for value, _, kind, text in buttons[1:]] == [
        ("已发布", "good", "已发布 2"),
        ("草稿", "draft", "草稿 2"),
        ("已过期", "bad", "已过期 2"),
        ("阻断", "bad", "阻断 1"),
        ("失败", "bad", "失败 1"),
        ("未生成", "gone", "未生成 1"),
        ("参数已不在", "gone", "参数已不在 1"),
    ]
    assert "失败" not in written(store, {name: state for name, state in STATES.items() if state != "失败"})


@pytest.mark.parametrize("state", ["待生成", "待核查", "阻断", "失败"])
def test_what_is_published_of_inputs_that_have_changed_is_out_of_date(store, state):
    assert rows(written(store, {"dingxi-nyncj/2020": state}))["定西市农业农村局 dingxi-nyncj"][1][2] == "已过期"


def test_a_store_without_reports_has_an_index_too(tmp_path):
    page = written(LocalStore(tmp_path), {})
    assert ("<p>0 个机关，0 份报告</p>" in page, rows(page)) == (True, {})


def test_texts_are_escaped_and_links_lead_to_the_files(store):
    publish(store, "odd-name/2020", "<i>甲&乙</i>", title='"<script>alert(1)</script>', date="<b>")
    page = written(store)
    assert "<i>甲&乙</i> odd-name" in rows(page)
    assert rows(page)["<i>甲&乙</i> odd-name"][0][1:5:3] == ['"<script>alert(1)</script>', "<b>"]
    assert "<i>" not in page
    assert page.count("<script") == 1
    links = re.findall('href="(.*?)"', page)
    assert [link for link in links if link.startswith("odd")] == [
        f"odd-name/2020/report.{kind}" for kind in ("html", "pdf", "ipynb", "json")
    ]
    assert "shili-jyj/2021/report-draft.pdf" in links
    assert all((store.root / link.partition("#")[0]).is_file() for link in links if "%" not in link)


def test_it_needs_nothing_but_itself(store):
    page = written(store)
    assert re.findall(r"<link|<img|<iframe|\ssrc=|\son[a-z]+=|https?:|//|@import|url\(", page) == []
    assert page.count("<script>") == 1


def test_the_same_reports_make_the_same_bytes(store):
    first = write(store, STATES).read_bytes()
    assert b"\r" not in first
    assert write(store, dict(reversed(STATES.items()))).read_bytes() == first
    assert list(store.root.glob("*.partial")) == []


# What follows looks at the page as a browser shows it.


@pytest.fixture(name="index")
def opened(store, visit):
    """The small index, opened."""
    return visit(write(store, STATES), DESK)


def shown(page):
    """``id/year`` of each report that is to be seen."""
    return page.evaluate(
        """() => [...document.querySelectorAll("tbody")].flatMap(group => [...group.rows].slice(1)
            .filter(row => row.checkVisibility())
            .map(row => group.rows[0].textContent.trim().split(" ").at(-1) + "/" + row.cells[0].textContent))"""
    )


def search(page, words):
    page.get_by_role("searchbox", name="查找").fill(words)
    return shown(page)


def status(page):
    return page.get_by_role("status").inner_text()


def states(page):
    return page.locator("fieldset label").all_inner_texts()


EDUCATION = [f"shili-jyj/{year}" for year in (2023, 2022, 2021, 2020, 2019)]
EVERYTHING = ["dingxi-nyncj/2021", "dingxi-nyncj/2020", *EDUCATION, "shili-wlj/2021", "shili-wlj/2020"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("教育", EDUCATION),
        ("nyncj", EVERYTHING[:2]),
        ("  NYNCJ ", EVERYTHING[:2]),
        ("2021", [name for name in EVERYTHING if name.endswith("2021")]),
        ("２０２１　教育", ["shili-jyj/2021"]),
        ("2020 shili", ["shili-jyj/2020", "shili-wlj/2020"]),
        ("2021年 农业", ["dingxi-nyncj/2021"]),
        ("shili-jyj/2023", ["shili-jyj/2023"]),
        (" dingxi-nyncj/2021/ ", ["dingxi-nyncj/2021"]),
        ("错误", ["shili-jyj/2021", "shili-jyj/2020"]),
        ("", EVERYTHING),
    ],
)
def test_words_narrow_the_list_to_the_reports_whose_bureau_id_year_or_title_has_them(index, words, found):
    assert search(index, words) == found
    assert status(index) == f"显示 {len(found)} 份"
    assert states(index)[0] == f"全部 {len(found)}"
    heads = index.locator("tbody:visible").count()
    assert heads == len({name.partition("/")[0] for name in found})
    assert search(index, "") == EVERYTHING
    assert index.said == []


@pytest.mark.browser
def test_a_state_narrows_the_list_and_words_count_the_states(index):
    assert states(index) == ["全部 9", "已发布 2", "草稿 2", "已过期 2", "阻断 1", "失败 1", "未生成 1", "参数已不在 1"]
    index.get_by_text("草稿 2", exact=True).click()
    assert (shown(index), status(index)) == (["shili-jyj/2021", "shili-jyj/2020"], "显示 2 份")
    assert search(index, "2021") == ["shili-jyj/2021"]
    assert states(index) == ["全部 3", "已发布 0", "草稿 1", "已过期 1", "阻断 1", "失败 0", "未生成 0", "参数已不在 1"]
    assert (search(index, "农业"), status(index)) == ([], "没有符合条件的报告")
    index.get_by_text("全部 2", exact=True).click()
    assert shown(index) == EVERYTHING[:2]


@pytest.mark.browser
def test_what_is_out_of_date_is_found_as_such_also_with_a_draft_beside_it(index):
    index.get_by_text("已过期 2", exact=True).click()
    assert shown(index) == ["shili-jyj/2022", "shili-jyj/2021"]


@pytest.mark.browser
def test_a_run_is_found_by_its_id(store, visit):
    run_of(store, "trends/shili-jyj", "历年", "zh-CN")
    run_of(store, "坏的-2024-13aeb80ad68f/default", "坏的", "zh-CN")
    page = visit(write(store, STATES), DESK)
    for name in ("notebooks/trends/shili-jyj", "notebooks/坏的-2024-13aeb80ad68f/default"):
        search(page, name)
        assert (status(page), page.locator(".run:visible").count()) == ("显示 1 份", 1)
    assert page.said == []


@pytest.mark.browser
def test_what_is_published_and_now_blocked_is_found_as_blocked_too_and_by_what_keeps_it(store, visit):
    store.keep_verdict(Verdict(report("dingxi-nyncj/2020"), (finding("F101"),), "示例"), "1")
    told = STATES | {"dingxi-nyncj/2020": "阻断"}
    page = visit(write(store, told), DESK)
    page.get_by_text("阻断 2", exact=True).click()
    assert shown(page) == ["dingxi-nyncj/2020", "shili-jyj/2022", "shili-wlj/2021"][::2]
    page.get_by_text("全部 9", exact=True).click()
    assert search(page, "农业 故障") == ["dingxi-nyncj/2020"]
    assert states(page)[0:5] == ["全部 1", "已发布 0", "草稿 0", "已过期 1", "阻断 1"]
    assert page.said == []


def test_an_index_that_tells_of_what_is_published_and_now_blocked_is_one_that_a_build_writes(store):
    store.keep_verdict(Verdict(report("dingxi-nyncj/2020"), (finding("F101"),), "示例"), "1")
    text = written(store, STATES | {"dingxi-nyncj/2020": "阻断"})
    assert ("阻断 <b>2</b>" in text, "现在\u00a0故障" in text) == (True, True)
    assert listing.wrong_in(text, store, (), [report(name) for name in STATES], listing.Names(str)) == []


@pytest.mark.browser
def test_it_waits_while_an_input_method_composes(index):
    told = """([composing, words, kind]) => {
        const field = document.querySelector("[type=search]");
        field.value = words;
        const Event = kind === "input" ? InputEvent : CompositionEvent;
        field.dispatchEvent(new Event(kind, {bubbles: true, isComposing: composing}));
    }"""
    index.evaluate(told, [True, "nong'ye", "input"])
    assert shown(index) == EVERYTHING
    index.evaluate(told, [False, "农业", "compositionend"])
    assert shown(index) == EVERYTHING[:2]


@pytest.mark.browser
def test_it_is_worked_from_the_keyboard(index):
    keys = index.keyboard
    keys.press("Tab")
    keys.type("2021")
    assert len(shown(index)) == 3
    keys.press("Enter")
    keys.press("Tab")
    assert index.evaluate("document.activeElement.value") == ""
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert shown(index) == ["shili-jyj/2021"]
    frame = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
    assert (index.evaluate("document.activeElement.value"), index.evaluate(frame)) == ("草稿", "solid")
    for name in ("w", "y"):
        keys.press("Tab")
        assert index.evaluate("document.activeElement.name") == name
    keys.press("Tab")
    assert index.evaluate("document.activeElement.getAttribute('href')") == "findings.html#shili-jyj/2021"


@pytest.mark.browser
def test_the_address_keeps_the_filter(index, visit):
    search(index, "2021 教育")
    index.get_by_text("草稿 1", exact=True).click()
    address = index.url
    index.reload()
    assert (shown(index), states(index)[2]) == (["shili-jyj/2021"], "草稿 1")
    assert index.get_by_role("searchbox").input_value() == "2021 教育"
    index.goto(address.partition("#")[0] + "#s=没有这种状态&q=农业")
    assert (shown(index), index.get_by_role("radio", name="全部").is_checked()) == (EVERYTHING[:2], True)
    index.goto(address)
    assert shown(index) == ["shili-jyj/2021"]
    assert index.said == []


@pytest.mark.browser
def test_warnings_and_a_year_narrow_the_list_count_the_states_and_stay_in_the_address(store, visit):
    publish(store, "dingxi-nyncj/2021", NYNCJ, findings=["W201"])
    page = visit(write(store, STATES), DESK)
    page.get_by_text("有警告 2", exact=True).click()
    assert (shown(page), status(page)) == (["dingxi-nyncj/2021", "shili-jyj/2019"], "显示 2 份")
    assert states(page)[:2] == ["全部 2", "已发布 1"]
    page.get_by_label("年度").select_option("2019")
    assert shown(page) == ["shili-jyj/2019"]
    assert states(page)[:2] == ["全部 1", "已发布 1"]
    page.reload()
    assert (shown(page), page.get_by_label("有警告").is_checked()) == (["shili-jyj/2019"], True)
    page.get_by_text("有警告 1", exact=True).click()
    page.get_by_label("年度").select_option("2021")
    assert shown(page) == [name for name in EVERYTHING if name.endswith("2021")]
    page.goto(page.url.partition("#")[0] + "#y=1999")
    assert shown(page) == EVERYTHING
    assert page.said == []


def test_it_tells_the_command_that_compares_with_last_year_where_a_bureau_has_two(store, tmp_path):
    assert "nianbao diff --with last --format html" in written(store)
    other = LocalStore(tmp_path / "one")
    publish(other, "shili-jyj/2019", JYJ)
    assert "nianbao diff" not in written(other, {"shili-jyj/2019": "未变"})


@pytest.mark.browser
def test_it_starts_again_from_the_top(store, visit):
    for number in range(60):
        publish(store, f"far-b{number}/2020")
    page = visit(write(store, STATES), DESK)
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 1000")
    assert page.get_by_role("searchbox").bounding_box()["y"] >= 0
    search(page, "far")
    assert page.evaluate("scrollY") == 0


@pytest.mark.browser
def test_without_scripts_it_shows_all_and_no_controls(store, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write(store, STATES).as_uri())
    assert shown(page) == EVERYTHING
    assert not page.locator("form").is_visible()
    assert page.locator("noscript p").is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_it_is_never_wider_than_the_screen(store, visit, viewport):
    publish(
        store,
        "yili-zjj/2020",
        "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县住房和城乡建设局",
        findings=["E301", "W201", "I104"],
    )
    page = visit(write(store, STATES), viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    edges = page.locator("main *, form *").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert max(edges) <= viewport["width"]
    assert min(page.locator("tbody a").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")) >= 24


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("years", [6, 9, 17])
def test_a_bureau_far_from_the_screen_is_given_the_room_that_it_takes(store, visit, years, viewport):
    """Otherwise its links lie over those of the next one for whoever asks where they are."""
    for year in range(2024 - years, 2024):
        publish(store, f"far-b/{year}", "示例市第二文化和旅游局", findings=["I104"])
    page = visit(write(store, STATES), viewport)
    given, taken = page.evaluate("""() => {
        const group = [...document.querySelectorAll('tbody')].find(one => one.textContent.includes('far-b'));
        const given = parseFloat(getComputedStyle(group).containIntrinsicHeight.split(' ').at(-1));
        group.style.contentVisibility = 'visible';
        return [given, group.getBoundingClientRect().height];
    }""")
    assert taken <= given < 2.2 * taken


@pytest.mark.browser
def test_a_screen_reader_is_told_of_every_row_also_far_from_the_screen(store, browser):
    """Rows that are not laid out yet are in the tree a screen reader asks for; it has to be asked for to be made."""
    for number in range(60):
        publish(store, f"far-b{number}/2020")
    path = write(store, STATES)
    reports, bureaus = 69, 63
    expected = {"table": 1, "columnheader": 6, "row": 1 + bureaus + reports, "rowheader": bureaus + reports,
                "cell": 5 * reports, "searchbox": 1, "status": 1}  # fmt: skip
    with launched(browser.browser_type, "--force-renderer-accessibility") as other:
        page = other.new_page()
        page.goto(path.as_uri())
        asked, until, told = page.context.new_cdp_session(page), time.monotonic() + PATIENCE / 1000, {}
        while told != expected and time.monotonic() < until:  # the browser makes the tree after it shows the page
            page.wait_for_timeout(300)
            nodes = asked.send("Accessibility.getFullAXTree")["nodes"]
            roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
            told = {role: roles[role] for role in expected}
    assert told == expected


@pytest.mark.browser
def test_on_paper_there_is_what_was_found_and_no_controls(index, tmp_path):
    search(index, "教育")
    index.pdf(path=tmp_path / "printed.pdf", format="A4")
    printed = "".join(text(tmp_path / "printed.pdf", "-layout"))
    assert ("显示 5 份" in printed, "2023" in printed, JYJ in printed) == (True, True, True)
    assert [word for word in ("查找", "全部", "网页", NYNCJ) if word in printed] == []
    assert "A4" in poppler("pdfinfo", tmp_path / "printed.pdf")


@pytest.fixture(scope="module")
def many(once):
    """The index of two thousand reports of 334 bureaus with long names, of which a fiftieth is blocked, and their states.

    Every fortieth is a draft.
    """
    folder, states = once("many", publish_many)
    return folder / "outputs" / "index.html", states


def publish_many(folder):
    store, states = LocalStore(folder / "outputs"), {}
    for number in range(2_000):
        bureau, name = f"甘肃省定西市第{number // 6}文化和旅游局", f"shili-b{number // 6:05d}/{2019 + number % 6}"
        states[name] = "阻断" if number % 50 == 0 else "未变"
        if states[name] == "未变":
            draft = number % 40 == 0
            publish(store, name, bureau, DRAFTS if draft else FILES, draft=draft, findings=["I104"])
    write(store, states)
    return states


@pytest.mark.browser
@pytest.mark.slow
def test_two_thousand_reports_stay_within_a_megabyte_and_ask_for_nothing(many, visit):
    path, _ = many
    page = visit(path, DESK)
    assert path.stat().st_size <= 1_000_000
    assert (page.asked, page.said) == ([path.as_uri()], [])


@pytest.mark.browser
@pytest.mark.slow
def test_two_thousand_reports_are_narrowed_rightly(many, visit):
    path, label = many
    names = sorted(label, key=lambda name: (name[:-4], -int(name[-4:])))
    page = visit(path, DESK)
    assert (shown(page), status(page)) == (names, "显示 2000 份")
    assert states(page) == ["全部 2000", "已发布 1920", "草稿 40", "阻断 40"]
    assert search(page, "shili-b0012 2020") == [
        name for name in names if name.startswith("shili-b0012") and name.endswith("2020")
    ]
    assert search(page, "甘肃省定西市第234文") == [name for name in names if name.startswith("shili-b00234")]
    search(page, "")
    page.locator("label", has_text="阻断").click()
    assert shown(page) == [name for name in names if label[name] == "阻断"]
    assert search(page, "2021") == [name for name in names if label[name] == "阻断" and name.endswith("2021")]
