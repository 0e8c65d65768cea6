import { elementAt } from '../../base/arrays.js';
import type { Handle, OpenVinoFunctions, OpenVinoLibrary } from './library.js';

type Creator<Rest extends unknown[]> = (...values: [...Rest, BigUint64Array]) => void;

/** OpenVINO's core, and objects that live and are freed with it. Used by one thread. */
export class OpenVinoSession {
  readonly library: OpenVinoLibrary;
  readonly functions: OpenVinoFunctions;
  readonly core: Handle;
  readonly #frees: (() => void)[] = [];

  constructor(library: OpenVinoLibrary) {
    const { functions } = library;
    this.library = library;
    this.functions = functions;
    this.core = this.own(functions.ov_core_free, functions.ov_core_create);
  }

  /** Creates an object of the library, which is freed with the session. */
  own<Rest extends unknown[]>(free: (object: Handle) => void, create: Creator<Rest>, ...rest: Rest): Handle {
    const object = created(create, ...rest);
    this.#frees.push(() => free(object));
    return object;
  }

  /** "CPU", "GPU.0", ... */
  devices(): string[] {
    const { functions, library } = this;
    const list = new BigUint64Array(2);
    functions.ov_core_get_available_devices(this.core, list);
    const names = library.read(elementAt(list, 0), Number(elementAt(list, 1)));
    const devices = names.map((name) => library.readText(name));
    functions.ov_available_devices_free(list);
    return devices;
  }

  deviceProperty(device: string, key: string): string {
    return this.#text(created(this.functions.ov_core_get_property, this.core, device, key));
  }

  /** Of a compiled model. */
  modelProperty(compiled: Handle, key: string): string {
    return this.#text(created(this.functions.ov_compiled_model_get_property, compiled, key));
  }

  close(): void {
    for (const free of this.#frees.splice(0).reverse()) free();
  }

  #text(address: Handle): string {
    const text = this.library.readText(address);
    this.functions.ov_free(address);
    return text;
  }
}

/** Runs `use` with an object of the library that is freed afterwards. */
export function withObject<Rest extends unknown[], Result>(
  free: (object: Handle) => void,
  use: (object: Handle) => Result,
  create: Creator<Rest>,
  ...rest: Rest
): Result {
  const object = created(create, ...rest);
  try {
    return use(object);
  } finally {
    free(object);
  }
}

/** What the library writes: an object's address, or a number. */
export function created<Rest extends unknown[]>(create: Creator<Rest>, ...rest: Rest): Handle {
  const out = new BigUint64Array(1);
  create(...rest, out);
  return elementAt(out, 0);
}
