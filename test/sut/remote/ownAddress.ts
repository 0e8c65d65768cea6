import { networkInterfaces } from 'node:os';

/** An address of this machine by which it is reached from others; undefined without a network. */
export const ownAddress = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
