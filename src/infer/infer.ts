import type {Json, SpecDocument} from '../document/types.ts'
import {keyForm} from '../type/normalize.ts'
import {capital} from '../document/words.ts'
import {detectOf} from './signals.ts'
import {remainsOf} from './guidance.ts'
import {flatten, idsOf} from './ids.ts'
import {type Key, metadataOf} from './metadata.ts'
import {outlineOf, type Slot} from './outline.ts'
import {phasesOf} from './phases.ts'
import {titleOf} from './title.ts'
import {claim, object, plain, seen, told} from './told.ts'
import type {Inferred, Map, Told} from './types.ts'
import {isCommonKey, says, settingsFor, vocabulary} from './vocabulary.ts'

const mostSections = 500

/** A template that is larger than any type may be. */
export interface TooLarge {
  readonly problem: string
}

/** The type that a template describes. `name` is its name, in kebab case. Takes time linear in the template's size. */
export function inferType(document: SpecDocument, name: string): Inferred | TooLarge {
  if (document.sections.length > mostSections)
    return {problem: `The template has ${document.sections.length} sections; ${mostSections} is the most`}
  const metadata = metadataOf(document)
  const title = titleOf(document, metadata.keys)
  const outline = outlineOf(document, metadata.home)
  const {text} = document
  const body = object({
    name: plain(name),
    title: plain(humanName(name)),
    description: plain('Inferred from a template.'),
    version: plain(versionOf(document)),
    detect: detectOf(document, metadata.keys, title.signal, outline.slots),
    documentTitle: title.told,
    metadata: metadata.told,
    outline: outline.told,
    phases: phasesOf(metadata.status, document),
    ids: idsOf(outline.slots, document),
    identity: identityOf(metadata.keys, title.identity, document),
    relations: relationsOf(metadata.keys, document),
    changelog: changelogOf(outline.slots, metadata.keys),
    migrationName: migrationNameOf(text),
    template: remainsOf(document, metadata.keys),
    rules: plain(settingsFor(text, outline.roles)),
  })
  return {json: body.value, claims: body.claims}
}

/** A template names its own version as its documents do: `<!-- spec-lint type rfc@2 -->`. */
function versionOf({typeComment}: SpecDocument): string | undefined {
  const version = typeComment?.version ?? ''
  return /^\d{1,9}(?:\.\d{1,9}){0,2}$/u.test(version) ? version : undefined
}

export function humanName(name: string): string {
  return capital(name.replaceAll('-', ' '))
}

/** `Track ID`, or the number in the title. */
function identityOf(
  keys: readonly Key[],
  title: Told<Map | undefined>,
  document: SpecDocument,
): Told<Json | undefined> {
  const id = keys.find(({name}) => /(?:^|\s)id$/u.test(keyForm(name))) ?? numberKey(keys)
  if (!id) return title
  const doubt = 'Two documents with one value are taken for a mistake.'
  return object({metadata: told(id.name, claim('one of a kind', 'guessed', seen(document, id.entry), {doubt}))})
}

/** `sip: XXXX`, `rfp: <to be assigned>`: the first key of front matter is what is numbered, and its value the number. */
function numberKey([first]: readonly Key[]): Key | undefined {
  if (first?.entry.origin !== 'frontMatter' || !isAcronym(first.name)) return undefined
  return says(vocabulary.numbers, first.entry.raw.trim()) ? first : undefined
}

function isAcronym(key: string): boolean {
  return /^[a-z]{3,5}$/iu.test(key) && !isCommonKey(key)
}

function relationsOf(keys: readonly Key[], document: SpecDocument): Told<Json | undefined> {
  const found = keys.flatMap(({name, entry}) => {
    const kind = vocabulary.relations.find((relation) => relation.keys.includes(keyForm(name)))?.kind
    return kind === undefined
      ? []
      : [
          {
            value: {kind, key: name},
            claims: [
              claim('names other documents', 'shown', seen(document, entry), {at: `/${keys.indexOf(keys[0] as Key)}`}),
            ],
          },
        ]
  })
  return found.length === 0
    ? told(undefined)
    : {
        value: found.map(({value}) => value),
        claims: found.flatMap(({claims}, index) => claims.map((one) => ({...one, at: `/${index}`}))),
      }
}

/** The newest row of the log and the metadata say the same, where both have a version or a date. */
function changelogOf(slots: readonly Slot[], keys: readonly Key[]): Told<Json | undefined> {
  const log = slots.flatMap(flatten).find(({role}) => role === 'changelog')
  const columns = (((log?.told.value['table'] as Map | undefined)?.['columns'] ?? []) as readonly Json[]).map(
    (column) => (typeof column === 'string' ? column : String((column as Map)['name'])),
  )
  const pair = (column: string, key: Key | undefined): Told<Json | undefined> => {
    const name = columns.find((one) => keyForm(one) === column)
    return plain(name !== undefined && key ? {column: name, metadata: key.name} : undefined)
  }
  const dates = keys.filter(({isDate}) => isDate)
  const date =
    dates.find(({name}) => /updated|modified|changed/u.test(keyForm(name))) ??
    (dates.length === 1 ? dates[0] : undefined)
  const {value, claims} = object({
    version: pair(
      'version',
      keys.find(({name}) => keyForm(name) === 'version'),
    ),
    date: pair('date', date ?? dateLike(keys)),
  })
  return Object.keys(value).length > 0 ? {value, claims} : told(undefined)
}

function dateLike(keys: readonly Key[]): Key | undefined {
  return keys.find(({name}) => keyForm(name) === 'last updated')
}

function migrationNameOf(text: string): Told<Json | undefined> {
  const line = text
    .split(/\r\n|\n|\r/u)
    .find((one) => vocabulary.migrationNames.some(({pattern}) => says(pattern, one)))
  const found = line === undefined ? undefined : vocabulary.migrationNames.find(({pattern}) => says(pattern, line))
  return plain(found && {preset: found.preset, example: found.example})
}
