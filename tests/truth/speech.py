"""Templates with named values → pieces of text that remember which value they print.

``{新收}`` prints a value; ``{占(自然人新收, 新收)|1}`` an expression in a form; ``<<转出 == 0 ? 已办结 || 另有{转出}件>>``
chooses. Where a condition and `` => `` stand before a template, it applies only when that is true.
"""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from truth.numbers import SOURCES

DIGITS = "零一二三四五六七八九"
FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")
_CHOICE = re.compile(r"<<(.+?) \? (.*?) \|\| (.*?)>>", re.S)
_SLOT = re.compile(r"\{([^{}]+)\}")
# Names of numbers that are no cells of any table, nor reckoned from cells.
LOOSE = set("甲乙丙丁戊己庚")
# Parts of a number that is a cell, by channel and by half of the year; they are no cells themselves.
PARTS = {"当面", "信函", "网上", "上半年", "下半年"}


class Lacking(LookupError):
    """The report has no such value, or the template does not apply to it."""


@dataclass(frozen=True)
class Piece:
    """Some text; where it prints a number, the expression, its value and the form that it is printed in."""

    text: str
    expression: str = ""
    value: int | Decimal | None = None
    form: str = ""

    @property
    def counts(self):
        """Whether it prints a number that comes from the tables, or a part of one."""
        return self._names(LOOSE)

    @property
    def tabled(self):
        """Whether it prints a number that comes from the tables."""
        return self._names(LOOSE | PARTS)

    def _names(self, others):
        names = _compiled(self.expression)[1] if self.expression else ()
        return bool(names) and self.value is not None and not names <= others


@dataclass(frozen=True)
class Style:
    """How a writer types: width of digits, blanks around them, brackets, and whether numbers are placeholders."""

    full: bool = False
    blank: str = ""
    narrow: bool = False
    bound: bool = False
    western: bool = False

    @classmethod
    def some(cls, rng):
        return cls(
            full=rng.random() < 0.06, blank=rng.choice(("", "", "", "", " ")), narrow=rng.random() < 0.1,
            bound=rng.random() < 0.12, western=rng.random() < 0.05,
        )  # fmt: skip


def rate(this, last):
    """By how many per cent a value differs from last year's."""
    if not last or this == last:
        raise Lacking("no change to speak of")
    return abs(Decimal(this) - Decimal(last)) * 100 / Decimal(last)


def share(part, whole):
    if not whole:
        raise Lacking("no share of nothing")
    return Decimal(part) * 100 / Decimal(whole)


def points(part, whole, past_part, past_whole):
    """By how many percentage points a share has risen."""
    risen = rounded(share(part, whole), 1), rounded(share(past_part, past_whole), 1)
    if not (rise := Decimal(risen[0]) - Decimal(risen[1])) > 0:
        raise Lacking("no rise")
    return rise


def difference(this, last):
    if this == last:
        raise Lacking("no difference")
    return abs(this - last)


FUNCTIONS = {"率": rate, "占": share, "差": difference, "点": points, "max": max}


@cache
def _compiled(expression):
    code = compile(expression, expression, "eval")
    return code, frozenset(code.co_names) - FUNCTIONS.keys()


def evaluate(expression, values):
    code, names = _compiled(expression)
    if not names <= values.keys():
        raise Lacking(names - values.keys())
    return eval(code, {"__builtins__": {}, **FUNCTIONS}, values)


def chinese(value):
    """A count below ten thousand in Chinese numerals: 12 → 十二, 205 → 二百零五."""
    if value >= 10000:
        raise Lacking("too large for words")
    text, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + sign
        zero = not digit
    return (text[1:] if text.startswith("一十") else text) or "零"


def rounded(value, places):
    text = format(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".") if places > 1 and "." in text else text


def shown(value, form):
    """A value in one of the forms that templates name."""
    if form == "汉":
        return ("两" if value == 2 else chinese(value)) + ""
    if form == "数":
        return chinese(value)
    if form == "全":
        return str(value).translate(FULL)
    if form == "千":
        return f"{value:,}"
    if form == "万":
        return rounded(Decimal(value) / 10000, 2)
    if form == "分":
        whole, _, part = rounded(value, 1).partition(".")
        return "百分之" + chinese(int(whole)) + ("点" + DIGITS[int(part)] if part.strip("0") else "")
    if form == "元":
        return rounded(Decimal(value) * 10000, 0)
    if form == "余":
        if value < 11 or value % 10 == 0:
            raise Lacking("nothing rough about it")
        return str(value // 10 * 10) if value < 1000 else str(value // 100 * 100)
    if form in {"0", "1", "2"}:
        return rounded(value, int(form))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def render(template, values, style=Style()):
    """The pieces of a template; raises `Lacking` where it does not apply. Its condition stands before `` => ``."""
    condition, arrow, text = template.rpartition(" => ")
    if arrow and not evaluate(condition, values):
        raise Lacking(condition)
    text = _CHOICE.sub(lambda found: found[2] if evaluate(found[1], values) else found[3], text)
    pieces, end = [], 0
    for slot in _SLOT.finditer(text):
        pieces += [Piece(_literal(text[end : slot.start()], style)), _filled(slot[1], values, style)]
        end = slot.end()
    pieces.append(Piece(_literal(text[end:], style)))
    return [piece for piece in pieces if piece.text]


def _filled(slot, values, style):
    expression, _, form = slot.partition("|")
    value = evaluate(expression, values)
    if isinstance(value, str):
        return Piece(value.translate(FULL) if style.full else value)
    text = shown(value, form)
    if style.bound and not form and (source := SOURCES[values["格式"]].get(expression)):
        steps = "".join(f'["{step}"]' for step in source[3])
        return Piece("{{ " + source[2] + steps + " }}", expression, value, "bound")
    if form not in {"汉", "数", "分"}:
        text = style.blank + (text.translate(FULL) if style.full else text) + style.blank
    return Piece(text, expression, value, form)


def _literal(text, style):
    text = text.translate(FULL) if style.full and not text.startswith("#") else text
    if style.narrow:
        text = text.replace("（", "(").replace("）", ")")
    return text.replace("，", ",").replace("；", ";") if style.western else text


def retold(piece, value):
    """The same piece with another number, in the form of the first."""
    form = "" if piece.form == "bound" else piece.form
    text = shown(value, form)
    wide = any(sign in piece.text for sign in "０１２３４５６７８９")
    blank = " " if piece.text.startswith(" ") and piece.form != "bound" else ""
    return replace(piece, text=blank + (text.translate(FULL) if wide else text) + blank, value=value, form=form)


def said(pieces):
    return "".join(piece.text for piece in pieces)
