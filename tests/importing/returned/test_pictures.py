"""Pictures of a report that came back: what the kit has printed stays, with its file and its line."""

import io

import pytest
from docx.shared import Cm
from PIL import Image

from nianbao.importing import pictures
from reviewed import began, found, merged, printed, said


def picture(colour):
    into = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(into, "PNG")
    return into.getvalue()


@pytest.fixture
def shown(paths):
    """The report with a picture, published."""
    (paths.folder / "普查.png").write_bytes(picture("red"))
    text = paths.narrative_file.read_text("utf-8")
    paths.narrative_file.write_text(text.replace("## 五、", "![普查进展](普查.png)\n\n图1 普查进展\n\n## 五、"), "utf-8")
    printed(paths)
    return paths


def test_a_picture_that_was_printed_keeps_its_file_and_its_line(shown):
    begun = began(shown, said("文物普查", "文物大普查"))
    assert "![普查进展](普查.png)" in merged(begun)
    assert not [one for one in begun.files if one.suffix == ".png"]
    assert pictures.CHANGED not in begun.made.questions


def test_a_picture_that_a_reviewer_has_put_in_is_asked_about(shown):
    def put_in(document):
        found(document, "图1 普查进展").add_run().add_picture(io.BytesIO(picture("blue")), width=Cm(3))

    assert began(shown, put_in).made.questions == {pictures.CHANGED: ["第2幅图：新放的，在“图1 普查进展”后面"]}


def test_a_picture_that_a_reviewer_has_taken_out_is_asked_about_and_stays(shown):
    def take_out(document):
        [drawing] = document.element.body.xpath(".//w:drawing")
        drawing.getparent().remove(drawing)

    begun = began(shown, take_out)
    assert "![普查进展](普查.png)" in merged(begun)
    assert begun.made.questions == {pictures.CHANGED: ["“普查进展”：稿子删去了"]}


def test_another_picture_in_the_place_of_one_that_was_printed_is_asked_about(shown):
    def put_in_its_place(document):
        [part] = (one.target_part for one in document.part.rels.values() if one.reltype.endswith("/image"))
        part._blob = picture("blue")

    told = "第1幅图“普查进展”：不是印出的那一幅：换过，或者另存时压缩过"
    assert began(shown, put_in_its_place).made.questions == {pictures.CHANGED: [told]}
