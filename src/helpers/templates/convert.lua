-- Run by `pandoc lua` as a process that stays: each line that comes in is one HTML body as JSON; each that goes out is
-- [true, its Typst markup] or [false, what is wrong].
local filters = arg[1]

for line in io.lines() do
  local done, result = pcall(function()
    -- Read anew for each page: the filters count heading levels.
    local filter = setmetatable({}, { __index = _G })
    loadfile(filters, "t", filter)()
    local page = pandoc.read(pandoc.json.decode(line), "html+east_asian_line_breaks"):walk(filter)
    return pandoc.write(page, "typst", pandoc.WriterOptions({ wrap_text = "none" }))
  end)
  io.write(pandoc.json.encode({ done, tostring(result) }), "\n")
  io.flush()
end
