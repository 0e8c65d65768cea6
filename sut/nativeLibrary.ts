import type { LibraryHandle } from 'koffi';

/** Of `dlopen`, by platform. */
const NODELETE: Readonly<Record<string, number>> = { linux: 0x1000, darwin: 0x80 };
const RTLD_NOW = 0x2;

/**
 * koffi unloads libraries when their thread ends. Libraries that start threads of their own cannot bear that: these go on
 * in code that is no longer there, and the process ends with a segmentation fault. Windows is left as it is.
 *
 * @param load `koffi.load`
 * @param file as it was loaded
 */
export function keepLoaded(load: (name: string | null) => LibraryHandle, file: string): void {
  const nodelete = NODELETE[process.platform];
  if (nodelete === undefined) return;
  const open = load(null).func('dlopen', 'void *', ['str', 'int']);
  open(file, RTLD_NOW | nodelete);
}
