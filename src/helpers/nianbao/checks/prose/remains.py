"""What remains of words when all that is understood is taken out: whether they say more than what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.prose.words import CASE, CASES, words

if TYPE_CHECKING:
    from nianbao.checks.prose.clause import Clause
    from nianbao.checks.prose.words import Meaning


def unknown(found: Meaning, clause: Clause) -> str:
    """What is left of the words around a number without those that name its meaning and those that change nothing."""
    known, topic = words(), found.topic
    names = (found.words, *(one.words for one in known.meanings[topic] if one.group and one.group == found.group))
    topics = [one for name, one in known.topics.items() if name == topic or (topic == CASE and name in CASES)]
    text = clause.text if not clause.count or found.words.search(clause.text) else f"{clause.text}{clause.tail}"
    for name in clause.context.setting.names:
        text = text.replace(name, "")
    if found.needs:
        text = known.made.sub("", found.words.sub("", text))
    for pattern in (*topics, *names, known.plain) if topic == CASE else (*names, *topics, known.plain):
        text = pattern.sub("", text)
    return text
