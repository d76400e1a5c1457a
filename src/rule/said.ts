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
  return documents.some(
    ({text, touched}) =>
      (name !== undefined && text.includes(name)) ||
      title?.test(text) === true ||
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

/** The name without its number, which is known only when it is made; a word alone names anything. */
function titleOf(migration: string): RegExp | undefined {
  const title = migration.replace(/^(?:[VUBR]|migration_)?[\d._]*[-_.]+/u, '')
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
