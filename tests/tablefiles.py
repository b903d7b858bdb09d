"""One statutory table in its chapter, imported from a file of any kind."""

import words
from imports import TITLE, begin, of_page
from reportbooks import HEADINGS, book

CHAPTERS = {"table2": HEADINGS["二"], "table3": HEADINGS["三"], "table4": HEADINGS["四"]}


def made_in(kind, root, key, made):
    """What is made of the rows of a table: a page, a CSV alone, a workbook, a Word document."""
    chapter, title = CHAPTERS[key], TITLE.format(2023)
    if kind == "html":
        return of_page(root, made, chapter=chapter)
    if kind == "csv":
        return begin(root, ("a.csv", "\r\n".join(",".join(row) for row in made))).made
    if kind == "xlsx":
        return begin(root, ("a.xlsx", book((chapter, [[title], [chapter], *made])))).made
    paragraphs = [words.paragraph(one) for one in (title, chapter)]
    return begin(root, ("a.docx", words.document(*paragraphs, words.table(made)))).made
