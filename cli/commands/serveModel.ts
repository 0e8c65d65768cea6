import { once } from 'node:events';
import type { Argv } from 'yargs';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { hostInUrl } from '../../platform/node/httpServer.js';
import { defaultTestSettings } from '../../platform/node/index.js';
import { packageVersion } from '../../platform/node/packages.js';
import { startGrpcServer } from '../../serve/grpcServer.js';
import { startRestServer } from '../../serve/restServer.js';
import { createServedModel } from '../../serve/servedModel.js';
import { readToken, TOKEN_VARIABLE } from '../../sut/remote/credentials.js';
import { createSystemUnderTest, createVerifiedSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { placementFor } from '../benchmark/systemChoice.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { number, text } from '../options.js';
import { type SystemArguments, systemChoiceOf, UNVERIFIED, withSystemOptions } from '../systemOptions.js';

const MAX_PORT = 65_535;

interface ServeArguments extends SystemArguments {
  readonly host: string;
  readonly port: number;
  readonly grpcPort: number | undefined;
}

export const serveModelCommand = defineCommand(
  (command: Argv) =>
    withSystemOptions(command)
      .hide('warm-up')
      .hide('start-timeout')
      .option('host', { ...text('Address to listen on; 0.0.0.0 for all'), default: '127.0.0.1' })
      .option('port', { ...number('Port to listen on; 0 for one that is free'), default: 8080 })
      .option('grpc-port', number('Port for gRPC (default: no gRPC)'))
      .option('unverified', UNVERIFIED)
      .check((given) => {
        for (const name of ['port', 'grpc-port'] as const) checkPort(name, given[name]);
        return true;
      })
      .example('$0 serve-model --sut onnxruntime --host 0.0.0.0', 'On the machine to be measured')
      .example('$0 run --sut http://HOST:8080/v2/models/onnxruntime', 'On another one'),
  serveModel,
);

function checkPort(name: string, port = 0): void {
  if (Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return;
  throw new Error(`--${name} must be a whole number from 0 to ${MAX_PORT}`);
}

async function serveModel(options: ServeArguments): Promise<void> {
  const choice = systemChoiceOf(options);
  const placement = placementFor({ ...defaultTestSettings(), scenario: 'Offline' }, choice);
  const network = choice.network.shape;
  const token = readToken();
  await interruptible(async (signal) => {
    const failed = new AbortController();
    const model = await createServedModel({
      network,
      pairsAtATime: Math.max(1, placement.workers),
      create: (inputs) =>
        choice.unverified
          ? createSystemUnderTest(choice.sutName, { ...choice, inputs, placement })
          : createVerifiedSystemUnderTest(choice.sutName, { ...choice, inputs, placement }),
      onFailure: (reason) => failed.abort(reason),
    });
    try {
      const modelName = String(model.configuration.engine);
      const { host, port, grpcPort } = options;
      const listening = { model, modelName, network, version: packageVersion(), token, host, port };
      const rest = await startRestServer(listening);
      try {
        const grpc = grpcPort === undefined ? undefined : await startGrpcServer({ ...listening, port: grpcPort });
        try {
          printAddresses(options, modelName, { http: rest.port, grpc: grpc?.port });
          const access =
            token === undefined ? `anyone who reaches ${host}` : `who brings the token in ${TOKEN_VARIABLE}`;
          console.error(printable(`${model.name}, for ${access}. Ctrl-C ends it.`));
          const ended = AbortSignal.any([signal, failed.signal]);
          if (!ended.aborted) await once(ended, 'abort');
        } finally {
          await grpc?.close();
        }
      } finally {
        await rest.close();
      }
    } finally {
      await model.close();
    }
    if (failed.signal.reason instanceof LoadGenError) throw failed.signal.reason;
  });
}

function printAddresses(
  { host }: ServeArguments,
  modelName: string,
  ports: Readonly<Record<'http' | 'grpc', number | undefined>>,
): void {
  for (const [scheme, port] of Object.entries(ports))
    if (port !== undefined)
      console.log(`${scheme}://${hostInUrl(host)}:${port}/v2/models/${encodeURIComponent(modelName)}`);
}
