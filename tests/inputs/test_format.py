"""The statutory format a report takes: the year's, or the one it names; a broken format file is its fault."""

from cases import each
from nianbao.findings import Source
from nianbao.inputs.format import format_of
from nianbao.statute.formats import library
from nianbao.yamlfile import YamlFile


@each(("year", "expected"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021"), (2040, "2021")])
def test_the_year_has_its_format_and_the_report_may_name_another(year, expected):
    file = YamlFile("report.yaml")
    assert expected == format_of(file, year, library()).id
    for named in ("2019", "2021"):
        file.data["format"] = named
        assert named == format_of(file, year, library()).id
    assert [] == file.faults


@each("year", [1900, 2008, 2018])
def test_a_year_without_a_format_is_impossible_and_the_formats_are_named(year):
    file = YamlFile("report.yaml", {"format": ""}, {("format",): 3})
    assert format_of(file, year, library()) is None
    [fault] = file.faults
    assert ("F107", Source("report.yaml", 3), f"{year}年没有默认格式") == (fault.code, fault.source, fault.found)
    assert "2019（2019年试行格式）、2021（2021年格式）" == fault.expected


@each("named", ["2020", "2021年", "二〇二一", "2021年格式"])
def test_an_unknown_format_names_the_known_ones(named):
    file = YamlFile("report.yaml", {"format": named}, {("format",): 2})
    assert format_of(file, 2021, library()) is None
    [fault] = file.faults
    assert ("F106", Source("report.yaml", 2)) == (fault.code, fault.source)
    assert f"“{named}”" in fault.found
    assert "2021（2021年格式）" in fault.expected
