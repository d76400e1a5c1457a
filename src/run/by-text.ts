/** Makes something of a text when it is first asked for, such as of a folder, and remembers it for as long as there is the function. */
export function byText<T>(make: (text: string) => T): (text: string) => T {
  const all = new Map<string, {readonly value: T}>()
  return (text) => {
    const known = all.get(text) ?? {value: make(text)}
    all.set(text, known)
    return known.value
  }
}
