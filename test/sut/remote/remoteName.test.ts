import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type RemoteAddress, remoteNamed } from '../../../sut/remote/remoteName.js';

const REST: RemoteAddress = {
  protocol: 'http',
  isEncrypted: false,
  host: 'h',
  port: 8000,
  socketPath: undefined,
  prefix: '',
  model: 'm',
  version: undefined,
};
const SOCKET = { host: 'localhost', port: undefined, socketPath: '/run/a.sock' };

const NAMES: readonly (readonly [name: string, differs: Partial<RemoteAddress>])[] = [
  ['http://h:8000/v2/models/m', {}],
  ['HTTP://h:8000/v2/models/m/', {}],
  ['http://h:8000/v2/models/m/versions/3', { version: '3' }],
  ['http://h/v2/models/m', { port: undefined }],
  ['http://h:80/v2/models/m', { port: 80 }],
  ['http://h:8000/serve/v1/v2/models/m', { prefix: '/serve/v1' }],
  ['http://h:8000/v2/models/a%2Cb%20c', { model: 'a,b c' }],
  ['http://h:8000/v2/models/a=b', { model: 'a=b' }],
  ['http://[::1]:8000/v2/models/m', { host: '[::1]' }],
  ['https://h:8000/v2/models/m', { isEncrypted: true }],
  ['grpc://h:8001/v2/models/m', { protocol: 'grpc', port: 8001 }],
  ['grpc://h:80/v2/models/m', { protocol: 'grpc', port: 80 }],
  ['grpcs://h:8001/v2/models/m', { protocol: 'grpc', port: 8001, isEncrypted: true }],
  ['http://unix:/run/a.sock:/v2/models/m', SOCKET],
  ['http://unix:/run/a.sock:/p/v2/models/m', { ...SOCKET, prefix: '/p' }],
  ['grpc://unix:/run/a.sock:/v2/models/m', { ...SOCKET, protocol: 'grpc' }],
];
describe('addresses of servers', () => {
  for (const [name, differs] of NAMES) test(name, () => assert.deepEqual(remoteNamed(name), { ...REST, ...differs }));
});

describe('names of other systems', () => {
  for (const name of ['onnxruntime', './http.js', 'exec:./http', 'http', 'https:/h', 'ftp://h/v2/models/m', ''])
    test(name || '(none)', () => assert.equal(remoteNamed(name), undefined));
});

const FAULTS: readonly (readonly [name: string, message: RegExp])[] = [
  ['http://', /found "http:\/\/", expected http:\/\/HOST:PORT\/v2\/models\/NAME/],
  ['http://h:8000', /expected http:/],
  ['http://h:8000/models/m', /expected http:/],
  ['http://h:8000/v2/models/', /expected http:/],
  ['http://h:8000/v2/models/m/infer', /expected http:/],
  ['http://h:99999/v2/models/m', /expected http:/],
  ['http://h:8000/v2/models/%', /expected http:/],
  ['http://h:8000/v2/models/m?token=secret', /nothing may follow the path/],
  ['http://h:8000/v2/models/m#top', /nothing may follow the path/],
  ['http://unix:a.sock:/v2/models/m', /expected http:/],
  ['grpc://h/v2/models/m', /gRPC has no port of its own/],
  ['grpc://h:8001/prefix/v2/models/m', /gRPC has no path such as "\/prefix"/],
];
describe('addresses that cannot be read', () => {
  for (const [name, message] of FAULTS)
    test(name, () => assert.throws(() => remoteNamed(name), { code: 'SUT_SERVER', message }));

  test('a password is not repeated', () => {
    assert.throws(
      () => remoteNamed('http://me:secret@h/v2/models/m'),
      ({ message }: Error) => /holds a user or a password/.test(message) && !message.includes('secret'),
    );
  });
});
