/** Checks and triggers with a name, in tables (`| ck_a | orders | total > 0 |`) and lists (`` `ck_a`: `CHECK (total > 0)` on `orders` ``). */
import {expression} from '../../document/expressions.ts'
import {isWithin} from '../../document/places.ts'
import type {Cell, Row, Section, SpecDocument} from '../../document/types.ts'
import {divided} from './clauses.ts'
import {linesOf} from './lines.ts'
import type {DocumentedCheck, DocumentedEnum} from './model.ts'
import {
  type Stretch,
  bare,
  bareAt,
  group,
  nameOf,
  part,
  pieces,
  spanOf,
  stretchOf,
  toText,
  unquoted,
} from './stretch.ts'

const named = String.raw`["\x60]{0,2}((?:ck|chk|check)_[\p{L}\p{N}_$]{1,62}|[\p{L}_][\p{L}\p{N}_$]{0,62}_(?:check|chk|ck))["\x60]{0,2}`
/** "CHECK constraint `ck_a`: …" */
const kindOf = String.raw`(?:(?:named\s+)?(?:check(?:\s+constraint)?|constraint)\s+)?`
const called = expression('diu')`^[*\s\x60]*${kindOf}[\x60*\s]*${named}[\x60*]*\s*(?=\.?$|[:(–—-]|CHECK\b)`
const alone = expression('iu')`^${named}$`
const header = /^(?:constraints?|checks?|check constraints?|names?)(?: name)?$/i
const rule = /^(?:rules?|checks?|expressions?|definitions?|conditions?)$/i

export function checksIn(document: SpecDocument): readonly DocumentedCheck[] {
  return [
    ...fromTables(document),
    ...fromLists(document),
    ...fromLabels(document),
    ...fromSentences(document),
    ...triggersIn(document),
  ].toSorted((a, b) => a.start - b.start)
}

const tables = /^(?:on )?tables?(?: name)?$/i
const membership = expression(
  'diu',
)`^(?:CHECK\s*)?\(?\s*["\x60]?([\p{L}_][\p{L}\p{N}_$]*)["\x60]?\s+IN\s*\(((?:\s*'[^']*'\s*,?){2,60})\)\s*\)?$`

/** `| ck_a | orders | state IN ('open', 'paid') |`: the values of the column. */
export function enumsInChecks(document: SpecDocument): readonly DocumentedEnum[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap(({header: titles, rows}) => {
      const at = titles.findIndex(({text}) => tables.test(text.trim()))
      const last = titles.findIndex(({text}) => rule.test(text.trim()))
      if (at < 0 || last < 0) return valuesOn(titles, rows, section, document)
      return rows.flatMap(({cells}): readonly DocumentedEnum[] => {
        const [table, cell] = [cells[at], cells[last]]
        const whole = cell && bareAt(document, cell)
        const match = whole && membership.exec(whole.text)
        const name = match ? group(whole, match, 1) : undefined
        const list = match ? group(whole, match, 2) : undefined
        if (!table || !whole || !name || !list) return []
        const values = [...list.text.matchAll(/'([^']*)'/dgu)].flatMap((one) => group(list, one, 1) ?? [])
        return [
          {
            kind: 'documentedEnum',
            ...spanOf(whole),
            name: nameOf(name),
            values: values.map((one) => toText(one)),
            table: nameOf(bareAt(document, table)),
            section,
            source: 'table',
          },
        ]
      })
    }),
  )
}

/** ``| ck_a | `orders.state` | `open`, `paid` |`` */
function valuesOn(
  titles: readonly Cell[],
  rows: readonly Row[],
  section: Section,
  document: SpecDocument,
): readonly DocumentedEnum[] {
  const at = titles.findIndex(({text}) => on.test(text.trim()))
  const last = titles.findIndex(({text}) => rule.test(text.trim()))
  if (at < 0 || last < 0) return []
  return rows.flatMap(({cells}): readonly DocumentedEnum[] => {
    const [own, cell] = [cells[at], cells[last]]
    const column = own && bareAt(document, own)
    const list = cell && stretchOf(document, cell)
    if (!column || !list || !ofTable.test(column.text) || !listOfValues.test(list.text)) return []
    const {table, column: name} = divided(unquoted(column), true)
    return name ? [{...valuesOf(name, list, list, section), table: nameOf(table), source: 'table'}] : []
  })
}

const on = /^(?:on|columns?|applies to|where)$/i
const ofTable = expression('u')`^["\x60]*[\p{L}_][\p{L}\p{N}_$]*["\x60]*\.["\x60]*[\p{L}_][\p{L}\p{N}_$]*["\x60]*$`

const quotedValue = String.raw`[\x60'"][^\x60'"\n]{1,40}[\x60'"]`
const listOfValues = expression(
  'iu',
)`^\s*(?:(?:either|one of|any of|in)\s*:?\s*)?\(?${quotedValue}(?:(?:\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+)${quotedValue})+\)?\s*$`
const listed = expression(
  'diu',
)`^[\x60*\s:–—-]*(?:CHECK\s*)?\(?\s*["\x60]?([\p{L}_][\p{L}\p{N}_$]*)["\x60]?\s+(?:(?:is|must be|has to be|may be|can be|are)\s+)?(?:(?:either|one of|any of|in)\s*:?\s*)?\(?(${quotedValue}(?:(?:\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+|\s*[|/]\s*)${quotedValue})+)\)*[\x60.]*$`

/** `` `ck_a`: state IN ('open', 'paid') ``, `` `ck_a`: state is `open`, `paid` or `void` ``: the table is that of the check. */
export function enumsInCheckItems(document: SpecDocument): readonly DocumentedEnum[] {
  return linesOf(document).flatMap(({stretch, section}): readonly DocumentedEnum[] => {
    // What is written as `CHECK (…)` is read among the words.
    const head = /\bCHECK\s*\(/i.test(stretch.text) ? null : called.exec(stretch.text)
    const rest = head ? part(stretch, head[0].length) : undefined
    const match = rest && listed.exec(rest.text)
    const name = match ? group(rest, match, 1) : undefined
    const list = match ? group(rest, match, 2) : undefined
    return name && list ? [valuesOf(name, list, stretch, section)] : []
  })
}

function valuesOf(name: Stretch, list: Stretch, whole: Stretch, section: DocumentedEnum['section']): DocumentedEnum {
  const values = [...list.text.matchAll(/[`'"]([^`'"\n]+)[`'"]/dgu)].flatMap((one) => group(list, one, 1) ?? [])
  return {
    kind: 'documentedEnum',
    ...spanOf(whole),
    name: nameOf(name),
    values: values.map((one) => toText(one)),
    table: undefined,
    section,
    source: 'list',
  }
}

const allows = /allows|permits|accepts|admits/i
const allowed = expression(
  'dgiu',
)`\x60((?:ck|chk|check)_[\p{L}\p{N}_$]{1,62}|[\p{L}_][\p{L}\p{N}_$]{0,62}_(?:check|chk|ck))\x60\s+(?:only\s+)?(?:allows|permits|accepts|admits)\s+(?:only\s+|nothing but\s+)?(${quotedValue}(?:(?:\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+)${quotedValue})+)(?=\s*(?:$|[.;,]))`

/** `` `ck_a` allows 'open', 'paid' and 'void' ``: the values of the check that is called so. */
export function enumsOfNamedChecks(document: SpecDocument): readonly DocumentedEnum[] {
  return linesOf(document).flatMap(({stretch, section}) =>
    // Most lines have none, which is told sooner by the verb.
    (allows.test(stretch.text) ? [...stretch.text.matchAll(allowed)] : []).flatMap(
      (match): readonly DocumentedEnum[] => {
        const name = group(stretch, match, 1)
        const list = group(stretch, match, 2)
        return name && list ? [valuesOf(name, list, list, section)] : []
      },
    ),
  )
}

function fromTables(document: SpecDocument): readonly DocumentedCheck[] {
  return [document.root, ...document.sections].flatMap((section) =>
    section.tables.flatMap(({header: titles, rows}) => {
      const at = titles.findIndex(({text}) => header.test(text.trim()))
      const says = titles.findIndex(({text}) => rule.test(text.trim()))
      if (at < 0 || says < 0) return []
      // Below `Constraint` and beside what it stands on, code is a name whatever it is made of.
      const isOfNames =
        /constraint|check/i.test(titles[at]?.text ?? '') &&
        titles.some(({text}) => on.test(text.trim()) || tables.test(text.trim()))
      return rows.flatMap(({cells}): readonly DocumentedCheck[] => {
        const cell = cells[at]
        const name = cell && bareAt(document, cell)
        const isName =
          isOfNames && cell && inCode.test(stretchOf(document, cell).text) && !otherKey.test(cells[says]?.text ?? '')
        return name && (isName || alone.test(name.text)) ? [checkOf(unquoted(name), section)] : []
      })
    }),
  )
}

const inCode = expression('u')`^\s*\x60["]?[\p{L}_][\p{L}\p{N}_$]*["]?\x60\s*$`
const otherKey = /\b(?:unique|primary|foreign|references|exclude|not null)\b|→|->/i

/** "**Constraints to add:** `ck_a` (`total > 0`), `ck_b` (`paid >= 0`)": all in one line. */
function fromLabels(document: SpecDocument): readonly DocumentedCheck[] {
  return document.sections.flatMap((section) =>
    section.fields
      .filter(({label, value}) => value.text !== '' && value.end - value.start < 2000 && plural.test(label.text))
      .flatMap(({value}) => pieces(unquoted(stretchOf(document, value)), /^[,;]/u))
      .flatMap((piece) => {
        const match = called.exec(piece.text)
        const name = match ? group(piece, match, 1) : undefined
        return name ? [checkOf(name, section)] : []
      }),
  )
}

/** "Constraints: `ck_a` (`total > 0`) and `ck_b` (`paid >= 0`)." */
function fromSentences(document: SpecDocument): readonly DocumentedCheck[] {
  return document.sections.flatMap((section) =>
    section.blocks
      .filter(({kind, start, end}) => kind === 'paragraph' && end - start < 2000)
      .flatMap((block) => {
        const whole = stretchOf(document, block)
        const lead = /^(?:new\s+)?(?:check\s+)?(?:constraints|checks):\s+(?=`)/i.exec(whole.text)?.[0]
        return lead === undefined ? [] : pieces(unquoted(part(whole, lead.length)), /^[,;]/u).flatMap(apart)
      })
      .flatMap((piece) => {
        const match = called.exec(piece.text)
        const name = match ? group(piece, match, 1) : undefined
        return name ? [checkOf(name, section)] : []
      }),
  )
}

/** `` `ck_a` (`total > 0`) and `ck_b` `` are two. */
function apart(piece: Stretch): readonly Stretch[] {
  const at = /[`)]\s+and\s+(?=`)/u.exec(piece.text)
  const lead = /^\s*and\s+/u.exec(piece.text)?.[0].length ?? 0
  return at ? [part(piece, lead, at.index + 1), part(piece, at.index + at[0].length)] : [part(piece, lead)]
}

const plural = /\b(?:checks|constraints)\b/i

/** "`orders.total` is above 0 (check `ck_a`)" */
const inBrackets = expression('diu')`\((?:named\s+)?check(?:\s+constraint)?:?\s+\x60${named}\x60\)\.?$`

/** "Checks `ck_a`, `ck_b`" */
const several = /^[*_\s]*(?:checks|check constraints|constraints)[*_\s]*:?\s*(?=`)/i

function fromLists(document: SpecDocument): readonly DocumentedCheck[] {
  return linesOf(document).flatMap(({stretch, section, topic}) => {
    const lead = several.exec(stretch.text)
    if (lead)
      return pieces(part(stretch, lead[0].length), /^[,;]/u).flatMap((piece) => {
        const name = bare(piece)
        return alone.test(name.text) ? [checkOf(name, section)] : []
      })
    const aside = inBrackets.exec(stretch.text)
    const behind = aside ? group(stretch, aside, 1) : undefined
    if (behind) return [checkOf(behind, section)]
    if (!/check|constraint|validation/i.test(topic) && !/^[*\s]*check\b/i.test(stretch.text)) return []
    const match = called.exec(stretch.text)
    const name = match ? group(stretch, match, 1) : undefined
    return name ? [checkOf(name, section)] : []
  })
}

const trigger = expression(
  'dgiu',
)`\x60((?:trg|tr|trigger)_[\p{L}\p{N}_$]{1,62}|[\p{L}_][\p{L}\p{N}_$]{0,62}_(?:trg|trigger))\x60`

/** Those between back quotes below a heading `Triggers`. */
function triggersIn(document: SpecDocument): readonly DocumentedCheck[] {
  return document.sections
    .filter(({heading}) => /^\W*(?:\d[\d.]*\s+)?(?:database )?triggers?\b/i.test(heading?.title.text ?? ''))
    .flatMap((section) => {
      const whole = stretchOf(document, section.body)
      return [...whole.text.matchAll(trigger)]
        .flatMap((match) => group(whole, match, 1) ?? [])
        .filter((name) => !section.codes.some((one) => isWithin(name.at(0), one)))
        .map((name) => checkOf(name, section, 'trigger'))
    })
}

function checkOf(
  name: Stretch,
  section: DocumentedCheck['section'],
  what: DocumentedCheck['what'] = 'check',
): DocumentedCheck {
  return {kind: 'documentedCheck', what, ...spanOf(name), name: nameOf(name), section}
}
