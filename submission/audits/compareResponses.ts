import { pairResponseBytes } from '../../base/pairLayout.js';
import { type AccuracyLogEntry, readAccuracyLog } from '../../logs/accuracy/read.js';
import { openLog } from '../../platform/node/openLog.js';
import { pairAngle } from '../../reports/accuracy/pairAngle.js';
import type { AuditedLogs } from './auditResult.js';
import type { ExpectedEntries } from './expectedEntries.js';
import type { FindingCollector } from './findingCollector.js';
import { differenceOf, isFinite32 } from './responseVectors.js';

export interface ResponseCounts {
  accuracyLogEntries: number;
  repeatedInAccuracyLog: number;
  repeatedDifferently: number;
  auditLogEntries: number;
  /** Those to whose sample the accuracy run has a response. */
  comparedEntries: number;
  firstByteMismatches: number;
  /** Entries to whose sample the accuracy run has no response. */
  unknownSamples: number;
  requiredEntries: number;
  missingEntries: number;
  /** Byte for byte the same as in the accuracy run. */
  identicalEntries: number;
  decisionMismatches: number;
  largestDifference: number;
  /** Of the whole responses; NaN where one is all 0 and differs. */
  leastCosine: number;
}

/**
 * Between the responses to one sample: what the last bits of arithmetic move, such as by another order of sums, leaves a
 * cosine of 0.9999999; another answer does not.
 */
const MIN_COSINE = 0.9999;

export interface ComparedLogs {
  readonly accuracyLog: string;
  readonly auditLog: string;
  /** Undefined where the audit's detail log does not say. */
  readonly expected: ExpectedEntries | undefined;
  /** The accuracy run's responses are held in memory, one to each sample of the library; undefined: none is compared. */
  readonly librarySampleCount: number | undefined;
}

/**
 * Holds the responses of an audit's run against those of the accuracy run.
 *
 * They pass if every response that had to be logged is there and no other; if each has the length of a pair's response,
 * finite values, and the same decision as in the accuracy run; if its first byte is the same; and if as a whole it points
 * the same way. The first byte is the official rule, so that nothing passes here that fails there.
 */
export async function compareResponses(
  findings: FindingCollector,
  { accuracyLog, auditLog, expected, librarySampleCount }: ComparedLogs,
  audited: Pick<AuditedLogs, 'featureValues' | 'threshold'>,
): Promise<ResponseCounts> {
  if (librarySampleCount === undefined)
    return new ResponseComparison(findings, { ...audited, expected: undefined, librarySampleCount: 0 }).end();
  const comparison = new ResponseComparison(findings, { ...audited, expected, librarySampleCount });
  await findings.reading('accuracy', async () => {
    for await (const entry of readAccuracyLog(await openLog(accuracyLog))) comparison.takeReference(entry);
  });
  await findings.reading('accuracy', async () => {
    for await (const entry of readAccuracyLog(await openLog(auditLog))) comparison.takeAudited(entry);
  });
  return comparison.end();
}

interface Compared extends Pick<AuditedLogs, 'featureValues' | 'threshold'> {
  readonly expected: ExpectedEntries | undefined;
  readonly librarySampleCount: number;
}

class ResponseComparison {
  readonly #findings: FindingCollector;
  readonly #expected: ExpectedEntries | undefined;
  readonly #responseBytes: number;
  readonly #threshold: number;
  readonly #librarySampleCount: number;
  readonly #references = new Map<number, Uint8Array>();
  readonly #seen: Uint8Array;
  readonly #counts: ResponseCounts = {
    accuracyLogEntries: 0,
    repeatedInAccuracyLog: 0,
    repeatedDifferently: 0,
    auditLogEntries: 0,
    comparedEntries: 0,
    firstByteMismatches: 0,
    unknownSamples: 0,
    requiredEntries: 0,
    missingEntries: 0,
    identicalEntries: 0,
    decisionMismatches: 0,
    largestDifference: 0,
    leastCosine: 1,
  };

  constructor(findings: FindingCollector, { expected, librarySampleCount, featureValues, threshold }: Compared) {
    this.#findings = findings;
    this.#expected = expected;
    this.#responseBytes = pairResponseBytes(featureValues);
    this.#threshold = threshold;
    this.#librarySampleCount = librarySampleCount;
    this.#seen = new Uint8Array(expected?.sampleIndices.length ?? 0);
  }

  takeReference(entry: AccuracyLogEntry): void {
    const { sampleIndex, data } = entry;
    this.#counts.accuracyLogEntries++;
    if (sampleIndex >= this.#librarySampleCount) {
      this.#fault('AUDIT_REFERENCE_SAMPLE', entry, `the library has ${this.#librarySampleCount} samples`);
      return;
    }
    const earlier = this.#references.get(sampleIndex);
    if (earlier !== undefined) {
      this.#counts.repeatedInAccuracyLog++;
      if (Buffer.compare(earlier, data) === 0) return;
      this.#counts.repeatedDifferently++;
      this.#fault('AUDIT_REFERENCE_REPEATED', entry, 'the accuracy run answered this sample twice, and differently');
      return;
    }
    const hasLength = data.length === this.#responseBytes;
    if (!hasLength) this.#fault('AUDIT_REFERENCE_SIZE', entry, this.#lengthText('the accuracy run', data));
    // Of any other length, only the first byte is still looked at.
    this.#references.set(sampleIndex, hasLength ? data : data.slice(0, 1));
  }

  takeAudited(entry: AccuracyLogEntry): void {
    const { sampleIndex, data } = entry;
    this.#counts.auditLogEntries++;
    this.#checkPlace(entry);
    const reference = this.#references.get(sampleIndex);
    if (reference === undefined) {
      this.#counts.unknownSamples++;
      this.#fault('AUDIT_UNKNOWN_SAMPLE', entry, 'the accuracy run has no response to this sample');
      return;
    }
    this.#counts.comparedEntries++;
    if (data[0] !== reference[0]) {
      this.#counts.firstByteMismatches++;
      this.#fault('AUDIT_FIRST_BYTE', entry, `the first byte is ${data[0]}; in the accuracy run it is ${reference[0]}`);
    }
    if (data.length !== this.#responseBytes) {
      this.#fault('AUDIT_RESPONSE_SIZE', entry, this.#lengthText('the audit', data));
      return;
    }
    if (!isFinite32(data))
      this.#fault('AUDIT_NOT_FINITE', entry, 'the response holds a value that is not a finite number');
    if (reference.length === data.length) this.#compare(entry, reference);
  }

  end(): ResponseCounts {
    const { sampleIndices, isRequired } = this.#expected ?? {
      sampleIndices: new Uint32Array(),
      isRequired: () => false,
    };
    for (const [sequenceId, sampleIndex] of sampleIndices.entries()) {
      if (!isRequired(sequenceId)) continue;
      this.#counts.requiredEntries++;
      if (this.#seen[sequenceId] === 1) continue;
      this.#counts.missingEntries++;
      this.#fault('AUDIT_MISSING_ENTRY', { sequenceId, sampleIndex }, 'the settings say that this response is logged');
    }
    if (this.#counts.comparedEntries === 0)
      this.#findings.add('accuracy', 'AUDIT_NO_RESPONSES', "the audit's accuracy log holds no response to compare");
    return this.#counts;
  }

  /** That the entry is one of those that the settings decide on. */
  #checkPlace(entry: AccuracyLogEntry): void {
    if (this.#expected === undefined) return;
    const { sampleIndices, isAllowed } = this.#expected;
    const { sequenceId, sampleIndex } = entry;
    if (sequenceId >= sampleIndices.length || !isAllowed(sequenceId)) {
      this.#fault('AUDIT_SURPLUS_ENTRY', entry, 'the settings say that this response is not logged');
      return;
    }
    if (sampleIndices[sequenceId] !== sampleIndex) {
      this.#fault('AUDIT_OTHER_SAMPLE', entry, `the settings say that the sample is ${sampleIndices[sequenceId]}`);
      return;
    }
    if (this.#seen[sequenceId] === 1) this.#fault('AUDIT_REPEATED_ENTRY', entry, 'this response was logged before');
    this.#seen[sequenceId] = 1;
  }

  #compare(entry: AccuracyLogEntry, reference: Uint8Array): void {
    const { data } = entry;
    if (Buffer.compare(data, reference) === 0) {
      this.#counts.identicalEntries++;
      return;
    }
    const { largestDifference, cosine } = differenceOf(data, reference);
    this.#counts.largestDifference = Math.max(this.#counts.largestDifference, largestDifference);
    this.#counts.leastCosine = Math.min(this.#counts.leastCosine, cosine);
    if (!(cosine >= MIN_COSINE)) {
      const found = `the cosine with the accuracy run's response is ${cosine}; expected at least ${MIN_COSINE}`;
      this.#fault('AUDIT_UNLIKE', entry, found);
    }
    const [decision, referenceDecision] = [this.#decisionOf(data), this.#decisionOf(reference)];
    if (decision === referenceDecision) return;
    this.#counts.decisionMismatches++;
    this.#fault('AUDIT_DECISION', entry, `${decision}; in the accuracy run ${referenceDecision}`);
  }

  #decisionOf(response: Uint8Array): string {
    const angle = pairAngle(response);
    if (Number.isNaN(angle)) return 'undecided';
    return angle < this.#threshold ? 'the same person' : 'two persons';
  }

  #lengthText(who: string, data: Uint8Array): string {
    return `${who} answered with ${data.length} bytes; expected ${this.#responseBytes}`;
  }

  #fault(code: string, { sequenceId, sampleIndex }: Omit<AccuracyLogEntry, 'data' | 'line'>, what: string): void {
    this.#findings.add('accuracy', code, `seq_id ${sequenceId}, qsl_idx ${sampleIndex}: ${what}`);
  }
}
