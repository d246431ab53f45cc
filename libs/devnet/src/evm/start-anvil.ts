import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnTethered, type Tethered } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';
import { hiddenAddress } from './hidden-address.ts';

export interface AnvilOptions {
  readonly chainId: number;
  /** Blocks whose state can still be asked for and reorganised away. */
  readonly statesKept: number;
  /** File that a chain is loaded from. */
  readonly loadFrom?: string;
  /** File that the chain is written to when it ends, also when we are killed. */
  readonly dumpTo?: string;
}

export interface Anvil {
  /** At an address that only who is told it can find: anvil does what anybody asks. */
  readonly url: string;
  /** The process, as `processIdentity` gives it. */
  readonly identity: string | undefined;
  /** Resolves when it has ended and its folder is removed. */
  readonly exited: Promise<number>;
  /** Its exit code: 0 when it had the time to write `dumpTo`. */
  stop(): Promise<number>;
}

/** Timestamp of the first block: fixed, so that the same build gives the same hashes. */
export const GENESIS_TIME = 1_700_000_000;

const FLAGS = [
  // A free port, chosen by the system when anvil listens, so that nobody else can take it in between.
  ...[
    '--port',
    '0',
    '--no-cors',
    '--accounts',
    '1',
    '--gas-limit',
    '3000000000',
    '--block-base-fee-per-gas',
    '0',
  ],
  ...['--no-request-size-limit', '--timestamp', String(GENESIS_TIME)],
  // With the default order and distinct gas prices, the order within a block is ours.
  ...['--order', 'fees', '--no-mining'],
];

/** Time to write the chain to its file when it is asked to end. */
const DUMP_MS = 120_000;

/**
 * Starts a local EVM on a loopback port. It ends when we do, however we end, and leaves no files but `dumpTo`.
 *
 * @throws ConfigError when it does not start, such as when the file to load is damaged.
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const { chainId, loadFrom, dumpTo } = options;
  const host = hiddenAddress();
  const command = anvilProgram();
  const folder = await mkdtemp(join(tmpdir(), 'undertow-anvil-'));
  const args = [
    ...FLAGS,
    '--host',
    host,
    '--chain-id',
    String(chainId),
    '--cache-path',
    join(folder, 'cache'),
  ];
  args.push('--prune-history', String(options.statesKept));
  if (loadFrom) args.push('--load-state', loadFrom);
  if (dumpTo) args.push('--dump-state', dumpTo);
  const graceMs = dumpTo ? DUMP_MS : 1_000;
  const program = spawnTethered({ command, args, removeOnExit: [folder], graceMs });
  const { port: listening, printed } = await firstPort(program);
  if (listening === undefined) {
    await program.stop();
    throw new ConfigError(`The local chain (anvil) did not start. It said: ${printed.trim() || 'nothing'}`);
  }
  // What it prints later is of no use, but a full pipe would stop it.
  program.output.resume();
  return {
    url: `http://${host}:${listening}`,
    identity: program.identity(),
    exited: program.exited,
    stop: () => program.stop(),
  };
}

/** The port that anvil says it listens on; `undefined` when it ends without saying. */
function firstPort(program: Tethered): Promise<{ port: number | undefined; printed: string }> {
  return new Promise((resolve) => {
    let printed = '';
    const finish = (port: number | undefined) => {
      program.output.off('data', read);
      resolve({ port, printed });
    };
    const read = (chunk: unknown) => {
      printed += String(chunk);
      const match = /Listening on [\d.]+:(\d+)/.exec(printed);
      if (match) finish(Number(match[1]));
    };
    program.output.on('data', read);
    void program.exited.then(() => finish(undefined));
  });
}

/** The program in the package for this platform; the wrapper that npm links would be one more process. */
function anvilProgram(): string {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'win32' }[process.platform as string];
  const name = `@foundry-rs/anvil-${platform}-${architecture}`;
  const require = createRequire(import.meta.url);
  try {
    const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
    return join(dirname(require.resolve(`${name}/package.json`)), 'bin', file);
  } catch (cause) {
    throw new ConfigError(
      `The local chain needs the npm package ${name}, which is missing for ${process.platform} ${process.arch}. ` +
        'Run npm install again, with optional dependencies.',
      { cause },
    );
  }
}
