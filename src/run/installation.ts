import {existsSync} from 'node:fs'

/** The folder of the package, as a URL that ends in a slash. Where this code stands in it, its build decides. */
export const packageFolder: URL = folderAbove(new URL('.', import.meta.url))

function folderAbove(folder: URL): URL {
  const above = new URL('..', folder)
  return existsSync(new URL('package.json', folder)) || above.href === folder.href ? folder : folderAbove(above)
}
