import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAgent, startDevnet } from '@undertow/devnet';
import { DEFAULT_DATA } from './data-option.ts';
import { print } from './print.ts';
import { TICK_MS } from './start/open-chain.ts';
import { stopSignal } from './stop-signal.ts';

export interface DevnetCommandOptions {
  readonly seed: number;
  readonly accounts: number;
  readonly port: number;
  readonly agent?: boolean;
}

/** Runs the local chain until it is told to stop. */
export async function runDevnet({ seed, accounts, port, agent }: DevnetCommandOptions): Promise<void> {
  const stopping = stopSignal();
  const say = (message: string): unknown => process.stderr.write(`${message}\n`);
  const devnet = await startDevnet({ seed, accounts, port, onProgress: say });
  try {
    if (stopping.aborted) return;
    // The same seed and accounts give the same contracts, so overwriting an older file changes nothing.
    const file = join(DEFAULT_DATA, `network-${seed}-${accounts}.json`);
    mkdirSync(DEFAULT_DATA, { recursive: true });
    writeFileSync(file, `${JSON.stringify(devnet.network, undefined, 2)}\n`);
    await print(`${devnet.url}\n${file}\n`);
    const running = agent ? startAgent(devnet, { seed, everyMs: TICK_MS }) : undefined;
    const ended = devnet.exited.then((code) => `The local chain (anvil) ended by itself with code ${code}.`);
    const why = await Promise.race([
      ended,
      once(stopping, 'abort').then(() => undefined),
      ...(running ? [running.done.then(() => undefined)] : []),
    ]);
    await running?.stop();
    if (why !== undefined) throw new Error(why);
  } finally {
    await devnet.stop();
  }
}
