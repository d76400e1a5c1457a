// The modules of validators for the schemas that values are held against and that are known before a document is read: those in the
// built-in types, and those of whole files (configuration, type language, reports), which are larger and of which most runs need none
// or one. `.ci/build.mjs` bundles this file, so that there is one ajv.
import standalone from 'ajv/dist/standalone/index.js'
import {configSchema} from '../src/config/schema.ts'
import {shape} from '../src/report/read.ts'
import {known} from '../src/run/options.ts'
import {createAjv} from '../src/type/ajv.ts'
import {builtinTypes} from '../src/type/builtin.ts'
import {typeSchema} from '../src/type/load.ts'

const ofFiles = [configSchema(known.rules, known.remarkLint), typeSchema, shape]
const ofTypes = builtinTypes().flatMap(schemasOf)

/** The schemas in a type: whole ones, and those of each property. */
function schemasOf(value) {
  if (Array.isArray(value)) return value.flatMap(schemasOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    ['schema', 'fields', 'cell', 'is'].includes(key) && isMap(child) && !child.schema
      ? [child, ...Object.values(child.properties ?? {})]
      : schemasOf(child),
  )
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function moduleText(schemas) {
  const engine = createAjv(true)
  const names = new Map()
  for (const schema of schemas) {
    const text = JSON.stringify(schema)
    if (names.has(text)) continue
    names.set(text, `known${names.size}`)
    const {$id: _, $schema: _dialect, ...rest} = schema
    engine.addSchema({...rest, $id: names.get(text)})
  }
  const code = imported(standalone(engine, Object.fromEntries([...names.values()].map((name) => [name, name]))))
  const entries = [...names].map(([text, name]) => `[${JSON.stringify(text)}, ${name}]`)
  return [
    `import {formats} from './formats.js'`,
    `import {knownRegExp} from './regex.js'`,
    code,
    `export const precompiled = new Map([${entries.join(',\n')}])`,
  ].join('\n')
}

/** ajv's `require` as an import, so that the module runs before it is bundled too; of a CommonJS module each has its own idea. */
function imported(code) {
  const paths = [...new Set([...code.matchAll(/require\("([^"]+)"\)\.default/gu)].map((match) => match[1]))]
  const imports = paths.map(
    (path, at) => `import module${at} from '${path}.js'\nconst default${at} = module${at}.default ?? module${at}`,
  )
  const body = paths.reduce((text, path, at) => text.replaceAll(`require("${path}").default`, `default${at}`), code)
  return [...imports, body].join('\n')
}

/** By the name of the module in `src/type` that they take the place of. */
export const validators = {precompiled: moduleText(ofTypes), 'precompiled-files': moduleText(ofFiles)}
