-- Which lines of a Chinese report each of its pages holds, and how many of them its tables take.
--
-- The page is played through here before Typst makes it: Typst cannot weigh one way to share out the lines against another.
local set, heading_lines = ...
local PAGE = 22 -- lines of a page
local NOTE, NOTE_LINE = 442.2 / 9, 13.5 -- characters of a line below a table, and its height in pt
local PITCH, BETWEEN = 225 / 25.4 * 72 / 22, 225 / 25.4 * 72 / 22 - 15.75
local AREA, PIXEL = 442.2, 0.75 -- width of a page, and a pixel, in pt
local NAME, NAME_LINE, NAME_GAP = 36, 20, 4 -- characters of a line of a picture's name, its height and the space above it, in pt
local ROW = 15.5 -- height of a table's row, in pt
local BREAK, LAST = 20, 30 -- what a page more costs, and one for the signature's sake
local MANY, LOST = 4, 24 -- empty lines at the end of a page, and what each more costs beside the square of all
local PARTED, TORN = 20, 30 -- what a table costs that goes over a page between its parts, or its rows, though it could stay whole
local SPARE = 1 -- empty lines below the first part of one that goes over a page between its parts, whose heads have no room there
local SPLIT = 8 -- and notes that do
local LONELY = { 60, 30, 8 } -- and a signature below no lines of text, one or two
local NONE = { 0, 0 } -- of the lines of a page's last rows, and of what they cost
local NOWHERE = -1 -- the line of what stands nobody knows where

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

-- How many lines of a page notes take that have so many lines, and how many of theirs so many lines of a page hold at its end.
local function noted_lines(rows)
  return math.ceil((rows * NOTE_LINE - (NOTE_LINE - 9) + BETWEEN) / PITCH)
end
local function note_rows(lines)
  return math.floor((lines * PITCH + NOTE_LINE - 9) / NOTE_LINE)
end

local function rows_of(paras)
  local rows = 0
  for _, para in ipairs(paras) do
    rows = rows + math.ceil(utf8.len(pandoc.utils.stringify(para)) / NOTE)
  end
  return rows
end

local ROOM = { -- how many lines the paragraphs in a box take
  ["#below-title["] = function(paras) return #paras + 1 end,
  ["#end["] = function(paras, listed) return #paras + 1 + (listed > 0 and listed + 1 or 0) end,
  ["#note["] = function(paras) return noted_lines(rows_of(paras)) end,
}

-- How many lines a list of attachments takes, with those that report.lua has broken.
local function listed_lines(text)
  return tonumber(text:match("^#attached%(.-/%*lines: (%d+)%*/")) or 0
end

-- The number of the block that closes the box which block `at` opens, the paragraphs in it, and the lines of a list of attachments.
local function box_of(blocks, at)
  local open, paras, listed = 0, {}, 0
  for stop = at, #blocks do
    local block = blocks[stop]
    if block.t == "Para" then
      paras[#paras + 1] = block
    elseif block.t == "RawBlock" then
      listed = listed + listed_lines(block.text)
      open = open + (block.text:find("[[]$") and 1 or 0) - (block.text:find("^[]]") and 1 or 0)
    end
    if open == 0 then
      return stop, paras, listed
    end
  end
  return #blocks, paras, listed
end

-- How many lines a table takes that is not the kit's own, as far as its rows tell, how many rows it has, and whether it has a name.
local function whole_lines(blocks, at)
  for ahead = at + 1, #blocks do
    local block = blocks[ahead]
    if block.t == "Table" then
      local rows = #block.head.rows
      for _, body in ipairs(block.bodies) do
        rows = rows + #body.body
      end
      local is_named = #block.caption.long > 0 or blocks[ahead - 1].t == "Plain"
      return math.ceil((rows * ROW + (is_named and 20 or 0) + BETWEEN) / PITCH), rows, is_named
    end
  end
end

-- How many pictures stand in some blocks, and how tall a single one is with its name, in pt, as far as anybody knows.
local function pictures_in(blocks, start, stop)
  local count, tall, words = 0, nil, 0
  local function seen(image)
    count = count + 1
    local across, along = tonumber(image.attributes.across), tonumber(image.attributes.along)
    local is_natural = across and along and not image.attributes.width and not image.attributes.height
    tall = is_natural and along * math.min(PIXEL, AREA / across) or nil
  end
  for at = start, stop do
    pandoc.Blocks({ blocks[at] }):walk({ Image = seen, Str = function(str) words = words + utf8.len(str.text) end })
  end
  return count, count == 1 and tall and tall + math.ceil(words / NAME) * NAME_LINE + (words > 0 and NAME_GAP or 0) or nil
end

-- What lines cost that stay empty at the end of a page.
local function left_over(lines)
  return lines ^ 2 + LOST * math.max(0, lines - MANY)
end

-- The pages as they may come out: for each line that the last page may end with, the best way there.
local Pages = {}
Pages.__index = Pages

local function opened()
  return setmetatable({ ways = { [0] = { price = 0 } }, ahead = 0, is_sure = true, is_known = true }, Pages)
end

-- Go on from every line. `visit` hands each line that may follow to `put`, with what that costs and what was chosen.
function Pages:step(visit)
  local ways = {}
  for line = NOWHERE, PAGE do
    local way = self.ways[line]
    if way then
      visit(line, function(after, price, choice)
        local whole = way.price + price
        after = after > PAGE and (after - 1) % PAGE + 1 or after
        if not ways[after] or whole < ways[after].price then
          ways[after] = { price = whole, choices = choice and { choice, way.choices } or way.choices }
        end
      end)
    end
  end
  self.ways, self.ahead = ways, 0
end

-- Where some lines come to stand that need room for more, and what it costs that the page before ends early.
function Pages:placed(line, lines, room, page)
  local start = line + self.ahead
  if start + room <= PAGE then
    return start + lines, 0
  end
  return self.ahead + lines, left_over(PAGE - line) + page
end

-- Headings: they stay with what follows.
function Pages:head(lines)
  self.ahead = self.ahead + lines
end

function Pages:lose()
  self:step(function(_, put) put(NOWHERE, 0) end)
  self.is_known = false
end

-- Lines that stay together, in front of `room` more that begin no page alone.
function Pages:block(lines, room, page)
  self:step(function(line, put)
    if line == NOWHERE then
      return put(line, 0)
    end
    put(self:placed(line, lines, lines + (room or 0), page or BREAK))
  end)
end

-- A picture so tall, with `below` lines of notes that come next. It takes the room that its page has left as `apart` of report.typ
-- does, where it `is_fit`.
function Pages:picture(height, below, is_fit)
  local beside = self.ahead + below
  if beside >= PAGE then
    self:lose()
    return
  end
  local tall = math.min(height, (PAGE - beside) * PITCH - BETWEEN)
  local lines = math.ceil((tall + BETWEEN) / PITCH - 0.001)
  self:step(function(line, put)
    local free = PAGE - line - beside
    local left = free * PITCH - BETWEEN
    if line == NOWHERE then
      put(line, 0)
    elseif lines <= free then
      put(line + self.ahead + lines, 0)
    elseif is_fit and left > math.min(0.6 * tall, math.max(tall / 3, (5 - below) * PITCH)) then
      put(PAGE - below, 0)
    else
      put(self.ahead + lines, left_over(PAGE - line) + BREAK)
    end
  end)
  self.is_sure, self.is_known = false, false
end

-- Lines between which a page may end anywhere.
function Pages:run(lines)
  self:step(function(line, put)
    if line == NOWHERE then
      return put(line, 0)
    end
    local first, price = self:placed(line, 1, 1, BREAK)
    local more = first + lines - 1
    local pages = math.max(0, (more - 1) // PAGE)
    put(more - pages * PAGE, price + pages * BREAK)
  end)
end

-- The signature: few lines above it look lost.
function Pages:signature(lines)
  self:step(function(line, put)
    if line == NOWHERE then
      return put(line, 0)
    end
    local after, price = self:placed(line, lines, lines, LAST)
    put(after, price + (LONELY[after - lines + 1] or 0))
  end)
end

-- A page begins.
function Pages:fresh(lines, choice)
  self:step(function(_, put) put(lines, 0, choice) end)
  self.is_sure, self.is_known = true, true
end

-- How many lines a table may take that takes `least` of them and has so many `beside` it on its page, each with its price.
local function priced(least, prices, beside)
  local lines = least - 1
  return function()
    lines = lines + 1
    local price = prices[lines - least + 1]
    if price and (lines == least or lines <= PAGE - beside) then
      return lines, price
    end
  end
end

-- How many lines a table best takes, wherever it stands.
local function easiest(form)
  local best = 1
  for at, price in ipairs(form.prices) do
    best = price < form.prices[best] and at or best
  end
  return form.least + best - 1
end

-- A table: as tall as suits the page, in two parts where it may be parted and its first part fills the page. The notes below it, of
-- `rows` lines, begin where it ends; those that do not fit go over the page, and what ends it needs no whole lines. Typst looks
-- itself where a table stands of which nobody knows it, below text that `is_marked`; on a `fresh` page it takes so many lines.
function Pages:table(form, rows, is_marked, fresh)
  local notes = rows > 0 and noted_lines(rows) or 0
  local noted = notes > 0 and ", noted: true" or ""
  local told = noted -- of one that begins a page though it has room on the one before
  if is_marked then
    noted = noted .. (", fit: (least: %d, fresh: %d, around: %d)"):format(form.least, fresh or easiest(form), self.ahead + notes)
  end
  local fits = self.ahead + form.least + notes <= PAGE
  -- Notes that reach the end of the page or go over it, below a table that ends on a line.
  local function filled(stop, price, lines, put)
    local here = note_rows(PAGE - stop)
    if stop + notes <= PAGE then
      return
    elseif here >= rows then
      put(PAGE, price, { ("%d%s"):format(lines, noted), "end" })
    elseif here > 1 then
      local left, whole = rows - here, note_rows(PAGE)
      put(noted_lines((left - 1) % whole + 1), price + BREAK + SPLIT, { ("%d%s"):format(lines, noted), "over" })
    end
  end
  self:step(function(line, put)
    for lines, price in priced(form.least, form.prices, self.ahead + notes) do
      local after = line
      if fits or line == NOWHERE then
        local moved, has_room = 0, line + self.ahead + form.least + notes <= PAGE
        if line ~= NOWHERE then
          after, moved = self:placed(line, lines + notes, lines + notes, BREAK)
        end
        put(after, price + moved, { ("%d%s"):format(lines, moved > 0 and has_room and told or noted), not fits and "over" })
      end
      if notes > 0 and line ~= NOWHERE then
        local start = line + self.ahead
        if start + lines < PAGE then
          filled(start + lines, price, lines, put)
        end
        if not fits and self.ahead + lines < PAGE then
          filled(self.ahead + lines, price + BREAK + left_over(PAGE - line), lines, put)
        end
      end
    end
    local is_known = line ~= NOWHERE and self.is_sure
    local rest, uneven = table.unpack(is_known and form.rests[line + self.ahead + 1] or NONE)
    if rest > 0 and rest + notes <= PAGE then
      put(rest + notes, BREAK + TORN + uneven, { ("%d, parted: true"):format(line + self.ahead) })
    end
    local free = is_known and PAGE - line - self.ahead or 0
    for _, way in ipairs(form.parted) do
      local count, low, above, least, below = table.unpack(way)
      for first = math.max(low, free - SPARE), math.min(free, low + #above - 1) do
        local price = BREAK + PARTED + left_over(free - first) + above[first - low + 1]
        for lines, more in priced(least, below, notes) do
          put(lines + notes, price + more, { ("%d, %d, %d"):format(first, count, lines) })
        end
      end
    end
  end)
  self.is_sure = self.is_sure and notes == 0
end

-- A table longer than a page: `rests` says of each line where it may begin how many lines its last page takes, and what that costs.
-- Where it cannot begin below what stands there, it takes its heading along to a page of their own.
function Pages:long(rests)
  local function from(line)
    return table.unpack(rests[line + 1] or NONE)
  end
  local alone = from(self.ahead) > 0 and self.ahead or 0
  self:step(function(line, put)
    local rest, uneven = from(line + self.ahead)
    if line ~= NOWHERE and self.is_sure and rest > 0 then
      put(rest, BREAK + uneven, { ("%d"):format(line + self.ahead) })
    else
      rest, uneven = from(alone)
      put(rest, BREAK + uneven + (line == NOWHERE and 0 or left_over(PAGE - line)), { ("%d"):format(alone) })
    end
  end)
  self.is_sure, self.is_known = true, true
end

-- What was chosen on the best way, in order.
function Pages:choices()
  local best
  for line = NOWHERE, PAGE do
    local way = self.ways[line]
    best = way and (not best or way.price < best.price) and way or best
  end
  local found, chain = {}, best.choices
  while chain do
    table.insert(found, 1, chain[1])
    chain = chain[2]
  end
  return found
end

-- A paragraph on the pages. `tail` are the lines behind it that stay with its end: at least two lines of text stand with a signature.
local function play(pages, para)
  local lines, tail = para.lines, para.tail or 0
  if not lines then
    pages:lose()
    return
  end
  local last = (para.is_kept and lines < 4 or lines == 1) and lines or (para.is_kept or para.closes) and 2 or tail > 0 and 1 or 0
  if last < lines then
    pages:run(lines - last)
  end
  if last > 0 then
    pages:block(last, tail, tail > 0 and LAST or BREAK)
  end
end

-- The blocks of a paragraph: whatever its last lines stay with.
local function shown(para, out)
  local block, lines, tail = para.block, para.lines, para.tail
  if para.is_marked then
    block.content:insert(pandoc.RawInline("typst", "#text-end;"))
  end
  if tail then
    block.content:insert(pandoc.RawInline("typst", ("#stay(%d);"):format(tail)))
  end
  local opening
  if para.closes and lines == 3 and not para.is_item then
    block.content:insert(1, pandoc.RawInline("typst", "#led;"))
    opening = ("#closing(%s)["):format(tostring(para.is_headed))
  elseif lines and lines > 1 and (para.is_kept or para.closes) then
    opening = lines < 4 and "#undivided[" or "#unwidowed["
  end
  out:extend(opening and { raw(opening), block, raw("]") } or { block })
  if tail then
    out:insert(raw(("#back(%d)"):format(tail)))
  end
end

-- The last paragraph of text stays with the signature, at least with its last two lines; one of a single line takes the end of the
-- one before it along.
local function close(entries, room)
  local tail, closer = room, nil
  for at = #entries, 1, -1 do
    local entry = entries[at]
    if entry.is_para then
      entry.tail, entry.closes = tail, not closer and entry.lines ~= nil
      if closer or entry.lines ~= 1 then
        return
      end
      closer, tail = entry, room + 1
    elseif entry.is_apart then
      entry.kept, entry.below = true, (entry.below or 0) + tail
      return
    elseif not entry.is_inside and not (entry.block.t == "RawBlock" and entry.block.text:find("^[])]")) then
      return
    end
  end
end

-- The paragraph, picture, small table or note that stands above what comes next, or above its headings.
local function text_above(entries)
  for at = #entries, 1, -1 do
    if entries[at].is_para or entries[at].ends then
      return entries[at]
    elseif entries[at].block.t ~= "Header" and not entries[at].is_inside then
      return nil
    end
  end
end

-- How many lines a table best takes that begins a page with its headings, as far as anybody knows what comes below it.
local function at_the_top(entries, number, ahead)
  local pages = opened()
  pages.ahead, pages.is_sure = ahead, false
  for at = number, #entries do
    if entries[at].play then
      entries[at].play(pages)
    end
    if not pages.is_known then
      break
    end
  end
  local chosen = pages:choices()[1]
  return chosen and tonumber(chosen[1]:match("^(%d+)$") or chosen[1]:match("^(%d+), noted"))
end

-- The blocks of a page with their lines broken and their tables as tall as suits the pages. `forms` says of the mark of each
-- statutory table how many lines it may take.
local function laid(blocks, widths, forms)
  local entries, depth, closed = {}, 0, 0
  local short, short_end -- the last short table that is not the kit's own, or picture, and its last block
  for at, block in ipairs(blocks) do
    local entry, text = { block = block }, block.text or ""
    if at <= closed then
      entry.is_inside = true
    elseif forms[text] then
      entry.form, entry.above = forms[text], text_above(entries)
      local number = #entries + 1
      entry.play = function(pages)
        if entry.form.least > 0 then
          local above = not pages.is_known and entry.above
          if above then
            above.is_marked = true
          end
          pages:table(entry.form, entry.rows or 0, above, above and at_the_top(entries, number, pages.ahead))
        elseif entry.form.rests[1] then
          pages:long(entry.form.rests)
        else
          pages:lose()
        end
      end
    elseif ROOM[text] then
      local paras, listed
      closed, paras, listed = box_of(blocks, at)
      local lines = ROOM[text](paras, listed)
      if text == "#end[" then
        close(entries, lines)
        entry.play = function(pages) pages:signature(lines) end
      else
        local above = text == "#note[" and entries[#entries]
        if above and above.form and above.form.least > 0 then -- notes that the table takes along
          above.rows, above.notes = rows_of(paras), entry
        else
          if text == "#note[" and short and at == short_end + 1 then
            short.kept, short.below = true, (short.below or 0) + lines
            local given = short.is_dense and '#note(at: "rows", inset: true)[' or "#note(inset: true)["
            entry.block = raw(short.is_apart and "#note(lone: true)[" or given)
          end
          entry.ends = text == "#note["
          entry.play = function(pages)
            pages:block(lines)
            pages.is_sure = pages.is_sure and text ~= "#note["
          end
        end
      end
    elseif text == "#whole[" then
      closed = box_of(blocks, at)
      short, short_end = entry, closed
      entry.is_whole, entry.ends = true, true
      local lines, rows = whole_lines(blocks, at)
      entry.rows = rows
      entry.play = function(pages)
        entry.beside = pages.ahead
        if lines then pages:block(lines) else pages:lose() end
        pages.is_sure, pages.is_known = false, false
      end
    elseif block.t == "Header" then
      local lines = heading_lines(block, widths)
      entry.play = function(pages)
        if lines then pages:head(lines) else pages:lose() end
      end
    elseif text == "#apart[" then
      closed = box_of(blocks, at)
      short, short_end = entry, closed
      entry.is_apart, entry.ends, entry.above = true, true, text_above(entries)
      local tall
      entry.pictures, tall = pictures_in(blocks, at, closed)
      entry.play = function(pages)
        entry.beside = pages.ahead
        if entry.above then
          entry.above.is_marked = entry.above.is_para
        end
        if tall then pages:picture(tall, entry.below or 0, entry.above ~= nil) else pages:lose() end
      end
    elseif text == "#dense[" then
      closed = box_of(blocks, at)
      short, short_end = entry, closed
      local _, rows, is_named = whole_lines(blocks, at)
      entry.rows, entry.is_named, entry.is_dense, entry.ends = rows, is_named, true, true
      entry.play = function(pages)
        entry.beside = pages.ahead
        pages:lose()
      end
    elseif block.t == "HorizontalRule" then
      entry.play = function(pages) pages:block(1) end
    elseif listed_lines(text) > 0 then -- of so many that the signature does not stay with it
      entry.play = function(pages) pages:run(listed_lines(text) + 2) end
    elseif text:find("^#attachment") then
      entry.play = function(pages) pages:fresh(0) end
    elseif block.t == "Para" and depth < 2 then
      local last
      entry.is_para, entry.is_item, entry.is_headed = true, depth > 0, at > 1 and blocks[at - 1].t == "Header"
      entry.block, entry.lines, last = set(block, widths)
      entry.is_kept = entry.lines and entry.lines > 1 and last <= 3
      entry.play = function(pages) play(pages, entry) end
    elseif block.t == "RawBlock" and (text:find("^#numbered%(") or text:find("^#bulleted%(")) then
      depth = depth + 1
    elseif block.t == "RawBlock" and (text == "[" or text == "]" or text == "]," or text == ")") then
      depth = depth - (text == ")" and 1 or 0)
    else
      entry.play = Pages.lose
    end
    entries[#entries + 1] = entry
  end
  local pages = opened()
  for _, entry in ipairs(entries) do
    if entry.play then
      entry.play(pages)
    end
  end
  local out, choices, chosen = pandoc.Blocks({}), pages:choices(), 0
  for _, entry in ipairs(entries) do
    if entry.is_para then
      shown(entry, out)
    elseif entry.form and (entry.form.least > 0 or entry.form.rests[1]) then
      chosen = chosen + 1
      local lines, how = table.unpack(choices[chosen])
      out:insert(raw((entry.block.text:gsub("%(%d+%)", ("(%s)"):format(lines)))))
      if how then
        entry.notes.block = raw(('#note(at: "%s")['):format(how))
      end
    elseif entry.is_apart then
      local given = "#apart(kept: %s, beside: %d, below: %d, fit: %s, several: %s)["
      local is_fit, are_several = entry.above ~= nil, entry.pictures > 1
      out:insert(raw(given:format(entry.kept or false, entry.beside, entry.below or 0, is_fit, are_several)))
    elseif entry.is_whole then
      local given = "#whole(kept: %s, rows: %d, beside: %d, below: %d)["
      out:insert(raw(given:format(entry.kept or false, entry.rows or 0, entry.beside, entry.below or 0)))
    elseif entry.is_dense then
      local given = "#dense(kept: %s, rows: %d, named: %s, beside: %d, below: %d)["
      local kept = entry.kept and (entry.rows or 0) > 0 or false
      out:insert(raw(given:format(kept, entry.rows or 0, entry.is_named or false, entry.beside, entry.below or 0)))
    else
      out:insert(entry.block)
    end
  end
  return out
end

return laid
