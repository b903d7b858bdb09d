"""One item of each of the measure's four runs, from a seed: a fault, a truthful report, a whole chapter, a wording."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from truth.faults import FAMILIES, KINDS, inject
from truth.faults.base import Fault
from truth.faults.words import retell, wrong
from truth.outcome import accounted, findings_of, findings_of_all, grave
from truth.prose import ASPECTS, CHAPTERS, Writer, read, whole, wordings
from truth.reports import province, report
from truth.speech import Lacking, Piece, Style, render

ATTEMPTS = 400
BUREAUS, BASES, FIRST = 25, 400, 50
# What stands in the other chapters, without a number.
PLAIN = {
    "一、总体情况": "、".join(ASPECTS) + "各有专人负责，工作平稳。",
    "五、存在的主要问题及改进情况": "解读不够通俗。今后将改进写法，加强培训。",
}


@dataclass(frozen=True)
class Tried:
    """What became of one fault."""

    family: str
    kind: str
    found: bool = False
    right: bool = False
    shown: str = ""


TYPED = {"W237"}  # The texts say what is true, and some in half-width marks, as clerks type them: that is found rightly.


@dataclass(frozen=True)
class Told:
    """What the kit made of a text that is true: grave findings, how many counts it has, how many are understood."""

    name: str
    findings: tuple
    counts: int = 0
    understood: int = 0
    shown: str = ""


def kind_of(index):
    """The family and kind of a run's fault: families take turns, and the kinds of each."""
    family = FAMILIES[index % len(FAMILIES)]
    kinds = [name for one, name in KINDS if one == family]
    return family, kinds[index // len(FAMILIES) % len(kinds)]


def fault(seed, index):
    """Put a fault into the first truthful report that it applies to, and see what is found."""
    family, name = kind_of(index)
    for attempt in range(ATTEMPTS):
        draft = report(f"{seed}/{index}/{attempt}")
        made = inject(draft, family, name, f"{seed}/{index}/{attempt}")
        if made:
            return _tried(made, lambda draft=draft: _alarms(draft))
    raise AssertionError(f"{family} {name} applies to no report")


def _alarms(draft):
    """What is found in a truthful report, which is no fault of the change."""
    return {(one.code, one.place, one.found) for one in grave(findings_of(draft)[0])}


def _tried(made, alarms):
    """What became of a fault; what is found in the truthful report too is asked for where it may have come first."""
    found = grave(findings_of(made.draft)[0])
    if found and (found[0].code in TYPED or not made.where.named_by(found[0])):
        known = alarms()
        found = [one for one in found if (one.code, one.place, one.found) not in known]
    right = bool(found) and made.where.named_by(found[0])
    shown = "" if right else f"{made.draft.bureau.id} {made.draft.year} {made.where}\n" + "\n".join(map(str, found[:2]))
    return Tried(made.family, made.kind, bool(found), right, shown)


def clean(seed, index):
    """A truthful report: whatever is found in it at 警告 or above is a false alarm."""
    draft = report(f"{seed}/clean/{index}")
    return _told(f"{draft.bureau.id} {draft.year} #{index}", findings_of(draft), [])


def city(seed, index):
    """The truthful reports of all bureaus of a city in one folder, no chapter of which is in two of them."""
    first = province(f"{seed}/city/{index}", BUREAUS)
    everyone = [first, *first.others]
    results = findings_of_all(first, everyone)
    return [_told(one.bureau.id, found, []) for one, found in zip(everyone, results, strict=True)]


def _told(name, result, counts):
    found, document = result
    known = Counter(accounted(document)) if counts and document else Counter()
    understood = sum((Counter(counts) & known).values())
    alarms = [one for one in grave(found) if one.code not in TYPED]
    shown = "\n".join(map(str, alarms))
    return Told(name, tuple((one.code, str(one.severity)) for one in alarms), len(counts), understood, shown)


@cache
def _base(seed, number):
    return report(f"{seed}/base/{number}")


def _alone(seed, index, make, heading):
    """A draft whose only numbers stand in one chapter, and those that come from its tables as (line, text).

    It is one of the first drafts, or, for what few reports have, the next one that has it.
    """
    rng = Random(f"{seed}/{index}")
    style = replace(Style.some(rng), bound=False)
    for attempt in range(BASES):
        draft = _base(seed, (index % FIRST + attempt) % BASES).copy()
        try:
            lines = make(Writer(rng, draft.values, style, set()))
        except Lacking:
            continue
        draft.lines = []
        for chapter in sorted({*PLAIN, heading}, key=lambda one: "一三四五六".index(one[0])):
            draft.lines += [[Piece(f"## {chapter}")], [], *(lines if chapter == heading else [[Piece(PLAIN[chapter])]]), []]
        counts = [(at + 1, piece.text.strip()) for at, _, piece in draft.statements() if piece.tabled]
        return draft, counts
    raise AssertionError(f"number {index} applies to no report")


def chapters():
    """(file, number, template) of all whole chapters."""
    return [(name, number, text) for name in CHAPTERS for number, text in enumerate(whole(name), 1)]


def chapter_draft(seed, index):
    """A chapter's name, a report that has it, and the counts in it."""
    name, number, template = chapters()[index]
    draft, counts = _alone(seed, index, lambda writer: writer.lines(template.rstrip("\n")), CHAPTERS[name])
    return f"{name} {number}", draft, counts


def chapter(seed, index):
    """What is made of a whole chapter."""
    name, draft, counts = chapter_draft(seed, index)
    return _told(name, findings_of(draft), counts)


def sentences():
    """(topic, template) of all wordings of statements, then of the sentences whose numbers are no cells."""
    statements = [(topic, text) for topic, texts in wordings().items() for text in texts]
    loose = [(topic, text) for topic, texts in read("wordings/distractors.yaml").items() for text in texts]
    return statements + loose


def wording_draft(seed, index):
    """A wording, a report with a sentence in it, and the counts of the sentence."""
    topic, template = sentences()[index]

    def make(writer):
        return [[Piece(PLAIN["一、总体情况"])], [], render(template, writer.values, writer.style)]

    draft, counts = _alone(seed, index, make, "一、总体情况")
    return f"{topic} {template}", draft, counts


def wording(seed, index):
    """What is made of a single sentence."""
    name, draft, counts = wording_draft(seed, index)
    return _told(name, findings_of(draft), counts)


def texts():
    """The makers of all true texts with statements: whole chapters, then single sentences."""
    statements = sum(map(len, wordings().values()))
    return [(chapter_draft, at) for at in range(len(chapters()))] + [(wording_draft, at) for at in range(statements)]


def changes(seed, index):
    """Every number of one of the texts changed by itself; each change is a fault of its own."""
    make, at = texts()[index]
    name, draft, _ = make(seed, at)
    rng, alarms, results = Random(f"{seed}/change/{index}"), cache(lambda: _alarms(draft)), []
    for statement in draft.statements():
        changed = draft.copy()
        if where := retell(changed, statement, wrong(rng, statement[2])):
            results.append(_tried(Fault("文表", name, changed, where), alarms))
    return results
