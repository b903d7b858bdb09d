"""What a spreadsheet shows of a number by the code of its format, and whether that is the number that is stored."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from nianbao.inputs.cells import SCALED, UNSEEN

LONGEST = 255  # characters of a format code, in every spreadsheet program
# The formats that a file names by number only. Source: ECMA-376-1, 18.8.30.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
HIDDEN = "数字格式不显示它"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<blank>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|g/通用格式)|(?P<digit>[0#?])|(?P<power>e[+-])|(?P<date>am/pm|a/p|上午/下午|[ymdhsegb])"
    r"|(?P<sign>[.,%@/;])|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_CURRENCY = re.compile(r"\$([^-]*)")
_WHITE = re.compile("white|白色|(?:color|颜色) ?2", re.I)
_IN_WORDS = re.compile("dbnum|natnum", re.I)  # digits as Chinese numerals
_SHOWN = re.compile(r"(-?)([^0-9.+-]*)([+-]?)([0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+)(.*)", re.S)
_HARMLESS = "件个条项次人户家:：、;；()（）"  # beside a number these change nothing
_MINUS = {"减", "减少", "负", "−", "－", "–", "↓"}
_ACCOUNTANTS = "(", ")"
_OF_NUMBERS = "0123456789.,+-%"
_MOST = Decimal(10) ** 15  # more is no number of a report
_EXACT = Context(prec=LONGEST + 50)


class _Token(NamedTuple):
    """A digit's place (``0``, ``#``, ``?``), a sign that says how digits are set, or words that are shown as they are."""

    kind: str
    text: str


class _Section(NamedTuple):
    """One of the sections of a code, parted by semicolons, and which numbers it is for, where it says so."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: str) -> bool:
        return any(one.kind in kinds for one in self.tokens)

    @property
    def is_read_as_date(self) -> bool:
        """Whether the reader of values makes a date of a number; it looks at the first section only."""
        return any(one.kind == "date" and not set(one.text.lower()) <= set("geb/上午下") for one in self.tokens)

    @property
    def words(self) -> str:
        """What it shows beside digits."""
        return "".join(one.text for one in self.tokens if one.kind == "words")


def typed(value: float) -> str:
    """A number with the digits that were typed: spreadsheet programs keep 15."""
    text = f"{value:.15g}"
    return text if "e" not in text else f"{Decimal(text):f}"


def with_format(value: float, code: str) -> str | None:
    """What stands for a number under a format; ``None`` where that is the number alone."""
    seen = shown(value, code)
    return None if seen is None else as_shown(value, seen)


def text_shown(text: str, code: str) -> str:
    """What a format shows of a text; the text itself where signs at most stand beside it, that change nothing."""
    sections = _sections(code)
    section = next((one for one in sections if one.has("@")), sections[3] if len(sections) > 3 else None)
    if section is None:
        return text
    kinds = [one.kind for one in section.tokens]
    if not set(kinds) <= {"@", "words"}:
        return ""
    if kinds.count("@") == 1 and not section.words.strip().strip(_HARMLESS):
        return text
    return "".join(text if one.kind == "@" else one.text for one in section.tokens)


def is_date(value: float, code: str) -> bool:
    """Whether a format makes a date or a time of a number."""
    sections = _sections(code)
    return bool(sections) and (section := _for(Decimal(typed(value)), sections)[0]) is not None and section.has("date")


def is_blank(value: float, code: str) -> bool:
    """Whether nothing is seen of a number under a format."""
    seen = shown(value, code)
    return seen is not None and not seen.strip()


def as_shown(value: float, seen: str) -> str | None:
    """What stands for a number that its cell shows so: the number with the unit, the currency or the percent sign there.

    Where another number is seen, or none, that is said instead; ``None`` where the number alone is seen, and for a zero that
    is shown as a dash, as accountants do, or not at all.
    """
    stored, seen = typed(value), seen.strip()
    if seen == stored or (not value and seen in {"", "-", "–", "—"}):
        return None
    if not seen:
        return UNSEEN.format(why=HIDDEN, text=stored)
    other = SCALED.format(shown=seen, stored=stored)
    found = _SHOWN.fullmatch(seen)
    if found is None:
        return other
    minus, before, sign, digits, behind = (one.strip() for one in found.groups())
    is_bracketed = (before, behind) == _ACCOUNTANTS
    is_below = minus or sign == "-" or before in _MINUS or is_bracketed
    amount, exact = Decimal(digits.replace(",", "").rstrip(".")) * (-1 if is_below else 1), Decimal(stored)
    if amount != exact and not ("%" in behind and amount == exact * 100):
        return other
    if is_bracketed:
        return stored
    if not before and not behind and sign != "+":
        return None
    return f"{minus}{before}{sign}{typed(abs(float(amount)))}{behind}"


def shown(value: float, code: str) -> str | None:
    """What a person sees of a number; ``None`` where its format leaves it as it is, or makes a date of it."""
    sections = _sections(code)
    number = Decimal(typed(value)) if sections else Decimal(0)
    if not sections or not number.is_finite() or abs(number) >= _MOST:
        return None
    section, is_signed = _for(number, sections)
    if section is None:
        return f"格式{code}"
    if section.has("@") or (section.has("date") and sections[0].is_read_as_date):
        return None
    if section.has("white"):
        return ""
    if section.has("numerals", "power", "fraction", "date"):
        return f"格式{code}"
    if section.has("general"):
        if not section.words and is_signed:
            return None
        made = "".join(typed(abs(value)) if one.kind == "general" else one.text for one in section.tokens)
    else:
        made = _set(abs(number), section)
    return f"-{made}" if number < 0 and is_signed else made


def _for(number: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """The section for a number, ``None`` where nobody can tell, and whether a minus stands before what it shows."""
    some = sections[:3]
    if any(one.condition for one in some):
        fitting = (
            one for at, one in enumerate(some)
            if _fits(number, one.condition or (("<", Decimal(0)) if at == 1 and len(some) == 3 else None))
        )  # fmt: skip
        return (None if number < 0 else next(fitting, None)), True
    if len(some) == 1:
        return some[0], True
    if number < 0:
        return some[1], False
    return some[2] if len(some) == 3 and not number else some[0], True


def _fits(number: Decimal, condition: tuple[str, Decimal] | None) -> bool:
    if condition is None:
        return True
    sign, than = condition
    return (
        ("<" in sign and number < than) or (">" in sign and number > than) or (sign in {"=", "<=", ">="} and number == than)
    )


def _set(number: Decimal, section: _Section) -> str:
    """The digits of a number, without its sign, in the places of a section, from the right, as spreadsheets set them."""
    tokens = section.tokens
    point = next((at for at, one in enumerate(tokens) if one.text == "." and one.kind == "sign"), len(tokens))
    places = [at for at, one in enumerate(tokens) if one.kind == "digit"]
    whole, parts = [at for at in places if at < point], [at for at in places if at > point]
    if not places:
        return section.words
    commas = [at for at, one in enumerate(tokens) if one.text == "," and one.kind == "sign"]
    scale = sum(at > point or not any(at < other for other in whole) for at in commas)
    number = number.scaleb(2 * sum(one.text == "%" and one.kind == "sign" for one in tokens) - 3 * scale)
    number = number.quantize(Decimal(1).scaleb(-len(parts)), ROUND_HALF_UP, _EXACT)
    before, _, behind = f"{number:f}".partition(".")
    made = {at: one.text if one.kind == "words" or one.text in {".", "%"} else "" for at, one in enumerate(tokens)}
    made |= _filled(before.lstrip("0"), [(at, tokens[at].text) for at in whole], is_grouped=len(commas) > scale)
    for at, digit in zip(reversed(parts), reversed(behind), strict=True):
        is_end = digit == "0" and tokens[at].text != "0" and not any(made[other] for other in parts if other > at)
        made[at] = "" if is_end else digit
    return "".join(made[at] for at in range(len(tokens)))


def _filled(digits: str, places: list[tuple[int, str]], is_grouped: bool) -> dict[int, str]:
    """The digits before the point in their places; the first place takes all that are left."""
    made: dict[int, str] = {}
    if is_grouped:
        least = sum(kind == "0" for _, kind in places)
        digits = digits.zfill(least) if least else digits
        return dict.fromkeys((at for at, _ in places), "") | {places[0][0]: re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)}
    for at, kind in reversed(places[1:]):
        made[at], digits = (digits[-1], digits[:-1]) if digits else ("0" if kind == "0" else "", "")
    if places:
        made[places[0][0]] = digits or ("0" if places[0][1] == "0" else "")
    return made


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a code; none where it leaves numbers as they are."""
    made: list[_Section] = []
    tokens: list[_Token] = []
    condition: tuple[str, Decimal] | None = None
    for found in _TOKEN.finditer(code if len(code) <= LONGEST else ""):
        kind, text = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "sign" and text == ";":
            made.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
            continue
        if kind == "bracket" and (asked := _CONDITION.fullmatch(text)):
            condition = asked[1], Decimal(asked[2])
        tokens += _tokens(kind, text)
    if not made and not tokens:
        return ()
    return (*made, _Section(tuple(tokens), condition))


def _tokens(kind: str, text: str) -> list[_Token]:
    if kind == "bracket":
        if _IN_WORDS.match(text):
            return [_Token("numerals", "")]
        if _WHITE.fullmatch(text):
            return [_Token("white", "")]
        currency = _CURRENCY.match(text)
        is_time = re.fullmatch("h+|m+|s+", text, re.I)
        return [_Token("words", currency[1])] if currency else [_Token("date", "h")] if is_time else []
    if kind in {"blank", "fill"}:
        # What fills the cell up stands before or behind the digits, at least once.
        return [_Token("words", " " if kind == "blank" else text[1])] if kind == "blank" or text[1] in _OF_NUMBERS else []
    if kind in {"quoted", "escaped", "other"}:
        return [_Token("words", text)]
    if kind == "sign" and text in "@/":
        return [_Token("@" if text == "@" else "fraction", "")]
    return [_Token(kind, text)]
