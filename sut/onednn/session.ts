import type { OneDnnFunctions, OneDnnLibrary } from './library.js';

const CPU = 1;
const DEFAULT_STREAM_FLAGS = 1;

type Creator<Rest extends unknown[]> = (created: BigUint64Array, ...rest: Rest) => void;

/** Objects of oneDNN that live and are freed together. Everything that they use has to be called from one thread. */
export class OneDnnSession {
  readonly library: OneDnnLibrary;
  readonly functions: OneDnnFunctions;
  readonly engine: bigint;
  readonly stream: bigint;
  readonly #frees: (() => void)[] = [];
  /** Data of which the library knows the address. */
  readonly #keptAlive: ArrayBufferView[] = [];

  constructor(library: OneDnnLibrary) {
    const { functions } = library;
    this.library = library;
    this.functions = functions;
    this.engine = this.own(functions.dnnl_engine_destroy, functions.dnnl_engine_create, CPU, 0);
    this.stream = this.own(
      functions.dnnl_stream_destroy,
      functions.dnnl_stream_create,
      this.engine,
      DEFAULT_STREAM_FLAGS,
    );
  }

  /** Creates an object of the library, which is freed with the session. */
  own<Rest extends unknown[]>(destroy: (object: bigint) => void, create: Creator<Rest>, ...rest: Rest): bigint {
    const object = createObject(create, ...rest);
    this.#frees.push(() => destroy(object));
    return object;
  }

  keepAlive(data: ArrayBufferView): void {
    this.#keptAlive.push(data);
  }

  /** Returns when everything that was executed is done. */
  finish(): void {
    this.functions.dnnl_stream_wait(this.stream);
  }

  close(): void {
    for (const free of this.#frees.splice(0).reverse()) free();
    this.#keptAlive.length = 0;
  }
}

/** Runs `use` with an object of the library that is freed afterwards. */
export function withObject<Rest extends unknown[], Result>(
  destroy: (object: bigint) => void,
  use: (object: bigint) => Result,
  create: Creator<Rest>,
  ...rest: Rest
): Result {
  const object = createObject(create, ...rest);
  try {
    return use(object);
  } finally {
    destroy(object);
  }
}

function createObject<Rest extends unknown[]>(create: Creator<Rest>, ...rest: Rest): bigint {
  const created = new BigUint64Array(1);
  create(created, ...rest);
  const [object = 0n] = created;
  return object;
}
