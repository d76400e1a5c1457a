// Two loops of the Markdown parser take time with the square of the document: they move everything behind (or in front) for each
// change. Here are the same loops in one pass. Two others do for each event what is needed for a few. The build fails when the
// parser has other ones, so that someone looks again.
const changes = [
  {
    file: /[\\/]micromark-util-subtokenize[\\/]index\.js$/u,
    edits: [
      {
        before: `    while (index in jumps) {
      index = jumps[index];
    }
`,
        // Events are walked in one direction: behind the last place to jump from none has to be looked up.
        after: `    while (index <= farthest && index in jumps) {
      index = jumps[index];
    }
`,
      },
      {
        before: `  const jumps = {};
  let index = -1;
`,
        after: `  const jumps = {};
  let farthest = -1;
  let index = -1;
`,
      },
      {
        before: `        Object.assign(jumps, subcontent(events, index));
`,
        after: `        const gaps = subcontent(events, index);
        for (const from in gaps) {
          jumps[from] = gaps[from];
          if (+from > farthest) farthest = +from;
        }
`,
      },
    ],
  },
  {
    file: /[\\/]mdast-util-from-markdown[\\/]lib[\\/]index\.js$/u,
    edits: [
      {
        before: `    events = prepared;
    index = -1;
`,
        // Handlers leave their context as it is; it differs with the tokenizer alone, and many events in a row are of one.
        after: `    events = prepared;
    index = -1;
    let tokenizer;
    let inTokenizer;
    const contextOf = (of) => {
      if (of !== tokenizer) {
        tokenizer = of;
        inTokenizer = { ...context, sliceSerialize: of.sliceSerialize };
      }
      return inTokenizer;
    };
`,
      },
      {
        before: `        handler[events[index][1].type].call({
          ...context,
          sliceSerialize: events[index][2].sliceSerialize
        }, events[index][1]);
`,
        after: `        handler[events[index][1].type].call(contextOf(events[index][2]), events[index][1]);
`,
      },
    ],
  },
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
      met.add(change)
      let changed = code
      for (const {before, after} of change.edits ?? [change]) {
        if (!code.includes(before)) throw new Error(`${id} is another one than .ci/parser.mjs knows`)
        changed = changed.replace(before, () => after)
      }
      return {code: changed, map: null}
    },
    buildEnd(error) {
      if (!error && met.size > 0 && met.size < changes.length) throw new Error('The Markdown parser has other modules')
    },
  }
}
