"""A seeded fault: its family and kind, the report with it, and what a finding has to name to be in the right place."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from random import Random

import yaml

TEXTS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
FAMILIES = ("勾稽", "读取", "形式", "文表", "抄错")
KINDS = {}


@dataclass(frozen=True)
class Where:
    """The right place: a file, or lines (from 1) or cells of it, or words that a finding quotes."""

    file: str = ""
    lines: tuple = ()
    cells: tuple = ()
    words: tuple = ()

    def named_by(self, finding):
        source = finding.source
        here = source and self.file and PurePath(source.file).name == self.file
        if here and (source.line in self.lines or source.cell in self.cells or not (self.lines or self.cells)):
            return True
        said = " ".join((finding.place, finding.found, finding.expected, finding.action))
        named = re.findall(r"[A-Z]+\d+", said)
        return any(cell in named for cell in self.cells) or any(word in said for word in self.words)


@dataclass(frozen=True)
class Fault:
    family: str
    kind: str
    draft: object
    where: Where


def kind(family, name):
    """Register a function that puts a fault into a draft; it returns where, or ``None`` when the draft is not fit for it."""

    def register(function):
        assert (family, name) not in KINDS, name
        KINDS[family, name] = function
        return function

    return register


def inject(draft, family, name, seed):
    """The draft with one fault of the kind; ``None`` where the kind does not apply to it."""
    changed = draft.copy()
    where = KINDS[family, name](changed, Random(f"fault {seed}"))
    return where and Fault(family, name, changed, where)


def other(rng, value):
    """A count near another one, and not the same."""
    reach = max(3, int(value) // 5)
    return rng.choice([one for one in range(max(0, int(value) - reach), int(value) + reach + 1) if one != value])


def digits_exchanged(rng, value):
    """A number with two neighbouring digits exchanged; ``None`` where none differ."""
    text = str(value)
    pairs = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and not (at == 0 and text[1] == "0")]
    if not pairs:
        return None
    at = rng.choice(pairs)
    return int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
