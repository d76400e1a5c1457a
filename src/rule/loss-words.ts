/** Words on what becomes of data that no statement brings back. */
const lossWords =
  /\b(?:irreversibl|lost|loss|loses?|losing|back-?ups?|restor|dump|snapshot|archiv|copy|copied|copies|kept|keeps?|stays?|remain|left (?:as|in)|leave|harmless|can(?:no|['’])t|not (?:be )?(?:un|re)|never|one-way|no way back)/i

/** "Up and down again on a copy of staging": where it is tried, no word of what becomes of data. */
const tried =
  /\b(?:on|against)\s+(?:an?|the)\s+(?:\w+\s+){0,2}?(?:copy|dump|snapshot|backup)\s+of\s+(?:the\s+)?(?:prod\w*|staging|live|test|database|data)\b/gi

/** Whether the words of a way back say that something is lost, kept or restored in another way. */
export function speaksOfLoss(words: string): boolean {
  return lossWords.test(words.replaceAll(tried, ' '))
}
