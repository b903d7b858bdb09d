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
    """Counts findings by kind as they come; the first `FEW` of each kind are to be printed, of the others `rest` tells."""

    def __init__(self) -> None:
        self.seen: dict[str, list[Found]] = {}

    def takes(self, report: JobId, finding: Finding) -> bool:
        """Whether a finding is to be printed."""
        same = self.seen.setdefault(finding.code, [])
        same.append((report, finding))
        return len(same) <= FEW

    def rest(self, where: str) -> Iterable[str]:
        """A line for each kind that has more than were printed, the gravest first; ``where`` tells where all of them are."""
        kinds = sorted(self.seen.values(), key=lambda same: same[0][1].severity.rank)
        for more in (same[FEW:] for same in kinds if len(same) > FEW):
            names, kind = [*dict.fromkeys(str(report) for report, _ in more)], more[0][1]
            listed = say(", ").join(names[:FEW]) + ("…" if len(names) > FEW else "")
            head = f"[{kind.severity} {kind.code}] {kind.title}"
            said = "{head}: {count} more in {reports} reports ({names}); all of them: {where}"
            yield say(said, head=head, count=len(more), reports=len(names), names=listed, where=where)
