import {tokensOf} from '../../sql/tokens.ts'

/** SQL as it is compared: without comments, quotes around names, and white space. */
export function formOf(sql: string): string {
  return tokensOf(sql, 'sqlite')
    .filter(({kind}) => kind !== 'comment')
    .map(({kind, text}) => (kind === 'quoted' ? text.slice(1, -1) : kind === 'word' ? text.toLowerCase() : text))
    .join(' ')
    .replace(/^(create (?:unique )?index) if not exists/u, '$1')
}
