import type { DatabaseState } from '@undertow/store';
import { checkChain, checkTables } from './check-database.ts';

const extension = {
  installed: undefined,
  available: undefined,
  schema: undefined,
  isPreloaded: false,
  license: undefined,
};
const plain: DatabaseState = {
  flavour: 'plain',
  extension,
  reason: 'the server does not have TimescaleDB',
  timescale: undefined,
};
const there = { ...extension, available: '2.28.3', isPreloaded: true, license: 'timescale' };
const counts = { hypertables: 17, continuousAggregates: 9, chunks: 40, compressedChunks: 30, policies: 0 };
const moved: DatabaseState = {
  ...{
    flavour: 'timescale',
    extension: { ...there, installed: '2.28.3' },
    reason: undefined,
    timescale: counts,
  },
};

it('says what the tables are by what is really there, and what can be done', () => {
  expect(checkTables(plain)).toMatchObject({ ok: true, detail: 'plain PostgreSQL' });
  expect(checkTables({ ...plain, extension: there, reason: 'it is the Apache edition' })).toMatchObject({
    ...{ ok: true, detail: 'plain PostgreSQL; it is the Apache edition' },
  });
  expect(checkTables({ ...plain, extension: there, reason: undefined }).detail).toMatch(
    /although TimescaleDB 2\.28\.3 is there: "undertow to-timescale" moves them/,
  );
  expect(checkTables(moved)).toMatchObject({
    ...{
      ok: true,
      detail: 'TimescaleDB 2.28.3, 17 hypertables, 9 continuous aggregates, 30 of 40 chunks compressed',
    },
  });
  for (const [wrong, words] of [
    [{ ...moved, timescale: undefined }, /does not have the extension any more/],
    [{ ...moved, reason: 'it is not loaded' }, /they are TimescaleDB's, but it is not loaded/],
    [{ ...moved, timescale: { ...counts, hypertables: 0 } }, /which has 0 hypertables/],
    [{ ...moved, timescale: { ...counts, policies: 2 } }, /2 policies that go by the server's clock/],
  ] as const) {
    const { ok, detail } = checkTables(wrong);
    expect(ok).toBe(false);
    expect(detail).toMatch(words);
  }
});

it('says of what time the oldest fact is, and what stands for those that were dropped', () => {
  const chain = { chainId: 1, block: 900, facts: 12n, trusted: true, revision: 0 };
  const oldest = 1_704_067_200;
  expect(checkChain(chain, { oldest: undefined, ledgers: [] })).toEqual([
    { name: 'Chain 1', ok: true, detail: '12 facts up to block 900' },
  ]);
  expect(checkChain(chain, { oldest, ledgers: [] })).toMatchObject([
    { ok: true, detail: '12 facts up to block 900, the oldest of 2024-01-01' },
  ]);
  const dropped = { ...chain, keptAbove: 400, keptSince: oldest };
  expect(checkChain(dropped, { oldest, ledgers: [400, 900] })[1]).toMatchObject({
    ...{ name: 'Retention of chain 1', ok: true },
    detail: 'facts before 2024-01-01 are dropped (--keep-facts-days); books from block 400 on',
  });
  const [, lost] = checkChain(dropped, { oldest, ledgers: [900] });
  expect(lost).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/saved at block 400, is not one .* empty database/),
  });
  expect(checkChain({ ...chain, trusted: false, reason: 'so' }, { oldest, ledgers: [] })[0]!.ok).toBe(false);
});
