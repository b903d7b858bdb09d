"""The digests of what a document was printed with."""

from nianbao.shown import prints
from nianbao.shown.blocks import BREAK, Cell, Paragraph, Piece, Table


def test_the_digests_stand_in_properties_of_which_word_keeps_all_and_are_read_from_there():
    found = [prints.digest(f"第{number}段") for number in range(100)]
    made = prints.properties(found)
    assert max(map(len, made.values())) <= 255
    assert prints.read({**made, "其他": "x"}) == tuple(found)
    assert prints.read({**made, prints.PROPERTY.format(2): "被人改过"}) == ()


def test_each_line_and_each_table_has_a_digest_by_its_words_and_a_figure_in_another_row_makes_another_one():
    def table(*rows):
        return Table([[Cell([Paragraph([Piece(text)])]) for text in row] for row in rows])

    lines = Paragraph([Piece("甲 "), BREAK, Piece("乙")])
    one, other, *tables = prints.digests([lines, Paragraph([]), table(["1", ""], ["", ""]), table(["", ""], ["1", ""])])
    assert (one, other) == (prints.digest("甲"), prints.digest("乙"))
    assert len({*tables}) == 2
