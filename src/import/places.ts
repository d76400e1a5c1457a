import {basename, dirname} from 'node:path/posix'
import {typeName} from '../config/templates.ts'
import type {ImportedType, Project} from './types.ts'

/** The type's name: the stem of its file, or the folder's name where the stem says nothing. */
export function typeNameOf(path: string, stem: string): string {
  return typeName(stem === '' ? basename(dirname(path)) : stem)
}

/** `README.<ending>` is meant for the `README.md` beside it; a file without a document of its name for what stands below it. */
export function placeOf(path: string, stem: string, {paths}: Project): Pick<ImportedType, 'globs' | 'narrow'> {
  const folder = dirname(path) === '.' ? '' : `${dirname(path)}/`
  const beside = `${folder}${stem}.md`
  if (stem !== '' && paths.includes(beside)) return {globs: [beside], narrow: false}
  return {globs: [`${folder}**/*.md`], narrow: true}
}
