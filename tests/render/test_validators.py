"""Programs that read or prove PDFs find nothing: qpdf, poppler, JHOVE, and pdfua for what machines can see of PDF/UA."""

import subprocess
import sys
from pathlib import Path

import pytest

from making import BODY, BUREAU, write
from nianbao.render.pdf import typeset
from project import ROOT
from published import standard_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The PDFs of some reports, in both formats, and of a draft."""
    folder = tmp_path_factory.mktemp("files")
    for bureau, year in (("dingxi-nyncj", 2020), ("shili-szf", 2023), ("shili-jyj", 2024), ("shili-jyj", 2019)):
        (folder / f"{bureau}-{year}.pdf").write_bytes(typeset(standard_page(ROOT / "params", bureau, year)))
    write(folder / "params", 2024, BODY, values={"表三": {("一", "总计"): 9}})
    (folder / "draft.pdf").write_bytes(typeset(standard_page(folder / "params", BUREAU, 2024)))
    return sorted(folder.glob("*.pdf"))


def said(*words):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_qpdf_finds_nothing(files):
    assert [0] * 5 == [said("qpdf", "--check", file)[0] for file in files]


def test_poppler_has_nothing_to_say(files):
    done = [subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True) for file in files]
    assert [(one.stderr, "Tagged:          yes" in one.stdout) for one in done] == [("", True)] * 5


def test_jhove_finds_nothing(files):
    code, told = said("jhove", "-m", "PDF-hul", *files)
    assert (code, told.count("Well-Formed and valid"), "ErrorMessage" in told) == (0, 5, False), told


def test_pdfua_finds_nothing(files):
    # Of pdfua 0.1.3's rules it leaves one out, about pictures and formulas: it cannot read how Typst writes their tags.
    code, told = said(Path(sys.executable).parent / "pdfua", "check", *files)
    assert (code, told.count("PASS (no findings)")) == (0, 5), told
