import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Ended, MAIN, type Running, startProgram } from '../../cli/loadgen.js';
import { ROOT } from '../markdown.js';

const PERSONS = 6;

/** A reader's folder, in which the package is installed and the examples lie, with a home and some faces in it. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'reader-'));
  readonly home = join(this.folder, 'home');
  readonly #programs = join(this.folder, 'bin');
  readonly #ended = new Map<string, Ended>();

  constructor() {
    for (const folder of [this.home, this.#programs, this.pathOf('node_modules')]) mkdirSync(folder);
    symlinkSync(ROOT, this.pathOf('node_modules/sphereface-loadgen'));
    symlinkSync(join(ROOT, 'examples'), this.pathOf('examples'));
    // npx itself takes a second, and might ask the registry.
    const npx = join(this.#programs, 'npx');
    writeFileSync(
      npx,
      `#!/bin/sh\n[ "$1" = loadgen ] && shift && exec "${process.execPath}" "${MAIN}" "$@"\nexit 127\n`,
    );
    chmodSync(npx, 0o755);
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string): void {
    mkdirSync(join(this.pathOf(name), '..'), { recursive: true });
    writeFileSync(this.pathOf(name), content);
  }

  /** A data set in the reader's home. */
  addFaces(name: string): void {
    for (let person = 1; person <= PERSONS; person++) {
      const folder = `Synthetic_00${person}`;
      cpSync(join(ROOT, 'qsl/synthetic-faces', folder), join(this.home, name, folder), { recursive: true });
    }
  }

  /** Runs a command as a shell does, once: where several documents show it, its outcome is the same. */
  async run(command: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const known = this.#ended.get(command);
    if (known !== undefined) return known;
    const { stderr, ...ended } = await this.start(command, env).ended;
    // How long a system may take to start is said where the machine is busy.
    const told = { ...ended, stderr: stderr.replaceAll(/^Waiting for .*\n/gm, '') };
    this.#ended.set(command, told);
    return told;
  }

  start(command: string, env: Readonly<Record<string, string>> = {}): Running {
    const PATH = `${this.#programs}${delimiter}${process.env.PATH}`;
    return startProgram('sh', ['-c', command], { cwd: this.folder, env: { HOME: this.home, PATH, ...env } });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
