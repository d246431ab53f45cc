import { join } from 'node:path';
import type { DelaySkill, Flag, Foretold } from '@undertow/lag';
import type { OracleHour } from '../../apps/cli/src/lag/replays/maker-hours.ts';
import type { AgainstSource } from '../../apps/cli/src/lag/replays/usdc.ts';
import { REPLAYS } from '../../apps/cli/src/lag/replays.ts';
import { describeWithData } from './real-file.ts';

// What `undertow lag --replay` says of public files. What of it is a prediction is held against a naive one, on times on which it was not
// learned.

const FILES = join(import.meta.dirname, '../../../shared/data');
const foundIn = async <Found>(name: string): Promise<Found> =>
  (await REPLAYS[name]!.play(FILES)).found as Found;
const at = (text: string) => Date.parse(`${text}:00Z`) / 1_000;

describeWithData('usdc-depeg-2023-03', () => {
  it('a price held at 1.00 is flagged by every source, by Kraken an hour before Binance.US', async () => {
    const { sources, disagreement, greatestUsdt } = await foundIn<{
      sources: readonly AgainstSource[];
      disagreement: { disagreement: number };
      greatestUsdt: number;
    }>('usdc-2023-03');
    const of = (name: string) => sources.find(({ source }) => source === name)!;
    const raised = (name: string, which: 'held' | 'capped' = 'held') =>
      of(name)[which].find(({ kind }) => kind === 'deviating');
    for (const { source } of sources) expect(raised(source)?.severity).toBe('critical');
    expect(raised('Kraken')!.raisedAt).toBe(at('2023-03-11T03:35'));
    expect(raised('Binance.US')!.raisedAt - raised('Kraken')!.raisedAt).toBeGreaterThanOrEqual(3_600);
    // Published by the keeper of the files: 0.8748 at 07:50, the start of that minute.
    expect(of('Binance.US').least).toBeCloseTo(0.8748, 4);
    expect(of('Binance.US').leastAt).toBe(at('2023-03-11T07:51'));
    // A source in another dollar says less, because that one was dear.
    expect(of('Binance.US in USDT').least).toBeLessThan(of('Binance.US').least);
    expect(greatestUsdt).toBeCloseTo(1.0166, 4);
    expect(disagreement.disagreement).toBeGreaterThan(0.1);
    // What a cap at 1.00 hides of USDC is above it, and little; the fall passes.
    for (const { hiddenByCap } of sources) expect(hiddenByCap).toBeLessThan(0.01);
    expect(of('Binance.US').cappedDeviation).toBeLessThan(0.05);
    expect(of('Binance in USDT').longestSilence).toBeGreaterThan(86_400);
    print(
      'USDC held at 1.00, flag raised by source',
      Object.fromEntries(
        sources.map(({ source }) => [source, new Date(raised(source)!.raisedAt * 1_000).toISOString()]),
      ),
    );
  });
});

describeWithData('maker-black-thursday', () => {
  it('the delay has skill on months on which it was not learned, and is told hour by hour where it hid vaults', async () => {
    const { hours, delaySkill, flags } = await foundIn<{
      hours: readonly (OracleHour & { hiddenOfEvenSpread: number })[];
      delaySkill: DelaySkill;
      flags: readonly Flag[];
    }>('maker-2020-03');
    expect(delaySkill.parts).toHaveLength(5);
    for (const { delaySeconds, error, errorWithoutDelay } of delaySkill.parts) {
      expect(delaySeconds / 60).toBeGreaterThan(60);
      expect(delaySeconds / 60).toBeLessThan(75);
      expect(error).toBeLessThan(errorWithoutDelay);
    }
    expect(delaySkill.skill).toBeGreaterThan(0.2);
    const worst = hours.reduce((a, b) => (b.greatestDeviation > a.greatestDeviation ? b : a));
    expect(worst.time).toBe(at('2020-03-12T13:00'));
    expect(worst.greatestDeviation).toBeCloseTo(0.267, 3);
    expect(worst.hiddenBelowRatio).toBeCloseTo(1.5 * 1.267, 2);
    // Published: 62,843 ETH below 1 DAI, from 2020-03-12 12:49 to 03-13 01:48.
    const below = hours.reduce((sum, { belowOneDaiEth }) => sum + belowOneDaiEth, 0);
    expect(below).toBeCloseTo(62_843, 0);
    const told = hours.filter(({ belowOneDaiEth }) => belowOneDaiEth > 0).map(({ time }) => time);
    expect([told[0], told.at(-1)]).toEqual([at('2020-03-12T12:00'), at('2020-03-13T01:00')]);
    expect(flags.some(({ kind, severity }) => kind === 'deviating' && severity === 'critical')).toBe(true);
    print('Maker OSM, delay on left-out months', {
      skill: delaySkill.skill,
      error: delaySkill.error,
      errorWithoutDelay: delaySkill.errorWithoutDelay,
    });
  });
});

describeWithData('chainlink-rounds', () => {
  it('rounds are foretold with skill, also against a naive rule that is told every answer', async () => {
    const { foretold, isLearnedElsewhere, delaySkill, flags } = await foundIn<{
      foretold: Foretold;
      isLearnedElsewhere: boolean;
      delaySkill: DelaySkill;
      flags: readonly Flag[];
    }>('chainlink-2023-07');
    expect(isLearnedElsewhere).toBe(true);
    expect(Math.abs(foretold.expected.length / 1_346 - 1)).toBeLessThan(0.03);
    expect(foretold.matched.recall).toBeGreaterThanOrEqual(0.9);
    expect(Math.abs(foretold.naive.expected - 1_169)).toBeLessThanOrEqual(5);
    expect(foretold.naive.skill).toBeGreaterThan(0.85);
    expect(foretold.naiveInStep.skill).toBeGreaterThan(0.4);
    // There is no delay to gain by: said, not hidden.
    expect(delaySkill.skill).toBeCloseTo(0, 2);
    expect(flags).toEqual([]);
    const { naive, naiveInStep } = foretold;
    print('Chainlink ETH / USD, skill', { naive: naive.skill, naiveToldEachAnswer: naiveInStep.skill });
  });
});

/** Figures that the reader of a test run should see. */
function print(title: string, figures: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${title}: ${JSON.stringify(figures)}\n`);
}
