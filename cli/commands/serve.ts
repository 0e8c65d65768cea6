import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { checkListening } from '../../platform/node/httpServer.js';
import { checkRunFolder } from '../../runs/runFolder.js';
import { openDeviceRuns } from '../../web/server/deviceRuns.js';
import { startPageServer } from '../../web/server/pageServer.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { number, text } from '../options.js';
import { printError } from '../printError.js';
import { noticeText, resultLines } from '../serve/deviceTexts.js';
import { openPlace, pageUrls, placeLines } from '../serve/place.js';
import { qrCode } from '../serve/qrCode.js';
import { openSite, type SiteArguments, withSiteOptions } from '../serve/siteOptions.js';

const DEFAULT_HOST = '127.0.0.1';
const HOST_NAME = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.?$/i;
const DEFAULT_PORT = 8443;
const MAX_PORT = 65_535;
const DEFAULT_OUTPUT = 'runs';

interface ServeArguments extends SiteArguments {
  readonly host: string;
  readonly port: number;
  readonly output: string;
}

export const serveCommand = defineCommand(
  (command: Argv) =>
    withSiteOptions(command)
      .option('host', {
        ...text('Address to listen on, by https unless it is of this machine alone; 0.0.0.0 for all'),
        default: DEFAULT_HOST,
      })
      .option('port', { ...number('Port to listen on; 0 for one that is free'), default: DEFAULT_PORT })
      .option('output', { ...text("Folder for the devices' runs"), default: DEFAULT_OUTPUT })
      .check(({ host, port }) => {
        if (isIP(host) === 0 && !HOST_NAME.test(host))
          throw new Error('--host must be an address or name of this machine');
        if (Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return true;
        throw new Error(`--port must be a whole number from 0 to ${MAX_PORT}`);
      })
      .example('$0 serve', 'Measure browsers on this machine')
      .example('$0 serve --host 0.0.0.0', 'Measure phones in the same network'),
  serve,
);

async function serve(options: ServeArguments): Promise<void> {
  const { host, port, output } = options;
  const outputFolder = resolve(output);
  checkRunFolder(outputFolder);
  await checkListening({ host, port });
  const place = await openPlace(host);
  await interruptible(async (signal) => {
    const site = await openSite(options, { takesRuns: true, signal });
    const runs = await openDeviceRuns({ manifest: site.manifest, outputFolder });
    const token = randomBytes(12).toString('base64url');
    const server = await startPageServer({
      ...{ site, token, host, port, names: place.names, pem: place.certificate?.pem },
      results: () => runs.results,
      onNotice: async (body) => {
        console.error(noticeText(runs.read(body)));
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
      const urls = pageUrls(place, server.port, token);
      console.log(urls.join('\n'));
      const code = place.certificate === undefined ? '' : qrCode(urls[0] ?? '', process.stdout);
      if (code !== '') console.log(code);
      for (const line of placeLines(place)) console.error(line);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await server.close();
    }
  });
}
