/** A heading as an id: `Goals / Non-goals` is `goals-non-goals`. */
export function slug(heading: string): string {
  return (
    heading
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-+|-+$/gu, '') || 'section'
  )
}
