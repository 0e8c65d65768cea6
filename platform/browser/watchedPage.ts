/** In the worker: the page that watches over it. */
import { LoadGenError } from '../../base/errors.js';
import type { PageReport, ToPage, ToWorker } from './pageMessages.js';

export interface WatchedPage {
  /** What has spoiled the series since `start`, if anything. */
  readonly fault: LoadGenError | undefined;
  start(): void;
  stop(): Promise<PageReport>;
}

/** @param onFault is called as soon as a series is spoiled */
export function connectPage(port: MessagePort, onFault: (fault: LoadGenError) => void): WatchedPage {
  let fault: LoadGenError | undefined;
  let takeReport: (report: PageReport) => void = () => {};
  const say = (message: ToPage) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if ('report' in data) {
      takeReport(data.report);
      return;
    }
    if (fault !== undefined) return;
    const { code, message, hint } = data.fault;
    fault = new LoadGenError(code, message, { hint });
    onFault(fault);
  };
  return {
    get fault() {
      return fault;
    },
    start() {
      fault = undefined;
      say('start');
    },
    stop() {
      const reported = new Promise<PageReport>((resolve) => {
        takeReport = resolve;
      });
      say('stop');
      return reported;
    },
  };
}
