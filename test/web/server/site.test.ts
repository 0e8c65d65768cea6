import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { QUICK_PAIRS } from '../../../cli/benchmark/quick.js';
import { siteContent } from '../../../cli/serve/siteContent.js';
import { packageFile } from '../../../platform/node/packages.js';
import { SYNTHETIC_DATASET } from '../../../qsl/datasets/datasetFolder.js';
import { openDataset } from '../../../qsl/openDataset.js';
import { MLPERF_CONF } from '../../../runs/layout.js';
import type { Precision } from '../../../sut/engine.js';
import { networkInputOf } from '../../../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../../../sut/networks/sphereface20.js';
import { BUILT_PAGE, gatherSite, type Site } from '../../../web/server/site.js';
import { FILE, INT8_MODELS } from '../../../web/shared/manifest.js';
import { ENGINES_IN_PAGES, runtimeFileName } from '../../../web/shared/pageEngines.js';

const MOST_BYTES: Partial<Record<Precision, number>> = { fp32: 60e6, int8: 20e6 };

let site: Site;
before(async () => {
  const dataset = await openDataset({
    dataset: SYNTHETIC_DATASET,
    ...networkInputOf(SPHEREFACE20_NETWORK),
    spread: QUICK_PAIRS,
  });
  const confs = { mlperfConf: packageFile(MLPERF_CONF), userConf: undefined };
  site = await gatherSite(siteContent(dataset, confs, true));
});

for (const { name, format, precisions, runtime } of ENGINES_IN_PAGES) {
  for (const precision of precisions) {
    test(`${name} in ${precision} is little to load, as it goes over the network`, (t) => {
      const model =
        precision === 'int8' ? Object.entries(INT8_MODELS).find(([of]) => of === format)?.[1] : FILE.weights;
      const [build = []] = runtime.builds;
      const files = [model ?? '', FILE.reference, FILE.pairs, ...build.map((file) => runtimeFileName(name, file))];
      const bytes = files.reduce((sum, file) => sum + bytesOf(file), pageBytes(name));
      t.diagnostic(`${(bytes / 1e6).toFixed(2)} MB`);
      assert.ok(bytes < (MOST_BYTES[precision] ?? 0), `${bytes} bytes`);
    });
  }
}

/** Of a file in the manifest. */
function bytesOf(file: string): number {
  const { bytes = Number.NaN, compressedBytes = bytes } = site.manifest.files[file] ?? {};
  return compressedBytes;
}

/** Of what the page is made of, with one engine. */
function pageBytes(engine: string): number {
  const worker = readFileSync(join(BUILT_PAGE, 'worker.js'), 'utf8');
  const [, script = ''] = new RegExp(`\\b${engine}"?:[^,]*?import\\("\\./([^"]+)"\\)`).exec(worker) ?? [];
  assert.ok(readdirSync(BUILT_PAGE).includes(script), `the worker has no script of ${engine}`);
  const loaded = new Set(['index.html', 'style.css']);
  for (const entry of ['main.js', 'worker.js', script]) addImported(entry, loaded);
  return [...loaded].reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT_PAGE, file))).length, 0);
}

function addImported(file: string, loaded: Set<string>): void {
  if (loaded.has(file)) return;
  loaded.add(file);
  const text = readFileSync(join(BUILT_PAGE, file), 'utf8');
  for (const [, imported = ''] of text.matchAll(/\b(?:from|import)"\.\/([^"]+)"/g)) addImported(imported, loaded);
}
