import type {Shape} from './text.ts'
import {times, until} from './text.ts'

/** Definitions, tables, footnotes, addresses, front matter, and long lines. */
export const shapes: Readonly<Record<string, Shape>> = {
  // --- definitions and references
  'def-many': (b) => until((i) => `[d${i}]: /u${i}\n`, b),
  'def-many-refs': (b) => until((i) => `[d${i}]: /u${i}\n`, b / 2) + '\n' + until((i) => `[d${i}]\n`, b / 2),
  'def-same': (b) => times('[d]: /u\n', b),
  'def-long-label': (b) => times('[' + 'a'.repeat(990) + ']: /u\n', b),
  'def-open': (b) => times('[a]: ', b),
  'def-title-open': (b) => '[a]: /u "' + times('b\n', b),
  'def-title-open-many': (b) => times('[a]: /u "t\n', b),
  'def-colon-lines': (b) => times('[a]:\n', b),
  'ref-undefined': (b) => times('[a] ', b),
  'ref-undefined-full': (b) => times('[a][b] ', b),
  'ref-one-def-many': (b) => '[a]: /u\n\n' + times('[a] ', b),
  'ref-long-labels': (b) => times('[' + 'x'.repeat(900) + '] ', b),
  'ref-expansion': (b) => '[a]: ' + 'x'.repeat(b / 2) + '\n\n' + times('[a]', b / 2), // output blow-up n^2 in HTML, not in the tree
  // --- GFM
  'tbl-rows': (b) => 'a|b\n-|-\n' + times('1|2\n', b),
  'tbl-cols': (b) => {
    const c = Math.floor(b / 6)
    return times('a|', c * 2) + '\n' + times('-|', c * 2) + '\n' + times('1|', c * 2) + '\n'
  },
  'tbl-wide-short': (b) => {
    const c = Math.floor(b / 8)
    return '|a'.repeat(c) + '|\n' + '|-'.repeat(c) + '|\n' + '|\n'.repeat(Math.floor(c / 2))
  }, // rows padded?
  'tbl-square': (b) => {
    const d = Math.floor(Math.sqrt(b / 2))
    return 'a|'.repeat(d) + '\n' + ('-|'.repeat(d) + '\n') + ('1|'.repeat(d) + '\n').repeat(d)
  },
  'tbl-many': (b) => times('a|b\n-|-\n1|2\n\n', b),
  'tbl-nonhead': (b) => times('a|b\n', b),
  'tbl-delim-only': (b) => times('-|-\n', b),
  'tbl-delim-long': (b) => 'a|b\n' + times('-|', b),
  'tbl-pipes': (b) => '|'.repeat(b),
  'tbl-head-repeat': (b) => times('|a|b|\n', b) + '|-|-|\n',
  'tbl-escaped-pipes': (b) => 'a|b\n-|-\n' + times('\\|', b),
  'tbl-ticks': (b) => 'a|b\n-|-\n' + times('`|', b),
  'tbl-in-list': (b) => '- a|b\n  -|-\n' + times('  1|2\n', b),
  'tbl-in-bq': (b) => '> a|b\n> -|-\n' + times('> 1|2\n', b),
  'fn-defs': (b) => until((i) => `[^f${i}]: a\n\n`, b),
  'fn-calls': (b) => '[^a]: x\n\n' + times('[^a] ', b),
  'fn-undef': (b) => times('[^a] ', b),
  'fn-open': (b) => times('[^', b),
  'fn-nested': (b) => times('[^a]: ', b) + 'x',
  'fn-defs-calls': (b) => until((i) => `[^f${i}]: a\n\n`, b / 2) + until((i) => `[^f${i}] `, b / 2),
  'al-www': (b) => times('www.', b),
  'al-www-words': (b) => times('www.a.b ', b),
  'al-http': (b) => times('http://', b),
  'al-http-words': (b) => times('http://a.b ', b),
  'al-http-dots': (b) => 'http://' + times('a.', b),
  'al-http-paren': (b) => 'http://a.b/' + ')'.repeat(b),
  'al-http-paren-open': (b) => 'http://a.b/' + '('.repeat(b),
  'al-http-amp': (b) => 'http://a.b/' + times('&a;', b),
  'al-http-punct': (b) => 'http://a.b/' + times('?!.,:', b),
  'al-email-at': (b) => times('a@', b),
  'al-email-words': (b) => times('a@b.c ', b),
  'al-email-long': (b) => 'a'.repeat(b / 2) + '@' + 'a.'.repeat(b / 4),
  'al-email-plus': (b) => times('a+', b) + '@b.c',
  'al-email-nodot': (b) => times('a.b-c_d', b),
  'al-email-under': (b) => 'a@' + times('a_', b),
  // --- front matter
  'fm-unclosed': (b) => '---\n' + times('a: b\n', b),
  'fm-big': (b) => '---\n' + times('a: b\n', b) + '---\n',
  'fm-dashes': (b) => times('---\n', b),
  'fm-dash-space': (b) => '---\n' + times('--- \n- \n', b),
  // --- long
  'one-line-words': (b) => times('word ', b),
  'one-line-inline-mix': (b) => times('a *b* `c` [d](e) <f> & ', b),
  'hard-breaks': (b) => times('a  \n', b),
  'trailing-spaces': (b) => times('a' + ' '.repeat(100) + '\n', b),
  emoji: (b) => times('😀', b),
  combining: (b) => 'a' + times('\u0301', b),
  zwj: (b) => times('👩‍👩‍👧‍👦', b),
  nul: (b) => '\0'.repeat(b),
  'cr-only': (b) => times('a\r', b),
  crlf: (b) => times('a\r\n', b),
  'mixed-eol': (b) => times('a\rb\nc\r\n', b),
}
