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
  -- The findings on top of a draft are for the screen.
  if div.classes:includes("panel") then
    return {}
  end
  for _, name in ipairs({ "signature", "editor" }) do
    if div.classes:includes(name) then
      return wrap(name, div.content)
    end
  end
  return div.content
end

local function enclose(opening, inlines)
  local out = pandoc.Inlines({ pandoc.RawInline("typst", opening .. "[") })
  out:extend(inlines)
  out:insert(pandoc.RawInline("typst", "]"))
  return out
end

function Span(span)
  if span.classes:includes("run-in") then
    return enclose("#run-in", span.content)
  end
  -- The title breaks between its parts only, as long as a part fits on one line of 20 characters.
  if span.classes:includes("title-part") and utf8.len(pandoc.utils.stringify(span)) <= 20 then
    return enclose("#box", span.content)
  end
  return span.content
end

-- A place in the page is no place in the PDF.
function Link(link)
  if link.target:sub(1, 1) == "#" then
    return link.content
  end
end
