import {applyFixes, circularFix, mostPasses} from '../lint/fix.ts'
import {prepare} from '../lint/prepare.ts'
import type {Finding} from '../lint/types.ts'
import {namedAll} from './named.ts'
import {goOn, type RunOptions} from './options.ts'
import {pageOf, type Readied} from './read.ts'
import type {FileResult, FixedFile, Linted} from './types.ts'

/** A document with what was found in it. */
export interface Item {
  readonly name: string
  readonly path: string
  readonly text: string
  readonly result: Linted
  /** It, parsed; `undefined` for what is no document any more. */
  readonly ready: () => Readied | undefined
  /** What is found in it by now. */
  readonly lint: (one: Readied) => Promise<Linted>
  /** Whether what was found last is still so, after others were fixed. */
  readonly holds: () => boolean
}

/** One file on its way. */
export interface Draft {
  readonly item: Item
  readonly seen: Set<string>
  readonly fixed: Finding[]
  text: string
  /** With the text as it is now. */
  one: Readied | undefined
  result: Linted
  passes: number
  circle: Finding | undefined
}

export interface ConvergeOptions extends Pick<RunOptions, 'signal'> {
  readonly unsafe: boolean
  /** Whether a file stays as it is. */
  readonly isKept: (item: Item) => boolean
}

/** Passes over all files until no fix is left: a file whose fix depends on another one is looked at again at the end. */
export async function converge(items: readonly Item[], options: ConvergeOptions): Promise<readonly Draft[]> {
  const all = items.map((item): Draft => {
    const {text, result} = item
    return {item, seen: new Set([text]), fixed: [], text, one: undefined, result, passes: 0, circle: undefined}
  })
  let open: readonly Draft[] = all
  for (;;) {
    const next = open.filter((draft) => !options.isKept(draft.item) && pass(draft, options.unsafe))
    if (next.length === 0 && (open === all || all.length === 1)) return all
    for (const draft of next) await lintAgain(draft, options)
    // Once nothing moves any more, what the fixes of others may have changed is linted as it is now.
    if (next.length === 0) for (const draft of all) if (!draft.item.holds()) await lintAgain(draft, options)
    open = next.length === 0 ? all : next
  }
}

async function lintAgain(draft: Draft, options: ConvergeOptions): Promise<void> {
  await goOn(options)
  const one = parsed(draft)
  if (one) draft.result = await draft.item.lint(one)
}

function parsed(draft: Draft): Readied | undefined {
  return (draft.one ??= draft.item.ready())
}

/** Makes the fixes of one pass; whether the text is another one now. */
function pass(draft: Draft, unsafe: boolean): boolean {
  const {item, result, seen} = draft
  if (draft.circle || draft.passes >= mostPasses) return false
  const {text, fixed} = applyFixes(draft.text, result.findings, {unsafe})
  if (fixed.length === 0 || !parsed(draft)) return false
  if (seen.has(text)) {
    draft.circle = circularFix(fixed)
    replaceText(draft, item.text)
    return true
  }
  seen.add(text)
  draft.passes += 1
  draft.fixed.push(...fixed)
  replaceText(draft, text)
  return true
}

/** The type stays, whatever the text would be taken for now. */
function replaceText(draft: Draft, text: string): void {
  const one = parsed(draft)
  draft.text = text
  if (!one) return
  const {name, path, settings, workspace} = one
  const prepared =
    prepare(text, [], {path: name, type: one.prepared.type.type, dialect: settings.dialect}) ?? one.prepared
  workspace.add(path, pageOf(prepared, path, workspace))
  draft.one = {...one, text, prepared}
}

export function resultOf({item: {name}, text, one, result, circle}: Draft): FileResult {
  if (!circle || !one) return {path: name, text, result}
  const [own] = namedAll([circle], one)
  return {path: name, text, result: {...result, findings: [...(own ? [own] : []), ...result.findings]}}
}

export function fixedOf({item, text, fixed, circle}: Draft): readonly FixedFile[] {
  return circle || text === item.text
    ? []
    : [{path: item.name, before: item.text, after: text, rules: fixed.map(({ruleId}) => ruleId)}]
}
