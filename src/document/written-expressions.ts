/** What `expression` makes, made when the package was built; from the sources there is none. */
export const written: readonly (readonly [asked: string, source: string])[] = []
