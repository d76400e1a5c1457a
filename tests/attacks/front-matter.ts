/** Front matter that is small and means something odd. */
export const contents: Readonly<Record<string, () => string>> = {
  bomb9: () =>
    'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]\n' +
    'bcdefghi'
      .split('')
      .map(
        (c, i) =>
          `${c}: &${c} [${Array(9)
            .fill('*' + 'abcdefgh'[i])
            .join(',')}]`,
      )
      .join('\n'),
  bomb30x2: () =>
    'a0: &a0 [x,x]\n' + Array.from({length: 30}, (_, i) => `a${i + 1}: &a${i + 1} [*a${i},*a${i}]`).join('\n'),
  bombmap: () =>
    'a0: &a0 {x: 1}\n' + Array.from({length: 30}, (_, i) => `a${i + 1}: &a${i + 1} {p: *a${i}, q: *a${i}}`).join('\n'),
  bomb100: () =>
    'a: &a [' +
    Array(100).fill('x').join(',') +
    ']\n' +
    'bcde'
      .split('')
      .map(
        (c, i) =>
          `${c}: &${c} [${Array(99)
            .fill('*' + 'abcd'[i])
            .join(',')}]`,
      )
      .join('\n'),
  keybomb: () =>
    'a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n? *c\n: x\n',
  cyclic: () => 'a: &a\n  self: *a\n',
  proto: () => '__proto__: {polluted: true}\nconstructor: {prototype: {polluted2: true}}\ntitle: x\n',
  protomerge: () => 'a: &a {__proto__: {polluted: true}}\nb:\n  <<: *a\n',
  protokeynested: () => 'x:\n  __proto__:\n    isAdmin: true\ntoString: 1\nhasOwnProperty: 2\nvalueOf: 3\nlength: 4\n',
  dup: () => 'a: 1\na: 2\n"a": 3\n',
  dupcase: () => 'Status: a\nstatus: b\n',
  norway: () => 'a: no\nb: NO\nc: yes\nd: on\ne: off\nf: y\ng: ~\nh: null\ni: Null\nj: TRUE\n',
  octal: () =>
    'a: 010\nb: 0o10\nc: 0x1F\nd: 0b11\ne: 1_000\nf: 1:30\ng: .5\nh: +1\ni: 1e3\nj: .inf\nk: .NaN\nl: 0.1.2\nm: 1e400\nn: 12345678901234567890\n',
  dates: () =>
    'a: 2024-01-01\nb: 2024-01-01T10:00:00Z\nc: 2024-1-1\nd: 2024-13-45\ne: !!timestamp 2024-01-01\nf: 2024-02-30\n',
  tags: () =>
    'a: !!js/function "function(){process.exit(1)}"\nb: !!python/object/apply:os.system ["id"]\nc: !!binary aGVsbG8=\nd: !include /etc/passwd\ne: !!js/regexp /(a+)+$/\nf: !!set {x, y}\n',
  nonstring: () => '1: a\ntrue: b\nnull: c\n1.0: d\n2024-01-01: e\n[x, y]: f\n{p: q}: g\n? |\n  multi\n  line\n: h\n',
  emptydoc: () => '',
  onlycomment: () => '# c\n',
  scalar: () => 'just text\n',
  seq: () => '- a\n- b\n',
  nulldoc: () => '~\n',
  multidoc: () => 'a: 1\n---\nb: 2\n',
  docend: () => 'a: 1\n...\nb: 2\n',
  tabs: () => 'a:\n\tb: 1\n',
  unclosedq: () => 'a: "x\nb: 2\n',
  unclosedflow: () => 'a: [1, 2\nb: 3\n',
  colon: () => 'title: Spec: part 2\n',
  at: () => 'owner: @team\n',
  pct: () => 'a: %x\n',
  backtick: () => 'a: `x`\n',
  star: () => 'a: *x\n',
  amp: () => 'a: &x\n',
  bang: () => 'a: !x\n',
  hashes: () => 'a: #1\nb: x#1\n',
  mergeSeq: () => 'a: &a {x: 1}\nb: {<<: *a, x: 2}\nc: {<<: [*a, {y: 1}]}\nd: {<<: 1}\n',
  bom: () => '\ufeffa: 1\n',
  midbom: () => 'a: 1\n\ufeffb: 2\n',
  nbsp: () => 'a:\u00a0b\n',
  u2028: () => 'a: x\u2028b: y\n',
  surrogate: () => 'a: "\\ud800"\nb: "\\ud83d\\ude00"\nc: "\\x00"\n',
  nel: () => 'a: x\u0085b: y\n',
  ansi: () => 'a: "\\e[31mred\\e[0m\\a"\n',
  crs: () => 'a: 1\rb: 2\r',
  longkey: () => 'k'.repeat(2000) + ': v\n',
  yaml11: () => '%YAML 1.1\n---\na: yes\nb: 010\n',
}
