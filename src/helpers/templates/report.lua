-- What pandoc's Typst writer does not carry over by itself: the kit's few classes.
local function wrap(name, blocks)
  local out = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. name .. "[") })
  out:extend(blocks)
  out:insert(pandoc.RawBlock("typst", "]"))
  return out
end

function Header(header)
  header.identifier = ""
  return header
end

function Div(div)
  if div.classes:includes("signature") then
    return wrap("signature", div.content)
  end
  return div.content
end

function Span(span)
  if span.classes:includes("run-in") then
    local out = pandoc.Inlines({ pandoc.RawInline("typst", "#run-in[") })
    out:extend(span.content)
    out:insert(pandoc.RawInline("typst", "]"))
    return out
  end
  return span.content
end
