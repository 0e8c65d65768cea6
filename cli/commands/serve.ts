import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { openDataset } from '../../qsl/openDataset.js';
import { MLPERF_CONF } from '../../runs/layout.js';
import { checkRunFolder } from '../../runs/runFolder.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { openDeviceRuns } from '../../web/server/deviceRuns.js';
import { startPageServer } from '../../web/server/pageServer.js';
import { gatherSite } from '../../web/server/site.js';
import { judgingOf, labelledPairs } from '../benchmark/judging.js';
import { printDatasetNotes } from '../benchmark/openBenchmarkDataset.js';
import { QUICK_PAIRS } from '../benchmark/quick.js';
import { defineCommand } from '../command.js';
import { type DatasetArguments, withDatasetOptions, withPreprocessingBar } from '../datasetOptions.js';
import { interruptible } from '../interruption.js';
import { number, text } from '../options.js';
import { packageFile } from '../ownPackage.js';
import { printError } from '../printError.js';
import { arrivalText, resultLines } from '../serve/deviceTexts.js';
import { siteContent } from '../serve/siteContent.js';

/** Browsers isolate pages, and give them digests and WebGPU, on the machine itself or by https alone. */
const HOST = '127.0.0.1';
const DEFAULT_PORT = 8443;
const MAX_PORT = 65_535;
const DEFAULT_OUTPUT = 'runs';

interface ServeArguments extends Omit<DatasetArguments, 'network'> {
  readonly port: number;
  readonly output: string;
  readonly mlperfConf: string;
  readonly userConf: string | undefined;
}

export const serveCommand = defineCommand(
  (command: Argv) =>
    withDatasetOptions(command)
      .option('port', { ...number('Port to listen on; 0 for one that is free'), default: DEFAULT_PORT })
      .option('output', { ...text("Folder for the devices' runs"), default: DEFAULT_OUTPUT })
      .option('user-conf', text('Your settings, in MLPerf format'))
      .option('mlperf-conf', {
        ...text("The benchmark's settings, in MLPerf format"),
        default: packageFile(MLPERF_CONF),
        defaultDescription: 'the shipped one',
      })
      .check(({ port }) => {
        if (Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return true;
        throw new Error(`--port must be a whole number from 0 to ${MAX_PORT}`);
      })
      .example('$0 serve', 'Measure browsers on this machine'),
  serve,
);

async function serve(options: ServeArguments): Promise<void> {
  const { port, output, mlperfConf, userConf } = options;
  const outputFolder = resolve(output);
  checkRunFolder(outputFolder);
  await interruptible(async (signal) => {
    const spread = options.pairs === undefined && options.set === undefined ? QUICK_PAIRS : undefined;
    const network = SPHEREFACE20_NETWORK.name;
    const dataset = await withPreprocessingBar({ ...options, network }, signal, (all) =>
      openDataset({ ...all, spread }),
    );
    printDatasetNotes(dataset);
    const confs = { mlperfConf, userConf };
    const site = await gatherSite(siteContent(dataset, confs));
    for (const { engine, reason } of site.missing) console.error(`Not for devices: ${engine}: ${reason}`);
    const keeper = {
      manifest: site.manifest,
      ...{ outputFolder, confs },
      pairs: labelledPairs(dataset),
      judging: judgingOf(SPHEREFACE20_NETWORK),
    };
    const token = randomBytes(12).toString('base64url');
    const runs = await openDeviceRuns(keeper);
    const server = await startPageServer({
      ...{ site, token, port },
      host: HOST,
      results: () => runs.results,
      onDevice: async (body) => {
        console.error(arrivalText(runs.greet(body)));
        return {};
      },
      onRun: async (body) => {
        const result = await runs.take(body);
        for (const line of resultLines(result, output)) console.error(line);
        return result;
      },
      onFailure: printError,
    });
    try {
      console.log(`http://${HOST}:${server.port}/${token}/`);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await server.close();
    }
  });
}
