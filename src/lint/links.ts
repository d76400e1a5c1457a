/** As in `package.json`; a test holds them equal. Importing that file would copy it, exports and all, into `dist`. */
export const version = '0.1.0'

const home = 'https://github.com/spec-lint/spec-lint'

/** Page of a rule at this version. */
export function ruleUrl(rule: string): string {
  return rule === 'internal-error' ? `${home}/issues` : `${home}/blob/v${version}/docs/rules/${rule}.md`
}
