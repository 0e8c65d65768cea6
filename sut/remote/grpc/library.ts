/**
 * Apart, because the build writes this file again with the package in it: what the package depends on and we do not use is a
 * tenth of an installation, and has an install script.
 */
export {
  type ChannelOptions,
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceError,
  type StatusObject,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
