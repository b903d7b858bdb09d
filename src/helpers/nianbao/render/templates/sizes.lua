-- How many lines of a page blocks take that hold no running text, as far as anybody knows before Typst sets them.
local NOTE, NOTE_LINE = 442.2 / 9, 13.5 -- characters of a line below a table, and its height in pt
local AREA, PIXEL = 442.2, 0.75 -- width of a page, and a pixel, in pt
local NAME, NAME_LINE, NAME_GAP = 36, 20, 4 -- characters of a line of a picture's name, its height and the space above it, in pt
local ROW = 15.5 -- height of a table's row, in pt
local PITCH, BETWEEN = 225 / 25.4 * 72 / 22, 225 / 25.4 * 72 / 22 - 15.75

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
  local is_named = false
  for ahead = at + 1, #blocks do
    local block = blocks[ahead]
    is_named = is_named or block.t == "Plain"
    if block.t == "Table" then
      local rows = #block.head.rows
      for _, body in ipairs(block.bodies) do
        rows = rows + #body.head + #body.body
      end
      is_named = is_named or #block.caption.long > 0
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

-- How many lines a paragraph has, and how many characters the last one; nothing where Typst breaks its lines.
local function planned(para)
  local first = para.content[1]
  if first and first.format == "lines" then
    local lines, last = first.text:match("(%d+) (%d+)")
    return tonumber(lines), tonumber(last)
  end
end

return {
  planned = planned, rows_of = rows_of, noted_lines = noted_lines, note_rows = note_rows, listed_lines = listed_lines, box_of = box_of, whole_lines = whole_lines, pictures_in = pictures_in, ROOM = ROOM,
}
