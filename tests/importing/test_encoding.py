"""A merged text has the encoding of its file, and the line ends of its lines."""

import codecs

from cases import each
from nianbao.importing.encoding import encoded

OLD, NEW = "一\r\n二\n三\r\n四\n", "一\r\n二\n新\n三\r\n四\n"


@each(
    ("mark", "name"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "gb18030"),
    ],
)
def test_the_bytes_of_lines_that_stay_are_the_same_in_each_encoding_with_each_end(mark, name):
    text = NEW.replace("\r\n", "\n")
    assert encoded(mark + OLD.encode(name), text) == mark + NEW.encode(name)
    assert encoded(mark + OLD.replace("\n", "\r\n").replace("\r\r", "\r").encode(name), text) == mark + text.replace(
        "\n", "\r\n"
    ).encode(name)


def test_a_character_that_the_encoding_does_not_have_makes_it_utf_8():
    assert encoded("繁體中文，這份報告的文字說明。".encode("cp950") * 3, "简\n") == "简\n".encode()
