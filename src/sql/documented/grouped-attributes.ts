/** Attributes of one table in groups: items such as "Who and where" or "Fields to add" that hold them, below what names the table. */
import {expression} from '../../document/expressions.ts'
import type {List, ListItem, Section, SpecDocument} from '../../document/types.ts'
import {areAttributes, attributesOf, type ReadAttribute} from './attributes.ts'
import {heldBy} from './held.ts'
import type {DocumentedTable} from './model.ts'
import type {Owner, Owners} from './owners.ts'
import {stateOf} from './states.ts'
import {stretchOf} from './stretch.ts'
import {typeChange} from './type-changes.ts'
import {isKnownType} from './types.ts'

type Part = DocumentedTable['part']

const parts: readonly (readonly [RegExp, Part | 'none'])[] = [
  [/^(?:new|added|additional)\b|\bto (?:be )?add(?:ed)?\b/i, 'added'],
  [
    /^(?:modified|changed|updated|altered)\b|\bto (?:be )?(?:modif(?:y|ied)|changed?|altered?|extend(?:ed)?|widen(?:ed)?)\b/i,
    'modified',
  ],
  [
    /^(?:removed|dropped|deleted|obsolete)\b|\bto (?:be )?(?:remove|drop|delete)(?:d|ped)?\b|^(?:index|constraint|key|check|relation|foreign|unique|rule|note)/i,
    'none',
  ],
]

/** With `loose` those of which nothing says what they are of. */
export function groupedAttributes(document: SpecDocument, owners: Owners, loose = false): readonly DocumentedTable[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.blocks.flatMap((block) => {
      if (block.kind !== 'list' || !block.items.some(isGroup)) return []
      const owner = owners.at(section, block.start)
      return owner && owner.sure !== loose ? tablesIn(block, owner, section, document) : []
    }),
  )
}

function nested({blocks}: ListItem): readonly List[] {
  return blocks.filter((block): block is List => block.kind === 'list')
}

/** A few words that name nothing, above a list. */
function isGroup(item: ListItem): boolean {
  return item.checked === undefined && nested(item).length > 0 && isTitle(item.lead?.text ?? item.text)
}

function isTitle(text: string): boolean {
  return text.length < 60 && !text.includes('`') && !/[.;]\s/u.test(text)
}

function tablesIn(list: List, owner: Owner, section: Section, document: SpecDocument): readonly DocumentedTable[] {
  const groups = list.items.filter(isGroup).map((item) => ({item, kind: kindOf(item)}))
  const of = (wanted: Part): readonly ListItem[] =>
    groups.filter(({kind}) => kind === wanted).flatMap(({item}) => nested(item).flatMap(({items}) => items))
  const free = list.items.filter((item) => !isGroup(item))
  const all = [...of('all'), ...free].flatMap((item) => attributesOf(item, document))
  const grown = owner.added === true ? all : []
  const added = [...of('added').flatMap((item) => attributesOf(item, document)), ...grown]
  const changed = of('modified').flatMap((item) => typeChange(stretchOf(document, item.textSpan), changing))
  const isWhole = added.length === 0 && changed.length === 0 && owner.added !== true && owner.changed !== true
  const table = (read: readonly ReadAttribute[], kind: Part): readonly DocumentedTable[] =>
    read.length === 0 ? [] : [tableOf(list, owner, section, read, kind)]
  return [
    ...(isWhole && areAttributes(all) ? table(all, 'all') : []),
    ...(added.some(({column}) => isKnownType(column.type)) ? table(added, 'added') : []),
    ...table(changed, 'modified'),
  ]
}

function kindOf(item: ListItem): Part | 'none' {
  const title = item.lead?.text ?? item.text
  return parts.find(([form]) => form.test(title))?.[1] ?? 'all'
}

const ofType = String.raw`\x60?(\w+(?:\s?\([\d, ]{1,9}\))?(?:\s+unsigned)?)\x60?`
/** "`phone`: grows from `VARCHAR(20)` to `VARCHAR(32)`" */
const changing = expression(
  'diu',
)`^\x60([\p{L}_]\w{0,62})\x60\s*[:–—-]\s*[^\x60;.]{0,60}?(?:\bfrom\s+)?${ofType}\s*(?:\bto\b|→|->)\s*${ofType}(?=[\s).,;]|$)`

function tableOf(
  {start, end}: List,
  {name}: Owner,
  section: Section,
  read: readonly ReadAttribute[],
  kind: Part,
): DocumentedTable {
  return {
    kind: 'documentedTable',
    start,
    end,
    name,
    ...heldBy(read),
    section,
    source: 'attributeList',
    state: kind === 'all' ? (stateOf(section) ?? 'new') : 'existing',
    // A sentence above may have named more.
    certain: false,
    part: kind,
    asks: new Set(),
    changes: read.flatMap(({change}) => change ?? []),
  }
}
