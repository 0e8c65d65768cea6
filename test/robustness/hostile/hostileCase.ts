/** What a hostile system under test is, and the source of its plugin. */
export interface HostileCase {
  readonly name: string;
  /** The exit codes that are right. */
  readonly codes: readonly number[];
  /** The plugin's module. */
  readonly source: string;
  readonly args: readonly string[];
}

/** What it does, right exit codes, what makes the plugin differ from one that works, options of `run`. */
export type SystemRow = readonly [string, readonly number[], SystemParts, ...string[]];
export type EngineRow = readonly [string, readonly number[], EngineParts, ...string[]];
export type ModuleRow = readonly [string, readonly number[], string, ...string[]];

/** Bodies of functions and expressions; what is left out works. */
export interface SystemParts {
  /** Of the module. */
  readonly top?: string;
  readonly create?: string;
  /** Called with `samples` and `responder`; `answer(samples, responder)` answers after 3 ms. */
  readonly issue?: string;
  readonly flush?: string;
  readonly close?: string;
  readonly name?: string;
  readonly configuration?: string;
  /** Of what is returned, which is `system`. */
  readonly returned?: string;
}

/** Bodies of functions and expressions; what is left out works. */
export interface EngineParts {
  readonly top?: string;
  readonly checkUsable?: string;
  readonly create?: string;
  /** Called with `inputs` and `outputs`. */
  readonly infer?: string;
  readonly close?: string;
  readonly members?: string;
}

export function systemCase([name, codes, parts, ...args]: SystemRow): HostileCase {
  return { name: `system: ${name}`, codes, source: systemSource(parts), args };
}

export function engineCase([name, codes, parts, ...args]: EngineRow): HostileCase {
  return { name: `engine: ${name}`, codes, source: engineSource(parts), args };
}

/** The same in a worker thread. */
export function workerCase([name, codes, parts, ...args]: EngineRow): HostileCase {
  return { name: `worker: ${name}`, codes, source: engineSource(parts), args: ['--workers', '1', ...args] };
}

export function moduleCase([name, codes, source, ...args]: ModuleRow): HostileCase {
  return { name: `module: ${name}`, codes, source: `${IMPORTS}\n${source}`, args };
}

const IMPORTS = `import childProcess from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
const crash = () => createRequire('PACKAGE_JSON')('koffi').load('libc.so.6').func('size_t strlen(void *)')(1n);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const block = () => { for (;;); };
const nobody = new Proxy({}, { get() { throw new Error('no'); } });`;

function systemSource(parts: SystemParts): string {
  const { top = '', create = '', issue = 'answer(samples, responder);', flush = '', close = '' } = parts;
  const { name = "'hostile'", configuration = "{ engine: 'mine' }", returned = 'system' } = parts;
  return `${IMPORTS}
const answer = (samples, responder, bytes = 8192, atNs = undefined) => setTimeout(() => {
  for (const { id, index } of samples) {
    const data = new Uint8Array(bytes);
    new Float32Array(data.buffer, 0, bytes >> 2).fill(0.5 + index / 10);
    responder.querySamplesComplete([{ id, data }], atNs);
  }
}, 3);
${top}
export default { interfaceVersion: 1, kind: 'systemUnderTest', name: 'hostile',
  async createSystemUnderTest({ inputs, placement }) {
    const isCheck = inputs.shared.byteLength === 0;
    ${create}
    const system = { name: ${name}, configuration: ${configuration},
      issueQuery(samples, responder) { ${issue} },
      flushQueries() { ${flush} },
      close() { ${close} } };
    return ${returned};
  } };`;
}

function engineSource({
  top = '',
  checkUsable = '',
  create = '',
  infer,
  close = '',
  members = '',
}: EngineParts): string {
  return `${IMPORTS}
${top}
export default { interfaceVersion: 1, kind: 'engine', name: 'hostile', formats: ['safetensors'], precisions: ['fp32'],
  async checkUsable() { ${checkUsable} },
  async createEngine(model, { precision, threads }) {
    ${create}
    return { name: 'hostile', version: '1', precision, threads, instructionSet: 'none',
      async infer(inputs, outputs) { ${infer ?? 'await sleep(4); outputs.fill(0.5);'} },
      async close() { ${close} }, ${members} };
  } };`;
}
