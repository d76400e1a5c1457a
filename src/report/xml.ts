import {show} from './show.ts'

/** Text for an element or an attribute: markup escaped, characters that XML does not have made visible. */
export function xml(text: string): string {
  return show(text, 2000)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\uFFFE\uFFFF]/gu, '\uFFFD')
}
