-- Where the lines of a Chinese page end.
--
-- Typst breaks lines so that a paragraph looks even: it squeezes marks to get one character more into a line. An official page has
-- 28 characters a line, so the lines are broken here, by the widths of the PDF's own letters, and Typst only sets them.
local characters = ...
local letters_of, may_end, is_wide = characters.of, characters.may_end, characters.is_wide
local unsigned, SPACE = characters.unsigned, characters.SPACE
local LINE, INDENT = 28, 2 -- characters of a line and of an indent
local ROOM = 156 / 25.4 * 72 / 15.75 -- em of a line: 28 characters have a hair more room than they take
local TITLE = 22 / 15.75
local BREAK, RAGGED = "#lb;", "#ragged;"
local UNEVEN = 20 -- what a line costs that holds another number of characters
local SQUEEZED = 20 -- and one whose marks are squeezed: less than two such lines
local WIDEST = 0.15 -- em between two characters; a line that would be looser stays ragged

-- What is free in a line that takes the characters behind `start` up to `stop`, how far its marks can be squeezed, and what comes
-- between two characters to fill it.
local function space_in(letters, start, stop, room)
  local right = stop
  while letters.code[right] == SPACE do
    right = right - 1
  end
  if right == start then -- nothing but blanks
    return nil
  end
  local off = letters.right[right] + letters.left[start + 1]
  local free = room - (letters.sums[right] - letters.sums[start] - off)
  local gaps = letters.wide[right] - letters.wide[start] - (is_wide(letters.code[right]) and 1 or 0)
  return free, letters.squeeze[right] - letters.squeeze[start] - off, free / math.max(1, gaps), right
end

-- What such a line costs; nothing when it cannot be set.
local function cost(letters, start, stop, room, indent)
  local free, squeeze, gap, right = space_in(letters, start, stop, room)
  if free < 0 and -free > squeeze - 0.02 then
    return nil
  end
  local count = right - start
  if stop == letters.count then
    return (free < 0 and 3 or 0) + ((count <= 2 and start > 0) and 25 or 0)
  end
  local price = letters.narrow[right] == letters.narrow[start] and count + indent ~= LINE and UNEVEN or letters.chances[stop] or 0
  price = price + (letters.parted[stop] or 0)
  if free < 0 then
    return price + SQUEEZED + 4 * (free / squeeze) ^ 2
  end
  if gap > WIDEST then
    return price + 150 + 40 * free ^ 2
  end
  return price + 2000 * gap ^ 2 + (gap > 0.04 and 30 + 300 * gap or 0)
end

-- The best ends of a paragraph's lines, by the number of the last character of each, and which lines are ragged; `taken` is what its first line has less room,
-- and `slack` how many characters a line may lack.
local function ends_within(letters, taken, slack)
  local count, code, sums, squeeze = letters.count, letters.code, letters.sums, letters.squeeze
  local best, from = { [0] = 0 }, {}
  local low = 1
  for start = 0, count - 1 do
    local so_far = best[start]
    if so_far then
      local room = ROOM - (start == 0 and taken or 0)
      local indent = start == 0 and math.floor(taken + 0.5) or 0
      low = math.max(low, start + 1)
      while low < count and sums[low] - sums[start] <= room - slack do
        low = low + 1
      end
      for stop = low, count do
        if sums[stop] - sums[start] - (squeeze[stop] - squeeze[start]) - 1 > room then
          break
        end
        if stop == count or letters.chances[stop] or may_end(code, stop) then
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
  local ends, ragged, at = {}, {}, count
  while at > 0 do
    local start = from[at]
    local _, _, gap = space_in(letters, start, at, ROOM - (start == 0 and taken or 0))
    table.insert(ends, 1, at)
    table.insert(ragged, 1, gap > WIDEST)
    at = start
  end
  return ends, ragged
end

local function ends_of(letters, taken)
  -- A long word leaves a line with more room.
  local ends, ragged = ends_within(letters, taken, 3.1)
  if ends then
    return ends, ragged
  end
  return ends_within(letters, taken, LINE)
end

-- The inlines with a break behind each of the characters, and without the signs of pieces.
local function broken(inlines, ends, ragged)
  local at, next_end, last = 0, 1, #ends
  local function mark()
    return ragged[next_end] and RAGGED or BREAK
  end
  local function walk(list)
    local out = pandoc.Inlines({})
    for _, one in ipairs(list) do
      local kind = one.t
      if kind == "Str" then
        local text = unsigned(one.text)
        local size = utf8.len(text)
        if next_end == last or at + size < ends[next_end] then
          out[#out + 1] = #text == #one.text and one or pandoc.Str(text)
        else
          local start = 1
          while next_end < last and ends[next_end] <= at + size do
            local stop = utf8.offset(text, ends[next_end] - at + 1)
            out[#out + 1] = pandoc.Str(text:sub(start, stop - 1))
            out[#out + 1] = pandoc.RawInline("typst", mark())
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
          out[#out + 1] = pandoc.RawInline("typst", " " .. mark())
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
-- holds more than plain text. Its first character may stand at a place of its own.
local function set(para, widths)
  local first = para.content[1]
  local lead = tonumber((first and first.text or ""):match("^#h%(([%d.]+)em") or INDENT)
  local letters = letters_of(para.content, widths)
  local ends, ragged
  if letters then
    ends, ragged = ends_of(letters, lead)
  end
  if not ends then
    return para
  end
  local copy = para:clone()
  copy.content = (#ends > 1 or next(letters.parted)) and broken(para.content, ends, ragged) or para.content
  -- Typst squeezes all marks of a line by a part of themselves: so much stands before one that opens the paragraph.
  local free, squeeze = space_in(letters, 0, ends[1], ROOM - lead)
  if free and free < 0 and letters.opening > 0 then
    copy.content = pandoc.Inlines({ pandoc.RawInline("typst", ("#h(%.4fem);"):format(-free / squeeze * letters.opening)) }) .. copy.content
  end
  return copy, #ends, letters.count - (ends[#ends - 1] or 0)
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

-- How many lines a heading takes.
local function heading_lines(header, widths)
  if header.level == 1 then
    local lines = title_lines(header, widths)
    return lines and lines + 1
  end
  for at, one in ipairs(header.content) do
    if one.t == "RawInline" and one.text == "#named[" then -- an attachment's, below a line with its number and an empty one
      local lines = title_lines({ content = { table.unpack(header.content, at + 1, #header.content - 1) } }, widths)
      return lines and lines + 3
    end
  end
  local letters = letters_of(header.content, widths)
  if letters then -- its marks are not squeezed
    letters.squeeze = setmetatable({}, { __index = function() return 0 end })
  end
  local ends = letters and ends_of(letters, INDENT)
  return ends and #ends
end

return set, heading_lines
