import type { RawLog } from '@undertow/chain';
import type { Address, Fact, Hex, LegChanged } from '@undertow/market';
import { readFileSync } from 'node:fs';
import { eventTopic } from '@undertow/chain';
import { amountEvents, poolEvents, tokenEvents } from './abi.ts';
import type { AaveV3Deployment } from './deployments.ts';
import { openAaveV3 } from './index.ts';

/** Logs of the real contracts of a release, and what `scaledBalanceOf` said before and after each transaction. */
interface Recording {
  readonly deployment: AaveV3Deployment;
  readonly terms: readonly RecordedLog[];
  readonly steps: readonly {
    readonly name: string;
    readonly changes: readonly {
      readonly token: Address;
      readonly owner: Address;
      readonly sharesDelta: string;
    }[];
    readonly logs: readonly RecordedLog[];
  }[];
}

type RecordedLog = Omit<RawLog, 'chainId' | 'blockHash'>;

const recordings = (['3.0', '3.6'] as const).map((release) => {
  const file = new URL(`./fixtures/${release}.json`, import.meta.url);
  return [release, JSON.parse(readFileSync(file, 'utf8')) as Recording] as const;
});

const raw = (log: RecordedLog): RawLog => ({ chainId: 31_337, blockHash: '0x00', ...log });

function open(recording: Recording) {
  const source = openAaveV3(recording.deployment);
  const terms = recording.terms.flatMap((log) => source.decode(raw(log)).facts);
  return {
    source,
    terms,
    decodeAll: (logs: readonly RecordedLog[]) => logs.flatMap((log) => source.decode(raw(log)).facts),
  };
}

/** Sums of share changes by token and owner, zeros left out, in a fixed order. */
function sums(facts: readonly Fact[], terms: readonly Fact[]): string[] {
  const totals = new Map<string, bigint>();
  for (const fact of facts.filter((one): one is LegChanged => one.kind === 'LegChanged')) {
    const key = `${tokenOf(terms, fact)} ${fact.owner}`;
    totals.set(key, (totals.get(key) ?? 0n) + fact.sharesDelta);
  }
  return [...totals].flatMap(([key, delta]) => (delta === 0n ? [] : [`${key} ${delta}`])).sort();
}

function tokenOf(terms: readonly Fact[], { market, side }: LegChanged): Address {
  for (const fact of terms) {
    if (fact.kind !== 'TermsChanged' || fact.market !== market || fact.patch.form !== 'reserve') continue;
    const token = side === 'collateral' ? fact.patch.collateralToken : fact.patch.debtToken;
    if (token) return token;
  }
  throw new Error(`no reserve ${market}`);
}

describe.each(recordings)('logs of release %s', (release, recording) => {
  test('every transaction changes the shares that the tokens say', () => {
    const { terms, decodeAll } = open(recording);
    expect(recording.steps.length).toBe(15);
    for (const { name, changes, logs } of recording.steps) {
      const facts = decodeAll(logs);
      const expected = changes
        .map(({ token, owner, sharesDelta }) => `${token} ${owner} ${sharesDelta}`)
        .sort();
      expect([name, sums(facts, terms)]).toEqual([name, expected]);
      expect(facts.filter(({ kind }) => kind === 'Quarantined')).toEqual([]);
    }
  });

  test('keys are unique and ascending, and a log seen twice says the same', () => {
    const { source, decodeAll } = open(recording);
    const facts = recording.steps.flatMap(({ logs }) => decodeAll(logs));
    const keys = facts.map(({ block, logIndex, part }) => block * 1e8 + logIndex * 1e4 + part);
    expect(keys).toEqual([...new Set(keys)].toSorted((a, b) => a - b));
    const again = open(recording);
    const { logs } = recording.steps.at(-1)!;
    expect(again.decodeAll(logs)).toEqual(again.decodeAll(logs));
    expect(source.addresses().length).toBe(release === '3.0' ? 3 + 3 * 4 : 3 + 2 * 4);
  });

  test('a listing completes a reserve but for what its log lacks, and its price comes from the feed', () => {
    const { terms } = open(recording);
    const merged = Object.assign(
      {},
      ...terms.flatMap((fact) =>
        fact.kind === 'TermsChanged' && fact.market === collateralOf(recording) ? [fact.patch] : [],
      ),
    ) as Record<string, unknown>;
    expect(merged).toMatchObject({
      form: 'reserve',
      loanToValueBps: 8_050n,
      liquidationThresholdBps: 8_300n,
      liquidationBonusBps: 500n,
      liquidationProtocolFeeBps: 1_000n,
      isActive: true,
      isBorrowable: true,
      oracle: { form: 'feed', feed: expect.stringMatching(/^0x[0-9a-f]{40}$/) as string },
    });
    expect(merged).not.toHaveProperty('decimals');
  });

  test('the last liquidation takes all; what is left of the debt is bad debt in 3.6 only', () => {
    const { decodeAll } = open(recording);
    const facts = recording.steps.flatMap(({ logs }) => decodeAll(logs));
    const liquidations = facts.filter((fact) => fact.kind === 'Liquidated');
    expect(liquidations.length).toBe(2);
    expect(liquidations[1]!.badDebt > 0n).toBe(release === '3.6');
    const accrued = facts.filter(
      (fact) => fact.kind === 'IndexAccrued' && fact.accrual.form === 'rayAccrued',
    );
    expect(accrued.length).toBe(release === '3.6' ? 1 : 0);
  });

  test('restored from its terms, it decodes on; restored from nothing, it knows no token', () => {
    const { terms, decodeAll, source } = open(recording);
    const logs = recording.steps[1]!.logs;
    const facts = decodeAll(logs);
    source.restore!([]);
    expect(source.addresses().length).toBe(3);
    source.restore!(terms);
    expect(decodeAll(logs)).toEqual(facts);
  });

  test('a cut log is quarantined, not thrown', () => {
    const { source } = open(recording);
    const log = recording.steps[1]!.logs.find(
      ({ topics }) => topics[0] === eventTopic(poolEvents.reserveDataUpdated),
    )!;
    const { facts } = source.decode(raw({ ...log, data: log.data.slice(0, -64) as Hex }));
    expect(facts).toEqual([
      expect.objectContaining({ kind: 'Quarantined', source: recording.deployment.id }),
    ]);
  });
});

describe('release 3.6', () => {
  const recording = recordings[1]![1];

  test('a token log without its pool log is quarantined with the next block', () => {
    const { source, decodeAll } = open(recording);
    const { logs } = recording.steps[1]!;
    const facts = decodeAll(logs.filter(({ topics }) => topics[0] !== eventTopic(amountEvents.supply)));
    expect(facts.filter(({ kind }) => kind === 'LegChanged')).toEqual([]);
    const next = recording.steps[2]!.logs[0]!;
    expect(source.decode(raw(next)).facts).toContainEqual(
      expect.objectContaining({
        kind: 'Quarantined',
        block: next.block,
        reason: expect.stringContaining('no pool log') as string,
      }),
    );
  });

  test('finds every owner in logs of 3.0, as a search through history needs', () => {
    const old = recordings[0]![1];
    const { terms, decodeAll } = open({ ...old, deployment: { ...old.deployment, version: '3.6' } });
    for (const { name, changes, logs } of old.steps) {
      const found = new Set(
        decodeAll(logs).flatMap((fact) =>
          fact.kind === 'LegChanged' ? [`${tokenOf(terms, fact)} ${fact.owner}`] : [],
        ),
      );
      // A transfer to oneself moves nothing and is still said.
      expect([name, ...changes.map(({ token, owner }) => found.has(`${token} ${owner}`))]).toEqual([
        name,
        ...changes.map(() => true),
      ]);
    }
  });

  test('a pool log without its token log is quarantined', () => {
    const { decodeAll } = open(recording);
    const facts = decodeAll(
      recording.steps[1]!.logs.filter(({ topics }) => topics[0] !== eventTopic(tokenEvents.mint)),
    );
    expect(facts.filter(({ kind }) => kind === 'Quarantined').length).toBe(1);
  });
});

function collateralOf(recording: Recording): Address {
  const liquidation = recording.steps
    .at(-1)!
    .logs.find(({ topics }) => topics[0] === eventTopic(poolEvents.liquidationCall))!;
  return `0x${liquidation.topics[1]!.slice(26)}`;
}
