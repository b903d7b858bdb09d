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
    assert pictures.NOT_TAKEN not in begun.made.questions


def test_a_picture_that_a_reviewer_has_put_in_is_asked_about(shown):
    def put_in(document):
        found(document, "图1 普查进展").add_run().add_picture(io.BytesIO(picture("blue")), width=Cm(3))

    begun = began(shown, put_in)
    assert begun.made.questions == {pictures.NOT_TAKEN: ["第2幅图：在“图1 普查进展”后面"]}
