/** What part of a request was server, waiting and network, as logs say it. */
import type { DetailEntry } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { RemoteServerFigures } from '../systemUnderTest.js';

/** In the detail log. */
export const SERVER_KEYS: Readonly<Record<keyof RemoteServerFigures, string>> = {
  requests: 'server_request_count',
  roundTripNs: 'server_request_round_trip_mean_ns',
  servedRequests: 'server_served_request_count',
  servedNs: 'server_served_request_mean_ns',
  queueNs: 'server_served_request_queue_mean_ns',
};

export function serverEntries(figures: RemoteServerFigures): DetailEntry[] {
  return [
    [SERVER_KEYS.requests, figures.requests],
    [SERVER_KEYS.roundTripNs, Math.round(figures.roundTripNs)],
    [SERVER_KEYS.servedRequests, figures.servedRequests],
    [SERVER_KEYS.servedNs, Math.round(figures.servedNs)],
    [SERVER_KEYS.queueNs, Math.round(figures.queueNs)],
  ];
}

/** `a request took 12.30 ms, of which 11.00 ms in the server (0.50 ms of it waiting) and 1.30 ms on the way` */
export function serverText({ requests, roundTripNs, servedRequests, servedNs, queueNs }: RemoteServerFigures): string {
  const [total, served, queue, way] = [roundTripNs, servedNs, queueNs, roundTripNs - servedNs].map(
    (ns) => `${formatFixed(ns / 1e6, 2)} ms`,
  );
  const others = servedRequests > requests ? `; the server had ${servedRequests - requests} requests from others` : '';
  return `a request took ${total}, of which ${served} in the server (${queue} of it waiting) and ${way} on the way${others}`;
}
