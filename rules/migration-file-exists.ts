import {type Context, defineRule, migrationNames, type Text} from 'spec-lint/rule'

/** Where tools keep their migrations, from the root of the project. */
const folders = [
  'migrations',
  'db/migrations',
  'db/migrate',
  'database/migrations',
  'prisma/migrations',
  'supabase/migrations',
  'alembic/versions',
  'sql/migrations',
]
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
      'Documents before approval, projects without a folder of migrations, and texts that stand in no project. A name with a path is looked for there, another one in the usual folders.',
  },
  options: {},
  messages: {
    absent: {
      reason: 'Migration `{name}` is not in `{folder}`',
      note: 'Commit it under this name, or write the name that it has.',
    },
  },
  check({document, type, project, report}) {
    if (type.status?.phase?.kind !== 'final') return
    for (const name of migrationNames(document, type)) {
      const places = placesOf(name, project)
      const [first] = places
      if (first === undefined || places.some((folder) => holds(folder, fileOf(name.text), project))) continue
      report.absent(name, {name: name.text, folder: first})
    }
  },
})

type Project = Context<never, never>['project']

/** The folders that there are, of those in which the migration may be. */
function placesOf({text}: Text, project: Project): readonly string[] {
  const slash = text.replace(/\/+$/u, '').lastIndexOf('/')
  const candidates = slash < 0 ? folders : [text.slice(0, slash)]
  return candidates.filter((folder) => project.target(`/${folder}`).kind === 'directory')
}

function fileOf(text: string): string {
  return text.replace(/\/+$/u, '').split('/').at(-1) ?? text
}

function holds(folder: string, file: string, project: Project): boolean {
  return endings.some((ending) => {
    const {kind} = project.target(`/${folder}/${file}${ending}`)
    return kind === 'file' || kind === 'directory'
  })
}
