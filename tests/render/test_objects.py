"""A PDF is written in few bytes, with the objects that Typst made."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from nianbao.render import objects, pdf
from nianbao.render.pdf import typeset
from project import ROOT
from published import standard_page, text


@pytest.fixture(scope="module")
def files():
    """A report's PDF as Typst makes it, and as it is published."""
    kept = []
    compiled = pdf._compiled
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_compiled", lambda *given: kept.append(compiled(*given)) or kept[0])
        made = typeset(standard_page(ROOT / "params", "shili-szf", 2020))
    return [*kept, made]


@pytest.mark.slow
def test_the_same_objects_take_fewer_bytes(files):
    before, after = (PdfReader(io.BytesIO(one)) for one in files)
    assert len(files[1]) < len(files[0]) - 20_000
    assert (text(after), after.metadata) == (text(before), before.metadata)
    assert [after.root_object.get(key) is None for key in ("/StructTreeRoot", "/Metadata", "/OutputIntents")] == [False] * 3
    assert after.trailer["/ID"] == before.trailer["/ID"]


def test_what_typst_compressed_stays_as_it_is(files):
    streams = [re.findall(rb"stream\n(x.*?)\nendstream", one, re.S) for one in files]
    assert streams[0] == streams[1]


def test_a_file_of_another_program_is_no_file_of_typsts():
    with pytest.raises(ValueError, match="Typst"):
        objects.read(b"%PDF-1.4\nxref\n0 2\n")


@pytest.mark.slow
def test_six_pages_take_at_most_250_kib():
    page = standard_page(ROOT / "params", "shili-szf", 2020)
    other = re.findall("<p>.*?</p>", standard_page(ROOT / "params", "shili-wlj", 2022).body, re.S)
    made = typeset(replace(page, body=page.body.replace("</h1>", f"</h1>{''.join(other[:5])}", 1)))
    assert (len(PdfReader(io.BytesIO(made)).pages), len(made) <= 250 * 1024) == (6, True)
