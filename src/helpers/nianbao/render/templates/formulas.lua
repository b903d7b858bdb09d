-- What pandoc's Typst writer loses of formulas: it writes a matrix without fences, and lines that stand beside something, as lines of
-- the whole formula, whose columns then run together; it leaves no room between pairs of columns; it sets upright letters
-- slanted, and what stands below a word beside it. `marked` marks such places in TeX, `upright` in MathML, `unmarked` writes them anew in the markup.
local MATRIX, LIMITS, ALIGN, LETTER = "\u{fdda}", "\u{fddb}", "\u{fddc}", "\u{fddd}" -- no characters, so that a page holds none
local NAMED = { ["\\left("] = true, ["\\left["] = true, ["\\left|"] = true, ["\\left\\|"] = true, ["\\left\\{"] = true }
-- Fences on one side only, as letters, and as Typst has them.
local LETTERS = { ["."] = "n", ["("] = "a", [")"] = "b", ["["] = "c", ["]"] = "d", ["|"] = "e", ["\\{"] = "f", ["\\}"] = "g", ["\\|"] = "h" }
local SIGNS = { n = "none", a = '"("', b = '")"', c = '"["', d = '"]"', e = '"|"', f = '"{"', g = '"}"', h = '"‖"' }

-- How the columns of an array stand; nothing where they are sides of equations, which Typst's lines align.
local function side(columns)
  if columns:find("^rlr?$") or columns:find("^rcl$") or (#columns > 2 and columns:gsub("rl", ""):find("^r?$")) then
    return nil
  end
  return columns:find("^l+$") and "l" or columns:find("^r+$") and "r" or "c"
end

-- The environment that begins at a place: its name, columns, where its body begins and ends, and where it ends itself.
local function environment(tex, at)
  local name, body = tex:match("^\\begin{(%a+)}()", at)
  local columns, begin = tex:match("^{(%a+)}()", body)
  local depth, place = 0, at
  while true do
    local from, to, what = tex:find("\\(%a+){" .. name .. "}", place)
    if not from then
      return nil
    end
    depth = depth + (what == "begin" and 1 or what == "end" and -1 or 0)
    place = to + 1
    if depth == 0 then
      return { name = name, columns = columns, body = name == "array" and begin or body, ending = from - 1, to = to }
    end
  end
end

-- Its body with another sign between columns, that of each by the number of its column; what stands in it has its own.
local function parted(body, sign)
  local out, depth, column, at = {}, 0, 0, 1
  while at <= #body do
    local token = body:match("^\\%a+", at) or body:match("^\\.", at) or body:sub(at, at)
    depth = depth + (token == "\\begin" and 1 or token == "\\end" and -1 or 0)
    if depth == 0 and token == "\\\\" then
      column = 0
    end
    at = at + #token
    if depth == 0 and token == "&" then
      column = column + 1
      token = sign(column)
    end
    table.insert(out, token)
  end
  return table.concat(out)
end

local ROOM, BESIDE = "& \\quad ", "\\text{" .. ALIGN .. "}"
local function of_pairs(column)
  return column % 2 == 0 and ROOM or "&"
end
local function of_parts(column)
  return column % 2 == 0 and "&" or BESIDE
end
local function of_cases()
  return ROOM
end
-- The sign of equations may have a column of its own: its own room is enough.
local function of_signs(is_whole)
  return function(column)
    return column == 1 and (is_whole and "&" or BESIDE) or ""
  end
end

local BEGINS = { "\\begin{matrix}", "\\begin{array}", "\\begin{aligned}", "\\begin{cases}" }
local function first(tex)
  local least
  for _, begin in ipairs(BEGINS) do
    local from = tex:find(begin, 1, true)
    least = from and math.min(from, least or from) or least
  end
  return least
end

local marked
function marked(tex)
  local from = first(tex)
  if not from then
    return (tex:gsub("(\\underset%b{}{\\text{)", "%1" .. LIMITS))
  end
  local found = environment(tex, from)
  if not found then
    return tex
  end
  local before, behind = tex:sub(1, from - 1), tex:sub(found.to + 1)
  local opening, closing = before:match("(\\left\\?[^%a%s])%s*$"), behind:match("^%s*\\right(\\?[^%a%s])")
  local inner, whole = tex:sub(found.body, found.ending), before:match("^%s*$") and behind:match("^%s*$")
  local aligned = found.name == "array" and side(found.columns) or found.name == "matrix" and "c"
  local is_kept = found.name == "cases" or whole and not (aligned and inner:find("&", 1, true))
  local sign = found.name == "cases" and of_cases
  if found.name ~= "cases" and not aligned then
    sign = found.columns == "rcl" and of_signs(whole) or whole and of_pairs or of_parts
  end
  local rest = marked(sign and parted(inner, sign) or inner)
  if is_kept or aligned and NAMED[opening] and closing and closing ~= "." then
    return marked(before) .. tex:sub(from, found.body - 1) .. rest .. tex:sub(found.ending + 1, found.to) .. marked(behind)
  end
  local left, right = LETTERS[(opening or ""):match("^\\left(.+)$")], LETTERS[closing]
  if left and right then
    before, behind = before:gsub("\\left\\?[^%a%s]%s*$", ""), behind:gsub("^%s*\\right\\?[^%a%s]", "")
  end
  local mark = "\\text{" .. MATRIX .. (aligned or "c") .. (left and right and left .. right or "nn") .. "}"
  return marked(before) .. "{\\left( \\begin{matrix}" .. mark .. rest .. "\\end{matrix} \\right)}" .. marked(behind)
end

-- pandoc reads an upright letter as one of a name, and a text as it stands.
local function upright(mathml)
  return (mathml:gsub('<mi mathvariant="normal">(%a)</mi>', "<mtext>" .. LETTER .. "%1</mtext>"))
end

-- TeX as a reader gets it.
local function told(tex)
  return (tex:gsub("\\text{" .. LETTER .. "(%a)}", "\\mathrm{%1}"))
end

local ALIGNED = { l = "align: #left, ", r = "align: #right, ", c = "" }
local MARK = '[%a]*%(?"' .. MATRIX .. '([lrc])(%a)(%a)"%)?%s*'

local function unmarked(markup)
  local function fenced(aligned, left, right)
    local delim = left .. right == "nn" and "#none" or ("#(%s, %s)"):format(SIGNS[left], SIGNS[right])
    return ("delim: %s, %s"):format(delim, ALIGNED[aligned])
  end
  -- What has one column is a vector, in round brackets unless it says otherwise.
  local made = markup:gsub('delim: "%(", ' .. MARK, fenced):gsub(MARK, fenced):gsub('delim: "||"', 'delim: "‖"')
  made = made:gsub('[%a]*%(?"' .. ALIGN .. '"%)?', "&"):gsub('"' .. LETTER .. '(%a)"', "%1")
  return (made:gsub('[%a]*%(?"' .. LIMITS .. '([^"]*)"%)?', 'op("%1", limits: #true)'))
end

return { marked = marked, unmarked = unmarked, upright = upright, told = told }
