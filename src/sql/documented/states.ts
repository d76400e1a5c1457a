import type {Section} from '../../document/types.ts'
import type {DocumentedTable} from './model.ts'

/** Whether the headings above call an entity new or existing. */
export function stateOf(section: Section): DocumentedTable['state'] {
  for (let one: Section | undefined = section; one?.heading; one = one.parent) {
    const title = one.heading.title.text
    if (/\b(?:modified|existing|changed|updated|altered|extended)\b/i.test(title)) return 'existing'
    if (/\bnew\b/i.test(title)) return 'new'
  }
  return undefined
}
