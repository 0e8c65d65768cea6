/** Scripts of packages, which came as bytes and are no modules. */

/**
 * Runs a classic script, and gives what it leaves in a variable.
 *
 * @param name of the variable
 */
export function runScript(source: Uint8Array<ArrayBuffer>, name: string): unknown {
  return new Function(`${new TextDecoder().decode(source)}\nreturn ${name};`)();
}

/** An address that bytes can be loaded from, as long as this worker lives. */
export function addressOf(content: Uint8Array<ArrayBuffer>, type: 'text/javascript' | 'application/wasm'): string {
  return URL.createObjectURL(new Blob([content], { type }));
}
