"""Pictures of a document or a page: each becomes a file of the folder, and stands in the text where it stood."""

import base64
import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from PIL import Image

from imports import begin
from nianbao.importing import keeping, pictures

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
ABOUT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def picture(colour, kind="PNG"):
    into = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(into, kind)
    return into.getvalue()


OLD = """<w:pict {names} xmlns:v="urn:schemas-microsoft-com:vml">
<v:shape alt="旧式的红"><v:imagedata r:id="{id}"/></v:shape></w:pict>"""
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RED, BLUE = picture("red"), picture("blue")


def shown(document, data, words="", name="", run=None):
    """A picture in a paragraph of its own, or in a run."""
    run = run or document.add_paragraph().add_run()
    drawing = run.add_picture(io.BytesIO(data), width=Cm(4))._inline
    next(drawing.iter(ABOUT)).set("descr", words)
    next(one for one in drawing.iter() if one.tag.endswith("}cNvPr")).set("name", name or "Picture 1")
    return drawing


def report(*steps):
    """A document; a step is a line of text, or a function that adds to it."""
    document = docx.Document()
    for step in (TITLE, "一、总体情况", *steps):
        step(document) if callable(step) else document.add_paragraph(step)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def text_of(begun):
    return begun.made.files["narrative.md"]


def asked(begun):
    return begun.made.questions.get(pictures.NOT_TAKEN, [])


def test_a_picture_is_saved_and_stands_where_it_stood_with_its_words_above_its_caption(tmp_path):
    made = report("公开5条。", lambda one: shown(one, RED, "公开[5]条"), "图1 公开情况", "平稳。")
    begun = begin(tmp_path, ("来稿.docx", made))
    assert "公开5条。\n\n![公开\\[5\\]条](图1.png)\n\n图1 公开情况\n\n平稳。" in text_of(begun)
    begun.keep()
    assert (begun.paths.folder / "图1.png").read_bytes() == RED
    assert not [one for one in begun.made.left_out if one[2] == "图片"]
    assert not asked(begun)


def test_a_picture_below_a_heading_behind_a_list_and_inside_a_line_keeps_its_place(tmp_path):
    def item(document):
        document.add_paragraph("公开6条。", style="List Bullet")

    def within(document):
        line = document.add_paragraph("平稳")
        shown(document, BLUE, "蓝", run=line.add_run())
        line.add_run("有序。")

    made = report(lambda one: shown(one, RED, "红"), "公开5条。", item, lambda one: shown(one, RED, "又一次"), within)
    begun = begin(tmp_path, ("来稿.docx", made))
    begun.keep()
    order = [
        "## 一、总体情况",
        "![红](图1.png)",
        "公开5条。",
        "- 公开6条。",
        "![又一次](图1.png)",
        "平稳有序。",
        "![蓝](图2.png)",
    ]
    assert text_of(begun).strip().split("\n\n")[1:] == order
    assert sorted(one.name for one in begun.paths.folder.glob("*.png")) == ["图1.png", "图2.png"]


@pytest.mark.parametrize(("is_alone", "words"), [(True, "旧式的红"), (False, "红")])
def test_a_picture_of_old_programs_is_taken_and_one_that_stands_in_for_another_is_not(tmp_path, is_alone, words):
    def old(document):
        drawing = shown(document, RED, "红").getparent()
        [blip] = (one for one in drawing.iter() if one.tag.endswith("}blip"))
        pict = parse_xml(OLD.format(id=blip.get(qn("r:embed")), names=nsdecls("w", "r")))
        run = drawing.getparent()
        run.replace(drawing, pict if is_alone else parse_xml(f"<mc:AlternateContent {MC}/>"))
        if not is_alone:
            for name, one in (("Choice", drawing), ("Fallback", pict)):
                within = parse_xml(f"<mc:{name} {MC}/>")
                within.append(one)
                run[-1].append(within)

    begun = begin(tmp_path, ("来稿.docx", report("公开5条。", old)))
    assert text_of(begun).endswith(f"公开5条。\n\n![{words}](图1.png)\n")
    assert not [one for one in begun.made.left_out if one[2] == "图片"]


def test_a_picture_keeps_a_name_that_somebody_gave_it_and_words_that_a_program_made_are_none(tmp_path):
    made = report(
        "公开5条。",
        lambda one: shown(one, RED, "图表, 条形图\n描述已自动生成", "发布会现场.png"),
        lambda one: shown(one, picture("green", "JPEG"), r"C:\Users\王\a.jpg", "IMG_2034.jpg"),
    )
    begun = begin(tmp_path, ("来稿.docx", made))
    assert "![](发布会现场.png)\n\n![](图1.jpg)" in text_of(begun)


def test_the_same_picture_is_not_saved_twice_and_a_persons_file_is_never_replaced(tmp_path):
    first = begin(tmp_path, ("来稿.docx", report("公开5条。", lambda one: shown(one, RED, "红"))))
    first.keep()
    (first.paths.folder / "图1.png").rename(first.paths.folder / "红色.png")
    (first.paths.folder / "图1.png").write_bytes(picture("white"))
    again = begin(
        tmp_path, ("来稿.docx", report("公开5条。", lambda one: shown(one, RED, "红"), lambda one: shown(one, BLUE, "蓝")))
    )
    assert "![红](红色.png)\n\n![蓝](图2.png)" in text_of(again)
    assert [*again.made.pictures.files] == ["图2.png"]
    again.keep()
    assert (first.paths.folder / "图1.png").read_bytes() == picture("white")


def test_a_picture_that_a_later_file_has_changed_takes_the_place_of_the_first_and_undo_brings_that_back(tmp_path):
    begin(tmp_path, ("来稿.docx", report("公开5条。", lambda one: shown(one, RED, "红")))).keep()
    later = begin(tmp_path, ("来稿.docx", report("公开5条。", lambda one: shown(one, BLUE, "红"))))
    later.keep()
    file = later.paths.folder / "图1.png"
    assert file.read_bytes() == BLUE
    keeping.undo(later.paths)
    assert file.read_bytes() == RED


def test_an_import_that_is_taken_back_takes_its_pictures_out_again(tmp_path):
    begun = begin(tmp_path, ("来稿.docx", report("公开5条。", lambda one: shown(one, RED, "红"))))
    begun.keep()
    keeping.undo(begun.paths)
    assert not begun.paths.folder.exists()


def cut(document):
    fill = next(one for one in shown(document, RED, "红").iter() if one.tag.endswith("}blipFill"))
    namespace = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    fill.insert(1, fill.makeelement(f"{namespace}srcRect", {"l": "25000"}))


def turned(document):
    next(one for one in shown(document, RED, "红").iter() if one.tag.endswith("}xfrm")).set("rot", "5400000")


def in_a_table(document):
    table = document.add_table(2, 2)
    for at, text in enumerate(("事项", "说明", "甲", "乙")):
        table.cell(*divmod(at, 2)).text = text
    shown(document, RED, "红", run=table.cell(1, 1).paragraphs[0].add_run())


def of_another_kind(document):
    shown(document, picture("red", "GIF"), "红")


def damaged(document):
    at = RED.index(b"IDAT") + 8
    shown(document, RED[:at] + bytes(one ^ 255 for one in RED[at : at + 8]) + RED[at + 8 :], "红")


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (cut, "裁剪过"),
        (turned, "旋转、翻转过"),
        (in_a_table, "在表格里"),
        (of_another_kind, "是 GIF 格式"),
        (damaged, "打不开：扩展名与内容不符，或文件已损坏"),
    ],
)
def test_a_picture_that_a_reader_sees_otherwise_or_that_cannot_be_printed_is_asked_about(tmp_path, step, why):
    begun = begin(tmp_path, ("来稿.docx", report("公开5条。", step, "平稳。")))
    assert asked(begun) == [f"第1幅图“红”：{why}"]
    assert "![" not in text_of(begun)
    assert not begun.made.pictures.files


def test_a_seal_beside_the_signature_is_asked_about_and_not_put_into_the_text(tmp_path):
    begun = begin(tmp_path, ("来稿.docx", report("公开5条。", "示例市测试局", "2024年1月20日", lambda one: shown(one, RED))))
    assert asked(begun) == ["第1幅图：在正文之外（封面上、落款旁等）"]
    assert not begun.made.pictures.files


def test_a_picture_that_a_page_holds_itself_is_saved_and_one_elsewhere_stays_listed(tmp_path):
    held = f"data:image/png;base64,{base64.b64encode(RED).decode()}"
    late = f'<img src="{held}" data-src="https://x.test/甲.png">'
    page = f"""<h1>{TITLE}</h1><p>一、总体情况</p><p>公开5条。</p><p><img src="https://x.test/乙.png"></p>
<p><img alt="公开情况" src="{held}"></p><p>{late}</p><p>平稳。</p><nav><img src="{held}"></nav>"""
    begun = begin(tmp_path, ("网页.html", page))
    assert "公开5条。\n\n![公开情况](图1.png)\n\n平稳。" in text_of(begun)
    assert begun.made.pictures.files == {"图1.png": RED}
    assert [text for _, text, why in begun.made.left_out if why == "图片"][:1] == ["乙.png"]


def test_pictures_of_two_files_that_are_one_report_are_told_apart(tmp_path):
    first = report("公开5条。", lambda one: shown(one, RED, "红"))
    begun = begin(tmp_path, ("甲.docx", first), ("乙.docx", report("公开5条。", lambda one: shown(one, RED, "红"))))
    assert text_of(begun).count("![红](图1.png)") == 1
