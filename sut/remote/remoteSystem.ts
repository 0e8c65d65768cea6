import { setTimeout as wait } from 'node:timers/promises';
import { LoadGenError } from '../../base/errors.js';
import { inputValuesOf, type PairInputs } from '../../base/pairLayout.js';
import { printable } from '../../base/text.js';
import type { RemoteServerFigures } from '../../loadgen/systemUnderTest.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest, SystemConfiguration } from '../closableSystemUnderTest.js';
import type { Precision } from '../engine.js';
import type { Network } from '../networks/network.js';
import type { Placement } from '../placement.js';
import { OWN_WEIGHTS } from '../sphereface20/ownFiles.js';
import { withinTime } from '../timeLimits.js';
import { channelsFirstSlot } from './channelsFirstSlot.js';
import type {
  ModelDescription,
  ModelStatistics,
  RequestSlot,
  ServerConnection,
  ServerDescription,
  TensorEncoding,
} from './connection.js';
import { readCredentials } from './credentials.js';
import { GrpcConnection } from './grpc/grpcConnection.js';
import { COUNTING_LIMIT_MS, COUNTING_PAUSE_MS, FIRST_ANSWER_LIMIT_MS } from './limits.js';
import { type ModelTensors, matchTensors } from './modelTensors.js';
import { isOnThisMachine, type RemoteAddress } from './remoteName.js';
import { type RequestQueue, startRequestQueue } from './requestQueue.js';
import { RestConnection } from './rest/restConnection.js';
import { ServerFailure, serverFailureOf } from './serverFailure.js';
import { STATISTICS } from './statistics.js';

/** MLPerf's rules want this in the name, which the server has been asked for ("Network Division", "QDL Constraints"). */
const NETWORK_SUT = 'Network SUT ';

interface RemoteSystemOptions {
  readonly address: RemoteAddress;
  readonly inputs: PairInputs;
  readonly network: Network;
  readonly modelFile: string | undefined;
  /** What the server computes in: no server says. */
  readonly precision: Precision | undefined;
  readonly placement: Placement;
}

/** What is known of a server before it is measured. */
interface RemoteFacts {
  readonly server: ServerDescription;
  readonly model: ModelDescription;
  readonly tensors: ModelTensors;
}

/**
 * Asks a model on a server that speaks the Open Inference Protocol. `placement.workers` requests are on their way at a
 * time, at most, each of `placement.batch` images.
 *
 * @throws SUT_SERVER if the server cannot be reached, is not ready, has no such model, or one of other shapes
 */
export async function createRemoteSut(options: RemoteSystemOptions): Promise<ClosableSystemUnderTest> {
  const { address, inputs, network, modelFile, placement } = options;
  if (modelFile !== undefined)
    throw new LoadGenError(
      'SUT_SERVER',
      `found --model with "${address.model}" on a server, which has its model itself`,
    );
  const inFlight = Math.max(1, placement.workers);
  const { embeddingValues } = network.shape;
  const credentials = readCredentials(address);
  const parts = { address, credentials, inFlight, maxImages: placement.batch, embeddingValues };
  const connection = address.protocol === 'grpc' ? new GrpcConnection(parts) : new RestConnection(parts);
  try {
    const facts = await askFacts(connection, address, network);
    const { tensors } = facts;
    const imagesPerRequest = tensors.fixedImages ?? placement.batch;
    const format = { network: network.shape, ...tensors, maxImages: imagesPerRequest };
    const statistics = await readIfTold(connection, facts);
    const black = new Float32Array(imagesPerRequest * inputValuesOf(network.shape));
    const { encoding, slots } = await firstThatWorks(connection.encodingsFor(facts.server), async (each) => {
      const opened = await each.openSlots(format, inFlight);
      const slots = tensors.layout === 'NHWC' ? opened : opened.map((slot) => channelsFirstSlot(slot, format));
      for (const slot of slots.slice(0, 1)) await tryOut(slot, black, imagesPerRequest);
      return slots;
    });
    const queue = startRequestQueue({
      ...{ slots, imagesPerRequest, network: network.shape, inputs },
    });
    return {
      name: `${isOnThisMachine(address) ? '' : NETWORK_SUT}${address.model} on ${nameOf(facts.server)}, ${encoding.name}`,
      configuration: {
        ...configurationOf(options, facts),
        transport: encoding.name,
        workers: inFlight,
        batch: imagesPerRequest,
      },
      ...(statistics === undefined ? {} : { watchServer: () => watchServer(connection, queue, statistics) }),
      issueQuery: queue.issueQuery,
      flushQueries() {},
      async close() {
        queue.fail(new LoadGenError('SUT_CLOSED', 'the system under test was closed before it answered'));
        await connection.close();
      },
    };
  } catch (thrown) {
    await connection.close();
    if (!(thrown instanceof ServerFailure)) throw thrown;
    throw new LoadGenError('SUT_SERVER', `the server ${thrown.message}`, { cause: thrown.cause });
  }
}

async function askFacts(
  connection: ServerConnection,
  { model: name }: RemoteAddress,
  network: Network,
): Promise<RemoteFacts> {
  const server = await connection.describeServer();
  const model = await connection.describeModel();
  if (!(await connection.isServerReady())) throw new ServerFailure('says that it is not ready');
  if (!(await connection.isModelReady())) throw new ServerFailure(`says that its model "${name}" is not ready`);
  return { server, model, tensors: matchTensors(model, network.shape) };
}

/** The first encoding in which the server answers as expected. Throws what went wrong with the first if none does. */
async function firstThatWorks(
  encodings: readonly TensorEncoding[],
  attempt: (encoding: TensorEncoding) => Promise<readonly RequestSlot[]>,
): Promise<{ readonly encoding: TensorEncoding; readonly slots: readonly RequestSlot[] }> {
  const failures: ServerFailure[] = [];
  for (const encoding of encodings) {
    try {
      return { encoding, slots: await attempt(encoding) };
    } catch (thrown) {
      const failure = serverFailureOf(thrown);
      failures.push(failure);
      // Who does not answer at all will not do so to the next one.
      if (!failure.hasAnswered) break;
    }
  }
  const texts = failures.map(({ message }, index) => `${message} (asked by ${encodings[index]?.name})`);
  throw new ServerFailure(texts.join('; it '), { cause: failures[0]?.cause });
}

/** Asks for the embeddings of black images. */
async function tryOut(slot: RequestSlot, black: Float32Array, images: number): Promise<void> {
  await withinTime(FIRST_ANSWER_LIMIT_MS, slot.send([black], images), () => {
    const message = `the server did not answer a first request within ${FIRST_ANSWER_LIMIT_MS / 1000} s`;
    return new LoadGenError('SUT_SERVER', message);
  });
}

/** Some servers have statistics, and keep them to themselves. */
function readIfTold(connection: ServerConnection, { server }: RemoteFacts): Promise<ModelStatistics | undefined> {
  if (!server.extensions.includes(STATISTICS)) return Promise.resolve(undefined);
  return connection.readStatistics().catch(() => undefined);
}

/**
 * Compares what the server has counted before a series and after it with what was asked here.
 *
 * @param atFirst before the request by which the server was tried out
 */
async function watchServer(
  connection: ServerConnection,
  queue: RequestQueue,
  atFirst: ModelStatistics,
): Promise<() => Promise<RemoteServerFigures | undefined>> {
  const before = await readWhenCounted(connection, atFirst.requests + 1 + queue.totals.requests);
  const asked = { ...queue.totals };
  return async () => {
    const { totals } = queue;
    const requests = totals.requests - asked.requests;
    const after = await readWhenCounted(connection, before.requests + requests);
    const servedRequests = after.requests - before.requests;
    // Behind one address there may be several servers, and who counts is not who has answered.
    if (requests === 0 || servedRequests < requests) return undefined;
    return {
      requests,
      roundTripNs: (totals.roundTripNs - asked.roundTripNs) / requests,
      servedRequests,
      servedNs: (after.requestNs - before.requestNs) / servedRequests,
      queueNs: (after.queueNs - before.queueNs) / servedRequests,
    };
  };
}

/** Some servers count a request a little after they have answered it. */
async function readWhenCounted(connection: ServerConnection, requests: number): Promise<ModelStatistics> {
  const start = monotonicClock.nowNs();
  for (;;) {
    const statistics = await connection.readStatistics();
    const isLate = monotonicClock.nowNs() - start > COUNTING_LIMIT_MS * 1e6;
    if (statistics.requests >= requests || isLate) return statistics;
    await wait(COUNTING_PAUSE_MS);
  }
}

function configurationOf(
  { address, network, precision = 'fp32' }: RemoteSystemOptions,
  { server, model, tensors }: RemoteFacts,
): SystemConfiguration {
  const { platform, versions } = model;
  return {
    engine: `${nameOf({ name: address.model })}-on-${nameOf(server)}`,
    engineVersion: textOf(server.version),
    precision,
    model: textOf(address.model),
    modelVersion: textOf(address.version ?? versions.join(', ')),
    modelPlatform: textOf(platform),
    serverExtensions: textOf(server.extensions.join(', ')),
    ...(tensors.layout === 'NHWC' ? {} : { inputLayout: `${tensors.layout}, transposed from NHWC` }),
    ...(network.source.type === 'weights' ? { weightsSha256: OWN_WEIGHTS.sha256 } : {}),
  };
}

/** A name as it may stand in a folder's. */
function nameOf({ name }: Pick<ServerDescription, 'name'>): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 30) || 'server';
}

function textOf(text: string): string {
  return printable(text) || 'unknown';
}
