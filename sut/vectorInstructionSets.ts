import { readFileSync } from 'node:fs';

/** Linux's names of processor features, and what people call them. */
const NAMES: Readonly<Record<string, string>> = {
  avx2: 'AVX2',
  avx512f: 'AVX-512',
  avx512_vnni: 'AVX-512 VNNI',
  avx512_bf16: 'AVX-512 BF16',
  amx_int8: 'AMX INT8',
  amx_bf16: 'AMX BF16',
};

/** The vector instruction sets of this machine's processor, as far as Linux lists them; none on other systems. */
export function vectorInstructionSets(): string[] {
  let flags: Set<string>;
  try {
    flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' '));
  } catch {
    return [];
  }
  return Object.entries(NAMES).flatMap(([flag, name]) => (flags.has(flag) ? [name] : []));
}
