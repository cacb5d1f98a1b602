-- Neovim without its interface: what a user of its built-in client gets. Prints one JSON object.
local file, program = vim.env.PIPELINT_FILE, vim.env.PIPELINT_PROGRAM
local root = vim.env.PIPELINT_ROOT
local seen = {}

vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = 'pipelint',
  cmd = { program, 'server' },
  root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
})
vim.lsp.buf_attach_client(buffer, client)

local function findings(code)
  return vim.tbl_filter(function(one)
    return (one.code or one.user_data.lsp.code) == code
  end, vim.diagnostic.get(buffer))
end

local function wait(condition)
  return vim.wait(20000, condition, 20)
end

local function ask(method, line, column, more)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = line, character = column },
  }
  params = vim.tbl_extend('force', params, more or {})
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000) or {}
  return answers[client] and answers[client].result
end

wait(function() return #findings('unknown-stage') > 0 end)
local found = findings('unknown-stage')[1]
if found then
  local line = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, true)[1]
  seen.covered = line:sub(found.col + 1, found.end_col)

  local offered = ask('textDocument/completion', found.lnum, found.col)
  seen.offered = {}
  for _, item in ipairs(offered and (offered.items or offered) or {}) do
    table.insert(seen.offered, item.label)
  end

  vim.api.nvim_buf_set_text(buffer, found.lnum, found.col, found.lnum, found.end_col, { 'to_qa' })
  seen.gone = wait(function() return #findings('unknown-stage') == 0 end)

  local places = ask('textDocument/definition', found.lnum, found.col + 1)
  local place = places and (places[1] or places)
  local start = place and (place.range or place.targetSelectionRange).start.line
  seen.definition = start and vim.trim(vim.api.nvim_buf_get_lines(buffer, start, start + 1, true)[1])

  local edit = ask('textDocument/rename', found.lnum, found.col + 1, { newName = 'to_staging' })
  if edit then
    vim.lsp.util.apply_workspace_edit(edit, vim.lsp.get_client_by_id(client).offset_encoding)
    seen.renamed = {}
    for _, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
      if text:find('to_staging', 1, true) then table.insert(seen.renamed, vim.trim(text)) end
    end
  end
end

vim.lsp.stop_client(client)
io.stdout:write(vim.fn.json_encode(seen) .. '\n')
vim.cmd('qa!')
