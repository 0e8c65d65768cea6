import { readFile } from 'node:fs/promises';
import { packageVersion } from '../../platform/node/packages.js';
import type { MachineFacts } from '../../submission/systemDescription.js';
import { SYSTEM_KEYS } from '../../submission/systemKeys.js';
import { isOnThisMachine, remoteNamed } from '../../sut/remote/remoteName.js';

/** The parts of an instruction set that engines choose their code by. */
const NOTABLE_FLAGS = /^(avx|avx2|avx512f|avx512_vnni|avx512_bf16|avx_vnni|amx_\w+|asimd|asimddp|bf16|i8mm|sve2?)$/;

const SW_NOTES = 'Model and benchmark are of sphereface-loadgen: not an official MLPerf model.';
const loadgenStack = () => `Node.js ${process.version}, sphereface-loadgen ${packageVersion()}`;

/** What is known of the machine that computes: nothing if it is another one, not even that it has no accelerators. */
export function factsOfSystem(sutName: string): Promise<MachineFacts> {
  const server = remoteNamed(sutName);
  if (server === undefined || isOnThisMachine(server)) return machineFacts();
  const accelerators = Object.keys(SYSTEM_KEYS).filter((key) => key.startsWith('accelerator'));
  return Promise.resolve({
    ...Object.fromEntries(accelerators.map((key) => [key, ''])),
    sw_notes: `${SW_NOTES} The LoadGen ran on another machine: ${loadgenStack()}.`,
  });
}

/**
 * What the machine tells of itself for a system description. Fields are chosen one by one, so that no serial number,
 * address or name is among them.
 */
export async function machineFacts(): Promise<MachineFacts> {
  // Only this command needs it, and it starts other programs to find out.
  const { default: information } = await import('systeminformation');
  const [cpu, memory, modules, disks, devices, os, system, networks] = await Promise.all([
    information.cpu(),
    information.mem(),
    information.memLayout(),
    information.diskLayout(),
    information.blockDevices(),
    information.osInfo(),
    information.system(),
    information.networkInterfaces(),
  ]);
  const cards = [networks].flat().filter(({ internal, virtual }) => !internal && !virtual);
  const storageBytes = devices.filter(({ type }) => type === 'disk').map(({ size }) => size);
  return withoutEmpty({
    host_processor_model_name: makeAndModel(cpu.manufacturer, cpu.brand),
    host_processors_per_node: count(cpu.processors),
    host_processor_core_count: count(cpu.physicalCores / Math.max(cpu.processors, 1)),
    host_processor_frequency: frequencyText(cpu.speedMax),
    host_processor_caches: cacheText(cpu.cache),
    host_processor_interconnect: cpu.processors === 1 ? 'N/A' : '',
    host_memory_capacity: sizeText(memory.total, 2 ** 30, 'GiB'),
    host_memory_configuration: distinct(
      modules.filter(({ type }) => type !== '').map(({ size, type }) => `${sizeText(size, 2 ** 30, 'GiB')} ${type}`),
    ),
    host_storage_capacity: sizeText(sum(storageBytes), 1e9, 'GB'),
    host_storage_type: distinct(disks.map(({ interfaceType, type }) => makeAndModel(interfaceType, type))),
    host_networking: distinct(
      cards.map(({ type }) => (type === 'wireless' ? 'Wi-Fi' : type === 'wired' ? 'Ethernet' : '')),
    ),
    host_network_card_count: count(cards.length),
    host_networking_topology: 'N/A',
    operating_system: `${makeAndModel(os.distro, os.release)}, ${os.platform} ${os.kernel}`,
    other_software_stack: loadgenStack(),
    hw_notes: await notesText(cpu.flags, system),
    sw_notes: SW_NOTES,
  });
}

function withoutEmpty(facts: Readonly<Record<string, string>>): MachineFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ''));
}

/** The maker is left out where the model names it already. */
function makeAndModel(maker: string, model: string): string {
  const text = model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${maker} ${model}`;
  return text.replace(/\s+/g, ' ').trim();
}

function count(value: number): string {
  return Number.isFinite(value) && value > 0 ? String(value) : '';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function sizeText(bytes: number, unitBytes: number, unit: string): string {
  return bytes > 0 ? `${Math.round(bytes / unitBytes)} ${unit}` : '';
}

function frequencyText(maximumGhz: number): string {
  return maximumGhz > 0 ? `up to ${maximumGhz} GHz` : '';
}

function cacheText(cache: { l1d: number; l1i: number; l2: number; l3: number }): string {
  const levels = Object.entries({ L1d: cache.l1d, L1i: cache.l1i, L2: cache.l2, L3: cache.l3 });
  const texts = levels.filter(([, bytes]) => bytes > 0).map(([level, bytes]) => `${level} ${bytes / 1024} KiB`);
  return texts.length === 0 ? '' : `${texts.join(', ')}, of all cores together`;
}

/** "2 x 16 GiB DDR5, 1 x 8 GiB DDR5". */
function distinct(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, times]) => (times === 1 ? text : `${times} x ${text}`)).join(', ');
}

async function notesText(
  cpuFlags: string,
  { virtual, virtualHost }: { virtual: boolean; virtualHost?: string },
): Promise<string> {
  const flags = cpuFlags === '' ? await flagsOfLinux() : cpuFlags;
  const notable = flags.split(/\s+/).filter((flag) => NOTABLE_FLAGS.test(flag));
  return [
    virtual ? `A virtual machine${virtualHost ? ` (${virtualHost})` : ''}: cores and sizes are those given to it.` : '',
    notable.length > 0 ? `Instruction sets: ${notable.join(', ')}.` : '',
  ]
    .join(' ')
    .trim();
}

/** On arm64, where the library gives none. */
async function flagsOfLinux(): Promise<string> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1] ?? '';
}
