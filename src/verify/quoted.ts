/** A name as SQL writes it so that it is read as it stands. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
