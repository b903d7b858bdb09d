"""Where a report begins and ends on a page, and what of the page is none of it."""

import imports

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
BEGIN = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>五、存在的主要问题及改进情况</p><p>一是解读不够。</p>"


def taken(tmp_path, tail, begin=BEGIN):
    made = imports.imported(tmp_path, ("报告.html", begin + tail)).made
    return {key: text for key, (text, _) in made.outline.values.items()}, made


def test_dates_of_other_pages_below_a_report_are_none_of_its_own(tmp_path):
    news = "<p><a>示例市样本局新闻</a></p><p>2024-02-01</p>"
    values, made = taken(tmp_path, f"<p>示例市测试局</p><p>2024年1月20日</p><p>相关链接</p>{news}")
    assert values == {"date": "2024年1月20日", "signature": "示例市测试局"}
    assert "新闻" not in made.files["narrative.md"]
    assert ("第10段", "2024-02-01", "落款之后的文字") in made.left_out


def test_without_a_day_the_page_below_is_left_out_all_the_same(tmp_path):
    values, made = taken(tmp_path, "<p>示例市测试局</p><p>【打印本页】</p><p>版权所有：示例市人民政府</p>")
    assert values == {"signature": "示例市测试局"}
    assert made.files["narrative.md"].endswith("一是解读不够。\n")


def test_name_and_day_may_stand_in_one_line_or_the_day_first(tmp_path):
    wanted = {"date": "2024年1月20日", "signature": "示例市测试局"}
    assert taken(tmp_path, "<p>示例市测试局　　2024年1月20日</p>")[0] == wanted
    assert taken(tmp_path, "<p>2024年1月20日</p><p>示例市测试局</p>")[0] == wanted


def test_a_sentence_of_the_report_is_never_taken_for_the_pages(tmp_path):
    said = "微信扫码关注人数5人。", "网站浏览量：15.67万次，访问量上升。", "（一）打印、分享功能"
    _, made = taken(tmp_path, "", BEGIN + "".join(f"<p>{one}</p>" for one in said))
    assert [one for one in said if one not in made.files["narrative.md"]] == []


def test_what_looks_like_the_pages_is_text_where_text_stands_around_it(tmp_path):
    lines = "政府网站访问量：15.67万次", "公开方式：网站、公报", "发布日期：每月5日前"
    channels = "<p>通过下列渠道公开：</p><ul><li>政府网站</li><li>微信</li><li>微博</li></ul>"
    text = channels + "".join(f"<p>{one}</p>" for one in lines)
    begin = BEGIN.replace("<p>平稳。</p>", text) + text + "<p>无。</p>"
    for tail in ("", "<p>示例市测试局</p><p>2024年1月20日</p>", "<p>示例市测试局</p><p>【打印本页】</p>"):
        _, made = taken(tmp_path, tail, begin)
        for one in (*lines, "微信", "微博"):
            assert made.files["narrative.md"].count(one) == 2
        assert made.files["narrative.md"].count("无。") == 1


def test_names_of_attachments_below_the_signature_go_above_it(tmp_path):
    end = "<p>示例市测试局</p><p>2024年1月20日</p>"
    for names in (["附件：1.示例目录"], ["附件：1.示例目录", "2.示例指南"], ["附件：示例目录"]):
        made = taken(tmp_path, end + "".join(f"<p>{one}</p>" for one in names))[1]
        assert made.files["narrative.md"].endswith("\n\n".join(["一是解读不够。", *names]) + "\n")
    made = taken(tmp_path, end + "<p>附件：示例目录</p><p>一、目录。</p>")[1]
    assert made.files["narrative.md"].endswith("## 附件：示例目录\n\n一、目录。\n")


def test_files_to_download_are_left_out(tmp_path):
    end = "<p>示例市测试局</p><p>2024年1月20日</p>"
    for tail in (
        "<p>附件下载：2023年年报.pdf</p>" + end,
        end + "<p>附件：</p><p>1.年报.docx</p>",
        end + "<p>附件：年报.pdf</p>",
    ):
        made = taken(tmp_path, tail)[1]
        assert "年报." not in made.files["narrative.md"]
        assert any("年报." in text for _, text, _ in made.left_out)


def test_numbers_of_pages_and_buttons_among_text_are_left_out(tmp_path):
    _, made = taken(tmp_path, "<p>- 3 -</p><p>【打印本页】</p><p>二是更新不够。</p><p>示例市测试局</p><p>2024年1月20日</p>")
    assert [text for _, text, _ in made.left_out] == ["- 3 -", "【打印本页】"]


def test_what_is_left_out_above_the_signature_is_asked_about(tmp_path):
    _, made = taken(tmp_path, "<p>微信</p><p>示例市测试局</p><p>2024年1月20日</p>")
    assert ["第6段：微信"] in made.questions.values()


def test_every_paragraph_is_in_the_report_or_listed(tmp_path):
    tail = "<p>示例市测试局</p><p>2024年1月20日</p><p>责任编辑：办公室</p><p>附件：说明</p><p>见条例。</p><p>主办：甲</p>"
    path = tmp_path / "报告.html"
    path.write_text(f"<p>首页</p><p>发布时间：2024-01-21</p>{BEGIN}{tail}", "utf-8")
    made = imports.imported(tmp_path, path).made
    kept = made.files["narrative.md"] + made.files["report.yaml"] + "2024年1月20日"
    listed = [text for _, text, _ in made.left_out]
    texts = [
        "首页",
        "发布时间：2024-01-21",
        TITLE,
        "一、总体情况",
        "平稳。",
        "一是解读不够。",
        "示例市测试局",
        "附件：说明",
        "见条例。",
        "主办：甲",
    ]
    assert [text for text in texts if text not in kept and text not in listed] == []
