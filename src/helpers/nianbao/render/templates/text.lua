-- Text as it is typed, with chances to break where it would be wider than a line without one.
local LONG = 32 -- characters after which a word without a break gets one
local SIGNED = 6 -- and after which one with signs, such as an address, gets one behind each sign
local CHANCE = "\u{200b}" -- to break a line
local ROOM = 20 -- em without a chance at which a line breaks: less than a line of any text
local SIGN = "\xEF\xB7[\x90\x91]" -- where a line ends (ends.py)
local ENDS = { ["\u{fdd0}"] = "#lb;", ["\u{fdd1}"] = "#ragged;" }
local FIRM = CHANCE .. CHANCE -- a chance at which it breaks whatever sign stands before or behind

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

local function quoted(typed)
  return '"' .. typed:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"'
end

-- An expression for a text that may be broken. The chances to break are no characters in the PDF: who copies a long address gets
-- what was typed.
local function expression(whole, breakable, parted)
  return "#" .. (parted:find(CHANCE, 1, true) and breakable or whole):format(quoted(parted)) .. ";"
end

-- Text goes to Typst as string literals: in its markup "- ", "...", " -5" or "/ a: b" mean something, and what they mean depends
-- on what stands before them. Letters, digits and Chinese mean nothing.
-- A word goes on from one text to the next, as where part of it is bold.
local function filter()
  local text, carried = { traverse = "topdown" }, 0
  local function ended()
    carried = 0
  end
  for _, name in ipairs({ "Space", "SoftBreak", "LineBreak", "Math", "Image", "Para", "Plain", "Header" }) do
    text[name] = ended
  end

  local function literal(typed)
    local parts
    parts, carried = broken(typed, carried)
    local is_plain = not parts:find("%p") and not parts:find(CHANCE, 1, true)
    return is_plain and parts or expression("%s", "breakable(%s)", parts)
  end

  local function code(typed)
    local parts
    parts, carried = broken(typed, carried)
    return typed == "" and "" or expression("raw(%s)", "breakable-code(%s)", parts)
  end

  -- A text, each part of it as it is `shown`, with the ends of its lines.
  local function in_lines(typed, shown)
    local out = {}
    for part, sign in (typed .. "\u{fdd0}"):gmatch("(.-)(" .. SIGN .. ")") do
      carried = #out > 0 and 0 or carried
      table.insert(out, shown(part))
      table.insert(out, ENDS[sign])
    end
    return pandoc.RawInline("typst", table.concat(out, "", 1, #out - 1))
  end

  function text.Str(str)
    if str.text:find(SIGN) then
      return in_lines(str.text, literal)
    end
    local shown = literal(str.text)
    return shown ~= str.text and pandoc.RawInline("typst", shown) or nil
  end

  function text.Code(inline)
    return in_lines(inline.text, code)
  end

  function text.CodeBlock(block)
    local parts = broken(block.text)
    if block.classes:includes("code") then -- with marks for its colours
      return pandoc.RawBlock("typst", expression("coded(%s)", "coded(%s)", parts))
    end
    return pandoc.RawBlock("typst", expression("raw(block: true, %s)", "breakable-lines(%s)", parts))
  end
  return text
end

return { filter = filter, extent = extent, is_wide = is_wide, is_free = is_free, quoted = quoted }
