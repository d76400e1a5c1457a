/** What is known of a document before it is written. */
export interface Known {
  readonly kind: 'document'
  /** Its name, as a person would say it; `undefined` when it has none yet. */
  readonly title: string | undefined
  /** The identifier that it gets: `13`, `DATA-015`; `undefined` when its type has none that counts. */
  readonly identity: string | undefined
  /** Values of its metadata that were given, by property. */
  readonly values: ReadonlyMap<string, string>
  /** `YYYY-MM-DD` */
  readonly today: string
  /** Who writes it, by name. */
  readonly author: string | undefined
}

/** A document for its author, or a template that anything is left to be filled in of. */
export type Purpose = Known | {readonly kind: 'template'}
