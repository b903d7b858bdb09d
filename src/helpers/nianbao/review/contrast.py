"""Reports beside those of another year as one page: the largest leaps of all, then each report with its numbers and words.

End tags that are optional in HTML are left out.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from nianbao.review.changedwords import changes
from nianbao.review.compared import PUBLISHED
from nianbao.review.difference import How, What
from nianbao.review.dress import dressed
from nianbao.review.leaps import FAR, largest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.review.compared import Compared, Differing
    from nianbao.review.difference import Difference

PAGE = "contrast.html"
TITLE, SUMMARY, BODY = "<!--title-->", "<!--summary-->", "<!--body-->"
_MOST = 50  # leaps of all reports that stand on top
_NUMBERS = {What.CELL, What.FACT}
_FAR = ' class="far"'


def to_html(found: Differing) -> str:
    """The page of a comparison; it has all cells where what is the same was asked for too."""
    leaps = largest(found.reports, _MOST)
    far = sum(each.leap >= FAR for one in found.reports for each in one.changed)
    body = "".join(f'<p class="fault">{escape(str(fault))}' for fault in found.faults)
    if len(found.reports) > 1 and leaps:
        rows = "".join(_row(each, f"{_link(one)} {escape(each.place)}") for one, each in leaps)
        head = "<tr><th>机关、位置<th>原来<th>现在<th>增减"
        body += f"<section><h2>变动最大的 {len(leaps)} 处</h2><table><thead>{head}<tbody>{rows}</table></section>\n"
    body += "".join(map(_section, found.reports))
    is_published = any(one.against == PUBLISHED for one in found.reports)
    title = "与已发布的对照" if is_published else "与上年对照" if _are_last(found) else "两年对照"
    summary = f"{len(found.reports)} 份报告；突变 {far} 处，标有 ▲"
    return dressed(PAGE).replace(TITLE, title).replace(SUMMARY, summary).replace(BODY, body)


def _are_last(found: Differing) -> bool:
    return all(one.against == str(one.id.year - 1) for one in found.reports)


def _name(one: Compared) -> str:
    return escape(one.title or str(one.id))


def _link(one: Compared) -> str:
    """A link to a report's section, with the name of its bureau."""
    return f'<a href="#{quote(str(one.id))}">{_name(one).partition(f"{one.id.year}年")[0] or _name(one)}</a>'


def _section(one: Compared) -> str:
    """A report: its numbers that have changed, the furthest leap first; its words; and all of its cells, folded away."""
    against = "已发布的" if one.against == PUBLISHED else f"{one.against}年"
    head = f'<section id="{escape(str(one.id))}"><h2>{_name(one)} <small>与{against}对照</small></h2>'
    if one.problem:
        return f"{head}<p>{escape(one.problem)}</section>\n"
    sides = against, "现在" if one.against == PUBLISHED else f"{one.id.year}年"
    numbers = [each for each in one.changed if each.kind in _NUMBERS]
    numbers.sort(key=lambda each: -each.leap)
    words = [each for each in one.changed if each.kind not in _NUMBERS]
    body = _table("变了的数，变动大的在前", sides, numbers) if numbers else "<p>没有变了的数。"
    body += f"<h3>文字</h3><ul>{''.join(map(_item, words))}</ul>" if words else "<p>文字没有变。"
    if taken := sum(each.kind is What.PARAGRAPH and each.how is How.SAME for each in one.differences):
        body += f"<p>与{against}相同的段落：{taken}段。"
    return f"{head}{body}{''.join(_all(one, sides))}</section>\n"


def _all(one: Compared, sides: tuple[str, str]) -> Iterator[str]:
    """Each statutory table with all of its cells, and the facts, in reading order."""
    groups: dict[str, list[Difference]] = {}
    for each in one.differences:
        if each.kind in _NUMBERS:  # the place of a cell begins with its table
            groups.setdefault("事实" if each.kind is What.FACT else each.place.partition(" ")[0], []).append(each)
    for name, some in groups.items():
        yield f"<details><summary>{escape(name)}：全部{len(some)}项</summary>{_table(name, sides, some)}</details>"


def _table(name: str, sides: tuple[str, str], rows: Sequence[Difference]) -> str:
    head = "".join(f'<th scope="col">{one}' for one in ("位置", *map(escape, sides), "增减"))
    body = "".join(_row(each, escape(each.place)) for each in rows)
    return f"<table><caption>{escape(name)}<thead><tr>{head}<tbody>{body}</table>"


def _row(one: Difference, place: str) -> str:
    far = one.leap >= FAR
    cells = "".join(f"<td>{escape(text) or '—'}" for text in (one.before, one.after))
    return f'<tr{_FAR if far else ""}><th scope="row">{place}{cells}<td>{"▲ " if far else ""}{escape(one.change)}'


def _item(one: Difference) -> str:
    """What has changed in words: what was taken out is struck through, and what was put in is underlined."""
    head = f"<b>{one.how} {escape(one.place)}</b>" + (f"（移自{escape(one.was_at)}）" if one.was_at else "")
    if one.kind is What.LOOK or one.kind is What.FILE:
        return f"<li>{escape(str(one))}"
    return f"<li>{head}<br>{''.join(_stretches(changes(one.before, one.after)))}"


def _stretches(parts: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    for before, after, is_same in parts:
        if is_same:
            yield escape(after)
        else:
            yield f"<del>{escape(before)}</del>" if before else ""
            yield f"<ins>{escape(after)}</ins>" if after else ""
