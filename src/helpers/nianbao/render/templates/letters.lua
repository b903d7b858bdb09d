-- The characters of a paragraph: what each takes, and behind which of them a line may end.
local PARTED = 110 -- what a line costs that ends in what is firm (unparted.py): as much as to leave three characters free
local HELD = 44 -- and one that ends elsewhere in what is held: as much as two uneven ones, less than a loose one
local BETWEEN = 28 -- and between two such pieces, as in 2019年5月
local ORDINAL, ORDERED = 0x7B2C, 60 -- and one that ends within 第三十六条: as much as one a bit loose

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
local BOUND = set_of("—…·•～%‰℃")
local DEGREES = set_of("%‰℃")

-- Numbers in circles and brackets, behind which no line ends.
local COUNTS = { 0x2460, 0x249B }

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
local SLASH, TORN = 20, 28 -- what a line costs that ends behind a slash, and elsewhere within a word

-- Behind which characters a line may end though they stand within a word, and what that costs.
local function chances_of(code)
  local chances, start, piece = {}, nil, nil
  local function ended(stop)
    for place = piece, stop - piece >= LONG and stop - 1 or 0 do
      chances[place] = TORN
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
          ended(place)
          chances[place] = code[place] == 0x2F and SLASH or TORN
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

-- What only changes the looks of the words in it, and their size beside it; report.typ has the same.
local SIZES = {
  Strong = 1, Emph = 1, Span = 1, Link = 1, Underline = 1, Strikeout = 1, Subscript = 0.6, Superscript = 0.6,
}

-- The characters of a paragraph, what they take, and sums of that up to each; nothing when it holds more than plain text.
local function letters_of(inlines, widths)
  local code, width, left, right, seams, parted = {}, {}, {}, {}, {}, {}
  local count, face, size, seam = 0, widths.body, 1, false
  local depth, opened, ended = 0, {}, 0
  local function walk(list)
    for _, one in ipairs(list) do
      local kind = one.t
      if kind == "Str" then
        for _, point in utf8.codes(one.text) do
          if point == FIRM or point == HOLDS then
            if ended == count then
              parted[count] = BETWEEN
            end
            opened[point + 1] = count + 1
          elseif point == FIRM_ENDS or point == HOLDS_ENDS then
            local price = point == FIRM_ENDS and PARTED or code[opened[point]] == ORDINAL and ORDERED or HELD
            for at = opened[point], count - 1 do
              parted[at] = parted[at] or price
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
            code[count], width[count], seams[count] = point, own * size, seam
            left[count], right[count] = LEFT[point] and size / 2 or 0, RIGHT[point] and size / 2 or 0
            seam = false
          end
        end
      elseif kind == "Space" or kind == "SoftBreak" then
        count = count + 1
        code[count], width[count], seams[count], left[count], right[count] = SPACE, face[" "] * size, seam, 0, 0
        seam = false
      elseif SIZES[kind] then
        seam = true
        local around, scale = face, size
        face, size = kind == "Emph" and widths.kai or face, size * SIZES[kind]
        if not walk(one.content) then
          return false
        end
        seam, face, size = true, around, scale
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
  -- A mark that opens a paragraph keeps its place, see `set`.
  local opening = left[1]
  left[1] = 0
  local sums, squeeze, narrow, wide = { [0] = 0 }, { [0] = 0 }, { [0] = 0 }, { [0] = 0 }
  for at = 1, count do
    local is = is_wide(code[at])
    sums[at], squeeze[at] = sums[at - 1] + width[at], squeeze[at - 1] + left[at] + right[at]
    narrow[at], wide[at] = narrow[at - 1] + (is and 0 or 1), wide[at - 1] + (is and 1 or 0)
  end
  return {
    count = count, opening = opening, code = code, chances = chances_of(code), parted = parted, width = width, left = left, right = right,
    sums = sums, squeeze = squeeze, narrow = narrow, wide = wide,
  }
end

-- Whether a line may end behind the character `at` a place; spaces behind a mark are as the mark.
local function may_end(code, at)
  local after, last = code[at + 1], at
  while last > 1 and code[last] == SPACE do
    last = last - 1
  end
  local before = code[last]
  if after == SPACE or RIGHT[after] or LEFT[before] or DEGREES[after] then
    return false
  end
  if BOUND[before] and not DEGREES[before] or BOUND[after] or COUNTS[1] <= before and before <= COUNTS[2] then
    return false
  end
  return last < at or is_wide(before) or is_wide(after)
end

return { of = letters_of, may_end = may_end, is_wide = is_wide, unsigned = unsigned, SPACE = SPACE }
