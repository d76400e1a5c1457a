// Two loops of the Markdown parser take time with the square of the document: they move everything behind (or in front) for each
// change. Here are the same loops in one pass. The build fails when the parser has other ones, so that someone looks again.
const changes = [
  {
    file: /[\\/](?:micromark-util-edit-map[\\/]index|micromark-extension-gfm-table[\\/]lib[\\/]edit-map)\.js$/u,
    // What stands in front of the first edit stays where it is.
    before: `    vecs.push(events.slice());
    events.length = 0;
`,
    after: '',
  },
  {
    file: /[\\/]micromark[\\/]lib[\\/]initialize[\\/]text\.js$/u,
    before: `    let index = -1;
    /** @type {number | undefined} */
    let enter;

    // A rather boring computation (to merge adjacent \`data\` events) which
    // improves mm performance by 29%.
    while (++index <= events.length) {
      if (enter === undefined) {
        if (events[index] && events[index][1].type === "data") {
          enter = index;
          index++;
        }
      } else if (!events[index] || events[index][1].type !== "data") {
        // Don’t do anything if there is one data token.
        if (index !== enter + 2) {
          events[enter][1].end = events[index - 1][1].end;
          events.splice(enter + 2, index - enter - 2);
          index = enter + 2;
        }
        enter = undefined;
      }
    }
`,
    // Adjacent \`data\` become one: of each run its first enter and exit stay.
    after: `    let length = 0;
    for (let index = 0; index < events.length; index++) {
      const first = events[index];
      events[length++] = first;
      if (first[1].type !== "data" || index + 1 >= events.length) continue;
      events[length++] = events[++index];
      if (!events[index + 1] || events[index + 1][1].type !== "data") continue;
      while (events[index + 1] && events[index + 1][1].type === "data") index++;
      first[1].end = events[index][1].end;
    }
    events.length = length;
`,
  },
]

/** The changes as a plug-in of the bundler. */
export function linearParser() {
  const met = new Set()
  return {
    name: 'linear-parser',
    transform(code, id) {
      const change = changes.find(({file}) => file.test(id))
      if (!change) return undefined
      if (!code.includes(change.before)) throw new Error(`${id} is another one than .ci/parser.mjs knows`)
      met.add(change)
      return {code: code.replace(change.before, () => change.after), map: null}
    },
    buildEnd(error) {
      if (!error && met.size > 0 && met.size < changes.length) throw new Error('The Markdown parser has other modules')
    },
  }
}
