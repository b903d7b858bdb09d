"""Parts of a table that a page is too narrow for are one table again."""

from cases import each
from nianbao.shown.blocks import Cell, Paragraph, Piece, Table
from nianbao.shown.joined import join, said_of


def table(rows):
    return Table([[Cell([Paragraph([Piece(text)])]) for text in row] for row in rows])


@each("cut", [[], [3], range(1, 701)])
def test_what_a_part_says_of_its_cut_rows_is_read_back_however_many_they_are(cut):
    count = max(cut, default=2)
    found = [table([["甲", "乙"]] * count)]
    assert join(found, table([["甲", "丙"]] * count), said_of(1, cut))
    assert [len(row) for row in found[0].rows] == [2 if number in cut else 3 for number in range(1, count + 1)]
