import { join, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { checkExportFolder, exportSite } from '../../web/server/exportSite.js';
import { INDEX } from '../../web/server/site.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { argument } from '../options.js';
import { openSite, type SiteArguments, withSiteOptions } from '../serve/siteOptions.js';

interface ExportArguments extends SiteArguments {
  readonly folder: string;
}

export const webExportCommand = defineCommand(
  (command: Argv) =>
    withSiteOptions(command.positional('folder', argument('New or empty folder, or one with an exported page')))
      .example('$0 web export site', 'A folder for a web host')
      .epilogue(
        'Its users save the logs of their devices in archives, which results reads; unpacked, compare does, too.',
      ),
  exportPage,
);

async function exportPage({ folder, ...options }: ExportArguments): Promise<void> {
  await checkExportFolder(resolve(folder));
  await interruptible(async (signal) => {
    const site = await openSite(options, { takesRuns: false, signal });
    const { files, bytes } = await exportSite(site, resolve(folder));
    console.log(join(folder, INDEX));
    console.error(
      `${files} files, ${Math.round(bytes / 1e6)} MB, for a web host with https. Who opens the page saves its logs.`,
    );
  });
}
