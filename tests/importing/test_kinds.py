"""What a file is that is not read is said with what to do, whatever its name ends with."""

import io
import zipfile

import pytest

from nianbao.importing import kinds
from nianbao.importing.flow import Unreadable
from nianbao.statute.formats import library


def odt():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<x/>")
    return buffer.getvalue()


MHTML = b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html><body><p>x</p></body></html>"
ENTITIES = b"<!DOCTYPE html [<!ENTITY a 'ha'>]><html><body><p>&a;</p></body></html>"


@pytest.mark.parametrize(
    ("raw", "found", "action"),
    [(odt(), "ODT", ".docx"), (MHTML, ".mhtml", "网页，仅 HTML"), (ENTITIES, "实体", "网页，仅 HTML")],
    ids=["odt", "mhtml", "entities"],
)
def test_what_is_not_read_is_named_with_what_to_do(raw, found, action):
    with pytest.raises(Unreadable) as refused:
        kinds.read(raw, library())
    assert found in refused.value.found
    assert action in refused.value.action
