import {readFileSync, readdirSync} from 'node:fs'
import {join, posix} from 'node:path'
import {expect, test} from 'vitest'

/** Who may import whom: each folder may see itself, what is listed here, and nothing else of ours. */
const layers: Readonly<Record<string, readonly string[]>> = {
  'src/document': [],
  'src/sql': ['src/document'],
  'src/type': ['src/document', 'schemas'],
  'src/infer': ['src/document', 'src/type', 'schemas'],
  'src/scaffold': ['src/document', 'src/type', 'src/infer'],
  'src/rule': ['src/document', 'src/sql', 'src/type'],
  'src/config': ['src/document', 'src/type', 'src/infer', 'src/rule', 'schemas'],
  'src/import': ['src/document', 'src/type', 'src/config', 'schemas'],
  'src/lint': ['src/document', 'src/sql', 'src/type', 'src/rule', 'src/config', 'rules'],
  'src/run': [
    'src/document',
    'src/sql',
    'src/type',
    'src/infer',
    'src/scaffold',
    'src/rule',
    'src/config',
    'src/import',
    'src/lint',
    'rules',
    'src',
  ],
  'src/verify': ['src/document', 'src/sql', 'src/type', 'src/rule', 'src/config', 'src/lint', 'src/run', 'rules'],
  'src/report': ['src/document', 'src/type', 'src/rule', 'src/config', 'src/lint', 'src/run', 'src'],
  'src/action': ['src/config', 'src/type', 'src/run', 'src/report', 'src/cli'],
  'src/lsp': [
    'src/document',
    'src/sql',
    'src/type',
    'src/scaffold',
    'src/rule',
    'src/config',
    'src/lint',
    'src/run',
    'rules',
  ],
  'src/mcp': ['src/document', 'src/type', 'src/rule', 'src/config', 'src/lint', 'src/run', 'src/report'],
  'src/cli': [
    'src/lsp',
    'src/mcp',
    'src/document',
    'src/sql',
    'src/type',
    'src/infer',
    'src/scaffold',
    'src/rule',
    'src/config',
    'src/import',
    'src/lint',
    'src/run',
    'src/verify',
    'src/report',
    'rules',
    'src',
  ],
  src: [
    'src/document',
    'src/sql',
    'src/type',
    'src/infer',
    'src/scaffold',
    'src/rule',
    'src/config',
    'src/lint',
    'src/run',
    'rules',
  ],
  rules: ['spec-lint/rule'],
}

/** Pure layers: no file system, no clock, no process. */
const pure = new Set(['src/document', 'src/sql', 'src/type', 'src/infer', 'src/scaffold', 'src/rule', 'rules'])

const root = join(import.meta.dirname, '..')
const files = ['src', 'rules'].flatMap((folder) =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
)
const imports = files.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/gu)].map(([, name = '']) => ({
    file,
    name,
  })),
)

/** Where there are files, a parser that broke is read from its package again; nothing else waits for it. */
function isExempt(file: string, name: string): boolean {
  return (
    (file === 'src/sql/parsers/generic.ts' && name === 'node:fs/promises') ||
    (file === 'src/sql/parsers/anew.ts' && name === 'node:module')
  )
}

test('there is something to check', () => expect(imports.length).toBeGreaterThan(100))

test.for(imports)('$file imports $name', ({file, name}) => {
  const layer = layerOf(file)
  const allowed = layers[layer] ?? []
  if (name.startsWith('.')) {
    const target = layerOf(posix.join(posix.dirname(file), name))
    // The generated index of the rules is the one file there that sees the others.
    expect([layer, ...allowed]).toContain(target)
  } else if (layer === 'rules') {
    expect(allowed).toContain(name)
  }
  if (pure.has(layer) && !isExempt(file, name)) expect(name).not.toMatch(/^node:/u)
})

test.for(files.filter((file) => pure.has(layerOf(file))))('%s asks no clock and no process', (file) => {
  expect(readFileSync(join(root, file), 'utf8')).not.toMatch(
    /\b(?:Date\.now\(|new Date\(\)|Math\.random\(|process\.|console\.)/u,
  )
})

function layerOf(path: string): string {
  if (path.startsWith('schemas/')) return 'schemas'
  const folders = Object.keys(layers).toSorted((a, b) => b.length - a.length)
  return folders.find((layer) => path.startsWith(`${layer}/`)) ?? ''
}
