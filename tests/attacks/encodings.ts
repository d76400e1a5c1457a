/** Bytes that are not the text that they look like. */
export const files: Readonly<Record<string, () => Buffer>> = {
  empty: () => Buffer.alloc(0),
  'bom-only': () => Buffer.from([0xef, 0xbb, 0xbf]),
  'bom-frontmatter': () => Buffer.from('\ufeff---\ntitle: a\n---\n# a\n'),
  'double-bom': () => Buffer.from('\ufeff\ufeff---\ntitle: a\n---\n# a\n'),
  'bom-mid': () => Buffer.from('# a\n\ufeff# b\n'),
  'utf16le-bom': () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('# a\n\ntext\n', 'utf16le')]),
  'utf16be-bom': () => {
    const x = Buffer.from('\ufeff# a\n\ntext\n', 'utf16le')
    return x.swap16()
  },
  'utf16le-nobom': () => Buffer.from('# a\n\ntext\n', 'utf16le'),
  utf32le: () => Buffer.from([0xff, 0xfe, 0, 0, 0x23, 0, 0, 0]),
  'invalid-utf8-ff': () => Buffer.from([0x23, 0x20, 0xff, 0xfe, 0xfd, 0x0a]),
  'invalid-utf8-overlong': () => Buffer.from([0x23, 0x20, 0xc0, 0xaf, 0x0a]),
  'invalid-utf8-surrogate': () => Buffer.from([0x23, 0x20, 0xed, 0xa0, 0x80, 0x0a]), // CESU lone surrogate
  'invalid-utf8-trunc': () => Buffer.from([0x23, 0x20, 0xe2, 0x82]),
  latin1: () => Buffer.from('# Übergröße naïve\n', 'latin1'),
  'nul-in-text': () => Buffer.from('# a\0b\n\nc\0\n'),
  'ansi-in-heading': () =>
    Buffer.from('# \x1b[31mred\x1b[0m \x1b]8;;http://evil\x07x\x1b]8;;\x07 \x1b[2J\x9b31m \x07\x08\n'),
  bidi: () => Buffer.from('# a\u202e\u2066evil\u2069\u202c b\u200b\u2060\n'),
  u2028: () => Buffer.from('# a\u2028b\u2029c\u0085d\x0b\x0ce\n'),
  'cr-only': () => Buffer.from('# a\r\rtext\r'),
  'no-final-newline': () => Buffer.from('# a'),
  'nbsp-fences': () => Buffer.from('\u00a0```\n\u3000# x\n'),
}
