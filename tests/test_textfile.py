"""Bytes are read in the encodings that an office's programs write, and never as a guess without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao.textfile import decoded, mentions

TEXT = "定西市农业农村局：１２3\n"


@each(
    ("encoding", "called"),
    [("utf-8", ""), ("utf-8-sig", ""), ("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16")],
)
def test_an_encoding_is_recognised_and_named(encoding, called):
    assert (TEXT, called) == decoded(TEXT.encode(encoding))


def test_both_byte_orders_are_read():
    assert decoded("\ufeff甲".encode("utf-16-be")) == decoded("\ufeff甲".encode("utf-16-le")) == ("甲", "UTF-16")


@each("raw", [b"\xff\xff", b"\xff\xfea", TEXT.encode("utf-32"), b"\x00\xb6\xa8", b"\xb6\xa8\xb6"])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(UnicodeError):
        decoded(raw)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufeff\0")))
def test_utf8_is_read_as_it_is_and_gbk_never_without_a_word(text):
    assert (text, "") == decoded(text.encode())
    read, called = decoded(text.encode("gb18030"))
    assert read == text or called == ""  # a few short texts are the same bytes as others in UTF-8


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_a_key_is_found_in_any_encoding_but_not_in_a_comment(encoding, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes("name: 甲\n# parent: 乙\n".encode(encoding))
    assert not mentions(path, ["parent"])
    path.write_bytes("name: 甲\nparent: 乙\n".encode(encoding))
    assert mentions(path, ["parent"])


@each(("encoding", "said"), [("big5", "Big5"), ("gb18030", "GBK"), ("utf-8", "")])
def test_traditional_text_is_read_in_its_own_encoding(encoding, said):
    text = "主動公開政府信息情況：規章、行政規範性文件、行政許可，現行有效件數7；收到和處理政府信息公開申請情況。"
    assert decoded(text.encode(encoding)) == (text, said)


@each("text", ["朱镕基", "塬上镇", "示例市塬口镇", "犇骉羴鱻"])
def test_rare_characters_of_names_are_no_other_encoding(text):
    assert decoded(text.encode("gbk")) == (text, "GBK")
