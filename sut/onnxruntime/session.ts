import type * as Runtime from 'onnxruntime-node';
import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { type Profile, usedProviders } from './profile.js';

export interface OpenOptions {
  readonly threads: number;
  readonly provider: string;
  /** Undefined if nobody asks what computes. */
  readonly profile: Profile | undefined;
}

/** Only what ends the process: errors are thrown, with their messages. */
const LOG_SEVERITY_FATAL = 4;

/**
 * Opens a model, to be computed by a provider and, where that does not compute an operator, on the CPU.
 *
 * @throws ONNX_MODEL_REFUSED if the runtime does not open it
 * @throws SUT_DEVICE if it does not for a provider that somebody has chosen
 */
export async function openSession(
  runtime: typeof Runtime,
  name: string,
  content: Uint8Array,
  { threads, provider, profile }: OpenOptions,
): Promise<Runtime.InferenceSession> {
  try {
    return await runtime.InferenceSession.create(content, {
      executionProviders: [provider],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: LOG_SEVERITY_FATAL,
      ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile.prefix }),
    });
  } catch (thrown) {
    if (profile !== undefined) throw providerError(runtime, provider, thrown);
    throw new LoadGenError('ONNX_MODEL_REFUSED', `ONNX Runtime refuses ${name}: ${messageOf(thrown)}`, {
      hint: 'Is it a whole ONNX file, with operators that this version of ONNX Runtime has?',
      cause: thrown,
    });
  }
}

/** What this build of the runtime was made for; whether a driver is installed shows when a model is opened. */
export function providersOf({ listSupportedBackends }: typeof Runtime): string[] {
  return listSupportedBackends().map(({ name }) => name);
}

/**
 * Has a session that was opened with a profile compute once, and tells by which provider, as logs say it.
 *
 * @throws SUT_DEVICE if the provider computes nothing of it
 */
export async function tryProvider(
  runtime: typeof Runtime,
  session: Runtime.InferenceSession,
  run: () => Promise<unknown>,
  { provider, profile }: { readonly provider: string; readonly profile: Profile },
): Promise<string> {
  try {
    await run();
    session.endProfiling();
    return usedProviders(provider, await profile.readProviders());
  } catch (thrown) {
    await session.release();
    throw loadGenErrorOf(thrown) ?? providerError(runtime, provider, thrown);
  }
}

function providerError(runtime: typeof Runtime, provider: string, cause: unknown): LoadGenError {
  const message = printable(messageOf(cause).trim(), 500);
  return new LoadGenError('SUT_DEVICE', `ONNX Runtime cannot use the provider ${provider} here: ${message}`, {
    hint: `This build has ${providersOf(runtime).join(', ')}; each but cpu needs its libraries, a driver and the hardware.`,
    cause,
  });
}
