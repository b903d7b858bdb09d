"""Measure what the kit finds of seeded faults, and what it finds wrongly in truthful reports.

    cd tests && ../.venv/bin/python -m truth.measure --faults 1000 --clean 2000 [--kinds] [--show 文表]

The same seed gives the same figures.
"""

import argparse
import multiprocessing
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from truth import runs
from truth.faults import FAMILIES, KINDS


def run(one, seed, items, processes=1):
    """The results of the items of a run, by their numbers, in order."""
    work = partial(one, seed)
    if processes == 1:
        return list(map(work, items))
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(work, items, chunksize=10))


def share(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "none"


def faults_line(tried):
    """The two figures of a run of faults, in one line."""
    found, right = sum(one.found for one in tried), sum(one.right for one in tried)
    return f"faults found: {share(found, len(tried))}, right place first: {share(right, len(tried))}"


def alarms(told):
    """How many errors and how many warnings there are in texts that are true."""
    severities = Counter(severity for one in told for _, severity in one.findings)
    warnings = severities.pop("警告", 0)
    return sum(severities.values()), warnings


def clean_line(told):
    errors, warnings = alarms(told)
    blocked = sum(any(severity != "警告" for _, severity in one.findings) for one in told)
    return f"truthful reports: {len(told)}, errors {errors} in {blocked} of them, warnings {warnings}"


def recall_line(name, told):
    errors, warnings = alarms(told)
    counts = share(sum(one.understood for one in told), sum(one.counts for one in told))
    return f"{name}: {len(told)}, counts understood: {counts}, errors {errors}, warnings {warnings}"


def print_faults(tried, kinds, show):
    by_family = defaultdict(list)
    for one in tried:
        by_family[one.family].append(one)
    for family in FAMILIES:
        print(f"  {family}: {faults_line(by_family[family])}")
        by_kind = defaultdict(list)
        for one in by_family[family]:
            by_kind[one.kind].append(one)
        for kind, some in by_kind.items():
            if kinds:
                print(f"    {sum(one.found for one in some)}/{sum(one.right for one in some)}/{len(some)} {kind}")
    print_missed(tried, show)


def print_missed(tried, show):
    for one in tried:
        if show and show in (one.family, one.kind, "all") and not one.right:
            print(f"--- {one.family} {one.kind}: {'wrong place' if one.found else 'missed'}\n{one.shown}")


def print_told(told, show):
    codes = Counter(code for one in told for code, _ in one.findings)
    for code, count in codes.most_common():
        print(f"    {count} × {code}")
    for one in told:
        if show in ("clean", "all") and (one.findings or one.understood < one.counts):
            print(f"--- {one.name}: {one.understood} of {one.counts}\n{one.shown}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="2024")
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--clean", type=int, default=2000)
    parser.add_argument("--cities", type=int, default=4, help="folders with the truthful reports of many bureaus")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--kinds", action="store_true", help="found, found in the right place, and tried, for each kind")
    parser.add_argument("--show", default="", help="a family or kind: its missed faults; clean: false alarms; all")
    asked = parser.parse_args()
    tried = run(runs.fault, asked.seed, range(asked.faults), asked.processes)
    print(f"{len(KINDS)} kinds; {faults_line(tried)}")
    print_faults(tried, asked.kinds, asked.show)
    told = run(runs.clean, asked.seed, range(asked.clean), asked.processes)
    print(clean_line(told))
    print_told(told, asked.show)
    told = [one for each in run(runs.city, asked.seed, range(asked.cities), asked.processes) for one in each]
    print(f"cities: {asked.cities}; {clean_line(told)}")
    print_told(told, asked.show)
    kinds = (("whole chapters", runs.chapter, runs.chapters()), ("wordings", runs.wording, runs.sentences()))
    for name, one, items in kinds:
        told = run(one, asked.seed, range(len(items)), asked.processes)
        print(recall_line(name, told))
        print_told(told, asked.show)
    tried = [one for each in run(runs.changes, asked.seed, range(len(runs.texts())), asked.processes) for one in each]
    print(f"each number of these changed by itself: {faults_line(tried)}")
    print_missed(tried, asked.show)


if __name__ == "__main__":
    main()
