import type {ChangeDocument, SchemaEdit, SchemaObject} from './change.ts'

/** Names that documents are looked through for; a change of more is told by the first of them. */
const mostObjects = 40

/**
 * Whether a document speaks of an edit: one of the same change that names what it alters, or any that names the migration, or
 * what it alters with a part of it that differs.
 */
export function isSaid({migration, objects}: SchemaEdit, documents: readonly ChangeDocument[]): boolean {
  const wanted = objects.slice(0, mostObjects).map(formOf)
  // A bare number stands in every document.
  const name = migration !== undefined && migration.length > 4 ? migration : undefined
  const title = migration === undefined ? undefined : titleOf(migration)
  const words = migration === undefined ? [] : tellingWords(migration)
  const row = migration === undefined ? undefined : rowOf(migration)
  return documents.some(
    ({text, touched}) =>
      (name !== undefined && text.includes(name)) ||
      title?.test(text) === true ||
      (touched && (isTold(words, text) || row?.test(text) === true)) ||
      wanted.some(({whole, part}) => whole.test(text) && (touched || !part || part.test(text))),
  )
}

interface Form {
  readonly whole: RegExp
  /** `undefined` when the whole is meant. */
  readonly part: RegExp | undefined
}

function formOf({names, parts}: SchemaObject): Form {
  return {whole: oneOf(names), part: parts.length === 0 ? undefined : oneOf(parts)}
}

/** Whether a line has all words, in any order and with others between them. */
function isTold(words: readonly RegExp[], text: string): boolean {
  return words.length > 1 && text.split(/\r\n|\n|\r/u).some((line) => words.every((word) => word.test(line)))
}

/** A row of a table that begins with the number of the migration: a list of the schema's versions. */
function rowOf(migration: string): RegExp | undefined {
  const number = /^[Vv]?0*(\d{1,5})(?!\d)/u.exec(migration)?.[1]
  return number === undefined ? undefined : new RegExp(String.raw`^[ \t]*\|[ \t]*[Vv]?0{0,5}${number}[ \t]*\|`, 'mu')
}

/** The words of a migration's name without those that only say what is done. */
function tellingWords(migration: string): readonly RegExp[] {
  const words = new Set(wordsOf(titlePart(migration)).map((word) => word.toLowerCase()))
  return [...words].flatMap((word) => (doing.has(word) ? [] : [oneOf([word])]))
}

const doing: ReadonlySet<string> = new Set(
  'a add adds all alter an and as by change changes columns column create creates delete deletes drop drops fix fixes for from in into make makes new of on or remove removes rename renames set sets table tables the to update updates with'.split(
    ' ',
  ),
)

/** The name without its number, which is known only when it is made. */
function titlePart(migration: string): string {
  return migration.replace(/^(?:[VUBR]|migration_)?[\d._]*[-_.]+/u, '')
}

/** A word alone names anything. */
function titleOf(migration: string): RegExp | undefined {
  const title = titlePart(migration)
  return wordsOf(title).length > 1 ? oneOf([title]) : undefined
}

/** A name in prose or in code: `order_items`, `OrderItem`, "order items". */
function oneOf(names: readonly string[]): RegExp {
  const forms = names.map((name) => {
    const words = wordsOf(name)
    const last = (words.at(-1) ?? '').replace(/(?:ie|y)s?$|s$/u, '')
    return [...words.slice(0, -1), last].join(String.raw`[\s_-]{0,3}`)
  })
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${forms.join('|')})(?:e?s|y|ies)?(?![\p{L}\p{N}])`, 'iu')
}

/** Letters and digits alone: no word means anything in an expression. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
