/** Characters of the texts that a function remembers before the oldest half of them is forgotten. */
let most = 400_000
/** The same in a run over files, where each document is read once: as much as one of them has, again and again. */
const mostInRun = 40_000

/** Remembers less from now on, as long as no document asks for more. */
export function rememberLess(): void {
  most = mostInRun
}

/** Makes room for what is asked of a document of that many characters. */
export function rememberFor(length: number): void {
  most = Math.max(most, 3 * length)
}

/**
 * A function of a text alone that knows the texts of late: a document that is edited has most of its parts again and again, and
 * documents share many. What it gives is shared: readonly, its offsets relative to the text. `kind` tells functions of a text and
 * a word apart.
 */
export function remembered<T>(make: (text: string, kind: string) => T): (text: string, kind?: string) => T {
  const kinds = new Map<string, Memory<T>>()
  return (text, kind = '') => {
    let memory = kinds.get(kind)
    if (!memory) {
      memory = {young: new Map(), old: new Map(), length: 0}
      kinds.set(kind, memory)
    }
    const young = memory.young.get(text)
    if (young !== undefined) return young.made
    const known = memory.old.get(text)
    const key = known ? known.text : alone(text)
    const one = known ?? {text: key, made: make(key, kind)}
    if (memory.length > most) {
      memory.old = memory.young
      memory.young = new Map()
      memory.length = 0
    }
    memory.young.set(key, one)
    memory.length += key.length + overhead
    return one.made
  }
}

/** What an entry weighs beside its text. */
const overhead = 40

interface Memory<T> {
  young: Map<string, Known<T>>
  old: Map<string, Known<T>>
  /** Of the young. */
  length: number
}

interface Known<T> {
  readonly text: string
  readonly made: T
}

/** A copy: a part of a text keeps the whole of it in memory. */
export function alone(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}

/** Remembers what is made of an object for as long as there is the object; what it is made of besides is the same each time. */
export function kept<T>(): (key: object, make: () => T) => T {
  const all = new WeakMap<object, {readonly value: T}>()
  return (key, make) => {
    const known = all.get(key)
    if (known) return known.value
    const value = make()
    all.set(key, {value})
    return value
  }
}

/** The same for what is made of one of the parts of an object. */
export function keptIn<T>(): (whole: object, part: object, make: () => T) => T {
  const wholes = kept<(part: object, make: () => T) => T>()
  return (whole, part, make) => wholes(whole, () => kept<T>())(part, make)
}

/** Makes something when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: {readonly value: T} | undefined
  return () => (made ??= {value: make()}).value
}
