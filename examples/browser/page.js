// The page: starts the worker that measures, watches over it, and shows its summary.
import { watchPage } from 'sphereface-loadgen/browser';

const worker = new Worker('worker.js', { type: 'module' });
worker.onmessage = ({ data }) => {
  document.querySelector('#summary').textContent = data;
};
// A page that is hidden, or a device that sleeps, ends the test INVALID.
const page = watchPage();
worker.postMessage('start', [page]);
