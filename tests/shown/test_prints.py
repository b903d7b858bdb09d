"""The digests of what a document was printed with."""

from nianbao.importing.gathered import Gathered
from nianbao.shown import joined, prints
from nianbao.shown.blocks import BREAK, Cell, Paragraph, Piece, Table


def test_the_digests_stand_in_properties_of_which_word_keeps_all_and_are_read_from_there():
    found = [prints.digest(f"第{number}段") for number in range(100)]
    made = prints.properties(found)
    assert max(map(len, made.values())) <= 255
    assert prints.read({**made, "其他": "x"}) == tuple(found)
    assert prints.read({**made, prints.PROPERTY.format(2): "被人改过"}) == ()


def table(*rows):
    return Table([[Cell([Paragraph([Piece(text)])]) for text in row] for row in rows])


def test_each_line_and_each_table_has_a_digest_by_its_words_and_a_figure_in_another_place_makes_another_one():
    lines = Paragraph([Piece("甲 "), BREAK, Piece("乙")])
    tables = [
        table(["1", ""], ["", ""]), table(["", ""], ["1", ""]), table(["", "1"], ["", ""]),
        table(["a|0:b"]), table(["a", "b"]), table(["a0,1,1:b"]),
    ]  # fmt: skip
    one, other, *found = prints.digests([lines, Paragraph([]), *tables])
    assert (one, other) == (prints.digest("甲"), prints.digest("乙"))
    assert len({*found}) == len(tables)


def test_a_table_with_merged_cells_has_the_digest_that_its_rectangle_has():
    made = table(["甲", "乙"], ["1", "2"], ["丙", "3"])
    made.rows[0][0].along, made.rows[0][1].across, made.rows[2][0].across = 2, 2, 2
    seen = Gathered()
    seen.take([made])
    [grid] = seen.blocks
    assert grid.rows == (("甲", "乙", ""), ("", "1", "2"), ("丙", "", "3"))
    assert [prints.digest_of_rows(grid.rows)] == [*prints.digests([made])]


def test_parts_of_a_table_are_joined_however_many_of_their_rows_are_cut():
    count = 1_200
    before, made = (table(*([text] for _ in range(count))) for text in ("甲", "乙"))
    assert joined.join([before], made, joined.said_of(0, range(1, count + 1)))
    assert {(len(row), row[0].across) for row in before.rows} == {(1, 2)}
