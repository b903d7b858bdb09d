"""The words that many patterns share, each spelt out here and nowhere else: the years, and what is done with applications.

Each is a piece of statements.yaml as well. A text that is read has LAST and THIS for the figures of last year and of this.
"""

import re
from typing import Any

from nianbao import wording
from nianbao.periods import IN_PERIOD

LAST_YEAR = rf"(?:LAST\s?年|{wording.LAST_YEAR})度?"
# Whose numbers nobody has; not so 前年结转, which is carried in.
BEFORE_LAST = (
    r"(?:(?<![年月日以之\d])大?前|(?:^|(?<=[，。；：、\n\s]))上上)年"
    r"(?![均检审]|[^，；。\d]{0,4}(?:结转|转来|转入|遗留|留存|接转|未办结|顺延|延续))"
)
# Not so 三年内, 上年内, 上年度报告期内.
THIS_YEAR = (
    rf"(?:(?:THIS\s?|[本今当])年度?内?(?:{IN_PERIOD})?|(?<![个年度])(?<!(?<!以)上)(?<!上一){IN_PERIOD}|本期(?![刊公简培活专])"
    r"|(?<![上去前下次明翌往历每半多几数两近一二三四五六七八九十百\dTS])(?<![\dTS]\s)年内(?!容))"
)
IN_ALL = "[合总共累]计|[一总]?共"
BEYOND = "(?:[多少高低]于|不及|超过)"  # 多于上年
RECEIVES = "新收|收到|受理|接[到收]"
FINISHES = "办[结毕复完]|[办处]理完[毕成结]"
CONCLUDES = f"{FINISHES}|[答回]复"
HANDLES = f"{CONCLUDES}|办理|处理"

PIECES = {
    "last_year": LAST_YEAR, "this_year": THIS_YEAR, "beyond": BEYOND, "in_all": IN_ALL, "receives": RECEIVES,
    "finishes": FINISHES, "concludes": CONCLUDES, "handles": HANDLES,
}  # fmt: skip

_PIECE = re.compile(r"\{([a-z_]+)\}")


def with_pieces(said: Any, pieces: dict[str, str]) -> Any:
    """What a file says, with the pieces that its patterns name: those of the file, and these."""
    if isinstance(said, str):
        return _PIECE.sub(lambda one: (PIECES | pieces)[one[1]], said)
    if isinstance(said, list):
        return [with_pieces(one, pieces) for one in said]
    return {key: with_pieces(one, pieces) for key, one in said.items()} if isinstance(said, dict) else said
