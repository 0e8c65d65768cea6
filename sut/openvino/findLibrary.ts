import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defaultPython } from '../programs/programCommand.js';

/** Of OpenVINO's C interface; the numbers are those of a release. */
const NAMES: Readonly<Record<string, RegExp>> = {
  linux: /^libopenvino_c\.so[\d.]*$/,
  darwin: /^libopenvino_c[\d.]*\.dylib$/,
  win32: /^openvino_c\.dll$/,
};

/** Asks Python where a package lies, without importing it, and without the current folder, which is no package's. */
const LOCATE = `
import sys
sys.path = [folder for folder in sys.path if folder]
import importlib.util
found = importlib.util.find_spec('openvino')
if found: print(found.submodule_search_locations[0])
`;
const PYTHON_LIMIT_MS = 20_000;

/**
 * The files in which OpenVINO's C interface may be, the preferred one first: that of the Python package, which brings its
 * own plugins, then those of the system.
 *
 * @param python as in `EngineOptions`
 */
export function findOpenVinoLibraries(python: string | undefined): string[] {
  const folders = [...packageFolders(python ?? defaultPython()), ...systemFolders()];
  return [...new Set(folders)].flatMap((folder) => librariesIn(folder));
}

function packageFolders(python: string): string[] {
  const { stdout } = spawnSync(python, ['-c', LOCATE], { encoding: 'utf8', timeout: PYTHON_LIMIT_MS });
  const folder = (stdout ?? '').trim();
  return folder === '' ? [] : [join(folder, 'libs')];
}

function systemFolders(): string[] {
  const { INTEL_OPENVINO_DIR: installed, LD_LIBRARY_PATH = '', DYLD_LIBRARY_PATH = '', PATH = '' } = process.env;
  const searched = { linux: LD_LIBRARY_PATH, darwin: DYLD_LIBRARY_PATH, win32: PATH }[String(process.platform)] ?? '';
  const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const ofArchive = ['lib/intel64', 'lib/aarch64', 'lib/arm64/Release', 'bin/intel64/Release'];
  const unix = [`/usr/lib/${architecture}-linux-gnu`, '/usr/lib64', '/usr/lib', '/usr/local/lib', '/opt/homebrew/lib'];
  return [
    ...searched.split(delimiter).filter((folder) => folder !== ''),
    ...(installed === undefined ? [] : ofArchive.map((folder) => join(installed, 'runtime', folder))),
    ...(process.platform === 'win32' ? [] : unix),
  ];
}

function librariesIn(folder: string): string[] {
  const pattern = NAMES[process.platform];
  if (pattern === undefined) return [];
  try {
    const names = readdirSync(folder).filter((name) => pattern.test(name));
    return names.map((name) => join(folder, name));
  } catch {
    return [];
  }
}
