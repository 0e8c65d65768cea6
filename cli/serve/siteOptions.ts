/** What a page for devices measures. */
import type { Argv } from 'yargs';
import { openDataset } from '../../qsl/openDataset.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { gatherSite, type Site } from '../../web/server/site.js';
import { printDatasetNotes } from '../benchmark/openBenchmarkDataset.js';
import { QUICK_PAIRS } from '../benchmark/quick.js';
import { type DatasetArguments, withDatasetOptions, withPreprocessingBar } from '../datasetOptions.js';
import { withConfigFiles } from '../options.js';
import { siteContent } from './siteContent.js';

export interface SiteArguments extends Omit<DatasetArguments, 'network'>, ConfigPaths {}

export function withSiteOptions<T>(command: Argv<T>) {
  return withConfigFiles(withDatasetOptions(command));
}

/** Opens the data set, and says what is left out of it. */
export async function openSite(
  options: SiteArguments,
  { takesRuns, signal }: { readonly takesRuns: boolean; readonly signal: AbortSignal },
): Promise<Site> {
  const spread = options.pairs === undefined && options.set === undefined ? QUICK_PAIRS : undefined;
  const network = SPHEREFACE20_NETWORK.name;
  const dataset = await withPreprocessingBar({ ...options, network }, signal, (all) => openDataset({ ...all, spread }));
  printDatasetNotes(dataset);
  return gatherSite(siteContent(dataset, options, takesRuns));
}
