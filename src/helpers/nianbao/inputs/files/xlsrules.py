"""The conditional formats of an XLS workbook: what they put on cells, and on which.

Source: [MS-XLS] 2.4.42 (CF), 2.4.43 (CF12), 2.4.56 (CondFmt), 2.5.95 (DXFN), 2.5.198 (formulas).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from nianbao.inputs.files import numberformat
from nianbao.inputs.files.conditions import ALWAYS, BETWEEN, NEVER, NOT_BETWEEN, UNKNOWN, Condition, Reference
from nianbao.inputs.files.rules import ALONE, Change, Rule

if TYPE_CHECKING:
    from nianbao.inputs.files.conditions import Area
    from nianbao.inputs.files.xlslooks import Looks

AREAS, RULE, AREAS_12, RULE_12 = 0x1B0, 0x1B1, 0x879, 0x87A  # those of 12 are since Excel 2007
KINDS = {AREAS, RULE, AREAS_12, RULE_12}
_UNREAD = "读不出这条条件格式"
# What a rule says something of.
_HAS_FORMAT, _HAS_FONT, _HAS_PLACE, _HAS_BORDER, _HAS_GROUND = (1 << bit for bit in range(25, 30))
_NO_FORE, _NO_BACK, _NONE, _HEADER = 1 << 17, 1 << 18, 0xFFFFFFFF, 12
_BY_VALUE, _BY_FORMULA, _SCALE, _BARS, _ICONS = 1, 2, 3, 4, 6
_SIGNS = {1: BETWEEN, 2: NOT_BETWEEN, 3: "=", 4: "<>", 5: ">", 6: "<", 7: ">=", 8: "<="}
_OF_FILLED = {9: NEVER, 10: ALWAYS, 11: NEVER, 12: ALWAYS}  # by their template: blanks and errors, or none of them
_COMPARES = {0x09: "<", 0x0A: "<=", 0x0B: "=", 0x0C: ">=", 0x0D: ">", 0x0E: "<>"}
_INT, _NUMBER, _BOOL, _PAREN, _ATTRIBUTE, _MINUS = 0x1E, 0x1F, 0x1D, 0x15, 0x19, 0x13
_REFERENCES, _FUNCTIONS, _TRUTHS = {0x2C, 0x4C, 0x6C}, {0x21, 0x41, 0x61}, {34: True, 35: False}


class Rules:
    """Reads the records of conditional formats of a sheet."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.areas: tuple[Area, ...] = ()
        self.made: list[Rule] = []

    def take(self, kind: int, body: bytes) -> None:
        """Take a record; one that cannot be read may hide everything."""
        if kind in {AREAS, AREAS_12}:
            self.areas = _areas(body[_HEADER * (kind == AREAS_12) :])
            return
        try:
            condition, change = self._rule(body) if kind == RULE else self._rule_12(body[_HEADER:])
        except (struct.error, IndexError):
            condition, change = UNKNOWN, Change(hides=_UNREAD)
        if change != Change():
            self.made.append(Rule(self.areas, condition, (0, 0), change))

    def _rule(self, body: bytes) -> tuple[Condition, Change]:
        first, second = struct.unpack_from("<HH", body, 2)
        end = len(body) - second
        return _condition(body[0], body[1], body[end - first : end], body[end:]), change_of(body[6:], self.looks)

    def _rule_12(self, body: bytes) -> tuple[Condition, Change]:
        first, second, length = struct.unpack_from("<HHI", body, 2)
        at = 10 + (length or 2)
        operands = body[at : at + first], body[at + first : at + first + second]
        at += first + second
        at += 2 + struct.unpack_from("<H", body, at)[0]
        template = struct.unpack_from("<H", body, at + 3)[0]
        more = body[at + 6 + body[at + 5] :]
        change = change_of(body[10 : 10 + length], self.looks) if length else Change()
        if body[0] == _SCALE:
            return ALWAYS, Change(scale=tuple(self._colours(more)))
        if body[0] in {_BARS, _ICONS}:
            is_alone = not more[3] & 2 if body[0] == _BARS else more[5] & 1
            return ALWAYS, Change(hides=ALONE) if is_alone else Change()
        return _OF_FILLED.get(template) or _condition(body[0], body[1], *operands), change

    def _colours(self, scale: bytes) -> list[str]:
        """The colours of a scale, which stand at its end."""
        items = [scale[len(scale) - 24 * at : len(scale) - 24 * at + 24] for at in range(1, scale[4] + 1)]
        told = [(*struct.unpack_from("<I", one, 8), one[12:15].hex().upper(), one[12]) for one in items]
        return [rgb if kind == 2 else self.looks.colour(number) if kind == 1 else "" for kind, rgb, number in told]


def change_of(rule: bytes, looks: Looks) -> Change:
    """What a rule (DXFN) puts on a cell."""
    flags, more = struct.unpack_from("<IH", rule)
    at, made = 6, Change()
    if flags & _HAS_FORMAT:
        length = struct.unpack_from("<H", rule, at)[0] if more & 1 else 2
        code = _code(rule[at + 2 : at + length]) if more & 1 else numberformat.BUILT_IN.get(rule[at + 1], "")
        made, at = made._replace(code=code), at + length
    if flags & _HAS_FONT:
        height, style, _, raised = struct.unpack_from("<iIHH", rule, at + 64)
        colour, _, no_style, no_raised = struct.unpack_from("<4I", rule, at + 80)
        made = made._replace(
            is_struck=bool(style & 0x80 and not no_style & 0x80) or None,
            is_raised=bool(raised and not no_raised) or None,
            colour=looks.colour(colour) if colour != _NONE else "",
            size=height / 20 if height > 0 else 0.0,
        )
        at += 118
    at += 8 * bool(flags & _HAS_PLACE) + 8 * bool(flags & _HAS_BORDER)
    if flags & _HAS_GROUND:
        pattern, colours = struct.unpack_from("<HH", rule, at)
        fore = "" if flags & _NO_FORE else looks.colour(colours & 0x7F)
        back = "" if flags & _NO_BACK else looks.colour(colours >> 7 & 0x7F)
        # Of one that is all of one colour, that is the back one.
        made = made._replace(ground=looks.ground(pattern >> 10, fore, back) if pattern >> 10 > 1 else back or fore)
    return made


def _areas(body: bytes) -> tuple[Area, ...]:
    places = (struct.unpack_from("<4H", body, 14 + 8 * at) for at in range(struct.unpack_from("<H", body, 12)[0]))
    return tuple(((top, left), (bottom, right)) for top, bottom, left, right in places)


def _code(body: bytes) -> str:
    """The code of a number format: its length, its width, its characters."""
    count, is_wide = struct.unpack_from("<HB", body)
    return body[3 : 3 + count * (1 + (is_wide & 1))].decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")


def _condition(kind: int, sign: int, *operands: bytes) -> Condition:
    """The condition of a rule of the kinds that have formulas."""
    told = [_worked_out(one) for one in operands if one]
    if kind == _BY_FORMULA and len(told) == 1:
        made = told[0]
        if isinstance(made, bool):
            return ALWAYS if made else NEVER
        return made if isinstance(made, Condition) else UNKNOWN
    numbers = [float(one) for one in told if isinstance(one, float)]
    is_whole = kind == _BY_VALUE and len(numbers) == len(told) == (2 if sign in {1, 2} else 1)
    return Condition(_SIGNS.get(sign, ""), tuple(numbers)) if is_whole else UNKNOWN


def _worked_out(raw: bytes) -> bool | float | Reference | Condition | None:
    """What the tokens of a formula come to: a number, a truth, a comparison of a cell with a number; ``None`` for more."""
    stack: list[bool | float | Reference | Condition] = []
    at = 0
    while at < len(raw):
        token, at = raw[at], at + 1
        if token == _INT:
            stack.append(float(struct.unpack_from("<H", raw, at)[0]))
        elif token == _NUMBER:
            stack.append(struct.unpack_from("<d", raw, at)[0])
        elif token == _BOOL:
            stack.append(bool(raw[at]))
        elif token in _REFERENCES:
            stack.append(_reference(*struct.unpack_from("<HH", raw, at)))
        elif token in _FUNCTIONS and (truth := _TRUTHS.get(struct.unpack_from("<H", raw, at)[0])) is not None:
            stack.append(truth)
        elif token == _MINUS and stack and isinstance(stack[-1], float):
            stack[-1] = -stack[-1]
        elif token in _COMPARES and len(stack) == 2 and isinstance(stack[0], Reference) and isinstance(stack[1], float):
            stack = [Condition(_COMPARES[token], (stack[1],), stack[0])]
        elif token not in {_PAREN, _ATTRIBUTE}:
            return None
        at += _length(token)
    return stack[0] if len(stack) == 1 else None


def _length(token: int) -> int:
    """How many bytes follow a token."""
    known = {_INT: 2, _NUMBER: 8, _BOOL: 1, _ATTRIBUTE: 3}
    return known.get(token, 4 if token in _REFERENCES else 2 if token in _FUNCTIONS else 0)


def _reference(row: int, column: int) -> Reference:
    """A cell as it lies from the one that is judged, or one that is fixed."""
    is_row_fixed, is_column_fixed = not column & 0x8000, not column & 0x4000
    column &= 0xFF
    row = row if is_row_fixed or row < 0x8000 else row - 0x10000
    return Reference(row, column if is_column_fixed or column < 0x80 else column - 0x100, is_row_fixed, is_column_fixed)
