import type { QuerySampleLibrary } from '../../platform/node/index.js';

/**
 * A library whose samples stay in memory from one test to the next, until others need their room. Each of a duel's short
 * tests would load all of them again, which takes longer than many systems' turns.
 */
export function keepSamples(library: QuerySampleLibrary): QuerySampleLibrary {
  const { name, totalSampleCount, performanceSampleCount } = library;
  let kept: ReadonlySet<number> = new Set();
  return {
    ...{ name, totalSampleCount, performanceSampleCount },
    async loadSamplesToRam(samples) {
      const wanted = new Set(samples);
      const others = [...kept].filter((sample) => !wanted.has(sample));
      const isRoomy = wanted.size + others.length <= performanceSampleCount;
      if (!isRoomy) await library.unloadSamplesFromRam(others);
      await library.loadSamplesToRam(samples);
      kept = new Set(isRoomy ? [...others, ...wanted] : wanted);
    },
    unloadSamplesFromRam() {},
  };
}
