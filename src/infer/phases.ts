import type {Json, SpecDocument} from '../document/types.ts'
import type {PhaseKind} from '../type/types.ts'
import type {Key} from './metadata.ts'
import {claim, list, object, plain, seen, told} from './told.ts'
import type {Evidence, Told} from './types.ts'
import {phaseKindOf, vocabulary} from './vocabulary.ts'

/** The values of the status as phases. What each means is known of common words; the moves between them a template can't say. */
export function phasesOf(status: Key | undefined, document: SpecDocument): Told<Json | undefined> {
  const {menu} = status?.shape ?? {}
  if (!status || !menu || menu.open || !menu.sure || menu.patterns.length > 0) return told(undefined)
  return phasesFrom(menu.values, seen(document, status.entry))
}

/** Values of a status as phases, in their order. */
export function phasesFrom(values: readonly string[], evidence: Evidence): Told<Json | undefined> {
  const kinds = values.map((value) => phaseKindOf(value))
  const settled = kinds.map((kind, index) => kindAt(kind, index, kinds))
  return list(
    values.map((value, index) => {
      const kind = settled[index] ?? 'open'
      const guessed = kinds[index] === undefined
      const doubt = `What \`${value}\` means is not known; it is taken for ${words[kind]}.`
      const next = kind === 'withdrawn' ? [] : values.filter((other) => other !== value)
      return object({
        status: told(
          value,
          claim(`\`${value}\`: ${words[kind]}`, guessed ? 'guessed' : 'shown', evidence, guessed ? {doubt} : {}),
        ),
        kind: plain(kind),
        next: plain(next),
        rules: plain(rulesFor(value, kind)),
      })
    }),
  )
}

const words: {readonly [kind in PhaseKind]: string} = {
  initial: 'the status of a document that is being written',
  open: 'the status of a document under discussion',
  final: 'a final status',
  withdrawn: 'the status of a document that no longer holds',
}

/** The first of several is where a document begins, whatever it is called. */
function kindAt(kind: PhaseKind | undefined, index: number, kinds: readonly (PhaseKind | undefined)[]): PhaseKind {
  const begins = index === 0 && !kinds.includes('initial') && kinds.length > 1
  if (begins && (kind === undefined || kind === 'open')) return 'initial'
  return kind ?? 'open'
}

function rulesFor(value: string, kind: PhaseKind): Json | undefined {
  const {initial, withdrawn} = vocabulary.phaseRules
  if (kind === 'initial') return initial
  if (kind === 'withdrawn') return withdrawn
  return kind === 'final' && vocabulary.agreed.words.includes(value.toLowerCase()) ? vocabulary.agreed.rules : undefined
}
