"""Which table a label belongs to, where several formats have it."""

from dataclasses import replace

from making import FORMATS
from nianbao.importing import labelled
from nianbao.statute.formats import Library
from nianbao.statute.tree import Node


def test_a_label_of_several_tables_tells_none_of_them():
    form = FORMATS["2021"]
    table = form.tables["table4"]
    part = replace(table.parts[0], columns=(*table.parts[0].columns, Node("商业企业")))
    other = replace(form, id="city", tables=form.tables | {"table5": replace(table, id="table5", parts=(part,))})
    for formats in ({"2021": form, "city": other}, {"city": other, "2021": form}):
        labels = labelled.labels_of(Library(formats, {}), form)
        assert "商业企业" in labels.shared
        assert labels.table_of("商业企业") == ""
    assert labelled.labels_of(Library({"2021": form}, {}), form).table_of("商业企业") == "table3"
