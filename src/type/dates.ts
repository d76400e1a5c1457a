const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The ISO form of a date that can be read in one way only; `12/03/2026` can't. */
export function isoDate(text: string): string | undefined {
  const numeric = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/u.exec(text.trim())
  if (numeric) return real(Number(numeric[1]), Number(numeric[2]), Number(numeric[3]))
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(text.trim())
  if (compact) return real(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const dayFirst = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})$/i.exec(text.trim())
  if (dayFirst) return real(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]))
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i.exec(text.trim())
  if (monthFirst) return real(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2]))
  const european = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/u.exec(text.trim())
  if (european && Number(european[1]) > 12) return real(Number(european[3]), Number(european[2]), Number(european[1]))
  return undefined
}

function monthOf(name = ''): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

function real(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.toISOString().slice(0, 10)
}
