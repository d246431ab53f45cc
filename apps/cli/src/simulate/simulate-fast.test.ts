import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed } from '../fixtures/printed.ts';
import { runSimulate } from '../run-simulate.ts';
import { loans } from '../sweep/fixtures/loans.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-fast-'));
const table = join(folder, 'loans.csv');
writeFileSync(table, loans(30));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { tables: [table], data: folder, shock: [{ what: 'ETH', move: -0.4 }], set: [] };
const text = () => printed(() => runSimulate({ ...options, engine: 'fast' }));

describe('undertow simulate --engine fast', () => {
  it('prints what the fast engine knows, the figures of the clear one', async () => {
    const clear = JSON.parse(await printed(() => runSimulate({ ...options, json: true })));
    const fast = JSON.parse(await printed(() => runSimulate({ ...options, engine: 'fast', json: true })));
    expect(clear.lossUsd).toBeGreaterThan(0);
    expect(fast.lossUsd / clear.lossUsd).toBeCloseTo(1, 9);
    expect(fast.accounts).toBe(clear.accounts);
    expect(fast.accountsPerRound).toEqual(clear.rounds.map(({ accounts }: { accounts: number }) => accounts));
    expect(fast.scenario.moves).toEqual([{ name: 'ETH', kind: 'reference', symbol: 'ETH', move: -0.4 }]);
    expect(fast.byVenue[0].lossUsd / fast.lossUsd).toBeCloseTo(1, 9);
  });

  it('prints what a person can read', async () => {
    const shown = await text();
    expect(shown).toMatch(/^Lenders, funds and other traders lose [\d.]+K USD: bad debt/);
    expect(shown).toMatch(/Accounts by\s+round: \d/);
    expect(shown).toMatch(/^ETH +– +[\d.,]+ +−\d+(\.\d)? %$/m);
    // What is lost most in comes first.
    expect(shown).toMatch(/^USDC +[\d.]+K[^]*^ETH/m);
    for (const part of ['the fast engine: ETH −40 %', '--engine clear', 'By venue'])
      expect(shown).toContain(part);
  });

  it('refuses a change of terms, whose before and after it does not tell', async () => {
    await expect(runSimulate({ ...options, engine: 'fast', set: ['x'] })).rejects.toThrow(
      'no before and after',
    );
  });
});
