// Runs a Solidity compiler, which blocks for seconds, away from the event loop. Plain JavaScript: a worker thread
// does not inherit the loader that lets the main thread import TypeScript.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const solc = createRequire(import.meta.url)(workerData.compiler);
parentPort.postMessage(solc.compile(workerData.input));
