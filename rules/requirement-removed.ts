import {
  defineRule,
  localUrl,
  mayMean,
  type Mention,
  type Project,
  relatedIn,
  type SpecDocument,
  type Specification,
} from 'spec-lint/rule'

export default defineRule({
  id: 'requirement-removed',
  category: 'phases',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'An identifier that other documents name does not vanish.',
    why: 'A design or a migration that stands for `FR-7` loses its ground, and nobody who reads it can tell.',
    remedy: 'Name what took its place, or keep the identifier and say that it was withdrawn.',
    exceptions:
      'Where the type of this document has identifiers of the same kind, `reference-exists` says it. A link to a document that was deleted is the matter of `link-target`. Without `--changed` or `--staged` nothing is known of earlier identifiers.',
  },
  options: {},
  messages: {
    removed: {
      reason: '`{id}` is named here and no longer defined in `{path}`',
      note: 'Name what took its place, or define `{id}` in `{path}` again.',
    },
  },
  check({document, type, project, report}) {
    const {self, earlier} = project
    if (earlier.length === 0) return
    const own = document.items.map(({id}) => id)
    const kinds = new Set(type.ids.map(({spec}) => spec.prefix))
    const told = new Set<string>()
    for (const mention of document.mentions) {
      const {id, prefix} = mention
      if (kinds.has(prefix) || told.has(id) || own.includes(id)) continue
      if (project.related.defining(id).length > 0) continue
      const lost = relatedIn(earlier)
        .defining(id)
        .find((one) => one.path !== self?.path && mayMean(mention, document, own, one))
      if (!lost || isToldByLink(mention, document, lost, project)) continue
      told.add(id)
      report.removed(mention, {id, path: lost.path})
    }
  },
})

/** The whole document is gone, and a link of this one leads to it. */
function isToldByLink(
  {start}: Mention,
  {links}: SpecDocument,
  lost: Specification,
  {related}: Pick<Project, 'related'>,
): boolean {
  if (related.at(lost.path)) return false
  const file = lost.path.split('/').at(-1)
  return links.some((link) => {
    const path = localUrl(link.url)?.path
    return path?.split('/').at(-1) === file || (path !== undefined && start >= link.start && start < link.end)
  })
}
