import {kept} from '../document/remembered.ts'
import type {Section} from '../document/types.ts'
import {bareForm, headingForm} from './normalize.ts'
import type {SectionSpec} from './types.ts'

/**
 * Whether the title of a document is a section as well: others stand beside it. Where the type's sections stand below it, or none
 * of many is there, the document just bears the name of one.
 */
export function isSection(title: Section, specs: readonly SectionSpec[], sections: readonly Section[]): boolean {
  const isOne = (section: Section, own: readonly SectionSpec[]): boolean => {
    const form = headingForm(section.heading?.title.text ?? '')
    return own.some((spec) => spec.pattern === undefined && named(spec, form))
  }
  const spec = specs.find((one) => isOne(title, [one]))
  if (!spec) return false
  const others = sections.filter((section) => section !== title && isOne(section, specs))
  if (others.length > 0) return others.some(({depth}) => depth === title.depth)
  return specs.length < 4 || sections.some((section) => section.parent === title && isOne(section, spec.children))
}

/**
 * The highest heading level at which a third or more of the outline's top sections stand. A single one of many that stands deep
 * in a document, without a number of that depth, tells of no level.
 */
export function baseDepth(
  specs: readonly SectionSpec[],
  sections: readonly Section[],
  forms: ReadonlyMap<Section, string>,
): number {
  const counts = new Map<number, number>()
  const numbered = new Set<number>()
  for (const section of sections) {
    const form = forms.get(section) ?? ''
    if (!specs.some((spec) => spec.pattern === undefined && named(spec, form))) continue
    counts.set(section.depth, (counts.get(section.depth) ?? 0) + 1)
    // `### 2.1` belongs where it stands, and its number goes on with others there.
    if (section.heading?.number?.text.split('.').filter(Boolean).length === section.depth - 1)
      numbered.add(section.depth)
  }
  const sum = [...counts.values()].reduce((total, count) => total + count, 0)
  const isTold = ([depth, count]: readonly [number, number]): boolean =>
    count * 3 >= sum && (depth <= 2 || count > 1 || specs.length < 4 || numbered.has(depth))
  return [...counts].filter(isTold).toSorted(([a], [b]) => a - b)[0]?.[0] ?? 2
}

/** Whether a heading is that of a section of the type, under one of its names. */
export function named(spec: SectionSpec, form: string): boolean {
  const {whole, bare} = formsOf(spec, () => {
    const own = [spec.heading, ...spec.aliases].map((name) => headingForm(name))
    return {whole: new Set(own), bare: new Set(own.map((one) => bareForm(one)))}
  })
  return whole.has(form) || bare.has(form) || whole.has(bareForm(form))
}

const formsOf = kept<{readonly whole: ReadonlySet<string>; readonly bare: ReadonlySet<string>}>()
