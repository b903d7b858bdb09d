-- Tables that are not the kit's own: which rows stay whole, where their heads stand, and what report.typ sets them in.
-- `cells` says how wide a page is for tables and how large their text is, in pt, and in em what a cell adds on both sides (wide.py).
local extent, enclose, wrap, cells = ...
local HALF = 225 / 25.4 * 72 / 2 -- of a page, in pt: a row that is taller may go over it
local FEW = 15 -- characters of a text that is not worth measuring
local TEXT = { Str = true, Space = true, SoftBreak = true, LineBreak = true, Strong = true, Emph = true, Span = true, Link = true }

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

-- How tall a cell is in pt, at most; a page where that cannot be told.
local function height_of(cell, room, size)
  local text, lines = pandoc.utils.stringify(cell.contents), #cell.contents
  for _, block in ipairs(cell.contents) do
    for _, one in ipairs(block.content or { { t = block.t } }) do
      if not TEXT[one.t] then
        return 2 * HALF
      end
      lines = lines + (one.t == "LineBreak" and 1 or 0)
    end
  end
  return 7.4 + 1.45 * size * (lines + (utf8.len(text) > FEW and extent(text) or utf8.len(text)) * size * 1.1 // room)
end

-- Rows stay whole, and groups of them with one label: but those taller than half a page.
local function loosen(tbl, size)
  local tall = {}
  local function height(cell, column)
    local room = 0
    for at = column, column + cell.col_span - 1 do
      room = room + ((tbl.colspecs[at] or {})[2] or 1) * cells.area
    end
    return height_of(cell, math.max(size, math.min(room, cells.area) - cells.sides * size), size)
  end
  each_cell(tbl, function(cell, column, row)
    tall[row] = math.max(tall[row] or 0, cell.row_span == 1 and height(cell, column) or 0)
  end)
  each_cell(tbl, function(cell, column, row)
    local all = 0
    for at = row, row + cell.row_span - 1 do
      all = all + (tall[at] or 0)
    end
    if math.max(all, cell.row_span > 1 and height(cell, column) or 0) > HALF then
      cell.attr.attributes["typst:breakable"] = "true"
    end
  end)
end
-- A table with columns as wide as wide.py says: those of given widths in text of some scale, others with room beside their texts.
local function fitted(tbl)
  local scale, side = tonumber(tbl.attributes.scale), tbl.attributes.side
  for column, spec in ipairs(scale and {} or tbl.colspecs) do -- pandoc gives all columns one width for a line end in a cell
    tbl.colspecs[column] = { spec[1] }
  end
  loosen(tbl, cells.size * (scale or 1))
  local opening = side and ("#roomy(%spt)"):format(side) or scale and scale < 1 and ("#sized(%.3f)"):format(scale)
  local made = opening and wrap(opening, { tbl }) or { tbl }
  return tbl.attributes.again and wrap("#alike", made) or made
end

-- The longest texts of rows, summed up: 120 characters take less than a page in whatever column.
local function is_tall(rows)
  local all = 0
  for _, row in ipairs(rows) do
    local longest = 0
    for _, cell in ipairs(row.cells) do
      longest = math.max(longest, utf8.len(pandoc.utils.stringify(cell.contents)))
    end
    all = all + longest
  end
  return all > 120
end
-- A table in a cell of another has no lines of the page to keep to; Typst follows rules into a few cells only.
local function inside(blocks)
  return pandoc.Blocks(blocks):walk({
    RawBlock = function(raw)
      return raw.text:find("^#whole") and pandoc.RawBlock(raw.format, "#block(width: 100%)[") or nil
    end,
  })
end

-- What pages repeat is told to no reader again, and may not lead anywhere in an accessible PDF.
local function unlinked(parts)
  return parts:walk({
    Link = function(link) return link.content end,
    RawInline = function(raw) return raw.text:find("^#noted%(") and pandoc.RawInline("typst", "#[") or nil end,
  })
end

-- A table that is not the kit's own: a long one is set closer and runs on, a short one stays whole. A head never breaks, so one
-- that may be taller than a page becomes rows as the others.
local function one_placed(tbl)
  if is_tall(tbl.head.rows) and tbl.bodies[1] then
    local head = tbl.head.rows
    head:extend(tbl.bodies[1].body)
    tbl.bodies[1].body, tbl.head.rows = head, {}
  end
  local rows = #tbl.head.rows
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.contents = unlinked(cell.contents)
    end
  end
  for _, body in ipairs(tbl.bodies) do
    rows = rows + #body.head + #body.body
  end
  local given = tbl.attributes.given and ("(%s)"):format(tbl.attributes.given) or "" -- by calls.py
  return wrap((rows > cells.many and "#dense" or "#whole") .. given, inside(fitted(tbl)))
end
-- Each column at its side, as frames.py found it; what stands above several columns stands in their middle.
local SIDES_OF = { l = "AlignLeft", r = "AlignRight", c = "AlignCenter" }
local function sided(tbl, sides)
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { SIDES_OF[sides:sub(column, column)] or spec[1], spec[2] }
  end
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      if cell.col_span > 1 and cell.alignment == "AlignDefault" then
        cell.alignment = "AlignCenter"
      end
    end
  end
end
local function placed(tbl)
  if tbl.attributes.sides then
    sided(tbl, tbl.attributes.sides)
  else -- heads stand in the middle, also of columns whose texts begin at the left
    for _, row in ipairs(tbl.head.rows) do
      for _, cell in ipairs(row.cells) do
        cell.alignment = cell.alignment == "AlignDefault" and "AlignCenter" or cell.alignment
      end
    end
  end
  local name = tbl.caption.long
  local is_again = (tbl.attributes.again or "") ~= "" and #name > 0 -- a part (wide.py) has its name again, of which no reader is told twice
  if is_again then
    tbl.caption = { long = {} }
  end
  local made = one_placed(tbl)
  if is_again then
    made:insert(2, pandoc.Plain(enclose("#again", unlinked(pandoc.utils.blocks_to_inlines(name)))))
  end
  return made
end

return placed
