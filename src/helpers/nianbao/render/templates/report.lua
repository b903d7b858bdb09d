-- What pandoc's Typst writer does not carry over by itself: the kit's few classes, alternative texts, columns that fit, and text
-- as it is typed. These are two filters: `shape`, then `text`.
-- The widths of a Chinese page's letters by face, in em, and nothing on other pages; what lays its blocks out (laid.lua), and what
-- marks formulas (formulas.lua).
local WIDTHS, laid, marked = ...
local AREA = 442.2 -- width of the type area, in pt
local SIZE, SIDES, FRAME = 9, 7.4, 9.2 -- size of a table's text, and what a cell, or one of a frame, adds on both sides, in pt
local LEAST = 6.5 / 9 -- how much smaller it may get before the table is parted
local SHORT = 4 -- em of a text that stays in one line
local HALF = 225 / 25.4 * 72 / 2 -- of a page, in pt: a row that is taller may go over it
local FEW = 15 -- characters of a text that is not worth measuring
local TEXT = { Str = true, Space = true, SoftBreak = true, LineBreak = true, Strong = true, Emph = true, Span = true, Link = true }
local LONG = 32 -- characters after which a word without a break gets one
local SIGNED = 6 -- and after which one with signs, such as an address, gets one behind each sign
local CHANCE = "\u{200b}" -- to break a line
local ROOM = 20 -- em without a chance at which a line breaks: less than a line of any text
local FIRM = CHANCE .. CHANCE -- a chance at which it breaks whatever sign stands before or behind

local function enclose(opening, inlines)
  local out = pandoc.Inlines({ pandoc.RawInline("typst", opening .. "[") })
  out:extend(inlines)
  out:insert(pandoc.RawInline("typst", "]"))
  return out
end

local function wrap(opening, blocks)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", opening .. "[") })
  out:extend(blocks)
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end

-- A list as a call: in Typst's markup a list goes on where the next one begins, and counts on. On a Chinese page an item's lines
-- begin at the left edge, but the first: there the text stands behind the number.
local function listed(name, start, items)
  local tight = true
  for number, item in ipairs(items) do
    local first = item[1]
    tight = tight and not (first and first.t == "Para")
    if WIDTHS and first and (first.t == "Para" or first.t == "Plain") then
      local mark = name == "enum" and ("%d."):format(start + number - 1) or ""
      local width = name == "enum" and 2.25 or 3
      for _, code in utf8.codes(mark) do
        width = width + WIDTHS.body[utf8.char(code)]
      end
      first.content:insert(1, pandoc.RawInline("typst", ("#h(%.3fem);"):format(width)))
      item[1] = pandoc.Para(first.content)
      for at = 2, #item do
        local inlines = item[at].t == "Para" and item[at].content
        if inlines and not (inlines[1] and inlines[1].t == "RawInline" and inlines[1].text:find("^#h%(")) then
          item[at].content:insert(1, pandoc.RawInline("typst", "#h(2em);"))
        end
      end
    end
  end
  local depth = 0
  local call = WIDTHS and (name == "enum" and "numbered(" or "bulleted(") or ("%s(tight: %s, "):format(name, tight)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. call .. (name == "enum" and ("start: %d,"):format(start) or "")) })
  for _, item in ipairs(items) do
    out:insert(pandoc.RawBlock("typst", "["))
    for _, block in ipairs(item) do -- a list in an item stands further in
      local is_open = WIDTHS and block.t == "RawBlock" and (block.text:find("^#numbered") or block.text:find("^#bulleted"))
      if is_open and depth == 0 then
        out:insert(pandoc.RawBlock("typst", "#inner["))
      end
      out:insert(block)
      depth = depth + (is_open and 1 or 0) - (WIDTHS and block.t == "RawBlock" and block.text == ")" and 1 or 0)
      if WIDTHS and depth == 0 and block.t == "RawBlock" and block.text == ")" then
        out:insert(pandoc.RawBlock("typst", "]"))
      end
    end
    out:insert(pandoc.RawBlock("typst", "],"))
  end
  out:insert(pandoc.RawBlock("typst", ")"))
  return out
end

local function is_raw(block, text)
  return block.t == "RawBlock" and block.text == text
end

local shape, text = {}, {}
local forms = {} -- how many lines a statutory table may take, by its mark

local function quoted(typed)
  return '"' .. typed:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"'
end

-- An accessible PDF starts at level 1 and skips none.
local level = 0

function shape.Header(header)
  level = math.min(header.level, level + 1)
  header.level, header.identifier = level, ""
  return header
end

function shape.Pandoc(doc)
  return WIDTHS and pandoc.Pandoc(laid(doc.blocks, WIDTHS, forms), doc.meta)
end

-- A word longer than a line gets chances to break.
local function parted(text)
  return (text:gsub("[!-~]+", function(word)
    if #word > SIGNED then -- but not before a digit, as in 12,345.6
      word = word:gsub("%p", "%0" .. CHANCE):gsub(CHANCE .. "(%d)", "%1"):gsub(CHANCE .. "$", "")
    end
    return (word:gsub("[!-~]+", function(run)
      return #run > LONG and run:gsub(("."):rep(LONG // 2), "%0" .. CHANCE) or run
    end))
  end))
end

local function is_wide(code)
  return code >= 0x2E80
end

-- Ranges of wide signs beside which a line may not break; it may before and behind all other wide characters.
local SIGNS = { { 0x3001, 0x3006 }, { 0x3008, 0x303F }, { 0xFE10, 0xFE6F }, { 0xFF01, 0xFF0F }, { 0xFF1A, 0xFF20 },
  { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 } }
local function is_free(code)
  local is_sign = not is_wide(code)
  for _, range in ipairs(SIGNS) do
    is_sign = is_sign or range[1] <= code and code <= range[2]
  end
  return not is_sign
end

-- What joins the character before, and is never parted from it.
local function joins(code)
  return 0x300 <= code and code <= 0x36F or code == 0x200C or code == 0x200D or 0xFE00 <= code and code <= 0xFE0F
end

-- A text with chances to break wherever it would be wider than a line without one: words, rows of dots, dashes or letters of any
-- script. Before it `carried` em stand in the same word; the second result is what stands in the last one.
local function broken(text, carried)
  local out, width, chance, before = {}, carried or 0, "", ""
  for _, code in utf8.codes(parted(text)) do
    local char = utf8.char(code)
    if code == 0x200B then
      chance = chance .. char
    else
      -- No line breaks at a weak chance before these signs, or behind those that open something.
      local holds = chance == CHANCE and code < 0x2000 and not (char:find("[!),./:;?%]}]") or before:find("[%[({]"))
      if is_free(code) or char:find("%s") then
        width = 0
      else
        local size = code < 0x2000 and 0.62 or 1
        width = (holds or #chance > #CHANCE) and 0 or width
        if width + size > ROOM and not joins(code) then
          width, chance = 0, FIRM
        end
        width = width + size
      end
      table.insert(out, chance .. char)
      chance, before = "", char
    end
  end
  return table.concat(out) .. chance, width
end

-- Width of a text and of its widest piece that does not break, in em.
local function extent(text)
  local all, piece, widest = 0, 0, 0
  local parts = broken(text)
  for _, code in utf8.codes(parts) do
    local width = code == 0x200B and 0 or is_wide(code) and 1 or 0.62
    piece = (is_wide(code) or code == 0x20 or code == 0x200B) and width or piece + width
    all, widest = all + width, math.max(widest, piece)
  end
  return all, widest
end

function shape.Span(span)
  if span.classes:includes("run-in") then
    return enclose("#run-in", span.content)
  end
  -- The title breaks between its parts only, as long as a part fits on one line of 20 characters.
  if span.classes:includes("title-part") and extent(pandoc.utils.stringify(span)) <= 20 then
    return enclose("#box", span.content)
  end
  local fill = span.attributes["typst:fill"]
  if fill then
    return enclose("#highlight(fill: " .. fill .. ")", { span })
  end
  return (span.attributes["typst:text:fill"] or span.attributes["typst:text:stroke"]) and span or span.content
end

function shape.OrderedList(list)
  return listed("enum", list.start, list.content)
end

function shape.BulletList(list)
  return listed("list", 1, list.content)
end

-- A place in the page is no place in the PDF, and no place is none.
function shape.Link(link)
  if link.target == "" or link.target:sub(1, 1) == "#" then
    return link.content
  end
end

-- A formula with its TeX as the alternative text, without which there is no accessible PDF.
function shape.Math(math)
  local alt = quoted(math.text)
  math.text = marked(math.text)
  return enclose("#formula(" .. alt .. ")", { math, pandoc.RawInline("typst", "/*formula*/") })
end

-- pandoc's writer drops the alternative text, without which there is no accessible PDF. An ornament has none.
function shape.Image(image)
  return enclose("#described(" .. quoted(pandoc.utils.stringify(image.caption)) .. ")", { image })
end

function shape.Para(para)
  local images = 0
  para:walk({ Image = function() images = images + 1 end })
  if images > 0 and pandoc.utils.stringify(para:walk({ Image = function() return {} end })) == "" then
    return wrap("#apart", { para })
  end
end

-- pandoc reads words that stand right in a box as Plain, and Typst joins one with the words behind it: each ends a paragraph.
function shape.Blocks(blocks)
  local is_changed = false
  for at = 1, #blocks - 1 do
    local behind = blocks[at].t == "Plain" and blocks[at + 1].t
    if behind == "Plain" or behind == "Para" then
      blocks[at], is_changed = pandoc.Para(blocks[at].content), true
    end
  end
  return is_changed and blocks or nil
end

-- A figure of a picture stands apart; one of words alone is these words: Typst asks for the alternative text of what it takes for a picture.
function shape.Figure(figure)
  local has_picture, has_table = false, false
  figure.content:walk({
    Image = function() has_picture = true end,
    Table = function() has_table = true end,
  })
  if has_picture and not has_table then -- with its name no picture is an ornament
    local shown = figure:walk({
      RawInline = function(raw)
        return raw.text == '#described("")[' and pandoc.RawInline("typst", '#described("图")[') or nil
      end,
    })
    return wrap("#apart", figure.classes:includes("named") and wrap("#named-above", { shown }) or { shown })
  elseif not has_table then
    return figure.content .. figure.caption.long
  end
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

-- The widths that columns need for their longest word, and for all that is written, in pt; the sums; how many cells stand
-- in one column; and the widths of their texts, row by row.
local function widths(tbl)
  local least, most, own, texts = {}, {}, 0, {}
  local sides = tbl.attributes.sides and FRAME or SIDES
  each_cell(tbl, function(cell, column, row)
    if cell.col_span == 1 then
      own = own + 1
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
  return least, most, needed, wanted, own, texts
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
      room = room + ((tbl.colspecs[at] or {})[2] or 1) * AREA
    end
    return height_of(cell, math.max(size, math.min(room, AREA) - (tbl.attributes.sides and FRAME or SIDES)), size)
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

-- Columns of no given width stay natural where the page is wide enough. Else each gets what its longest word needs at least, and
-- the rest is shared out; where the words alone need more than the page, the text gets smaller.
local function fitted(tbl)
  local least, most, needed, wanted, _, texts = widths(tbl)
  if wanted <= AREA then
    loosen(tbl, SIZE)
    return { tbl }
  end
  local scale = math.min(1, AREA / needed)
  local given = scale == 1 and shared(least, most, texts, tbl.attributes.sides and FRAME or SIDES) or least
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { spec[1], given[column] * scale / AREA }
  end
  loosen(tbl, SIZE * scale)
  return wrap(string.format("#sized(%.2f)", scale), { tbl })
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

-- A table of some columns of another.
local function part(tbl, columns, is_first)
  local copy, specs, kept = tbl:clone(), {}, {}
  each_cell(copy, function(cell, column, row)
    local span = 0
    for at = column, column + cell.col_span - 1 do
      span = span + (columns[at] and 1 or 0)
    end
    kept[row] = kept[row] or {}
    if span > 0 then
      table.insert(kept[row], pandoc.Cell(cell.contents, cell.alignment, cell.row_span, span, cell.attr))
    end
  end)
  local number = 0
  local function rows(list)
    return list:map(function(row)
      number = number + 1
      return pandoc.Row(kept[number] or {}, row.attr)
    end)
  end
  copy.head.rows = rows(copy.head.rows)
  for _, body in ipairs(copy.bodies) do
    body.head = rows(body.head)
    body.body = rows(body.body)
  end
  for column, spec in ipairs(tbl.colspecs) do
    if columns[column] then
      table.insert(specs, spec)
    end
  end
  copy.colspecs = specs
  if not is_first then
    copy.caption = { long = {} }
  end
  return copy
end

-- The tables, one below the other, into which one is parted whose text would get too small; each begins with its labels.
local function parts(tbl)
  local least, _, needed, _, own = widths(tbl)
  local labels, taken = 0, 0
  for _, body in ipairs(tbl.bodies) do
    labels = math.max(labels, body.row_head_columns)
  end
  local room = AREA / LEAST
  if labels == 0 and least[1] <= room / 2 then -- a table without headings of rows has them in its first column
    labels = 1
  end
  for column = 1, labels do
    taken = taken + least[column]
  end
  if needed <= room or taken > room / 2 or own == 0 then
    return { tbl }
  end
  -- Parts of about the same width: a column stands where its middle is.
  local out, before, widest, last = {}, 0, 0, -1
  for column = labels + 1, #tbl.colspecs do
    widest = math.max(widest, least[column])
  end
  local each = (needed - taken) / math.ceil((needed - taken) / math.max(room - taken - widest / 2, widest))
  for column = labels + 1, #tbl.colspecs do
    local number = (before + least[column] / 2) // each
    if number > last then
      out[#out + 1] = {}
      for label = 1, labels do
        out[#out][label] = true
      end
    end
    out[#out][column], before, last = true, before + least[column], number
  end
  for index, some in ipairs(out) do
    out[index] = part(tbl, some, index == 1)
  end
  return out
end

-- A table in a cell of another has no lines of the page to keep to; Typst follows rules into a few cells only.
local function inside(blocks)
  return pandoc.Blocks(blocks):walk({
    RawBlock = function(raw)
      return raw.text == "#whole[" and pandoc.RawBlock(raw.format, "#block(width: 100%)[") or nil
    end,
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
  for _, body in ipairs(tbl.bodies) do
    rows = rows + #body.head + #body.body
  end
  if tbl.colspecs[1][2] then
    loosen(tbl, SIZE)
  end
  local made = inside(tbl.colspecs[1][2] and { tbl } or fitted(tbl))
  if tbl.attributes.sides then
    made = wrap(("#frame(%d)"):format(rows), made)
  end
  return wrap(rows > 20 and "#dense" or "#whole", made)
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

-- Whether pandoc has given all columns of a table of Markdown one width, as it does for a line end in a cell.
local function is_even(tbl)
  local is = not tbl.attributes.sides
  for _, spec in ipairs(tbl.colspecs) do
    is = is and spec[2] and math.abs(spec[2] * #tbl.colspecs - 1) < 0.001
  end
  return is
end

local function placed(tbl)
  local out = pandoc.Blocks({})
  if tbl.attributes.sides then
    sided(tbl, tbl.attributes.sides)
  end
  if is_even(tbl) then
    for column, spec in ipairs(tbl.colspecs) do
      tbl.colspecs[column] = { spec[1] }
    end
  elseif tbl.colspecs[1][2] then
    heed(tbl)
  end
  for number, one in ipairs(tbl.colspecs[1][2] and { tbl } or parts(tbl)) do
    local made = one_placed(one)
    if number > 1 and #tbl.caption.long > 0 then -- the name again, of which no reader of the document is told twice
      local name = enclose("#again", pandoc.utils.blocks_to_inlines(tbl.caption.long))
      made:insert(2, pandoc.Plain(name))
    end
    out:extend(made)
  end
  return out
end

-- The heading of an attachment: 附件 and its number, and its title, if it has one, which begins with its first part. Says so.
local function attached(header)
  local before, title = pandoc.Inlines({}), pandoc.Inlines({})
  for _, one in ipairs(header.content) do
    local is_title = #title > 0 or one.t == "RawInline" and one.text == "#box["
    table.insert(is_title and title or before, one)
  end
  if #title == 0 then
    return false
  end
  local mark = pandoc.utils.stringify(before):gsub("%s+$", "")
  for _, sign in ipairs({ "：", ":", "、", "．", "." }) do
    if #mark > #sign and mark:sub(-#sign) == sign then
      before = pandoc.Inlines({ pandoc.Str(mark:sub(1, -#sign - 1)) }) .. enclose("#unseen", { pandoc.Str(sign) })
    end
  end
  header.content = enclose("#mark", before) .. enclose("#named", title)
  return true
end

-- The list of attachments, its lines broken here, so that laid.lua knows how many they are: names begin below one another.
local function list_of_attachments(paras)
  local entries, count, width = {}, 0, #paras > 9 and 2 or #paras > 1 and 1.5 or 0
  for _, para in ipairs(paras) do
    local said = pandoc.utils.stringify(para):gsub("^附件：", "")
    local number, name = said:match("^(%d+%.) (.*)$")
    local lines, used = { "" }, 0
    for _, code in utf8.codes(#paras > 1 and name or said) do
      local char = utf8.char(code)
      local size = is_wide(code) and 1 or WIDTHS and WIDTHS.body[char] or 1
      if used + size > 23 - width and is_free(code) then
        table.insert(lines, "")
        used = 0
      end
      lines[#lines], used = lines[#lines] .. char, used + size
    end
    count = count + #lines
    for at, line in ipairs(lines) do
      lines[at] = quoted(line) .. ","
    end
    table.insert(entries, ("(%s, (%s)),"):format(#paras > 1 and quoted(number) or "none", table.concat(lines, " ")))
  end
  return pandoc.RawBlock("typst", ("#attached(%gem, /*lines: %d*/ %s)"):format(width, count, table.concat(entries, " ")))
end

function shape.Div(div)
  -- Only the findings on top of a draft have this mark, which `clean` leaves to nobody else.
  if div.attributes.screen then
    return {}
  end
  if div.classes:includes("attached") then
    return list_of_attachments(div.content)
  end
  if div.classes:includes("signature") then
    local date = div.content[#div.content > 1 and #div.content or 0]
    if not date or date.t ~= "Para" then
      return wrap("#signature", div.content)
    end
    local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#signature(date: ["), pandoc.Plain(date.content), pandoc.RawBlock("typst", "])[") })
    out:extend(div.content)
    out:insert(pandoc.RawBlock("typst", "]"))
    return out
  end
  for _, name in ipairs({ "editor", "below-title", "note", "attachment", "unshown", "failed", "markdown-alert" }) do
    if div.classes:includes(name) then
      local first = div.content[1]
      if name == "attachment" and first and first.t == "Header" and attached(first) then
        name = "attachment(titled: true)"
      end
      return wrap("#" .. name, div.content)
    end
  end
  -- A statutory table is a file of its own, see statutory.py; nobody else's HTML has this mark either.
  if div.attributes.file then
    local form = pandoc.json.decode(div.attributes.lines, false)
    local mark = ('#{ import "%s" as it; it.shown(%d) }'):format(div.attributes.file, form.least)
    forms[mark] = form
    return pandoc.RawBlock("typst", mark)
  end
  -- Only here does Lua touch a table: to read one in takes as long as all the rest.
  if div.classes:includes("scroll") then
    return div.content:walk({ Table = placed })
  end
  local first = div.content[1]
  return first and first.t == "RawBlock" and (first.text:find("^#signature") or first.text:find("^#attached%(")) and wrap("#end", div.content) or div.content
end

-- An expression for a text that may be broken. The chances to break are no characters in the PDF: who copies a long address gets
-- what was typed.
local function expression(whole, breakable, parted)
  return "#" .. (parted:find(CHANCE, 1, true) and breakable or whole):format(quoted(parted)) .. ";"
end

-- Text goes to Typst as string literals: in its markup "- ", "...", " -5" or "/ a: b" mean something, and what they mean depends
-- on what stands before them. Letters, digits and Chinese mean nothing.
-- A word goes on from one text to the next, as where part of it is bold.
local carried = 0
local function ended()
  carried = 0
end
text.traverse = "topdown"
for _, name in ipairs({ "Space", "SoftBreak", "LineBreak", "Math", "Image", "Para", "Plain", "Header" }) do
  text[name] = ended
end

function text.Str(str)
  local parts
  parts, carried = broken(str.text, carried)
  if parts:find("[!-/:-@%[-`{-~]") or parts:find(CHANCE, 1, true) then
    return pandoc.RawInline("typst", expression("%s", "breakable(%s)", parts))
  end
end

function text.Code(code)
  local parts
  parts, carried = broken(code.text, carried)
  return pandoc.RawInline("typst", expression("raw(%s)", "breakable-code(%s)", parts))
end

function text.CodeBlock(block)
  local parts = broken(block.text)
  if block.classes:includes("code") then -- with marks for its colours
    return pandoc.RawBlock("typst", expression("coded(%s)", "coded(%s)", parts))
  end
  return pandoc.RawBlock("typst", expression("raw(block: true, %s)", "breakable-lines(%s)", parts))
end

-- Text comes last: the functions of `shape` read it, and find none in what has become a literal.
return shape, text
