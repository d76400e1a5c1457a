import {isWithin} from '../document/places.ts'
import type {Section, SpecDocument} from '../document/types.ts'
import type {SchemaChange} from '../sql/changes.ts'
import type {BoundDocument, BoundSection, SectionSpec} from '../type/types.ts'

/** Whether a missing section is to be reported itself: nobody asks for the inside of what is missing as a whole. */
export function isMissing(bound: BoundSection): boolean {
  return bound.state === 'missing' && bound.required && (bound.parent === undefined || bound.parent.state !== 'missing')
}

/** Whether a section of the type, or one below it, has a role. */
export function holdsRole(spec: SectionSpec, role: string): boolean {
  return spec.role === role || spec.children.some((child) => holdsRole(child, role))
}

/** Whether a section of the type has to be there only if the document changes the schema. */
export function isConditional(spec: SectionSpec): boolean {
  return typeof spec.required === 'object'
}

/**
 * Whether something of what sections with these roles should hold is missing, empty or said not to apply. A part that doesn't
 * apply may count as known: nothing changes there.
 */
export function lacksPart(type: BoundDocument, roles: readonly string[], {notApplicable = true} = {}): boolean {
  const belongs = (bound: BoundSection): boolean =>
    roles.includes(bound.spec.role ?? '') || (bound.parent !== undefined && belongs(bound.parent))
  return type.sections.some(
    (bound) =>
      belongs(bound) &&
      ((bound.state === 'missing' && bound.required) ||
        bound.hollow.length > 0 ||
        (bound.notApplicable && (notApplicable || roles.includes(bound.spec.role ?? '')))),
  )
}

/** Changes of the schema outside a rollback. */
export function forwardChanges(type: BoundDocument, schemaChanges: readonly SchemaChange[]): readonly SchemaChange[] {
  const rollback = type.withRole('rollback')
  return schemaChanges.filter(({start}) => !rollback.some((section) => isWithin(start, section)))
}

/** The first section that the type has for the way there, where a document changes the schema and has none of them. */
export function lackedMigration(type: BoundDocument, schemaChanges: readonly SchemaChange[]): BoundSection | undefined {
  const wanted = type.sections.filter(({spec}) => spec.role === 'migration')
  const isLacked = wanted.every(({state}) => state === 'missing') && forwardChanges(type, schemaChanges).length > 0
  return isLacked ? wanted[0] : undefined
}

/** Whether a section's own content is nothing but placeholders, or list items that Markdown takes for definitions. */
export function isUnfilled(section: Section, document: SpecDocument): boolean {
  const inside = document.placeholders.filter(({start}) => isWithin(start, section.body))
  const dropped = document.definitions.some(({start}) => isWithin(start, section.body))
  const blocks = section.blocks.filter(({kind}) => kind !== 'other' && kind !== 'html')
  if (inside.length === 0 && !dropped) return false
  return blocks.every((block) => {
    const texts = block.kind === 'list' ? block.items.map(({text}) => text) : 'text' in block ? [block.text] : undefined
    return texts?.every((text) => {
      const rest = inside.reduce((left, placeholder) => left.replace(placeholder.text, ''), text)
      return !/[\p{L}\p{N}]/u.test(rest)
    })
  })
}

/**
 * The heading line that a section has to have here: `## 4. Configuration`, `### 3.3 Database Migration`.
 * `missing` sections go into the same gap before it.
 */
export function headingLine(bound: BoundSection, missing = 0): string {
  const number = bound.matches[0] ? printedNumber(bound.matches[0]) : numberAt(bound, missing)
  return lineOf(bound, number)
}

function lineOf({depth, heading}: BoundSection, number: string | undefined): string {
  return `${'#'.repeat(Math.min(depth, 6))} ${number === undefined ? '' : `${number} `}${heading}`
}

/**
 * Whether it is plain where a missing section goes: beside, below or above sections that stand elsewhere or at another level, it
 * would stand wrong as well, and before the title it would be that.
 */
export function isPlain(bound: BoundSection, type: BoundDocument, {title}: SpecDocument): boolean {
  const {parent, depth, gap} = bound
  const {after, before} = gap
  const above = parent?.matches[0]
  if ((parent && above && above.depth !== parent.depth) || gap.offset <= (title?.start ?? -1)) return false
  if (type.sections.some((one) => one.parent === bound && one.matches.length > 0)) return false
  return [after, before].every(
    (near) => !near || (near.depth === depth && (!parent || (above !== undefined && near.parent === above))),
  )
}

/** The blocks that a missing section begins with: its heading, what the type has for it, the same for each section that it needs. */
export function skeletonOf(bound: BoundSection, type: BoundDocument, missing = 0): readonly string[] {
  return blocksOf(bound, type, numberAt(bound, missing), besideGap(bound))
}

function blocksOf(
  bound: BoundSection,
  type: BoundDocument,
  number: string | undefined,
  beside: Beside,
): readonly string[] {
  const below = type.sections.filter(({parent}) => parent === bound)
  // Of those of which some have to be there, the first.
  const chosen = new Set(
    bound.spec.constraints.flatMap((constraint) =>
      (constraint.kind === 'anyOf' || constraint.kind === 'oneOf') &&
      !below.some(({spec, required}) => required && constraint.sections.includes(spec.id))
        ? constraint.sections.slice(0, 1)
        : [],
    ),
  )
  const children = below.filter(({spec, required}) => required || chosen.has(spec.id))
  const own = bound.spec.skeleton === undefined ? [] : [bound.spec.skeleton]
  return [
    lineOf(bound, number),
    ...own,
    ...children.flatMap((child, index) =>
      blocksOf(child, type, isCounted(child) ? undefined : numberIn(number, index + 1, beside), beside),
    ),
  ]
}

/** Whether the number that a missing section gets is one that the section behind it has. */
export function takesNumber(bound: BoundSection, missing = 0): boolean {
  const next = besideGap(bound)?.next
  const number = numberAt(bound, missing)
  return next !== undefined && number !== undefined && number === printedNumber(next)
}

type Beside = {readonly previous: Section | undefined; readonly next: Section | undefined} | undefined

/** The sections at both sides of the place where one is missing, whatever the type knows of them; `undefined` where it is alone. */
export function besideGap({gap: {after, before, offset}}: BoundSection): Beside {
  const near = after ?? before
  const siblings = near?.parent?.children.filter(({depth}) => depth === near.depth)
  return (
    siblings && {
      previous: siblings.findLast(({start}) => start < offset),
      next: siblings.find(({start}) => start >= offset),
    }
  )
}

/** The number of a heading as it is printed, with what ends it: `4.`, `3.3`, `2)`. */
function printedNumber({heading}: Section): string | undefined {
  return heading?.number && heading.number.text + ending(heading)
}

function ending({text, number}: NonNullable<Section['heading']>): string {
  return /^[.)]/u.exec(text.slice(number?.text.length ?? 0))?.[0] ?? ''
}

function numberAt(bound: BoundSection, missing: number): string | undefined {
  if (isCounted(bound)) return undefined
  const beside = besideGap(bound)
  if (!beside) return numberBelow(bound.parent?.matches[0], 1 + missing)
  const {previous, next} = beside
  const sample = previous?.heading?.number ? previous.heading : next?.heading
  if (!sample?.number) return undefined
  const last = sample.number.parts.at(-1) ?? 0
  const first = sample === previous?.heading ? last + 1 : Math.max(last - 1, 1)
  return [...sample.number.parts.slice(0, -1), first + missing].join('.') + ending(sample)
}

/** The name of one of many begins with what counts them: `FR-1`. */
function isCounted({spec}: BoundSection): boolean {
  return spec.pattern !== undefined && /^\S*\d/u.test(spec.heading)
}

/** A number under a section that holds none, if sections beside it number what they hold. */
function numberBelow(parent: Section | undefined, own: number): string | undefined {
  const number = parent?.heading?.number
  const cousins = parent?.parent?.children.flatMap(({children}) => children) ?? []
  const sample = cousins.find(({heading}) => heading?.number && heading.number.parts.length > 1)?.heading
  return number && sample ? `${number.text}.${own}${ending(sample)}` : undefined
}

/** Where a missing section goes, in words: "after section `3. Scope`", "before section `Security`". */
export function placeWords(bound: Pick<BoundSection, 'gap'> & {readonly parent?: BoundSection | undefined}): string {
  const {after, before} = bound.gap
  if (after?.heading) return `after section \`${after.heading.text}\``
  if (before?.heading) return `before section \`${before.heading.text}\``
  const parent = bound.parent?.matches[0]?.heading
  return parent ? `in section \`${parent.text}\`` : 'at the end of the document'
}

/** A number below one that a section gets, if the sections beside that one number what they hold. */
function numberIn(above: string | undefined, own: number, beside: Beside): string | undefined {
  const near = beside?.previous ?? beside?.next
  const cousins = near?.parent?.children.flatMap(({children}) => children) ?? []
  const sample = cousins.find(({heading}) => heading?.number && heading.number.parts.length > 1)?.heading
  return above !== undefined && sample ? `${above.replace(/[.)]$/u, '')}.${own}${ending(sample)}` : undefined
}
