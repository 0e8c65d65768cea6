/** The null system under our LoadGen: `node ours.js SCENARIO QUERIES QPS SECONDS FOLDER`, as `nullSystem.cpp`. */
import { defaultLogSettings, defaultTestSettings, startTest } from '../../platform/node/index.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { createNullSut } from '../../sut/nullSut.js';
import { emptyLibrary } from '../bareHarness.js';
import { seriesOf } from './series.js';

const args = process.argv.slice(2);
const { scenario, queries, qps, seconds } = seriesOf(args);
const settings = {
  ...defaultTestSettings(),
  ...{ scenario, serverTargetQps: qps, minDurationMs: seconds * 1000, minQueryCount: queries },
};
const logs = { ...defaultLogSettings(), outdir: args.at(-1) ?? '.', enableTrace: false };
const { state } = await startTest(createNullSut(SPHEREFACE20_SHAPE), emptyLibrary, settings, logs);
if (state !== 'completed') throw new Error('the run broke off');
