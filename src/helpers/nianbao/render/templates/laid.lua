-- The blocks of a Chinese page with their lines broken, and its tables as tall as pages.lua finds them best.
local opened, evened, sizes = ...
local FEW, SHORT = 3, 9 -- characters of a paragraph's last line that begins no page, and none above a signature

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

-- A paragraph on the pages. `tail` are the lines behind it that stay with its end: at least two lines of text stand with a signature.
local function play(pages, para)
  local lines, tail = para.lines, para.tail or 0
  if not lines then
    pages:lose()
    return
  end
  local last = (para.is_kept and lines < 4 or lines == 1) and lines or (para.is_kept or para.closes) and 2 or tail > 0 and 1 or 0
  if last < lines then
    para.is_choosing = para.is_headed and lines - last > 1
    pages:run(lines - last, para.is_choosing)
  end
  if last > 0 then
    pages:block(last, tail)
  end
end

-- The blocks of a paragraph: whatever its last lines stay with, and whether it `is_whole` so far that its first two stay together.
local function shown(para, is_whole, out)
  local block, lines, tail = para.block, para.lines, para.tail
  if para.is_marked then
    block.content:insert(pandoc.RawInline("typst", "#text-end;"))
  end
  if tail then
    block.content:insert(pandoc.RawInline("typst", ("#stay(%d);"):format(tail)))
  end
  local opening
  if para.closes and lines == 3 and not para.is_item then
    block.content:insert(1, pandoc.RawInline("typst", "#led;"))
    opening = ("#closing(%s)["):format(tostring(para.is_headed))
  elseif lines and lines > 1 and (para.is_kept or para.closes) then
    opening = (lines < 4 or is_whole) and "#undivided[" or "#unwidowed["
  elseif is_whole then
    opening = "#unorphaned["
  end
  out:extend(opening and { raw(opening), block, raw("]") } or { block })
  if tail then
    out:insert(raw(("#back(%d)"):format(tail)))
  end
end

-- The last paragraph of text stays with the signature, at least with its last two lines; one of a single line takes the end of the
-- one before it along, two lines where the last one is short, or the last rows of a table.
local function close(entries, room)
  local tail, closer = room, nil
  for at = #entries, 1, -1 do
    local entry = entries[at]
    if entry.is_para then
      entry.tail, entry.closes = tail, not closer and entry.lines ~= nil
      entry.is_kept = entry.is_kept or entry.last <= SHORT
      if closer or entry.lines ~= 1 then
        return
      end
      closer, tail = entry, room + 1
    elseif entry.is_apart or entry.is_whole or entry.is_dense then
      entry.kept, entry.below = true, (entry.below or 0) + tail
      return
    elseif not entry.is_inside and not (entry.block.t == "RawBlock" and entry.block.text:find("^[])]")) then
      return
    end
  end
end

-- The paragraph, picture, small table or note that stands above what comes next, or above its headings.
local function text_above(entries)
  for at = #entries, 1, -1 do
    if entries[at].is_para or entries[at].ends then
      return entries[at]
    elseif entries[at].block.t ~= "Header" and not entries[at].is_inside then
      return nil
    end
  end
end

-- How many lines of text stand behind the picture `at` a place and its note, and the last of their entries; other pictures may stand
-- among them. They may go up before the pictures: none do where it stands right below a heading, and none that stays with a signature.
local function text_behind(entries, at)
  local lines, last, passed = 0, nil, entries[at].note_end
  for next = at + 1, entries[at].above and not entries[at].is_headed and #entries or 0 do
    local entry = entries[next]
    if entry.is_apart then
      passed = entry.note_end
    elseif next > passed then
      if not entry.is_para or entry.is_item or not entry.lines or entry.tail then
        break
      end
      lines, last = lines + entry.lines, entry
    end
  end
  return lines, last
end

-- How many lines a table best takes that begins a page with its headings, as far as anybody knows what comes below it.
local function at_the_top(entries, number, ahead, bounds)
  local pages = opened(bounds)
  pages.ahead, pages.is_sure = ahead, false
  for at = number, #entries do
    if entries[at].play then
      entries[at].play(pages)
    end
    if not pages.is_known then
      break
    end
  end
  local chosen = pages:choices()[1]
  return chosen and tonumber(chosen[1]:match("^(%d+)$") or chosen[1]:match("^(%d+), noted"))
end

-- The blocks of a page with their lines broken and their tables as tall as suits the pages. `forms` says of the mark of each
-- statutory table how many lines it may take.
local function laid(blocks, forms)
  local entries, depth, closed = {}, 0, 0
  local short, short_end -- the last short table that is not the kit's own, or picture, and its last block
  for at, block in ipairs(blocks) do
    local entry, text = { block = block }, block.text or ""
    if at <= closed then
      entry.is_inside = true
    elseif forms[text] then
      entry.form, entry.above = forms[text], text_above(entries)
      local number = #entries + 1
      entry.play = function(pages)
        if entry.form.least > 0 then
          local above = not pages.is_known and entry.above
          if above then
            above.is_marked = true
          end
          pages:table(entry.form, entry.rows or 0, above, above and at_the_top(entries, number, pages.ahead, pages.bounds))
        elseif entry.form.rests[1] then
          pages:long(entry.form.rests)
        else
          pages:lose()
        end
      end
    elseif sizes.ROOM[text] then
      local paras, listed
      closed, paras, listed = sizes.box_of(blocks, at)
      local lines = sizes.ROOM[text](paras, listed)
      if text == "#end[" then
        close(entries, lines)
        entry.play = function(pages) pages:signature(lines) end
      else
        local above = text == "#note[" and entries[#entries]
        if above and above.form and above.form.least > 0 then -- notes that the table takes along
          above.rows, above.notes = sizes.rows_of(paras), entry
        else
          if text == "#note[" and short and at == short_end + 1 then
            short.kept, short.below = true, (short.below or 0) + lines
            local given = short.is_dense and '#note(at: "rows", inset: true)[' or "#note(inset: true)["
            entry.block = raw(short.is_apart and "#note(lone: true)[" or given)
            short.note, short.note_end = #entries + 1, #entries + 1 + closed - at
          end
          entry.ends = text == "#note["
          entry.play = function(pages)
            pages:block(lines)
            pages.is_sure = pages.is_sure and text ~= "#note["
          end
        end
      end
    elseif text == "#whole[" then
      closed = sizes.box_of(blocks, at)
      short, short_end = entry, closed
      entry.is_whole, entry.ends = true, true
      local lines, rows = sizes.whole_lines(blocks, at)
      entry.rows = rows
      entry.play = function(pages)
        entry.beside = pages.ahead
        if lines then pages:block(lines) else pages:lose() end
        pages.is_sure, pages.is_known = false, false
      end
    elseif block.t == "Header" then
      local lines = tonumber(block.attributes.lines)
      entry.play = function(pages)
        if lines then pages:head(lines) else pages:lose() end
      end
    elseif text == "#apart[" then
      closed = sizes.box_of(blocks, at)
      short, short_end = entry, closed
      entry.is_apart, entry.ends, entry.above, entry.note_end = true, true, text_above(entries), #entries + 1 + closed - at
      entry.is_headed = at > 1 and blocks[at - 1].t == "Header"
      local tall
      entry.pictures, tall = sizes.pictures_in(blocks, at, closed)
      entry.is_single, entry.ending = tall ~= nil, entry.note_end
      entry.play = function(pages)
        entry.beside = pages.ahead
        if entry.above then
          entry.above.is_marked = entry.above.is_para
        end
        if tall then pages:picture(tall, entry.below or 0, entry.above ~= nil, entry.behind) else pages:lose() end
      end
    elseif text == "#dense[" then
      closed = sizes.box_of(blocks, at)
      short, short_end = entry, closed
      local _, rows, is_named = sizes.whole_lines(blocks, at)
      entry.rows, entry.is_named, entry.is_dense, entry.ends = rows, is_named, true, true
      entry.play = function(pages)
        entry.beside = pages.ahead
        pages:lose()
      end
    elseif block.t == "HorizontalRule" then
      entry.play = function(pages) pages:block(1) end
    elseif sizes.listed_lines(text) > 0 then -- of so many that the signature does not stay with it
      entry.play = function(pages) pages:run(sizes.listed_lines(text) + 2) end
    elseif text:find("^#attachment") then
      entry.play = function(pages) pages:fresh(0) end
    elseif block.t == "Para" then
      entry.is_para, entry.is_item, entry.is_headed = true, depth > 0, at > 1 and blocks[at - 1].t == "Header"
      entry.lines, entry.last = sizes.planned(block)
      entry.last = entry.lines and entry.lines > 1 and entry.last or math.huge
      entry.is_kept = entry.last <= FEW
      entry.play = function(pages) play(pages, entry) end
    elseif block.t == "RawBlock" and (text:find("^#numbered%(") or text:find("^#bulleted%(")) then
      depth = depth + 1
    elseif block.t == "RawBlock" and (text == "[" or text == "]" or text == "]," or text == ")") then
      depth = depth - (text == ")" and 1 or 0)
    else
      entry.play = function(pages) pages:lose() end
    end
    entries[#entries + 1] = entry
  end
  for at, entry in ipairs(entries) do
    if entry.is_apart then
      local last
      entry.behind, last = text_behind(entries, at)
      if entry.behind > 0 then
        last.is_last = true
      end
      local next = entries[entry.note_end + 1]
      if entry.above and entry.is_single and next and next.is_apart and next.is_single then
        entry.next, next.is_in_row = next, true
      end
    end
  end
  local pages = evened(function(bounds)
    local pages = opened(bounds)
    for _, entry in ipairs(entries) do
      if entry.play then
        entry.play(pages)
      end
    end
    return pages
  end)
  local out, choices, chosen = pandoc.Blocks({}), pages:choices(), 0
  for at, entry in ipairs(entries) do
    if entry.is_taken then -- a note that its picture has taken along
      goto continue
    elseif entry.is_para then
      chosen = chosen + (entry.is_choosing and 1 or 0)
      shown(entry, entry.is_choosing and choices[chosen][1] == "whole", out)
      if entry.is_last then -- no picture goes on behind text of which it is none
        out:insert(raw("#place.flush()"))
      end
    elseif entry.form and (entry.form.least > 0 or entry.form.rests[1]) then
      chosen = chosen + 1
      local lines, how = table.unpack(choices[chosen])
      out:insert(raw((entry.block.text:gsub("%(%d+%)", ("(%s)"):format(lines)))))
      if how then
        entry.notes.block = raw(('#note(at: "%s")['):format(how))
      end
    elseif entry.is_apart then
      local given = "(kept: %s, beside: %d, below: %d, several: %s, behind: %s, note: "
      given = given:format(entry.kept or false, entry.beside, entry.below or 0, entry.pictures > 1, entry.behind > 0 and at or "none")
      given = (entry.is_in_row and "" or ("#apart(fit: %s, "):format(entry.above ~= nil)) .. given
      if entry.note and (entry.behind > 0 or entry.next) then
        out:insert(raw(given .. "["))
        for number = entry.note, entry.note_end do
          out:insert(entries[number].block)
          entries[number].is_taken = true
        end
        given = "], "
      else
        given = given .. "none, "
      end
      out:insert(raw(given .. "body: ["))
      entries[entry.ending].block = raw(entry.next and "])," or "]))")
    elseif entry.is_whole then
      local given = "#whole(kept: %s, rows: %d, beside: %d, below: %d)["
      out:insert(raw(given:format(entry.kept or false, entry.rows or 0, entry.beside, entry.below or 0)))
    elseif entry.is_dense then
      local given = "#dense(kept: %s, rows: %d, named: %s, beside: %d, below: %d)["
      local kept = entry.kept and (entry.rows or 0) > 0 or false
      out:insert(raw(given:format(kept, entry.rows or 0, entry.is_named or false, entry.beside, entry.below or 0)))
    else
      out:insert(entry.block)
    end
    ::continue::
  end
  return out
end

return laid
