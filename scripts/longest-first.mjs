// Jest sequencer: the files that take longest begin first, so that none of them runs alone at the end while the other cores have nothing
// to do. Which these are is written here, because a fresh checkout has no durations of an earlier run; the others go by size.
import { statSync } from 'node:fs';
import { relative } from 'node:path';

/** From the longest on. */
export const LONGEST = [
  'test/devnet/prediction.test.ts',
  'test/e2e/page-looks.test.ts',
  'test/e2e/page-faults.test.ts',
  'test/fault/snapshot.test.ts',
  'test/devnet/venus-core-crash.test.ts',
  'libs/devnet/src/artifacts/ensure-artifacts.test.ts',
  'test/e2e/page-sizes.test.ts',
  'test/e2e/page-real.test.ts',
  'libs/devnet/src/agent/start-agent.test.ts',
  'libs/devnet/src/crash/crash-on-chain.test.ts',
  'test/fault/call-blocks.test.ts',
  'test/fault/posed-cascade.test.ts',
  'test/e2e/start.test.ts',
  'test/fault/kill.test.ts',
  'test/fault/saved-ledgers-kill.test.ts',
  'test/fault/retention.test.ts',
  'libs/devnet/src/start-devnet.test.ts',
  'libs/cascade/src/simulate.properties.test.ts',
  'libs/cascade/src/simulate-mechanisms.properties.test.ts',
  'libs/store/src/crash.test.ts',
  'libs/store/src/embedded/start-embedded-postgres.test.ts',
  'libs/exchanges/src/open-exchange.test.ts',
];

export default class LongestFirst {
  #root;

  constructor({ globalConfig }) {
    this.#root = globalConfig.rootDir;
  }

  sort(tests) {
    const places = tests.map((test) => {
      const at = LONGEST.indexOf(relative(this.#root, test.path).replaceAll('\\', '/'));
      return { test, place: at === -1 ? LONGEST.length : at, size: statSync(test.path).size };
    });
    return places.sort((a, b) => a.place - b.place || b.size - a.size).map(({ test }) => test);
  }

  shard(tests, { shardIndex, shardCount }) {
    return tests.filter((_, i) => i % shardCount === shardIndex - 1);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
