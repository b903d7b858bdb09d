-- Where the lines of a Chinese page end, and how many lines its tables take.
--
-- Typst breaks lines so that a paragraph looks even: it squeezes marks to get one character more into a line. An official page has
-- 28 characters a line, so the lines are broken here, by the widths of the PDF's own letters, and Typst only sets them.
local PAGE, LINE, INDENT = 22, 28, 2 -- lines of a page, characters of a line and of an indent
local NOTE, NOTE_LINE = 442.2 / 9, 13.5 -- characters of a line below a table, and its height in pt
local PITCH, BETWEEN = 225 / 25.4 * 72 / 22, 225 / 25.4 * 72 / 22 - 15.75
local TITLE = 22 / 15.75
local ROW = 15.5 -- height of a table's row, in pt
local BREAK = "#lb;"

local function set_of(text)
  local set = {}
  for _, code in utf8.codes(text) do
    set[code] = true
  end
  return set
end

-- Marks whose right or left half is empty: at the end or beginning of a line, and beside another, that half falls away, and in a
-- line that is too full Typst squeezes it.
local RIGHT = set_of("”’，。．、：；？！》）』」】〗〕〉］｝")
local LEFT = set_of("“‘《（『「【〖〔〈［｛")
-- What no line begins and none ends with, beside these.
local BOUND = set_of("—…·～%‰℃")
local DEGREES = set_of("%‰℃")

-- Ideographs, their marks and full-width letters: each is one character wide and stands for itself.
local WIDE = { { 0x2E80, 0x3029 }, { 0x3030, 0x3098 }, { 0x309B, 0x33FF }, { 0x3400, 0x9FFF }, { 0xF900, 0xFAFF }, { 0xFF01, 0xFF60 }, { 0x20000, 0x3FFFF } }
local function is_full(code)
  for _, range in ipairs(WIDE) do
    if range[1] <= code and code <= range[2] then
      return true
    end
  end
  return false
end

local FULL = {} -- what was asked once
local SPACE = 0x20

local function is_wide(code)
  return code >= 0x2E80 or RIGHT[code] or LEFT[code]
end

-- The characters of a paragraph, what they take, and sums of that up to each; nothing when it holds more than plain text.
local function letters_of(inlines, widths)
  local code, width, left, right, seams = {}, {}, {}, {}, {}
  local count, face, seam = 0, widths.body, false
  local depth = 0
  local function walk(list)
    for _, one in ipairs(list) do
      local kind = one.t
      if kind == "Str" then
        for _, point in utf8.codes(one.text) do
          local wide = FULL[point]
          if wide == nil then
            wide = is_full(point)
            FULL[point] = wide
          end
          local own = wide and 1 or face[utf8.char(point)]
          if not own then
            return false
          end
          count = count + 1
          code[count], width[count], seams[count] = point, own, seam
          left[count], right[count] = LEFT[point] and 0.5 or 0, RIGHT[point] and 0.5 or 0
          seam = false
        end
      elseif kind == "Space" or kind == "SoftBreak" then
        count = count + 1
        code[count], width[count], seams[count], left[count], right[count] = SPACE, face[" "], seam, 0, 0
        seam = false
      elseif kind == "Strong" or kind == "Emph" or kind == "Span" or kind == "Link" then
        seam = true
        if not walk(one.content) then
          return false
        end
        seam = true
      elseif kind == "RawInline" then
        local text = one.text
        seam = true
        if text == "#run-in[" then
          face, depth = widths.kai, depth + 1
        elseif text == "]" and depth > 0 then
          face, depth = widths.body, depth - 1
        elseif not text:find("^#h%(") then
          return false
        end
      else
        return false
      end
    end
    return true
  end
  if not walk(inlines) or count == 0 then
    return nil
  end
  -- Two marks side by side share one width.
  for at = 2, count do
    local before, after = at - 1, at
    if not seams[at] and (left[after] > 0 or RIGHT[code[after]]) and (right[before] > 0 or LEFT[code[before]]) then
      if right[before] + left[after] >= 0.5 then
        local share = right[before]
        width[before], right[before] = width[before] - share, 0
        width[after], left[after] = width[after] - (0.5 - share), left[after] - (0.5 - share)
      end
    end
  end
  local sums, squeeze, narrow, wide = { [0] = 0 }, { [0] = 0 }, { [0] = 0 }, { [0] = 0 }
  for at = 1, count do
    local is = is_wide(code[at])
    sums[at], squeeze[at] = sums[at - 1] + width[at], squeeze[at - 1] + left[at] + right[at]
    narrow[at], wide[at] = narrow[at - 1] + (is and 0 or 1), wide[at - 1] + (is and 1 or 0)
  end
  return {
    count = count, code = code, width = width, left = left, right = right,
    sums = sums, squeeze = squeeze, narrow = narrow, wide = wide,
  }
end

-- Whether a line may end between two characters.
local function may_end(before, after)
  if before == SPACE then
    return after ~= SPACE
  end
  if after == SPACE or RIGHT[after] or LEFT[before] or DEGREES[after] then
    return false
  end
  if BOUND[before] and not DEGREES[before] or BOUND[after] then
    return false
  end
  return is_wide(before) or is_wide(after)
end

-- What a line costs that takes the characters behind `start` up to `stop`; nothing when it cannot be set.
local function cost(letters, start, stop, room, indent)
  local right = stop
  while letters.code[right] == SPACE do
    right = right - 1
  end
  local off = letters.right[right] + letters.left[start + 1]
  local free = room - (letters.sums[right] - letters.sums[start] - off)
  local squeeze = letters.squeeze[right] - letters.squeeze[start] - off
  if free < 0 and -free > squeeze - 0.02 then
    return nil
  end
  local count = right - start
  if stop == letters.count then
    return (free < 0 and 3 or 0) + ((count <= 2 and start > 0) and 25 or 0)
  end
  local price = letters.narrow[right] == letters.narrow[start] and count + indent ~= LINE and 12 or 0
  if free < 0 then
    return price + 4 * (free / squeeze) ^ 2
  end
  local gaps = letters.wide[right] - letters.wide[start] - (is_wide(letters.code[right]) and 1 or 0)
  local gap = free / math.max(1, gaps)
  return price + 2000 * gap ^ 2 + (gap > 0.04 and 30 + 300 * gap or 0)
end

-- The best ends of a paragraph's lines, by the number of the last character of each; `taken` is what its first line has less room,
-- and `slack` how many characters a line may lack.
local function ends_within(letters, taken, slack)
  local count, code, sums, squeeze = letters.count, letters.code, letters.sums, letters.squeeze
  local best, from = { [0] = 0 }, {}
  local low = 1
  for start = 0, count - 1 do
    local so_far = best[start]
    if so_far then
      local room = LINE - (start == 0 and taken or 0)
      local indent = start == 0 and math.floor(taken + 0.5) or 0
      low = math.max(low, start + 1)
      while low < count and sums[low] - sums[start] <= room - slack do
        low = low + 1
      end
      for stop = low, count do
        if sums[stop] - sums[start] - (squeeze[stop] - squeeze[start]) - 1 > room then
          break
        end
        if stop == count or may_end(code[stop], code[stop + 1]) then
          local price = cost(letters, start, stop, room, indent)
          if price and (not best[stop] or so_far + price < best[stop]) then
            best[stop], from[stop] = so_far + price, start
          end
        end
      end
    end
  end
  if not best[count] then
    return nil
  end
  local ends, at = {}, count
  while at > 0 do
    table.insert(ends, 1, at)
    at = from[at]
  end
  return ends
end

local function ends_of(letters, taken)
  -- A long word leaves a line with more room.
  return ends_within(letters, taken, 2.1) or ends_within(letters, taken, LINE)
end

-- The inlines with a break behind each of the characters.
local function broken(inlines, ends)
  local at, next_end, last = 0, 1, #ends
  local function walk(list)
    local out = pandoc.Inlines({})
    for _, one in ipairs(list) do
      local kind = one.t
      if kind == "Str" then
        local text = one.text
        local size = utf8.len(text)
        if next_end == last or at + size < ends[next_end] then
          out[#out + 1] = one
        else
          local start = 1
          while next_end < last and ends[next_end] <= at + size do
            local stop = utf8.offset(text, ends[next_end] - at + 1)
            out[#out + 1] = pandoc.Str(text:sub(start, stop - 1))
            out[#out + 1] = pandoc.RawInline("typst", BREAK)
            start, next_end = stop, next_end + 1
          end
          if start <= #text then
            out[#out + 1] = pandoc.Str(text:sub(start))
          end
        end
        at = at + size
      elseif kind == "Space" or kind == "SoftBreak" then
        at = at + 1
        if next_end < last and at == ends[next_end] then
          out[#out + 1] = pandoc.RawInline("typst", " " .. BREAK)
          next_end = next_end + 1
        else
          out[#out + 1] = one
        end
      elseif kind ~= "RawInline" then
        local copy = one:clone()
        copy.content = walk(one.content)
        out[#out + 1] = copy
      else
        out[#out + 1] = one
      end
    end
    return out
  end
  return walk(inlines)
end

-- A paragraph with its lines broken, how many they are, and how many characters the last one has; the paragraph alone when it
-- holds more than plain text. `lead` is where its first character stands.
local function set(para, widths, lead)
  local letters = letters_of(para.content, widths)
  local ends = letters and ends_of(letters, lead)
  if not ends then
    return para
  end
  local copy = para:clone()
  copy.content = #ends > 1 and broken(para.content, ends) or para.content
  return copy, #ends, letters.count - (ends[#ends - 1] or 0)
end

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

local function is_raw(block, text)
  return block.t == "RawBlock" and block.text:sub(1, #text) == text
end

-- How many lines a title takes whose parts stay whole.
local function title_lines(header, widths)
  local lines, used, part = 0, LINE, nil
  for _, one in ipairs(header.content) do
    if one.t == "RawInline" then
      if part then
        if used + part > LINE / TITLE then
          lines, used = lines + 1, 0
        end
        used, part = used + part, nil
      else
        part = 0
      end
    elseif one.t == "Str" and part then
      for _, code in utf8.codes(one.text) do
        part = part + (code >= 0x2E80 and 1 or widths.body[utf8.char(code)] or 1)
      end
    else
      return nil
    end
  end
  return lines
end

-- The pages that follow from the lines that tables take: what the empty lines at their ends cost.
local function pages(items, taken)
  local line, ahead, before, price, elastic = 0, 0, 0, 0, 0
  for _, item in ipairs(items) do
    local lines = item.lines
    if item.least then
      elastic = elastic + 1
      lines = taken[elastic]
      price = price + math.abs(lines - (item.least + item.most) // 2)
    end
    if item.fresh then
      line, ahead = item.lines or 0, 0
    elseif not lines then
      line, ahead = nil, 0
    elseif line and item.head then
      ahead = ahead + lines
    elseif line then
      if line + ahead + (item.whole and lines or 1) > PAGE then
        -- Some lines of text go to the next page with the signature.
        local moved = item.last and (before > 3 and 2 or 1) or 0
        price = price + (PAGE - line + moved) ^ 2 + (item.last and 40 or 20)
        line = moved
      end
      if item.last and line < 3 then -- few lines above a signature look lost
        price = price + 60 // (line + 1)
      end
      before = lines
      line, ahead = line + ahead + lines, 0
      while line > PAGE do
        line, price = line - PAGE, price + 20
      end
    end
  end
  return price
end

-- How many lines each table takes, so that pages end with few empty lines and rows have room.
local function shared(items)
  local tables, taken, best, lowest = {}, {}, {}, math.huge
  for _, item in ipairs(items) do
    if item.least then
      tables[#tables + 1] = item
    end
  end
  local function try(at)
    if at > #tables then
      local price = pages(items, taken)
      if price < lowest then
        best, lowest = { table.unpack(taken) }, price
      end
      return
    end
    for lines = tables[at].least, at > 3 and tables[at].least or tables[at].most do
      taken[at] = lines
      try(at + 1)
    end
  end
  try(1)
  return best
end

-- A paragraph whose last two lines, or all of its three, stay together.
local function kept(para, lines)
  return pandoc.Blocks({ raw(lines < 4 and "#undivided[" or "#unwidowed["), para, raw("]") })
end

-- The last paragraph of text stays with the signature, of `room` lines, at least with its last line, and the one before it.
local function stay(out, counts, room)
  for at = #out, 1, -1 do
    local block = out[at]
    if block.t == "Para" then
      block.content:insert(pandoc.RawInline("typst", ("#stay(%d);"):format(room)))
      if counts[at] then
        out:remove(at)
        for place, one in ipairs(kept(block, counts[at])) do
          out:insert(at + place - 1, one)
        end
      end
      out:insert(raw(("#back(%d)"):format(room)))
      return
    elseif not is_raw(block, "]") and not is_raw(block, ")") then
      return
    end
  end
end

local ROOM = { -- how many lines the paragraphs in a box take
  ["#below-title["] = function(paras) return #paras + 1 end,
  ["#end["] = function(paras) return #paras + 1 end,
  ["#note["] = function(paras)
    local height = 4
    for _, para in ipairs(paras) do
      height = height + math.ceil(utf8.len(pandoc.utils.stringify(para)) / NOTE) * NOTE_LINE
    end
    return math.ceil(height / PITCH)
  end,
}

-- The number of the block that closes the box which block `at` opens, and the paragraphs in it.
local function box_of(blocks, at)
  local open, paras = 0, {}
  for stop = at, #blocks do
    local block = blocks[stop]
    if block.t == "Para" then
      paras[#paras + 1] = block
    elseif block.t == "RawBlock" then
      open = open + (block.text:find("[[]$") and 1 or 0) - (block.text:find("^[]]") and 1 or 0)
    end
    if open == 0 then
      return stop, paras
    end
  end
  return #blocks, paras
end

-- How many lines a short table takes that is not the kit's own, as far as its rows tell.
local function whole_lines(blocks, at)
  local rows, named = 0, 0
  for ahead = at + 1, #blocks do
    local block = blocks[ahead]
    if block.t == "Table" then
      rows = #block.head.rows
      named = #block.caption.long > 0 and 20 or 0
      for _, body in ipairs(block.bodies) do
        rows = rows + #body.body
      end
      return math.ceil((rows * ROW + named + BETWEEN) / PITCH)
    end
  end
end

-- How many lines a heading takes.
local function heading_lines(header, widths)
  if header.level == 1 then
    local lines = title_lines(header, widths)
    return lines and lines + 1
  end
  local letters = letters_of(header.content, widths)
  local ends = letters and ends_of(letters, INDENT)
  return ends and #ends
end

-- The blocks of a page with their lines broken and their tables as tall as suits the pages. `tables` says of the mark of each
-- statutory table how many lines it takes at least and at most.
local function laid(blocks, widths, tables)
  local out, items, marks, counts = pandoc.Blocks({}), {}, {}, {}
  local depth, closed = 0, 0
  for at, block in ipairs(blocks) do
    local item = {}
    local text = block.text or ""
    if at <= closed then
      item = nil
    elseif tables[text] then
      local least, most = table.unpack(tables[text])
      if least > 0 then
        item = { least = least, most = most, whole = true }
        marks[#marks + 1] = #out + 1
      elseif most > 0 then
        item = { lines = most, fresh = true }
      end
    elseif ROOM[text] then
      local paras
      closed, paras = box_of(blocks, at)
      item = { lines = ROOM[text](paras), whole = true, last = text == "#end[" }
      if item.last then
        stay(out, counts, item.lines)
      end
    elseif text == "#whole[" then
      closed = box_of(blocks, at)
      item = { lines = whole_lines(blocks, at), whole = true }
    elseif block.t == "Header" then
      item = { lines = heading_lines(block, widths), head = true }
    elseif text == "#attachment[" then
      item.fresh = true
    elseif block.t == "Para" and depth < 2 then
      local lead = block.content[1] and (block.content[1].text or ""):match("^#h%(([%d.]+)em")
      local last
      block, item.lines, last = set(block, widths, tonumber(lead or INDENT))
      local is_closing = blocks[at + 1] and blocks[at + 1].text == "#end["
      if item.lines and item.lines > 1 and last <= 2 and not is_closing then
        out:extend(kept(block, item.lines))
        block = nil
      end
      counts[#out + 1] = item.lines and (item.lines > 3 or last <= 2) and item.lines
    elseif is_raw(block, "#numbered(") or is_raw(block, "#bulleted(") then
      depth, item = depth + 1, nil
    elseif block.t == "RawBlock" and (text == "[" or text == "]" or text == "]," or text == ")") then
      depth, item = depth - (text == ")" and 1 or 0), nil
    end
    items[#items + 1] = item
    if block then
      out:insert(block)
    end
  end
  local taken = shared(items)
  for number, at in ipairs(marks) do
    out[at] = raw((out[at].text:gsub("%(%d+%)", ("(%d)"):format(taken[number]))))
  end
  return out
end

return laid
