-- pandoc as a process that stays: pandoc runs this file to learn of a reader, and it answers until its input ends. Each line
-- that comes in is JSON: {html: a body, cells: what those of tables take, widths: those of letters}, or a formula as [its TeX, whether it stands on a line of its own,
-- macros], or {omml: [MathML, …]}; each that goes out is [true, Typst markup, MathML or the XML of a Word document with a paragraph for
-- each formula] or [false, what is wrong].
-- (`pandoc lua` would do the same, but leaves a folder behind when it is killed.)
local function beside(name)
  return assert(loadfile(pandoc.path.join({ pandoc.path.directory(PANDOC_SCRIPT_FILE), name })))
end
local formulas = beside("formulas.lua")()
local enclose, wrap = beside("boxes.lua")()
local typed = beside("text.lua")()
local tables = beside("tables.lua")
local filters = beside("report.lua")

-- A formula in which the macros are written out; '' for what is no formula.
local function expanded(tex, macros)
  local done, read = pcall(pandoc.read, macros .. "\n\n\\(" .. tex .. "\\)", "latex")
  local words = done and #read.blocks == 1 and read.blocks[1].content or {}
  return #words == 1 and words[1].t == "Math" and words[1].text or ""
end

local function formula(tex, display, macros)
  if macros ~= "" then
    tex = expanded(tex, macros)
    if tex == "" then
      return ""
    end
  end
  local math = pandoc.Plain({ pandoc.Math(display and "DisplayMath" or "InlineMath", tex) })
  return pandoc.write(pandoc.Pandoc({ math }), "html", pandoc.WriterOptions({ html_math_method = "mathml", wrap_text = "none" }))
end

-- Formulas as the XML of a Word document: only as a part of one does pandoc write them.
local function omml(formulas)
  local document = pandoc.Pandoc({})
  for _, mathml in ipairs(formulas) do
    local inlines = pandoc.utils.blocks_to_inlines(pandoc.read(mathml, "html").blocks)
    for _, inline in ipairs(inlines) do
      if inline.t == "Math" then
        inline.mathtype = "InlineMath"
      end
    end
    document.blocks:insert(pandoc.Para(inlines))
  end
  for _, entry in ipairs(pandoc.zip.Archive(pandoc.write(document, "docx")).entries) do
    if entry.path == "word/document.xml" then
      return entry:contents():match("<w:body>(.*)</w:body>")
    end
  end
end

-- pandoc knows no readings above characters (ruby): they come as spans.
local function with_readings(html)
  if not html:find("<ruby", 1, true) then
    return html
  end
  html = html:gsub("<rp>.-</rp>", ""):gsub("<ruby>", '<span class="ruby">'):gsub("<rt>", '<span class="rt">')
  return (html:gsub("</ruby>", "</span>"):gsub("</rt>", "</span>"))
end

local MUCH = 65536 -- bytes that came in since Lua let go of what it no longer needs; that takes a tenth of a page's time
local since = 0
for line in io.lines() do
  local done, result = pcall(function()
    local asked = pandoc.json.decode(line, false)
    if asked.omml then
      return omml(asked.omml)
    elseif not asked.html then
      return formula(asked[1], asked[2], asked[3])
    end
    -- Made anew for each page: the filters count heading levels.
    local placed = tables(typed.extent, enclose, wrap, asked.cells)
    local shape, text = filters(asked.widths, placed, formulas, typed, enclose, wrap)
    local page = pandoc.read(with_readings(formulas.upright(asked.html)), "html+east_asian_line_breaks"):walk(shape):walk(text)
    -- Without "smart" the writer leaves quotation marks and dashes as they are.
    local made = pandoc.write(page, "typst-smart", pandoc.WriterOptions({ wrap_text = "none" }))
    -- Of a row that cells from above fill, it writes the comma alone.
    return (formulas.unmarked(made):gsub("\n *,%f[\n]", ""))
  end)
  io.write(pandoc.json.encode({ done, tostring(result) }), "\n")
  io.flush()
  -- Lua does not see how much of pandoc's memory hangs on what it lets go.
  result, since = nil, since + #line
  if since > MUCH then
    since = 0
    collectgarbage()
  end
end

function Reader()
  return pandoc.Pandoc({})
end
