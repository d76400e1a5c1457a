import {_, type Options} from 'ajv'
import {Ajv2020} from 'ajv/dist/2020.js'
import {formats} from './formats.ts'
import {ajvRegExp, knownRegExp} from './regex.ts'

/** The engine for the schemas of types, configurations and reports. With `source` it keeps the code that it makes. */
export function createAjv(source = false): Ajv2020 {
  const options: Options = {
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    verbose: true,
    logger: false,
    // Written out, the code names these two, which the build imports beside it.
    code: {regExp: source ? knownRegExp : ajvRegExp, source, ...(source && {esm: true, formats: _`formats`})},
  }
  const engine = new Ajv2020(options)
  for (const [name, format] of Object.entries(formats)) engine.addFormat(name, format)
  engine.addKeyword({keyword: 'x-case-insensitive', schemaType: 'boolean'})
  engine.addKeyword({keyword: 'x-remark', schemaType: 'boolean'})
  engine.addKeyword({keyword: 'x-measurable', schemaType: 'boolean'})
  engine.addKeyword({keyword: 'x-role', schemaType: 'string'})
  return engine
}
