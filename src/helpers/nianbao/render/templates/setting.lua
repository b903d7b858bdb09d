-- Where the lines of a Chinese page end.
--
-- Typst breaks lines so that a paragraph looks even: it squeezes marks to get one character more into a line. An official page has
-- 28 characters a line, so the lines are broken here, by the widths of the PDF's own letters, and Typst only sets them.
local LINE, INDENT = 28, 2 -- characters of a line and of an indent
local TITLE = 22 / 15.75
local BREAK, RAGGED = "#lb;", "#ragged;"
local TORN = 20 -- what a line costs that ends within a word
local PARTED = 110 -- one that ends in what is firm (unparted.py): as much as to leave three characters free
local HELD = 25 -- and one that ends elsewhere in what is held, or between two such pieces, as in 2019年5月
local WIDEST = 0.25 -- em between two characters; a line that would be looser stays ragged

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

-- Signs behind which a line may end within an address, or another word longer than `SIGNED`, if a letter follows; within a piece
-- longer than `LONG` one may end anywhere.
local SIGNED, LONG = 6, 32
local BEHIND = set_of("/.-_?&=")

-- Behind which characters a line may end though they stand within a word.
local function chances_of(code)
  local chances, start, piece = {}, nil, nil
  local function ended(stop)
    for place = piece, stop - piece >= LONG and stop - 1 or 0 do
      chances[place] = true
    end
    piece = stop + 1
  end
  for at = 1, #code + 1 do
    if code[at] and code[at] > SPACE and code[at] < 0x7F then
      start = start or at
    elseif start then
      piece = start
      for place = start, at - start > SIGNED and at - 2 or 0 do
        if BEHIND[code[place]] and utf8.char(code[place + 1]):find("%a") then
          chances[place] = true
          ended(place)
        end
      end
      ended(at - 1)
      start = nil
    end
  end
  return chances
end

-- The signs that unparted.py sets around what is firm and what is held, and a text without them.
local FIRM, FIRM_ENDS, HOLDS, HOLDS_ENDS = 0xFDD0, 0xFDD1, 0xFDD2, 0xFDD3
local function unsigned(text)
  return (text:gsub("\xEF\xB7[\x90-\x93]", ""))
end

-- The characters of a paragraph, what they take, and sums of that up to each; nothing when it holds more than plain text.
local function letters_of(inlines, widths)
  local code, width, left, right, seams, parted = {}, {}, {}, {}, {}, {}
  local count, face, seam = 0, widths.body, false
  local depth, opened, ended = 0, {}, 0
  local function walk(list)
    for _, one in ipairs(list) do
      local kind = one.t
      if kind == "Str" then
        for _, point in utf8.codes(one.text) do
          if point == FIRM or point == HOLDS then
            if ended == count then
              parted[count] = HELD
            end
            opened[point + 1] = count + 1
          elseif point == FIRM_ENDS or point == HOLDS_ENDS then
            for at = opened[point], count - 1 do
              parted[at] = parted[at] or point == FIRM_ENDS and PARTED or HELD
            end
            ended = count
          else
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
        end
      elseif kind == "Space" or kind == "SoftBreak" then
        count = count + 1
        code[count], width[count], seams[count], left[count], right[count] = SPACE, face[" "], seam, 0, 0
        seam = false
      elseif kind == "Strong" or kind == "Emph" or kind == "Span" or kind == "Link" then
        seam = true
        local around = face
        face = kind == "Emph" and widths.kai or face
        if not walk(one.content) then
          return false
        end
        seam, face = true, around
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
    count = count, code = code, chances = chances_of(code), parted = parted, width = width, left = left, right = right,
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
  local price = letters.narrow[right] == letters.narrow[start] and count + indent ~= LINE and 12 or letters.chances[stop] and TORN or 0
  price = price + (letters.parted[stop] or 0)
  if free < 0 then
    return price + 4 * (free / squeeze) ^ 2
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
        if stop == count or letters.chances[stop] or may_end(code[stop], code[stop + 1]) then
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
    local _, _, gap = space_in(letters, start, at, LINE - (start == 0 and taken or 0))
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
  local ends = letters and ends_of(letters, INDENT)
  return ends and #ends
end

return set, heading_lines, unsigned
