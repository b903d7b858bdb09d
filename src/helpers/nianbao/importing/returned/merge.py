"""The text of a file that came back, merged with narrative.md: what its reviewer did not touch keeps its lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing import narrative, prose
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.outline import Table
from nianbao.importing.returned import breaks, celltexts, lists, nested, ordinals, pairs, proof
from nianbao.importing.returned.edits import Edits, unlisted
from nianbao.importing.returned.matching import Item, item_of, items_of
from nianbao.importing.returned.meanings import without_notes
from nianbao.importing.returned.placed import Place, placed, tables_of
from nianbao.importing.returned.result import BY_HAND, COMPUTED, CONDITIONS, LEAD, TOGETHER, Result
from nianbao.importing.returned.tokens import CONDITION, VALUE
from nianbao.importing.returned.wordings import Lost, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.imported import Imported
    from nianbao.importing.outline import Outline, Part
    from nianbao.importing.returned.placed import Placed
    from nianbao.importing.returned.printed import Own


def merge(own: Own, base: Imported, theirs: Imported, full_width: bool = False) -> Result:
    """The text of the folder with the changes that the file has beside ``base``, the text that its reviewer was given."""
    assert base.outline
    assert theirs.outline
    into = _Merging(own, items_of(base.outline), items_of(theirs.outline), theirs.outline, full_width)
    into.result.meant = into.meant(proof.whole(theirs))
    into.result.apart += proof.since(proof.whole(base), proof.whole(own.made))
    into.gone = base.taken.keys() - theirs.taken.keys()
    for number in range(len(into.pairs.theirs)):
        into.take(number)
    into.remove()
    into.result.lines = [(chapter.heading, line) for chapter in into.now.chapters.values() for line in chapter.lines]
    written = narrative.Written()
    into.result.text = narrative.settled(into.edits.text(), own.report.format, written)
    for one in written.disputed:
        into.result.ask("下列标题不知是哪一章，作为自定的章：核对，见 narrative.md", one)
    return into.result


class _Merging:
    """Walks through the file that came back, and changes narrative.md where it says something else."""

    def __init__(self, own: Own, base: list[Item], theirs: list[Item], outline: Outline, full_width: bool) -> None:
        self.own, self.outline, self.full_width = own, outline, full_width
        self.result = Result()
        self.edits = Edits(own.source.split("\n"))
        self.now: Placed = placed(own)
        self.tables = tables_of(own.report)
        self.pairs = pairs.paired(base, self.now.items, theirs)
        pairs.tell(self.pairs, self.result)
        self.spot = self.now.chapters[0].line  # the line behind which something new is put
        self.end = self.now.chapters[0].end  # the last line of the chapters so far
        self.pending: list[str] = []  # what has to be written before something new is: what the kit prints by itself
        self.is_written = True  # whether the chapter has a text of its own
        self.taken: set[tuple[int, ...]] = set()  # the lines that several paragraphs share, and that are done
        self.done: set[int] = set()  # what the folder prints that stands in one paragraph with other
        self.lists = lists.numbered((one.mark, one.depth) for one in self.pairs.theirs)
        self.gone: set[str] = set()  # the statutory tables that the file has no more, which is asked of its figures

    def meant(self, theirs: list[Item]) -> list[Item]:
        """What the merged text has to print: the file's items, wide where they are not what the folder prints now."""
        known = {one.key for one in self.now.items}
        wide = (item_of(self._widened(one.part), one.chapter, one.is_heading) for one in theirs)
        return [one if one.key in known or one.chapter == "标题" else other for one, other in zip(theirs, wide, strict=True)]

    def take(self, number: int) -> None:
        """Do with narrative.md what one item of the file says."""
        item = self.pairs.theirs[number]
        if item.is_heading:
            self._begin(number)
            return
        before = self.pairs.of_base.get(number)
        at = self.pairs.of_now.get(number)
        if at is None:
            if before is None:
                self._add(number)
            elif self.pairs.base[before].key != item.key:
                about = f"{item.chapter}：文件夹里已没有“{self.pairs.base[before].text}”，稿子改成“{item.text}”"
                self.result.ask(BY_HAND, about, item)
            return
        place = self.now.places[at]
        if number in self.lists and place.lines and place.shared == 1:
            self.edits.listed[place.lines[0].number] = self.lists[number]
        old = self.now.items[at].key if before is None else self.pairs.base[before].key
        if item.key in {old, self.now.items[at].key}:
            self._keep(number, at)
        else:
            self._change(number, at)

    def _begin(self, number: int) -> None:
        """Begin a chapter: its heading stays, is changed, or is a new one."""
        item, at = self.pairs.theirs[number], self.pairs.of_now.get(number)
        if at is None:
            self.spot, self.pending, self.is_written = self.end, [], True
            self._add(number)
            return
        ours = self.now.items[at]
        chapter = self.now.chapters.get(ours.number)
        if number not in self.pairs.staying:
            self.result.ask(BY_HAND, f"“{item.text}”移了位置")
        self.is_written = bool(chapter and chapter.end > chapter.line)
        if chapter is None:
            self.spot, self.pending = self.end, [f"## {item.text}"]
        else:
            self.spot, self.pending, self.end = chapter.line, [], max(chapter.end, chapter.line)
        before = self.pairs.of_base.get(number)
        if item.key != ours.key and (before is None or item.key != self.pairs.base[before].key):
            self._change(number, at)

    def _keep(self, number: int, at: int) -> None:
        """An item that the reviewer did not change: it stays where it is, or goes where the file has it."""
        place = self.now.places[at]
        if not place.lines:
            self._pass(at)
        elif number in self.pairs.staying or place.shared > 1 or any(one.is_cut for one in place.lines):
            if number not in self.pairs.staying:
                item = self.pairs.theirs[number]
                self.result.ask(BY_HAND, f"{item.chapter}：“{item.text}”移了位置", item)
            self.spot, self.pending = place.lines[-1].behind, []
        else:
            self._write("")
            nested.move(self.edits, [one.number for one in place.lines], self.spot, self.pairs.theirs[number])
            self._ask_within(self.pairs.theirs[number], place)
            self.result.move(self.pairs.theirs[number])

    def _pass(self, at: int) -> None:
        """What the kit prints by itself: it has to be written where something new stands behind it."""
        item, place = self.now.items[at], self.now.places[at]
        source = "".join(one.source for one in place.computed) if place.computed else ""
        self.result.leads += [source] if source else []
        if not isinstance(item.part, (Paragraph, Grid)):
            source = f"{{{{ {self.tables[item.part.id]} }}}}"
        if source and place.computed and self.is_written:
            self._write(source)
        elif source:
            self.pending.append(source)

    def _change(self, number: int, at: int) -> None:
        """An item that the reviewer changed."""
        item, ours, place = self.pairs.theirs[number], self.now.items[at], self.now.places[at]
        before = self.pairs.of_base.get(number)
        given = ours if before is None else self.pairs.base[before]
        part = self._widened(item.part)
        is_printed = not (place.lines or place.computed or item.is_heading)
        if isinstance(part, Table) or is_printed or any(one.is_cut for one in place.lines):
            self.result.ask(BY_HAND, f"{item.chapter}：印的是“{ours.text}”，稿子是“{item.text}”", item, ours)
            self.spot = place.lines[-1].behind if place.lines else self.spot
            return
        self.result.revise(item, given)
        self._ask_within(item, place)
        if number in self.pairs.joined and (whole := self._whole(number)):
            place = whole
        else:
            part = pairs.with_folders(item, part, given, ours, self.result)
        if place.shared > 1:
            self._change_several(at)
        elif isinstance(part, Grid):
            self._change_table(item, part, place)
        elif place.lines:
            self._put(number, place, item.chapter, part)
        elif item.is_heading:  # A chapter that has nothing but its heading keeps the lead that is computed.
            self.edits.add(self.spot, f"## {part.text}")
            self.pending, self.is_written = [], False
        else:
            self.result.ask(COMPUTED, f"{item.chapter}：{item.text}")
            self._write(self.result.lead(item.chapter, place.computed, part))

    def _whole(self, number: int) -> Place | None:
        """Where all stands that the reviewer has joined in one paragraph; none where other things stand in its lines."""
        places = [self.now.places[at] for at in self.pairs.joined[number]]
        if any(not one.lines or one.shared > 1 or any(line.is_cut for line in one.lines) for one in places):
            return None
        self.done |= {*self.pairs.joined[number]}
        self.result.join(self.now.items[at] for at in self.pairs.joined[number] if at != self.pairs.of_now[number])
        return Place(tuple(line for one in places for line in one.lines))

    def _put(self, number: int, place: Place, chapter: str, part: Paragraph) -> None:
        """Put what is merged in the place of its lines, or where the file has it."""
        first = min(self.done.intersection(self.pairs.joined.get(number, ())), default=self.pairs.of_now[number])
        is_staying, was = number in self.pairs.staying, self.now.items[first]
        for lines, text in celltexts.by_line(place.lines, part):
            tokens = [token for one in lines for token in one.tokens]
            if number in self.pairs.parted:
                tokens = without_notes(tokens, text.text)
            source = self.result.line(chapter, tokens, "" if was.mark else was.text, text)
            source = unlisted(source) if was.mark and not text.mark else source
            numbers = [one.number for one in lines]
            if is_staying:
                self.edits.replace(numbers, source, lines[-1].printed)
            else:
                self._write("")
                nested.move(self.edits, numbers, self.spot, self.pairs.theirs[number], source)
        if is_staying:
            self.spot, self.pending = place.lines[-1].behind, []

    def _ask_within(self, item: Item, place: Place) -> None:
        """Ask about what was changed in the lines of a condition."""
        for opening in dict.fromkeys(one.within for one in place.lines if one.within):
            self.result.ask(CONDITIONS, f"{item.chapter}：{opening}，“{item.text}”")

    def _change_several(self, at: int) -> None:
        """Write the lines of several paragraphs anew, where one of them was changed."""
        place = self.now.places[at]
        lines = tuple(one.number for one in place.lines)
        if lines in self.taken:
            return
        self.taken.add(lines)
        some = [self.pairs.theirs[t] for t, n in sorted(self.pairs.of_now.items()) if self.now.places[n] == place]
        parts = [self._widened(one.part) for one in some]
        self.spot, self.pending = place.lines[-1].behind, []
        self.edits.dropped |= {*lines[1:]}
        tokens = [one for line in place.lines for one in line.tokens]
        text = "".join(one.text for one in parts if isinstance(one, Paragraph))
        made = merged(tokens, self.now.items[at].text, Paragraph(text, ""))
        if made.source.count("<br") == len(parts) - 1:
            self.result.lose(some[0].chapter, made.lost)
            self.edits.replaced[lines[0]] = made.source
            return
        self.edits.replaced[lines[0]] = "\n\n".join(breaks.blocks(parts, self._blocks))
        self.result.lose(some[0].chapter, [Lost(one, text, True) for one in tokens if one.kind in {VALUE, CONDITION}])

    def _change_table(self, item: Item, part: Grid, place: Place) -> None:
        """Change the cells of a table of the text."""
        made = celltexts.merged_table(part, place.lines)
        self.edits.replaced |= made.replaced
        self.edits.dropped |= made.dropped
        self.edits.rows |= made.added
        self.result.lose(item.chapter, made.lost)
        self.spot, self.pending = place.lines[-1].behind, []

    def _blocks(self, parts: Sequence[Part]) -> list[str]:
        return narrative.blocks_of(parts, self.outline, self.own.report.format, narrative.Written())

    def _add(self, number: int) -> None:
        """An item that is new."""
        item, listed = self.pairs.theirs[number], self.lists.get(number)
        known = {*self.pairs.since.values(), *self.pairs.of_now.values()}
        for ours, behind in () if item.is_heading else self.now.fresh(self.spot, known):
            self.result.ask(TOGETHER, f"{item.chapter}：“{ours.text}”，“{item.text}”{ordinals.twice(ours.text, item.text)}")
            self.spot = behind
        part, beside = self._widened(item.part), nested.of_item(self.edits, self.spot, item, listed)
        if item.is_heading and isinstance(part, Paragraph):
            self._write(f"## {part.text}")
        elif isinstance(part, Paragraph) and beside:
            self._write(prose.item(part, *beside), listed, item.depth)
        elif isinstance(part, (Paragraph, Grid)):
            for one in self._blocks([part]):
                if not breaks.put(self.edits, self.pairs, self.now, number, self.spot, one):
                    block = one if item.mark else nested.text(self.edits, self.spot, lists.as_text(one))
                    self._write(block, listed, item.depth)
        else:
            self.result.ask(BY_HAND, f"{item.chapter}：稿子多出{self.tables.get(part.id, part.id)}", item)
            return
        self.result.add(item)

    def _write(self, block: str, listed: lists.Listed | None = None, depth: int = 0) -> None:
        """Put a block behind what was there last."""
        for one in (*self.pending, block):
            if one:
                self.edits.add(self.spot, one, *(listed, depth) if one is block else ())
        self.pending, self.is_written = [], True

    def remove(self) -> None:
        """Take out what the reviewer took out."""
        there, here = set(self.pairs.of_base.values()), {*self.pairs.of_now.values(), *self.done}
        kept = {self.now.places[n] for n in self.pairs.of_now.values()}
        for number, item in enumerate(self.pairs.base):
            at = self.pairs.since.get(number)
            if isinstance(item.part, Table) and item.part.id in self.gone:
                self.result.apart[item.key] += 1
            if number in there or at is None or at in here or isinstance(item.part, Table):
                continue
            ours, place = self.now.items[at], self.now.places[at]
            if place.computed:
                self.result.ask(LEAD, f"{item.chapter}：{item.text}", ours)
            elif item.key != ours.key or not place.lines or any(one.is_cut for one in place.lines):
                now = f"，现在印“{ours.text}”" if item.key != ours.key else ""
                about = f"{item.chapter}：稿子删去了“{self.tables.get(item.text, item.text)}”{now}"
                self.result.ask(BY_HAND, about, ours)
            else:
                if place not in kept:
                    self.edits.dropped |= {one.number for one in place.lines}
                else:
                    self._change_several(at)
                self._ask_within(item, place)
                self.result.remove(item)

    def _widened(self, part: Part) -> Part:
        if self.full_width and isinstance(part, Paragraph):
            return replace(part, text=narrative.widened(part.text))
        return part
