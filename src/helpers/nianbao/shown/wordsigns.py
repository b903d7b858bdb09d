"""The signs that Word puts in by the number that they have in a font of signs, as the characters that a reader sees."""

from __future__ import annotations

# By the name of a font: a first number, and the characters from there on; a blank is a sign that is not known.
_RANGES = {
    "symbol": (
        (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
        (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
        (0xF1, "〉∫"),
    ),
    "wingdings": (
        (0x22, "✂"), (0x28, "☎✆"), (0x36, "⌛"), (0x3E, "✇✍"), (0x41, "✌"), (0x45, "☜☞☝☟"), (0x4A, "☺ ☹ ☠"), (0x51, "✈☼ ❄"),
        (0x56, "✞ ✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓"), (0x6C, "●❍■□❐❑❒⬧⧫◆❖⬥☒⍓⌘"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
        (0x9E, "·•"), (0xA1, "○"), (0xA4, "◉◎ ▪□ ✦★✶✴✹✵"), (0xB5, "✪✰"), (0xD5, "⌫⌦ ➢"), (0xDC, "➲  ←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳"),
        (0xFB, "✗✓☒☑"),
    ),
    "wingdings 2": ((0x4F, "✗✓☒☑☒☒"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0xA2, "■□")),
    "wingdings 3": ((0x70, "▲▼△▽◀▶◁▷◣◢◤◥◂▸"),),
    "webdings": ((0x61, "✔ □   ■      ●   ✖"),),
}  # fmt: skip
_OWN = range(0xF000, 0xF100)  # where Word puts the numbers of a font of signs


def character(face: str, number: str) -> str:
    """The character of a sign, or '' where nobody knows it.

    Parameters
    ----------
    face : str
        The name of its font, as Word says it.
    number : str
        Its number there, in hexadecimal digits: ``F0FE``. Of a font of letters it is the character's own.
    """
    try:
        code = int(number, 16)
    except ValueError:
        return ""
    if code > 0xFF and code not in _OWN:
        known = chr(code) if code < 0x10000 else ""
        return known if known.isprintable() and not known.isspace() else ""
    code &= 0xFF
    ranges = _RANGES.get(face.strip().lower(), ())
    found = next((text[code - begin] for begin, text in ranges if begin <= code < begin + len(text)), "")
    return found.strip()
