/**
 * Runs a classic script of a package, which came as bytes, and gives what it leaves in a variable.
 *
 * @param name of the variable
 */
export function runScript(source: Uint8Array<ArrayBuffer>, name: string): unknown {
  return new Function(`${new TextDecoder().decode(source)}\nreturn ${name};`)();
}
