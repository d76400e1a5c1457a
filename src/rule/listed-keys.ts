import type {SpecDocument} from '../document/types.ts'
import {nameOf, part, stretchOf} from '../sql/documented/stretch.ts'
import type {Name} from '../sql/model.ts'
import {withInner} from './back.ts'

/** A column that a line such as `**Foreign Keys**: …` lists with its table. */
export interface ListedKey {
  readonly table: Name
  readonly column: Name
}

const label = /^foreign keys?(?: columns?)?$/i
const path = /`([A-Za-z_][\w$]*)\.([A-Za-z_][\w$]*)`/gu
/** Where it leads is read elsewhere, with where it begins. */
const arrow = /→|->|=>|\breferences\b/i

/** The columns of labelled lines that list foreign keys by nothing but their names. */
export function listedKeys(document: SpecDocument): readonly ListedKey[] {
  return document.sections
    .flatMap(({fields}) => fields)
    .flatMap(withInner)
    .filter((one) => label.test(one.label.text) && !arrow.test(one.value.text))
    .flatMap(({value}) => {
      const whole = stretchOf(document, value)
      return [...whole.text.matchAll(path)].map(({0: found, 1: table = '', index}) => ({
        table: nameOf(part(whole, index + 1, index + 1 + table.length)),
        column: nameOf(part(whole, index + table.length + 2, index + found.length - 1)),
      }))
    })
}
