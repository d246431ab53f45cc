#!/usr/bin/env node
import { runPinned } from './run-pinned.mjs';

try {
  process.exitCode = await runPinned(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
