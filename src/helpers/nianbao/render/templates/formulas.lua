-- What pandoc's Typst writer loses of formulas: it writes a matrix without fences as lines, whose columns then run together, and
-- sets what stands below a word beside it. `marked` marks such places in TeX, `unmarked` writes them anew in the markup.
local MATRIX, LIMITS = "\u{e020}", "\u{e021}" -- characters for private use
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

-- The matrix that begins at a place: where it ends, and its columns' side.
local function matrix(tex, at)
  local name, body = tex:match("^\\begin{(%a+)}()", at)
  local columns = name == "array" and tex:match("^{(%a+)}", body) or "c"
  local depth, place = 0, at
  while true do
    local from, to, what = tex:find("\\(%a+){" .. name .. "}", place)
    if not from then
      return nil
    end
    depth = depth + (what == "begin" and 1 or what == "end" and -1 or 0)
    place = to + 1
    if depth == 0 then
      return to, side(columns), name == "array" and body + #columns + 2 or body, from
    end
  end
end

local marked
function marked(tex)
  local from = tex:find("\\begin{matrix}", 1, true)
  local other = tex:find("\\begin{array}", 1, true)
  from = from and other and math.min(from, other) or from or other
  if not from then
    return (tex:gsub("(\\underset%b{}{\\text{)", "%1" .. LIMITS))
  end
  local to, aligned, body, ending = matrix(tex, from)
  if not to then
    return tex
  end
  local before, behind = tex:sub(1, from - 1), tex:sub(to + 1)
  local opening, closing = before:match("(\\left\\?[^%a%s])%s*$"), behind:match("^%s*\\right(\\?[^%a%s])")
  local inner, whole = tex:sub(body, ending - 1), before:match("^%s*$") and behind:match("^%s*$")
  local open = tex:sub(from, body - 1)
  local rest = marked(inner)
  if NAMED[opening] and closing and closing ~= "." or not aligned or (whole and not inner:find("&", 1, true)) then
    return marked(before) .. open .. rest .. "\\end{" .. open:match("%a+", 7) .. "}" .. marked(behind)
  end
  local left, right = LETTERS[(opening or ""):match("^\\left(.+)$")], LETTERS[closing]
  if left and right then
    before, behind = before:gsub("\\left\\?[^%a%s]%s*$", ""), behind:gsub("^%s*\\right\\?[^%a%s]", "")
  end
  local mark = "\\text{" .. MATRIX .. aligned .. (left and right and left .. right or "nn") .. "}"
  return marked(before) .. "{\\left( \\begin{matrix}" .. mark .. rest .. "\\end{matrix} \\right)}" .. marked(behind)
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
  return (made:gsub('[%a]*%(?"' .. LIMITS .. '([^"]*)"%)?', 'op("%1", limits: #true)'))
end

return marked, unmarked
