import type {TableColumn} from '../engine/types.ts'

/** Values for sample rows: the same in every run. All are written as text, which the engine takes for the type of the column. */

const zero = '00000000-0000-4000-8000-'

const byType: readonly (readonly [RegExp, (number: number, size: number) => string])[] = [
  [/\[\]$/u, () => '{}'],
  [/^uuid/u, (number) => `${zero}${number.toString(16).padStart(12, '0')}`],
  [/^(?:timestamp|datetime)/u, (number) => `${dayOf(number)} 12:00:00`],
  [/^date/u, dayOf],
  [/^time/u, (number) => `12:${String(number % 60).padStart(2, '0')}:00`],
  [/^interval/u, (number) => `${number} hours`],
  [/^bool/u, (number) => String(number % 2)],
  [/^(?:small|big|tiny|medium)?(?:int|serial)/u, String],
  [/^(?:numeric|decimal|real|double|float|money|oid)/u, (number) => String(number % 10)],
  [/^json/u, (number) => `{"sample": ${number}}`],
  [/^(?:bytea|blob)/u, (number) => String.raw`\x` + number.toString(16).padStart(4, '0')],
  [/^inet/u, (number) => `10.0.${Math.floor(number / 250) % 250}.${(number % 250) + 1}`],
  [/^cidr/u, (number) => `10.${Math.floor(number / 250) % 250}.${number % 250}.0/24`],
  [/^macaddr8/u, (number) => `08:00:2b:01:02:03:04:${(number % 256).toString(16).padStart(2, '0')}`],
  [/^macaddr/u, (number) => `08:00:2b:01:02:${(number % 256).toString(16).padStart(2, '0')}`],
  [/^bit(?! var)/u, (number, size) => (number % 2 === 0 ? '0' : '1').padStart(size, '0')],
  [/^bit varying|^varbit/u, () => '1'],
  [/^(?:int4|int8|num)range/u, (number) => `[${number},${number + 1})`],
  [/^(?:ts|tstz|date)range/u, (number) => `[${dayOf(number)},${dayOf(number + 1)})`],
  [/^point/u, (number) => `(${number},${number})`],
  [/^tsvector/u, (number) => `sample${number}`],
  [/^xml/u, (number) => `<sample>${number}</sample>`],
  [/^ltree/u, (number) => `sample.n${number}`],
  [/^hstore/u, (number) => `sample=>${number}`],
]

/** A value of a column that no other number gives, as far as the type has so many. */
export function sampleOf({type, labels, name}: TableColumn, number: number): string {
  const [first] = labels
  if (first !== undefined) return labels[(number - 1) % labels.length] ?? first
  const base = type.toLowerCase()
  const size = sizeOf(base)
  const [, make] = byType.find(([pattern]) => pattern.test(base)) ?? []
  if (make) return make(number, size ?? 1)
  const text = /e-?mail/iu.test(name) ? `sample${number}@example.org` : `sample ${number}`
  return size === undefined || text.length <= size ? text : short(number, size)
}

/** The length of `varchar(20)`; `char` alone has one. */
function sizeOf(type: string): number | undefined {
  const size = /\((\d+)/u.exec(type)?.[1]
  if (size !== undefined) return Number(size)
  return /^(?:character|char|bit|"char")$/u.test(type) ? 1 : undefined
}

/** The last letters of a number that is counted in letters. */
function short(number: number, size: number): string {
  const letters = number.toString(36)
  return letters.length > size ? letters.slice(-size) : letters.padStart(Math.min(size, 3), 'a')
}

function dayOf(number: number): string {
  return new Date(Date.UTC(2020, 0, 1) + number * 86_400_000).toISOString().slice(0, 10)
}

const common: readonly string[] = [
  '1',
  '0',
  '10',
  '100',
  '2',
  '0.5',
  '-1',
  'A',
  'AB',
  'ABC',
  'a',
  'sample',
  'sample@example.org',
  'https://example.org/',
  '+4930123456',
  '2030-01-01',
  '2010-01-01',
  '{}',
  '[]',
  '0'.repeat(32),
  '0'.repeat(64),
]

/** Values that a check may take: those that it names, what is beside its numbers, then whatever is common; `undefined` for NULL. */
export function candidates(check: string): readonly (string | undefined)[] {
  const literals = [...check.matchAll(/'((?:[^']|'')*)'/gu)].map(([, text = '']) => text.replaceAll("''", "'"))
  const numbers = [...check.replaceAll(/'(?:[^']|'')*'/gu, '').matchAll(/-?\d+(?:\.\d+)?/gu)].map(([text]) =>
    Number(text),
  )
  const near = numbers.flatMap((number) => [number, number + 1, number - 1])
  const lengths = numbers.filter((number) => number > 0 && number <= 256).map((number) => 'a'.repeat(number))
  const all = [...literals.filter((text) => !/[\^$\\]/u.test(text)), ...near.map(String), ...lengths, ...common]
  return [...new Set([...all.slice(0, 60), undefined])]
}
