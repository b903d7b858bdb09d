-- What pandoc's Typst writer does not carry over by itself: the kit's few classes, alternative texts, tables, and text as it is
-- typed. These are two filters: `shape`, then `text`.
-- The widths of a Chinese page's letters, in em, and nothing on other pages; what sets its tables (tables.lua), marks formulas
-- (formulas.lua) and knows text (text.lua).
local WIDTHS, placed, formulas, typed, enclose, wrap = ...
local quoted = typed.quoted

-- Whether the first line of an item is set in, as ends.py has it.
local function is_set_in(para)
  for at = 1, math.min(2, #para.content) do
    if (para.content[at].text or ""):find("^#h%(") then
      return true
    end
  end
  return false
end

-- A list as a call: in Typst's markup a list goes on where the next one begins, and counts on. On a Chinese page the lines of each
-- paragraph of an item begin at the left edge, but the first: two characters in, that of the item behind its number or bullet.
-- Those of its kind in its items stand one level deeper.
local function listed(name, start, items)
  local tight, kind = true, name == "enum" and "#numbered" or "#bulleted"
  local function deeper(block)
    local level, rest = block.text:match("^" .. kind .. "%(level: (%d+)(.*)$")
    return level and pandoc.RawBlock("typst", ("%s(level: %d%s"):format(kind, level + 1, rest)) or nil
  end
  for number, item in ipairs(items) do
    local at = 1
    local first = item[1]
    tight = tight and not (first and first.t == "Para")
    if WIDTHS and first and first.t == "RawBlock" and (first.text:find("^#numbered") or first.text:find("^#bulleted")) then
      first = pandoc.Para({}) -- a list right in an item begins below its number
      table.insert(item, 1, first)
    elseif WIDTHS and first and first.t == "RawBlock" then -- around its first paragraph (calls.py)
      at, first = 2, item[2]
    end
    if WIDTHS and first and (first.t == "Para" or first.t == "Plain") then
      if not is_set_in(first) then
        first.content:insert(1, pandoc.RawInline("typst", "#h(3em);"))
      end
      item[at] = pandoc.Para(first.content)
    end
  end
  local call = WIDTHS and kind .. "(level: 1, " or ("#%s(tight: %s, "):format(name, tight)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", call .. (name == "enum" and ("start: %d,"):format(start) or "")) })
  for _, item in ipairs(items) do
    out:insert(pandoc.RawBlock("typst", "["))
    out:extend(item:walk({ RawBlock = deeper }))
    out:insert(pandoc.RawBlock("typst", "],"))
  end
  out:insert(pandoc.RawBlock("typst", ")"))
  return out
end

-- Characters with their readings above them.
local function with_readings(inlines)
  local out, base = pandoc.Inlines({}), pandoc.Inlines({})
  for _, one in ipairs(inlines) do
    if one.t == "Span" and one.classes:includes("rt") then
      out = out .. enclose("#ruby", base) .. enclose("", one.content)
      base = pandoc.Inlines({})
    else
      base:insert(one)
    end
  end
  return out .. base
end

local function is_raw(block, text)
  return block.t == "RawBlock" and block.text == text
end

local shape = {}

-- An accessible PDF starts at level 1 and skips none.
local level = 0

function shape.Header(header)
  level = math.min(header.level, level + 1)
  header.level, header.identifier = level, ""
  local looks = header.classes[1] and header.classes[1]:match("^level%-[234]$")
  if looks then -- numerals.py
    header.content = enclose("#" .. looks, header.content)
  end
  return header
end

function shape.Span(span)
  if span.attributes.call then -- calls.py
    return pandoc.RawInline("typst", span.attributes.call)
  end
  if span.attributes.placed then
    return pandoc.RawInline("placed", "")
  end
  if span.attributes.lines or span.attributes.lead then -- what a paragraph begins with (ends.py)
    return span.attributes.lead and pandoc.RawInline("typst", ("#h(%sem);"):format(span.attributes.lead)) or {}
  end
  if span.classes:includes("whole") or span.classes:includes("held") then -- Typst breaks these lines: it parts no box
    return enclose("#box", span.content)
  end
  if span.classes:includes("ruby") then
    return with_readings(span.content)
  end
  if span.classes:includes("rt") then
    return nil
  end
  if span.classes:includes("run-in") then
    return enclose("#run-in", span.content)
  end
  -- The title breaks between its parts only, as long as a part fits on one line of 20 characters.
  if span.classes:includes("title-part") and typed.extent(pandoc.utils.stringify(span)) <= 20 then
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

-- A place in the page is no place in the PDF, but for footnotes and their marks (footnotes.py); and no place is none.
function shape.Link(link)
  if link.classes:includes("footnote-link") and link.target:sub(1, 1) == "#" then
    return enclose(("#noted(%s, %s)"):format(quoted(link.target:sub(2)), quoted(link.identifier)), link.content)
  end
  if link.target == "" or link.target:sub(1, 1) == "#" then
    return link.content
  end
end

-- A formula with its TeX as the alternative text, without which there is no accessible PDF.
function shape.Math(math)
  local alt = quoted(formulas.told(math.text))
  math.text = formulas.marked(math.text)
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
    local is_placed = para.content[1].format == "placed" -- in a call already (calls.py)
    return is_placed and para or wrap("#apart", { para })
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
    local blocks = figure.classes:includes("named") and wrap("#named-above", { shown }) or { shown }
    return figure.attributes.placed and blocks or wrap("#apart", blocks)
  elseif not has_table then
    return figure.content .. figure.caption.long
  end
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

-- The list of attachments, its lines broken here: names begin below one another.
local function list_of_attachments(paras)
  local entries, width = {}, #paras > 9 and 2 or #paras > 1 and 1.5 or 0
  for _, para in ipairs(paras) do
    local said = pandoc.utils.stringify(para):gsub("^附件：", "")
    local number, name = said:match("^(%d+%.) (.*)$")
    local lines, used = { "" }, 0
    for _, code in utf8.codes(#paras > 1 and name or said) do
      local char = utf8.char(code)
      local size = typed.is_wide(code) and 1 or WIDTHS and WIDTHS[char] or 1
      if used + size > 23 - width and typed.is_free(code) then
        table.insert(lines, "")
        used = 0
      end
      lines[#lines], used = lines[#lines] .. char, used + size
    end
    for at, line in ipairs(lines) do
      lines[at] = quoted(line) .. ","
    end
    table.insert(entries, ("(%s, (%s)),"):format(#paras > 1 and quoted(number) or "none", table.concat(lines, " ")))
  end
  return pandoc.RawBlock("typst", ("#attached(%gem, %s)"):format(width, table.concat(entries, " ")))
end

-- Below the title the number of the document is set as text is, the day in brackets in 楷体.
local function dated(para)
  if pandoc.utils.stringify(para):find("^（") then
    return pandoc.Para(enclose("#kai", para.content))
  end
end

function shape.Div(div)
  -- Only the findings on top of a draft have this mark, which `clean` leaves to nobody else.
  if div.attributes.screen then
    return {}
  end
  if div.attributes.call then -- calls.py
    return pandoc.RawBlock("typst", div.attributes.call)
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
  if div.classes:includes("footnotes") and div.content[1] and div.content[1].t == "HorizontalRule" then -- it stays with the first
    div.content[1] = pandoc.RawBlock("typst", "#block(sticky: true, horizontalrule)")
  end
  for _, name in ipairs({ "editor", "below-title", "note", "attachment", "unshown", "failed", "markdown-alert" }) do
    if div.classes:includes(name) then
      local first = div.content[1]
      if name == "attachment" and first and first.t == "Header" and attached(first) then
        name = "attachment(titled: true)"
      end
      if div.attributes.given then -- to a note, by calls.py
        name = ("%s(%s)"):format(name, div.attributes.given)
      end
      return wrap("#" .. name, name == "below-title" and div.content:walk({ Para = dated }) or div.content)
    end
  end
  -- A statutory table is a file of its own, see statutory.py; nobody else's HTML has this mark either.
  if div.attributes.file then
    local shown = '#{ import "%s" as it; it.shown(%s) }'
    return pandoc.RawBlock("typst", shown:format(div.attributes.file, div.attributes.lines))
  end
  -- Only here does Lua touch a table: to read one in takes as long as all the rest.
  if div.classes:includes("scroll") then
    return div.content:walk({ Table = placed })
  end
  local first = div.content[1]
  return first and first.t == "RawBlock" and (first.text:find("^#signature") or first.text:find("^#attached%(")) and wrap("#end", div.content) or div.content
end

-- Text comes last: the functions of `shape` read it, and find none in what has become a literal.
return shape, typed.filter()
