-- The columns of tables that are not the kit's own: what they need, and how wide they get.
local extent = ...
local AREA = 442.2 -- width of the type area, in pt
local SIZE, SIDES, FRAME = 9, 7.4, 9.2 -- size of a table's text, and what a cell, or one of a frame, adds on both sides, in pt
local BESIDE = 8 -- what lies at each side of a text at most where the page has room
local SHORT = 4 -- em of a text that stays in one line

local function sides_of(tbl)
  return tbl.attributes.sides and FRAME or SIDES
end

-- Visit every cell of a table with the column it stands in and the number of its row.
local function each_cell(tbl, visit)
  local number = 0
  local function rows(list)
    local below = {}
    for _, row in ipairs(list) do
      number = number + 1
      local column, covered = 1, below
      below = {}
      for at, left in pairs(covered) do
        below[at] = left > 1 and left - 1 or nil
      end
      for _, cell in ipairs(row.cells) do
        while covered[column] do
          column = column + 1
        end
        visit(cell, column, number)
        for at = column, column + cell.col_span - 1 do
          below[at] = cell.row_span > 1 and cell.row_span - 1 or below[at]
        end
        column = column + cell.col_span
      end
    end
  end
  rows(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    rows(body.head)
    rows(body.body)
  end
end

-- The widths that columns need for their longest word, and for all that is written, in pt; the sums; and the widths of their texts,
-- row by row.
local function widths(tbl)
  local least, most, texts = {}, {}, {}
  local sides = sides_of(tbl)
  each_cell(tbl, function(cell, column, row)
    if cell.col_span == 1 then
      local all, widest = extent(pandoc.utils.stringify(cell.contents))
      texts[row] = texts[row] or {}
      texts[row][column] = all * SIZE
      most[column] = math.max(most[column] or 1, all)
      least[column] = math.max(least[column] or 1, widest, math.min(all, SHORT))
    end
  end)
  local needed, wanted = 0, 0
  for column = 1, #tbl.colspecs do
    least[column] = (least[column] or 1) * SIZE + sides
    most[column] = (most[column] or 1) * SIZE + sides
    needed, wanted = needed + least[column], wanted + most[column]
  end
  return least, most, needed, wanted, texts
end

-- The widths of columns that the page is too narrow for, so that rows hold as few lines as can be, as shares.py has them: the
-- narrowest have all that they need, and what is left is shared out among the others by what is written.
local function shared(least, most, texts, sides)
  local order, best, few = {}, least, math.huge
  for column = 1, #most do
    order[column] = column
  end
  table.sort(order, function(one, other)
    return most[one] < most[other] or most[one] == most[other] and one < other
  end)
  local free = AREA -- without what the narrowest have, and the others need
  for column = 1, #least do
    free = free - least[column]
  end
  for count = 1, #order do
    if free < 0 then
      break
    end
    local wanted, tried, lines = 0.01, {}, 0
    for at = count, #order do
      wanted = wanted + most[order[at]] - least[order[at]]
    end
    for at, column in ipairs(order) do
      local share = at < count and 1 or math.min(1, free / wanted)
      tried[column] = least[column] + (most[column] - least[column]) * share
    end
    for _, row in pairs(texts) do
      local tall = 1
      for column, text in pairs(row) do
        tall = math.max(tall, math.ceil(text / (tried[column] - sides) - 0.001))
      end
      lines = lines + tall
    end
    if lines <= few then
      best, few = tried, lines
    end
    free = free - (most[order[count]] - least[order[count]])
  end
  return best
end

-- Columns of no given width stay natural where the page is wide enough, with more room beside their texts. Else each gets what its
-- longest word needs at least, and the rest is shared out; where the words alone need more than the page, the text gets smaller. How
-- much smaller, and what lies at a side of each text, in pt, if it is more.
local function spread(tbl)
  local least, most, needed, wanted, texts = widths(tbl)
  if wanted <= AREA then
    local side = math.min(BESIDE, (SIDES + (AREA - wanted) / #tbl.colspecs) / 2)
    return 1, not tbl.attributes.sides and side or nil
  end
  local scale = math.min(1, AREA / needed)
  local given = scale == 1 and shared(least, most, texts, sides_of(tbl)) or least
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { spec[1], given[column] * scale / AREA }
  end
  return scale
end

-- Widths that somebody gave stay where every word has room in them.
local function heed(tbl)
  local least, given = widths(tbl), 0
  for column, spec in ipairs(tbl.colspecs) do
    given = given + (spec[2] or 1)
    if (spec[2] or 1) * AREA < least[column] then
      given = 2
    end
  end
  for column, spec in ipairs(given > 1.01 and tbl.colspecs or {}) do
    tbl.colspecs[column] = { spec[1] }
  end
end
-- Whether pandoc has given all columns of a table of Markdown one width, as it does for a line end in a cell.
local function is_even(tbl)
  local is = not tbl.attributes.sides
  for _, spec in ipairs(tbl.colspecs) do
    is = is and spec[2] and math.abs(spec[2] * #tbl.colspecs - 1) < 0.001
  end
  return is
end
-- Widths that nobody has chosen, or that leave a word no room, are none.
local function settle(tbl)
  if is_even(tbl) then
    for column, spec in ipairs(tbl.colspecs) do
      tbl.colspecs[column] = { spec[1] }
    end
  elseif tbl.colspecs[1][2] then
    heed(tbl)
  end
end

return { each_cell = each_cell, sides_of = sides_of, spread = spread, settle = settle }
