import {
  type Context,
  defineRule,
  migrationFolders,
  migrationName,
  migrationNames,
  nearest,
  type Text,
} from 'spec-lint/rule'

const endings = ['', '.sql', '.up.sql', '.py', '.rb', '.ts', '.js', '.go']

export default defineRule({
  id: 'migration-file-exists',
  category: 'migration',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    summary: 'The migration that an approved document names is in the folder of the migrations.',
    why: 'A document that is done and whose migration was never committed is deployed without it.',
    remedy: 'Commit the migration under the name that the document has, or correct the name.',
    exceptions:
      "Documents before approval, projects without a folder of migrations, and texts that stand in no project. The folder is that of the configuration's `migrations`; without it a name with a path is looked for there, another one in the folders of the known tools.",
  },
  options: {},
  messages: {
    absent: {
      reason: 'Migration `{name}` is not in `{folder}`',
      note: 'Commit it under this name, or write the name that it has.',
    },
    near: {
      reason: 'Migration `{name}` is not in `{folder}`',
      note: 'The folder has `{near}`. Write its name, or commit the migration under this one.',
    },
  },
  check({document, type, project, report}) {
    if (type.status?.phase?.kind !== 'final') return
    for (const name of migrationNames(document, type, project.migrations)) {
      const places = placesOf(name, project)
      const [first] = places
      if (first === undefined || places.some((folder) => holds(folder, name.text, project))) continue
      const near = isOf(first, project) ? nearNames(name.text, project) : []
      const [nearestName] = near
      if (nearestName === undefined) report.absent(name, {name: name.text, folder: first})
      else {
        const expected = near.map((one) => name.text.replace(migrationName(name.text), () => one))
        report.near(name, {name: name.text, folder: first, near: nearestName}, {expected})
      }
    }
  },
})

type Project = Context<never, never>['project']

/** The folders that there are, of those in which the migration may be. */
function placesOf({text}: Text, project: Project): readonly string[] {
  const path = text.replace(/^\.?\/|\/+$/gu, '')
  const slash = path.lastIndexOf('/')
  const own = project.migrations?.folder
  if (
    own !== undefined &&
    (slash < 0 || `/${own}/`.endsWith(`/${path.slice(0, slash)}/`) || path.startsWith(`${own}/`))
  )
    return [own]
  const candidates = slash < 0 ? migrationFolders : [path.slice(0, slash)]
  return candidates.filter((folder) => {
    const target = project.target(`/${folder}`)
    // A folder of documents about migrations is none of migrations.
    return target.kind === 'directory' && !(slash < 0 && target.documentsAlone)
  })
}

function isOf(folder: string, {migrations}: Project): boolean {
  return migrations?.folder === folder
}

function holds(folder: string, text: string, project: Project): boolean {
  if (isOf(folder, project)) return project.migrations?.names.includes(migrationName(text)) === true
  const file = text.replace(/\/+$/u, '').split('/').at(-1) ?? text
  return endings.some((ending) => {
    const {kind} = project.target(`/${folder}/${file}${ending}`)
    return kind === 'file' || kind === 'directory'
  })
}

/** Names that differ in a few letters, or in the number alone. */
function nearNames(text: string, {migrations}: Project): readonly string[] {
  const wanted = migrationName(text)
  const names = migrations?.names.slice(0, 2000) ?? []
  const description = descriptionOf(wanted)
  const alike = description.length > 3 ? names.filter((name) => descriptionOf(name) === description) : []
  return [...new Set([...alike, ...nearest(wanted, names)])].slice(0, 3)
}

function descriptionOf(name: string): string {
  return name.replace(/^[VB]?[\d._]+[-_.]+/u, '').toLowerCase()
}
