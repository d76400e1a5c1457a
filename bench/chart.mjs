/** A bar chart as SVG, readable on light and on dark pages. */
export function chart({title, base, results}) {
  const height = 28
  const left = 330
  const width = 860
  const widest = Math.max(...results.map(({ratio}) => ratio))
  const bars = results.map(({name, ratio}, index) => {
    const y = 44 + index * height
    const length = Math.max(1, ((width - left - 70) * ratio) / widest)
    const colour = name.startsWith('spec-lint') ? '#2f81f7' : '#8b949e'
    return [
      `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${left}" y="${y + 2}" width="${length.toFixed(1)}" height="${height - 10}" rx="2" fill="${colour}"/>`,
      `<text x="${(left + length + 8).toFixed(1)}" y="${y + 15}">${ratio.toFixed(2)}</text>`,
    ].join('\n')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${56 + results.length * height}" font-family="system-ui, sans-serif" font-size="13" fill="#6e7781" role="img">
<title>${escaped(title)}: times as multiples of ${escaped(base)}</title>
<text x="10" y="22" font-weight="600">${escaped(title)} (× ${escaped(base)})</text>
${bars.join('\n')}
</svg>
`
}

function escaped(text) {
  return text.replaceAll('`', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
