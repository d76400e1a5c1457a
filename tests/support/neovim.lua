-- Opens a document with a language server, waits for its diagnostics, and asks for a code action at the first; what came is
-- written as JSON. Of Neovim 0.7 and later. The test puts the names into the environment.
local function done(result)
  vim.fn.writefile({vim.json.encode(result)}, vim.env.NVIM_RESULT)
  vim.cmd('qa!')
end

vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.NVIM_DOCUMENT))
vim.bo.filetype = 'markdown'
local client = vim.lsp.start_client({
  name = 'server',
  cmd = vim.json.decode(vim.env.NVIM_SERVER),
  root_dir = vim.fn.getcwd(),
  settings = {remark = {requireConfig = true}},
})
if not client then return done({failed = 'the client did not start'}) end
vim.lsp.buf_attach_client(0, client)

local function found() return vim.diagnostic.get(0) end
if not vim.wait(30000, function() return #found() > 0 end, 50) then return done({failed = 'no diagnostics came'}) end

local diagnostics = vim.tbl_map(function(one)
  return {line = one.lnum, column = one.col, endLine = one.end_lnum, endColumn = one.end_col, message = one.message, code = one.code or vim.NIL}
end, found())
local first = found()[1]
local position = {line = first.lnum, character = first.col}
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', {
  textDocument = vim.lsp.util.make_text_document_params(0),
  range = {start = position, ['end'] = position},
  context = {diagnostics = {first.user_data and first.user_data.lsp and {
    range = {start = position, ['end'] = {line = first.end_lnum, character = first.end_col}},
    message = first.message,
    severity = first.severity,
    code = first.code,
    source = first.source,
    data = first.user_data.lsp.data,
  } or nil}},
}, 30000)
local actions = answers and answers[client] and answers[client].result or {}
if actions[1] then
  vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
end
done({
  diagnostics = diagnostics,
  actions = vim.tbl_map(function(one) return one.title end, actions),
  text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'),
})
