"""One notebook on paper three times: as PDF, printed from a browser, and as LibreOffice shows its Word document."""

import office
from nianbao.render import docx
from nianbao.render.pdf import typeset
from paper import PRINTED, sheets
from published import rendered


def all_of(notebook, visit, folder):
    """The pages of each, by the names of the three."""
    page, html = rendered(notebook)
    (folder / "page.html").write_text(html, "utf-8")
    visit(folder / "page.html").pdf(path=folder / "print.pdf", prefer_css_page_size=True)
    (folder / "word.docx").write_bytes(docx.make(page))
    word = office.pdfs(folder, [folder / "word.docx"])["word"]
    made = {
        "pdf": (typeset(page), 1.0),
        "print": ((folder / "print.pdf").read_bytes(), PRINTED),
        "word": (word.read_bytes(), 1.0),
    }
    return {name: sheets(*one) for name, one in made.items()}
