/**
 * A CommonJS package of Node.js as it is when it is first required, with a memory of its own: what `import` gives, whatever stands
 * behind its address, is the one that was there before.
 */
export async function requiredAnew(name: string): Promise<unknown> {
  const {createRequire} = await import('node:module')
  const require = createRequire(import.meta.url)
  delete require.cache[require.resolve(name)]
  return require(name)
}
