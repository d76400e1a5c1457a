import {defineRule, isWithin, localUrl, nearest, type Span, type Target} from 'spec-lint/rule'

/** GitHub serves more than files: `../../issues/7` leads from a repository's file to its issue. */
const forge =
  /(?:^|\/)\.\.\/(?:issues|pulls?|wiki|releases|blob|tree|raw|edit|actions|discussions|commits?|compare|milestones?|labels|projects|security)(?:\/|$)/u

export default defineRule({
  id: 'link-target',
  category: 'requirements',
  severity: 'error',
  since: '0.1.0',
  docs: {
    summary: 'Every relative link, image and `#anchor` leads to something.',
    why: 'A specification is read together with what it refers to; a dead link hides half of it, and works on the machine of its author alone when only the case differs.',
    remedy:
      'Correct the path or the anchor. Anchors are as GitHub makes them from headings: lower case, hyphens for spaces, no punctuation.',
    exceptions:
      'Addresses with a scheme or a host are never looked up, and nothing outside of the project is ever opened. Links that a site generator understands (`guide` for `guide.md`) pass, and those that begin as an entry of `elsewhere`.',
  },
  options: {
    elsewhere: {
      type: 'array',
      items: {type: 'string', minLength: 1},
      default: [],
      description: 'Beginnings of relative addresses that lead to something once it is published, such as `../EIPS/`.',
    },
  },
  messages: {
    missing: {reason: '`{path}` leads to no file', note: 'Correct the path, or add the file.'},
    near: {reason: '`{path}` leads to no file', note: 'Write `{right}`, or correct the path.'},
    case: {
      reason: '`{path}` leads to no file: the name is `{right}`',
      note: 'Write `{right}`; on GitHub and on Linux another case is another file.',
    },
    outside: {
      reason: '`{path}` leads out of the project',
      note: 'Link to a file of the project, or write the whole address.',
    },
    anchor: {reason: '`#{fragment}` is no heading of {where}', note: 'Write the anchor of a heading that is there.'},
    nearAnchor: {
      reason: '`#{fragment}` is no heading of {where}',
      note: 'Write `#{right}`, or the anchor of another heading.',
    },
  },
  check({document, project, options, report}) {
    const dropped = document.definitions.filter(({used}) => !used)
    for (const {url, urlSpan} of [...document.links, ...document.definitions.filter(({used}) => used)]) {
      const local = localUrl(url)
      if (!local || dropped.some((definition) => isWithin(urlSpan.start, definition))) continue
      const {path, fragment} = local
      if (options.elsewhere.some((beginning) => path.startsWith(beginning))) continue
      const target: Target =
        path === ''
          ? {kind: 'file', path: '', anchors: document.anchors, specification: undefined}
          : project.target(path)
      if (target.kind === 'missing') missing(urlSpan, url, path, target.nearest)
      else if (target.kind === 'outside' && !forge.test(path)) report.outside(urlSpan, {path})
      else if (target.kind === 'file' && target.anchors && fragment !== undefined && fragment !== '')
        anchor(urlSpan, url, {fragment, anchors: target.anchors, path})
    }

    function missing(at: Span, url: string, path: string, near: readonly string[]): void {
      const [right] = near
      const expected = near.map((one) => url.replace(/^[^#?]*/u, encoded(one)))
      if (right === undefined) report.missing(at, {path})
      else if (
        right.toLowerCase() === path.toLowerCase() ||
        right.toLowerCase() === path.replace(/^\.\//u, '').toLowerCase()
      )
        report.case(at, {path, right}, {expected})
      else report.near(at, {path, right}, {expected})
    }

    function anchor(
      at: Span,
      url: string,
      {
        fragment,
        anchors,
        path,
      }: {readonly fragment: string; readonly anchors: ReadonlySet<string>; readonly path: string},
    ): void {
      // A line of the source, a range of text, a footnote: no heading is meant.
      if (anchors.has(fragment) || /^(?:L\d+|:~:|user-content-|fn-?\d|cite_note)/u.test(fragment)) return
      const where = path === '' ? 'this document' : `\`${path.replaceAll('`', "'")}\``
      const [right, ...more] = nearAnchors(fragment, [...anchors].slice(0, 2000))
      if (right === undefined) report.anchor(at, {fragment, where})
      else {
        const expected = [right, ...more.slice(0, 2)].map((one) => `${url.slice(0, url.indexOf('#'))}#${one}`)
        report.nearAnchor(at, {fragment, where, right}, {expected})
      }
    }
  },
})

/** Anchors that begin as the fragment does (a heading that grew), else those a few letters away. */
function nearAnchors(fragment: string, anchors: readonly string[]): readonly string[] {
  const close = nearest(fragment, anchors)
  if (close.length > 0 || fragment.length < 5) return close
  return anchors.filter((anchor) => anchor.startsWith(fragment) || (anchor.length > 4 && fragment.startsWith(anchor)))
}

/** A path as it stands in an address. */
function encoded(path: string): string {
  return path.replaceAll(/[\s()<>%]/gu, (sign) => encodeURIComponent(sign))
}
