import {expression} from '../../document/expressions.ts'
import {sectionAt} from '../../document/places.ts'
import type {Block, Section, SpecDocument, Text} from '../../document/types.ts'
import type {Name} from '../model.ts'
import {modelAround} from './model-heads.ts'
import {spokenAt} from './sentences.ts'
import {type Stretch, bare, group, isHole, lastBefore, nameOf, part, stretchOf} from './stretch.ts'

/** A heading or label that names a table. */
export interface Owner {
  readonly name: Name
  /** It says `Table`, `Entity`, …, or is one word: not the title of some other section. */
  readonly sure: boolean
  /** It is said to get what follows. */
  readonly added?: boolean
  /** It is said to be changed: what follows may be all of it, or what it gets. */
  readonly changed?: boolean
}

interface Label {
  readonly start: number
  readonly owner: Owner
  /** Where what it names ends; `undefined`: with the next label. */
  readonly end?: number | undefined
}

const general =
  /^(?:core |main |key |all |schema |database |data |new |modified |existing |proposed |current |unique |check |not null |common |example |sample |full |complete |foreign |primary |composite |additional |performance |table |entity |business |validation |access |query |example |field |column |relevant |postgresql )*(?:tables?|columns?|fields?|attributes?|properties|schemas?|structure|definitions?|entity|entities|models?|indexes|indices|index|foreign|keys?|constraints?|relationships?|relations?|rules?|rows?|triggers?|types?|values?|examples?|notes?|overview|security|defaults?|description|purpose|enums?|details|layout|specifications?|patterns?|summary|changes|design|reference|references|data|validations?|state|migrations?|queries|policies|usage|ddl|sql|appendix|glossary|conventions|introduction|changelog|(?:one|many)[ -]to[ -](?:one|many)|dependencies|performance|metrics|existing|new|modified|added|core|additional|storage|requirements|diagram)$/i

const before = expression(
  'iu',
)`^(?:[^\p{L}\p{N}\x60{[_*"']+|\d+(?:\.\d+)*[.):]?\s+|(?:new |existing |modified |core |sub-?)?(?:table|entity|model|tabla|entidad|collection|object|class)(?:\s+\d+(?:\.\d+)*)?(?:\s*[:.–—-]\s*|\s+(?=[\x60"{[])))`
const after =
  /\s*(?:\([^()]*\)|(?<=[\s`*\]}])(?:database )?(?:table|entity|model|collection|object|schema|columns|fields)(?:\s+(?:schema|definition|structure|columns|fields|attributes))?|[:：]|\s[–—-]\s.*|:\s.*)$/i

/** "Changed table `orders`", "Model to modify `orders`", "Changes to `orders`". */
const isChanged =
  /^\W*(?:changed|modified|altered|extended)\b|\bto (?:modify|change|alter|extend)\b|^\W*changes? (?:to|of|in)\b/i

/** "Two columns are added", "gets two columns". */
const gains =
  /\b(?:columns?|fields?)\b[^.]{0,30}\badded\b|\b(?:added|additional|adds?|gets?|gains?|new)\b[^.]{0,30}\b(?:columns?|fields?)\b|\b(?:existing|exists|modified|changed|extended)\b/i

const gained =
  /\b(?:new|added|additional|further|more)\s+(?:columns?|fields?|attributes?)\b|\b(?:columns?|fields?)\s+added\b/i

/** "(existing table, two new columns)" */
const aside =
  /\*\*\s?\((?:[^()\n]{0,60}\b)?(?:new|existing|changed|modified|tables?|columns?|fields?|rows?|records?)\b[^()\n]{0,60}\)\s?[:：]?$/iu

/** The name in a heading or label such as `Table 1: users`, `` `orders` table ``, `Existing Entity: Part`. */
function ownerIn(written: Stretch): Owner | undefined {
  const coded = /^[^`]*`([^`]+)`[^`]*$/du.exec(written.text)
  const code = coded ? group(written, coded, 1) : undefined
  const changed = isChanged.test(written.text)
  if (code && /^V?\d{1,14}_/iu.test(code.text)) return undefined
  if (code && /^[\w.{}[\]$]+$/u.test(code.text.replaceAll('"', ''))) return {name: nameOf(code), sure: true, changed}
  if (written.text.length > 120) return undefined
  let rest = bare(written)
  if (general.test(rest.text) && !filled.test(rest.text)) return undefined
  let marked = false
  for (let round = 0; round < 6; round += 1) {
    const head = before.exec(rest.text)?.[0] ?? ''
    const tail = head === '' ? (after.exec(rest.text)?.[0] ?? '') : ''
    if (head === '' && tail === '') break
    marked ||= /table|entit|model|collection|object|tabla/i.test(head + tail)
    rest = bare(part(rest, head.length, rest.text.length - tail.length))
  }
  if (rest.text === '' || rest.text.length > 80) return undefined
  if (general.test(rest.text) && !isNamed(rest.text, written.text)) return undefined
  const one = /^[\p{L}_][\p{L}\p{N}_.$]*$/u.test(rest.text) || isHole(rest.text)
  return {name: nameOf(rest), sure: one || (marked && rest.text.split(/\s+/u).length <= 3), changed}
}

/** `policies Table` and `Table: rules` name a table by a word that stands for other things too; `Business rules table` doesn't. */
function isNamed(name: string, written: string): boolean {
  return filled.test(written) || (/^[a-z]{2,40}s$/u.test(name) && /\b(?:Table|Entity|Model)\b/u.test(written))
}

/** `core Table`, as a template's `[table_name] Table` is filled in: a title would begin with a capital. */
const filled = /^(?!(?:the|an?|each|this|every|all|new|existing)\s)[a-z]{2,40} (?:Table|Entity|Model)$/u

/** Comments aside. */
function blockBelow({blocks}: Section, index: number): Block | undefined {
  return blocks.slice(index + 1, index + 4).find(({kind}) => kind !== 'html')
}

/** Tells which table a place of the document is about: a label such as `**orders Table:**` above it, or the heading. */
export class Owners {
  readonly #document: SpecDocument
  readonly #labels = new Map<Section, readonly Label[]>()

  readonly #always: boolean

  /** With `always` a place that says no name is about what its heading says. */
  constructor(document: SpecDocument, always = false) {
    this.#document = document
    this.#always = always
  }

  at(section: Section, offset: number): Owner | undefined {
    const spoken = spokenAt(this.#document, section, offset)
    if (spoken) return {...spoken, sure: true}
    const around = modelAround(this.#document, offset)
    if (around) return {name: around.name, sure: true, changed: around.isThere}
    const found = this.#labelOf(section, offset)?.owner ?? this.#headingOf(section)
    if (found || !this.#always) return found
    const title = section.heading?.title ?? {start: offset, end: offset}
    return {name: nameOf(stretchOf(this.#document, title)), sure: false}
  }

  /** The same, and only where it is sure to be a table. */
  sureAt(section: Section, offset: number): Name | undefined {
    const owner = this.at(section, offset)
    return owner?.sure === true ? owner.name : undefined
  }

  #labelOf(section: Section, offset: number): Label | undefined {
    const labels = this.#labelsOf(section)
    const last = lastBefore(labels, offset)
    return last?.end === undefined || offset < last.end
      ? last
      : lastBefore(
          labels.filter(({end}) => end === undefined),
          offset,
        )
  }

  #headingOf(section: Section): Owner | undefined {
    let depth = 0
    for (let one: Section | undefined = section; one?.heading && one.depth > 1; one = one.parent) {
      const owner = ownerIn(stretchOf(this.#document, one.heading.title))
      if (owner && (depth === 0 || owner.sure)) return owner
      if (owner) return undefined
      depth += 1
    }
    return undefined
  }

  #labelsOf(section: Section): readonly Label[] {
    const known = this.#labels.get(section)
    if (known) return known
    const labels = [
      ...section.fields
        .filter(({style}) => style === 'bold')
        .flatMap(({label, start}) => this.#label(label, start, false)),
      ...section.blocks.flatMap((block, index) => this.#nameAlone(block, blockBelow(section, index))),
      ...section.blocks.flatMap((block, index) => this.#lead(block, blockBelow(section, index))),
    ].toSorted((a, b) => a.start - b.start)
    this.#labels.set(section, labels)
    return labels
  }

  /** `**orders**`, `**Table orders** of customers`, ``**`orders`** – what a customer bought`` above what it holds. */
  #lead(block: Block, next: Block | undefined): readonly Label[] {
    if (block.kind !== 'paragraph' || block.end - block.start > 240) return []
    const text = this.#document.text.slice(block.start, block.end)
    const holds = next?.kind === 'table' || next?.kind === 'list' || next?.kind === 'code'
    const coded = holds ? /^\*\*(`[^`*\n]{1,80}`)\*\*[^\n]{0,200}$/u.exec(text) : null
    const lead = coded ?? /^\*\*([^*\n]{1,80})\*\*(?:[^\n:：]{0,60}|\s?\([^()\n]{1,60}\)\s?[:：])$/u.exec(text)
    if (!lead) return []
    const start = block.start + 2
    const label = {start, end: start + (lead[1] ?? '').length, text: lead[1] ?? ''}
    const end = coded && next?.kind === 'list' ? next.end : undefined
    const title = sectionAt(this.#document, block.start).heading?.title.text ?? ''
    const isAside = aside.test(lead[0])
    const changed = (coded !== null || isAside) && (isChanged.test(title) || gains.test(lead[0]))
    const added = isAside && gained.test(lead[0])
    const isAlone = coded !== null || lead[0].endsWith('**') || aside.test(lead[0])
    return this.#label(label, block.start, isAlone).map((one) => ({
      ...one,
      owner: changed || added ? {...one.owner, changed, added} : one.owner,
      end,
    }))
  }

  /** `` `orders` ``, `` `orders`: `` or `` `orders` – an order of a customer `` above a table or a list. */
  #nameAlone(block: Block, next: Block | undefined): readonly Label[] {
    if (block.kind !== 'paragraph' || (next?.kind !== 'table' && next?.kind !== 'list')) return []
    const match =
      /^`"?([a-z][\w.$]{0,80})"?`(?:\s+table)?(?:\s+\([^()\n]{1,80}\))?(?:\s*[:：]?|\s*(?:[:：]|\s[–—-])\s[^\n]{1,200})$/iu.exec(
        this.#document.text.slice(block.start, block.end),
      )
    const text = match?.[1]
    if (text === undefined) return []
    const start = block.start + (match?.[0].indexOf(text) ?? 0)
    const end = next.kind === 'list' ? next.end : undefined
    // "`orders` (changed, two new columns)"
    const said = /^[^(\n]{0,120}\(([^()\n]{1,80})\)/u.exec(match?.[0] ?? '')?.[1] ?? ''
    const [added, changed] = [gained.test(said), isChanged.test(said)]
    return this.#label({start, end: start + text.length, text}, block.start, true).map((one) => ({
      ...one,
      owner: added || changed ? {...one.owner, added: added || one.owner.added === true, changed} : one.owner,
      end,
    }))
  }

  /** A label names a table when it says so, or is written as a name of one. */
  #label(label: Text, start: number, alone: boolean): readonly Label[] {
    const owner = ownerIn(stretchOf(this.#document, label))
    if (!owner) return []
    const says = /\b(?:table|entity|model)\b/i.test(label.text) && owner.sure
    const looks = /^`?[a-z][a-z0-9]*(?:_[a-z0-9]+)+`?$/u.test(label.text) || (alone && owner.sure)
    return says || looks ? [{start, owner}] : []
  }
}
