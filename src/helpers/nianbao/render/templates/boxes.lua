-- Calls of the functions of report.typ around inlines and around blocks.
local function enclose(opening, inlines)
  local out = pandoc.Inlines({ pandoc.RawInline("typst", opening .. "[") })
  out:extend(inlines)
  out:insert(pandoc.RawInline("typst", "]"))
  return out
end

local function wrap(opening, blocks)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", opening .. "[") })
  out:extend(blocks)
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end

return enclose, wrap
