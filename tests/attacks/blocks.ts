import type {Shape} from './text.ts'
import {nested, times, until} from './text.ts'

/** What nests and repeats in lines: quotes, lists, fences. */
export const shapes: Readonly<Record<string, Shape>> = {
  // --- baseline
  prose: (b) =>
    times(
      'The *quick* brown `fox` jumps over **the** lazy [dog](https://example.com/dog "t").\nIt never stops & never sleeps.\n\n',
      b,
    ),
  'plain-a': (b) => 'a'.repeat(b),
  'plain-lines': (b) => times('lorem ipsum dolor sit amet\n', b),
  'blank-lines': (b) => '\n'.repeat(b),
  'spaces-line': (b) => ' '.repeat(b) + 'a',
  'tabs-line': (b) => 'a' + '\t'.repeat(b) + 'b',
  'many-headings': (b) => times('# heading\n\n', b),
  paras: (b) => times('a\n\n', b),
  // --- containers
  'bq-one-line': (b) => times('> ', b) + 'a', // > > > > a
  'bq-one-line-nospace': (b) => times('>', b) + 'a',
  'bq-many-lines': (b) => {
    const d = Math.floor(Math.sqrt(b / 2))
    return (times('> ', d * 2) + 'a\n').repeat(d)
  },
  'bq-increasing': (b) => {
    const d = nested(b, 2)
    let s = ''
    for (let i = 1; i <= d; i++) s += '> '.repeat(i) + 'a\n'
    return s
  },
  'bq-decreasing': (b) => {
    const d = nested(b, 2)
    let s = ''
    for (let i = d; i > 0; i--) s += '> '.repeat(i) + 'a\n\n'
    return s
  },
  'bq-lazy': (b) => {
    const d = Math.floor(Math.min(b / 4, 500))
    return '> '.repeat(d) + 'a\n' + times('lazy\n', b - d * 2)
  },
  'bq-flat-lines': (b) => times('> a\n', b),
  'bq-toggle': (b) => times('> a\n\n', b),
  'list-one-line': (b) => times('- ', b) + 'a', // - - - - a
  'list-one-line-ord': (b) => times('1. ', b) + 'a',
  'list-nested': (b) => {
    const d = nested(b, 2)
    let s = ''
    for (let i = 0; i < d; i++) s += '  '.repeat(i) + '- a\n'
    return s
  },
  'list-flat': (b) => times('- a\n', b),
  'list-loose': (b) => times('- a\n\n', b),
  'list-ordered': (b) => until((i) => `${(i % 999999999) + 1}. a\n`, b),
  'list-alt-marker': (b) => times('- a\n* b\n+ c\n', b),
  'list-2-level': (b) => times('- a\n  - b\n', b),
  'list-lazy': (b) => '- a\n' + times('b\n', b),
  'list-bq-mix': (b) => times('- > ', b) + 'a',
  'list-empty-items': (b) => times('-\n', b),
  'list-50deep-repeat': (b) => {
    let u = ''
    for (let i = 0; i < 50; i++) u += '  '.repeat(i) + '- a\n'
    return times(u, b)
  },
  'task-list': (b) => times('- [ ] a\n- [x] b\n', b),
  'indented-code': (b) => times('    a\n', b),
  'indented-blank': (b) => '    a\n' + times('    \n', b),
  'fence-unclosed': (b) => '```\n' + times('a\n', b),
  'fence-many': (b) => times('```\na\n```\n', b),
  'fence-run': (b) => '`'.repeat(b) + '\na\n',
  'fence-in-list-unclosed': (b) => times('- ```\n  a\n', b),
  'setext-long': (b) => times('a\n', b) + '===\n',
  'hr-run': (b) => times('* ', b),
  'underscore-hr': (b) => '_'.repeat(b),
}
