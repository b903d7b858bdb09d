"""What nobody sees is refused where it makes a text read otherwise, and is taken out by name where it is only left over."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from nianbao import characters
from nianbao.characters import cleaned, named, refused_in, visible

DIRECTION = [*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
CONTROLS = [chr(code) for code in (*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0))]
NO_TEXT = ["\u2028", "\u2029", "\ufdd0", "\uffff", "\U0010ffff", "\udc80", "\U000e0041", "\U000e0001"]
LEFT_OVER = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u2063", "\u206f", "\u3164"]


@each("char", DIRECTION + CONTROLS + NO_TEXT)
def test_what_turns_a_text_or_controls_a_program_is_refused_with_its_place(char):
    text, [odd], taken = cleaned(f"甲\n收费{char}元\n{char}")
    assert (char, 2, 2, f"收费〔U+{ord(char):04X}〕元") == (odd.char, odd.count, odd.line, odd.near)
    assert (f"甲\n收费{char}元\n{char}", []) == (text, taken)
    assert char == refused_in(f"甲{char}")


@each("char", [*LEFT_OVER, "\u200c", "\u200d"])
def test_what_is_left_over_is_taken_out_and_named(char):
    text, refused, [odd] = cleaned(f"甲\n收{char}费{char}")
    assert ("甲\n收费", []) == (text, refused)
    assert f"U+{ord(char):04X}" in str(odd)
    assert "2处" in str(odd)
    assert 2 == odd.line


@each(
    "text",
    [
        "葛\U000e0100某",  # a surname's variant
        "福\ufe00祉",  # the form of a compatibility ideograph
        "館\ufe00",
        "‼\ufe0f",
        "©\ufe0e",
        "❤\ufe0f",
        "👨\u200d👩\u200d👧",
        "👩🏽\u200d💻",
        "1\ufe0f\u20e3",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "甲\t乙\n　丙\u00a0丁",
        "𠮷野家，𬭎",
        "\ue000",  # a rare character that a bureau's own font has
    ],
)
def test_what_belongs_to_the_text_stays(text):
    assert (text, [], []) == cleaned(text)
    assert refused_in(text) == ""


@each(
    "text",
    [
        *("\ufe0f甲", " \ufe0f", "❤\ufe0f\ufe0f", "\U000e0100"),
        *(
            "收到1\U000e01002件",
            "a\ufe0fb",
            "1\ufe0f",
            "示例\ufe01市局",
            "甲\ufe0f",
            "福\ufe02",
            "，\ufe00",
        ),
        *("❤\U000e0100", "一\ufe05", "か\U000e0100", "$\ufe0f"),
    ],
)
def test_a_selector_that_selects_nothing_is_left_over(text):
    shown, refused, taken = cleaned(text)
    assert (len(text) - 1, [], 1) == (len(shown), refused, len(taken))


@each(
    ("char", "said"),
    [
        ("\u202e", "U+202E（改变文字方向）"),
        ("\u200f", "U+200F（改变文字方向）"),
        ("\u2066", "U+2066（改变文字方向）"),
        ("\x1b", "U+001B（控制符）"),
        ("\u200b", "U+200B（零宽空格）"),
        ("\ufeff", "U+FEFF（字节顺序标记）"),
        ("\u2028", "U+2028（行分隔符）"),
        ("\U000e0041", "U+E0041（不可见字符）"),
    ],
)
def test_a_character_is_named_by_its_code_point_and_what_it_does(char, said):
    assert said == named(char)


@given(st.text())
def test_nothing_is_taken_out_without_a_word_and_nothing_refused_is_left(text):
    kept, refused, taken = cleaned(text)
    assert len(text) - len(kept) == sum(odd.count for odd in taken)
    assert [char for char in kept if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n"] == [] or refused
    # Cleaned once, it is clean, but for selectors that now stand behind another character.
    assert refused or cleaned(kept)[1] == []


@given(st.text(st.characters() | st.sampled_from(DIRECTION + CONTROLS)))
def test_a_message_holds_no_character_that_a_terminal_obeys(text):
    shown = visible(text)
    assert shown == visible(shown)
    assert not {*DIRECTION, *CONTROLS} & {*shown}


def test_a_message_is_no_longer_than_anyone_reads():
    shown = visible("9\u202e" * 50_000)
    assert len(shown) == 1000
    assert shown == visible(shown)
    assert shown.endswith("共100000个字符）")


def test_the_standard_forms_are_those_of_compatibility_ideographs():
    """At most three, as there are selectors for them."""
    counted = characters._standard_forms()
    assert {1, 2, 3} == {*counted.values()}
    assert all(len(char) == 1 and unicodedata.name(char).startswith("CJK UNIFIED IDEOGRAPH") for char in counted)
