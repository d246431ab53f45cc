import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import { factsOfCalls, factsOfLog, type Said } from './said.ts';
import type { RawLog } from './source.ts';

const moved: Said = {
  kind: 'FundMoved',
  venue: 'v',
  fund: 'reserves',
  asset: `0x${'1'.repeat(40)}`,
  amountDelta: 1n,
};
const accrued: Said = {
  kind: 'IndexAccrued',
  venue: 'v',
  market: 'm',
  accrual: { form: 'rayAccrued' },
  accruedAt: 50,
};
const log: RawLog = {
  chainId: 7,
  address: `0x${'2'.repeat(40)}`,
  topics: [],
  data: '0x',
  block: 9,
  blockHash: '0x00',
  time: 90,
  logIndex: 4,
};

test('facts of a log have its key, and parts in their order from the first', () => {
  const key = { chainId: 7, block: 9, logIndex: 4, time: 90 };
  expect(factsOfLog(log, [moved, moved])).toEqual([
    { ...moved, ...key, part: 0 },
    { ...moved, ...key, part: 1 },
  ]);
  expect(factsOfLog(log, [moved], 10)).toEqual([{ ...moved, ...key, part: 10 }]);
});

test('a liquidation has the transaction of its log, where the node says it', () => {
  const liquidated: Said = {
    ...{ kind: 'Liquidated', venue: 'v', market: 'm', repaid: 1n, seized: 1n, badDebt: 0n },
    ...{ owner: '0x01', liquidator: '0x02', collateralAsset: '0x03', debtAsset: '0x04' },
  };
  const [named, other] = factsOfLog({ ...log, transaction: '0xabcd' }, [liquidated, moved]);
  expect(named).toMatchObject({ kind: 'Liquidated', transaction: '0xabcd' });
  expect(other).not.toHaveProperty('transaction');
  expect(factsOfLog(log, [liquidated])[0]).not.toHaveProperty('transaction');
});

test('facts of calls stand at the end of their block, with its time, whatever they had before', () => {
  const key = { chainId: 7, block: 9, logIndex: SNAPSHOT_LOG_INDEX, time: 90 };
  const facts = factsOfCalls({ chainId: 7, block: 9, time: 90 }, [moved, accrued]);
  expect(facts).toEqual([
    { ...moved, ...key, part: 0 },
    { ...accrued, ...key, part: 1 },
  ]);
  expect(factsOfCalls({ chainId: 7, block: 10, time: 99 }, facts.toReversed())).toMatchObject([
    { kind: 'IndexAccrued', block: 10, part: 0, time: 99, accruedAt: 50 },
    { kind: 'FundMoved', block: 10, part: 1, time: 99 },
  ]);
});
