"""Of many findings of one kind the first few in full, and how many more there are: a flood hides what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.findings import Finding
    from nianbao.job_id import JobId

FEW = 3  # of one kind that are printed in full, and reports of which the rest names

Found = tuple["JobId", "Finding"]


class Sparing:
    """Of each kind among findings, as they are printed, the first `FEW`; all where a line would save but one."""

    def __init__(self, found: Iterable[Found]) -> None:
        self.kinds: dict[str, list[Found]] = {}
        for one in found:
            self.kinds.setdefault(one[1].code, []).append(one)
        self.left = {code: FEW if len(same) > FEW + 1 else len(same) for code, same in self.kinds.items()}

    def takes(self, finding: Finding) -> bool:
        """Whether the next finding is to be printed."""
        self.left[finding.code] -= 1
        return self.left[finding.code] >= 0

    def rest(self, where: str) -> Iterable[str]:
        """A line for each kind that has more than were printed, the gravest first; ``where`` tells where all of them are."""
        kinds = sorted(self.kinds.values(), key=lambda same: same[0][1].severity.rank)
        for more in (same[FEW:] for same in kinds if len(same) > FEW + 1):
            names, kind = [*dict.fromkeys(str(report) for report, _ in more)], more[0][1]
            listed = say(", ").join(names[:FEW]) + ("…" if len(names) > FEW else "")
            head = f"[{kind.severity} {kind.code}] {kind.title}"
            said = "{head}: {count} more in {reports} reports ({names}); all of them: {where}"
            yield say(said, head=head, count=len(more), reports=len(names), names=listed, where=where)
