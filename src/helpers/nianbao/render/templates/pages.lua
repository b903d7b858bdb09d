-- The pages of a Chinese report as they may come out, line by line: how many lines its tables and pictures best take.
--
-- They are played through here before Typst makes them: Typst cannot weigh one way to share out the lines against another.
local noted_lines, note_rows = ...
local PAGE = 22 -- lines of a page
local PITCH, BETWEEN = 225 / 25.4 * 72 / 22, 225 / 25.4 * 72 / 22 - 15.75
local BREAK, LAST = 20, 30 -- what a page more costs, and one for the signature's sake
local MANY, LOST = 4, 160 -- empty lines at the end of a page, and what each more costs beside the square of all
local WORSE = 40 -- and what the square of those costs besides
local ALONE, PARTED = 20, 20 -- what a line costs that ends a page alone below its heading, and a table between whose parts one ends
local TORN, NOTED = 2400, 30 -- and between its rows: as ten empty lines do; one with notes: as five
local SPLIT = 8 -- and notes that do
local LONELY = { 640, 280, 8 } -- and a signature below no lines of text, one or two
local SMALL = 0.7 -- of a picture that is taller than a page, what it is at least of what it is on one
local UNLIKE = 900 -- what rows cost that are far taller or lower than those of another table: more than a page with a few lines
local EVEN = 1.6 -- so many times as tall they may be
local STEPS = 6 -- from the highest bounds that are tried to the lowest
local NEAR = 20 -- what lower ones may save at most where no more are tried
local NOWHERE = -1 -- the line of what stands nobody knows where

-- What lines cost that stay empty at the end of a page.
local function left_over(lines)
  return lines ^ 2 + LOST * math.max(0, lines - MANY) + WORSE * math.max(0, lines - MANY) ^ 2
end

-- The pages as they may come out: for each line that the last page may end with, the best way there.
local Pages = {}
Pages.__index = Pages

-- `bounds` are how tall the rows of statutory tables are better at least and at most, in pt, where that is to be heeded.
local function opened(bounds)
  return setmetatable({ ways = { [0] = { price = 0 } }, ahead = 0, is_sure = true, is_known = true, bounds = bounds }, Pages)
end

-- Go on from every line. `visit` hands each line that may follow to `put`, with what that costs, what was chosen, and how many lines of
-- what comes next have gone up before a picture: it is the line without them.
function Pages:step(visit)
  local ways = {}
  for line = NOWHERE, PAGE do
    local way = self.ways[line]
    if way then
      visit(line, function(after, price, choice, up)
        local whole = way.price + price
        after = after > PAGE and (after - 1) % PAGE + 1 or after
        if not ways[after] or whole < ways[after].price then
          ways[after] = { price = whole, choices = choice and { choice, way.choices } or way.choices, up = up }
        end
      end, way.up or 0)
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

function Pages:head(lines) -- of headings, which stay with what follows
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
-- does, where it `is_fit`; where it begins the next page, so many lines `behind` it go up, and more before the next picture.
function Pages:picture(height, below, is_fit, behind)
  local beside = self.ahead + below
  if beside >= PAGE then
    self:lose()
    return
  end
  local whole = (PAGE - beside) * PITCH - BETWEEN
  local tall, least = math.min(height, whole), height > PAGE * PITCH - BETWEEN and SMALL * whole
  local lines = math.ceil((tall + BETWEEN) / PITCH - 0.001)
  self:step(function(line, put, risen)
    local free = PAGE - line - risen - beside
    local left = free * PITCH - BETWEEN
    if line == NOWHERE then
      put(line, 0)
    elseif lines <= free then
      put(line + self.ahead + lines, 0, nil, risen)
    elseif is_fit and left > (least or math.min(0.6 * tall, math.max(tall / 3, (5 - below) * PITCH))) then
      put(PAGE - below - risen, 0, nil, risen)
    else
      local all = math.min(math.max(behind, risen), PAGE - line)
      put(math.max(0, self.ahead + lines - all), left_over(PAGE - line - all) + BREAK, nil, all)
    end
  end)
  self.is_sure, self.is_known = false, false
end

-- Lines between which a page may end anywhere. Below a heading two of them are better `whole` on its page, or the next.
function Pages:run(lines, is_headed)
  self:step(function(line, put, risen)
    local function set(first, above, choice)
      local start, price = self:placed(line, first, first, BREAK)
      local more = start + lines - first
      local pages = math.max(0, (more - 1) // PAGE)
      put(more - pages * PAGE, above + price + pages * BREAK, choice, math.max(0, risen - lines))
    end
    local choice = is_headed and { "whole" }
    if line == NOWHERE then
      return put(line, 0, choice)
    end
    local is_last = is_headed and line + self.ahead + 1 == PAGE
    set(is_last and 2 or 1, 0, choice)
    if is_last then
      set(1, ALONE, { "alone" })
    end
  end)
end

function Pages:signature(lines) -- few lines above it look lost
  self:step(function(line, put)
    if line == NOWHERE then
      return put(line, 0)
    end
    local after, price = self:placed(line, lines, lines, LAST)
    put(after, price + (LONELY[after - lines + 1] or 0))
  end)
end

function Pages:fresh(lines, choice)
  self:step(function(_, put) put(lines, 0, choice) end)
  self.is_sure, self.is_known = true, true
end

local function unlike(row, bounds)
  return row and bounds and (row < bounds[1] or row > bounds[2]) and UNLIKE or 0
end

-- How many lines a table may take that takes `least` of them and has so many `beside` it on its page, each with its price, and how
-- tall its `rows` are then, if that is told.
local function priced(least, prices, beside, rows, bounds)
  local lines = least - 1
  return function()
    lines = lines + 1
    local price, row = prices[lines - least + 1], rows and rows[lines - least + 1]
    if price and (lines == least or lines <= PAGE - beside) then
      return lines, price + unlike(row, bounds), row
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
  local function filled(stop, price, lines, row, put)
    local here = note_rows(PAGE - stop)
    if stop + notes <= PAGE then
      return
    elseif here >= rows then
      put(PAGE, price, { ("%d%s"):format(lines, noted), "end", row })
    elseif here > 1 then
      local left, whole = rows - here, note_rows(PAGE)
      put(noted_lines((left - 1) % whole + 1), price + BREAK + SPLIT, { ("%d%s"):format(lines, noted), "over", row })
    end
  end
  self:step(function(line, put)
    for lines, price, row in priced(form.least, form.prices, self.ahead + notes, form.rows, self.bounds) do
      local after = line
      if fits or line == NOWHERE then
        local moved, has_room = 0, line + self.ahead + form.least + notes <= PAGE
        if line ~= NOWHERE then
          after, moved = self:placed(line, lines + notes, lines + notes, BREAK)
        end
        put(after, price + moved, { ("%d%s"):format(lines, moved > 0 and has_room and told or noted), not fits and "over", row })
      end
      if notes > 0 and line ~= NOWHERE then
        local start = line + self.ahead
        if start + lines < PAGE then
          filled(start + lines, price, lines, row, put)
        end
        if not fits and self.ahead + lines < PAGE then
          filled(self.ahead + lines, price + BREAK + left_over(PAGE - line), lines, row, put)
        end
      end
    end
    local is_known = line ~= NOWHERE and self.is_sure
    local free = is_known and PAGE - line - self.ahead or 0
    for _, way in ipairs(is_known and form.rests[line + self.ahead + 1] or {}) do
      local rest, uneven, space = table.unpack(way)
      if rest + notes <= PAGE then
        put(rest + notes, BREAK + (notes > 0 and NOTED or TORN) + uneven, { ("%d, space: %.1f"):format(line + self.ahead, space) })
      end
    end
    for _, way in ipairs(is_known and form.parted or {}) do
      local count, first, row, lines, other, some = table.unpack(way)
      local left = free - math.ceil(first) -- of `first` lines the last may be filled in part
      if left >= 0 and lines + notes <= PAGE then
        local price = BREAK + PARTED + left_over(free - first) + math.max(some, unlike(row, self.bounds), unlike(other, self.bounds))
        put(lines + notes, price, { ("%d, parts: (%d, %.3fpt, %.3fpt, %d)"):format(math.ceil(first), count, row, other, left), nil, row, other })
      end
    end
  end)
  self.is_sure = self.is_sure and notes == 0
end

-- A table longer than a page: `rests` says of each line where it may begin how many lines its last page may take, what that costs,
-- and the space of its rows. Where it cannot begin below what stands there, it takes its heading along to a page of their own.
function Pages:long(rests)
  local function from(line)
    return rests[line + 1] or {}
  end
  local alone = from(self.ahead)[1] and self.ahead or 0
  self:step(function(line, put)
    local start, moved = line + self.ahead, 0
    if line == NOWHERE or not self.is_sure or not from(start)[1] then
      start, moved = alone, line == NOWHERE and 0 or left_over(PAGE - line)
    end
    for _, way in ipairs(from(start)) do
      local rest, uneven, space = table.unpack(way)
      put(rest, BREAK + uneven + moved, { ("%d, space: %.1f"):format(start, space) })
    end
  end)
  self.is_sure, self.is_known = true, true
end

function Pages:best()
  local best
  for line = NOWHERE, PAGE do
    local way = self.ways[line]
    best = way and (not best or way.price < best.price) and way or best
  end
  return best
end

-- What was chosen on the best way, in order.
function Pages:choices()
  local found, chain = {}, self:best().choices
  while chain do
    table.insert(found, 1, chain[1])
    chain = chain[2]
  end
  return found
end

-- The pages as `played` plays them, or within bounds between which no statutory table has rows far taller than another's: where that
-- costs less.
local function evened(played)
  local pages, low, tall = played(), math.huge, 0
  for _, choice in ipairs(pages:choices()) do
    for at = 3, 4 do
      low, tall = math.min(low, choice[at] or low), math.max(tall, choice[at] or tall)
    end
  end
  local least_price = pages:best().price
  local price = least_price + UNLIKE
  for step = tall > EVEN * low and STEPS or -1, 0, -1 do
    local least = low + (tall / EVEN - low) * step / STEPS
    local other = played({ least - 0.01, least * EVEN + 0.01 })
    if other:best().price < price then
      pages, price = other, other:best().price
    end
    if price < least_price + NEAR then
      break
    end
  end
  return pages
end

return opened, evened
