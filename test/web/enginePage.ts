/** The page's site with a worker that measures engines in place of the page's own, open in a browser. */
import { QUICK_PAIRS } from '../../cli/benchmark/quick.js';
import { siteContent } from '../../cli/serve/siteContent.js';
import { packageFile } from '../../platform/node/packages.js';
import { SYNTHETIC_DATASET } from '../../qsl/datasets/datasetFolder.js';
import { openDataset } from '../../qsl/openDataset.js';
import { MLPERF_CONF } from '../../runs/layout.js';
import { networkInputOf } from '../../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { startPageServer } from '../../web/server/pageServer.js';
import { gatherSite, INDEX, type SiteFile } from '../../web/server/site.js';
import type { Manifest } from '../../web/shared/manifest.js';
import { bundle } from '../browser/bundle.js';
import { startChromium } from './askingBrowser.js';

export interface EnginePage {
  readonly manifest: Manifest;
  /** Asks the worker of a new page. */
  ask(question: (base: string) => object): Promise<unknown>;
  close(): Promise<void>;
}

export async function openEnginePage(startBrowser = startChromium): Promise<EnginePage> {
  const input = networkInputOf(SPHEREFACE20_NETWORK);
  const dataset = await openDataset({ dataset: SYNTHETIC_DATASET, ...input, spread: QUICK_PAIRS });
  const confs = { mlperfConf: packageFile(MLPERF_CONF), userConf: undefined };
  const site = await gatherSite(siteContent(dataset, confs, true));
  const files = new Map<string, SiteFile>(site.files);
  const put = (path: string, type: string, content: string) =>
    files.set(path, { type, isLasting: false, isCompressible: false, read: async () => Buffer.from(content) });
  put(INDEX, 'text/html', '<!doctype html><script type="module" src="main.js"></script>');
  put('main.js', 'text/javascript', await bundle('test/browser/inBrowser/page.ts'));
  put('worker.js', 'text/javascript', await bundle('test/web/inBrowser/worker.ts'));
  const token = 'token';
  const server = await startPageServer({
    ...{ site: { files }, token, host: '127.0.0.1', port: 0, names: [] },
    results: () => [],
    onNotice: async () => ({}),
    onRun: async () => ({}),
    onFailure: console.error,
  });
  const browser = await startBrowser();
  const base = `http://127.0.0.1:${server.port}/${token}/`;
  return {
    manifest: site.manifest,
    ask: (question) => browser.ask(base, question(base)),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
