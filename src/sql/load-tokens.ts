import type {SpecDocument} from '../document/types.ts'
import {loadPython} from './documented/index.ts'
import type {Dialect} from './model.ts'
import {hasParser, keepParser, loaded} from './parsers/loaded.ts'
import type {Fault} from './parsers/types.ts'
import {dialectsIn} from './read.ts'
import {tokensOf} from './tokens.ts'

/** What no dialect takes: `...` and `{{x}}`, so that what they stand for is looked for as with a parser. */
function leftOut(text: string, dialect: Dialect): Fault | undefined {
  if (!/\.{3}|\{\{/u.test(text)) return undefined
  const code = tokensOf(text, dialect).filter(({kind}) => kind === 'symbol')
  const found = code.find(
    (one, index) =>
      (one.text === '.' && code[index + 2]?.start === one.start + 2 && code[index + 2]?.text === '.') ||
      (one.text === '{' && code[index + 1]?.start === one.start + 1 && code[index + 1]?.text === '{'),
  )
  return found && {offset: found.start, message: 'something is left out here'}
}

/**
 * Makes a document readable where no parser of WebAssembly can be had: its SQL is read by its tokens alone, and every statement
 * is taken for legal. Parsers that are loaded stay.
 */
export async function loadTokenParsers(document: SpecDocument, setting?: Dialect): Promise<void> {
  for (const dialect of dialectsIn(document, setting))
    if (!hasParser(dialect))
      keepParser(dialect, {dialect, parse: (text) => leftOut(text, dialect), read: () => undefined})
  loaded.python ??= await loadPython(document)
}
