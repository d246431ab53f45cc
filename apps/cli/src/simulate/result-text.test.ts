import { headline, moveNamed, simulate, type Scenario } from '@undertow/cascade';
import { readableText } from '../readable-text.ts';
import { crowdBook, whaleBook } from '../../../../libs/cascade/src/fixtures/crowd-books.ts';
import { resultText } from './result-text.ts';

const book = whaleBook();
const crash = (of = book): Scenario => ({
  moves: [moveNamed(of, 'CRV', -0.5), moveNamed(of, 'ETH', -0.3)],
});
const result = simulate(book, crash());
const text = resultText(book, result, 100);
const lines = text.split('\n');
const place = (start: string) => lines.findIndex((line) => line.startsWith(start));

describe('resultText', () => {
  it('begins with the sentences of the headline, whole and on lines of their own', () => {
    const top = text.slice(0, text.indexOf('\n\n'));
    expect(top.replaceAll('\n', ' ')).toBe(headline(result));
    expect(top).toMatch(/^Lenders, funds and other traders lose/);
    expect(top).toMatch(/^Debt of 52M USD is due and nobody liquidates it/m);
  });

  it('says what was run before any table, and the tables in the order of what matters', () => {
    const order = [
      ...[
        'Lenders,',
        'Block 1',
        'Before anybody reacts',
        'Losses, USD',
        'Due at the end',
        `${result.accounts} accounts are`,
      ],
      ...['Rounds', 'By venue', 'By market', 'Accounts with', 'By asset', 'Who hurts whom', 'Who bears'],
    ].map(place);
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('has losses at market prices and at sale, with both ends of the oracles', () => {
    expect(result.band).toBeDefined();
    expect(text).toMatch(/^ {2}shortfall of open accounts +7M +52M$/m);
    expect(text).toMatch(/^Loss if oracles follow every call +\S+ +\S+$/m);
    expect(text).not.toContain('There before the shock');
    const { between } = result.band!;
    const same = resultText(book, { ...result, band: { between, within: between } }, 100);
    expect(same).not.toContain('Loss if oracles');
    const before = { shortfallBeforeUsd: 3_000, shortfallBeforeAtSaleUsd: 4_000 };
    expect(resultText(book, { ...result, ...before }, 100)).toMatch(
      /^There before the shock +3,000 +4,000$/m,
    );
  });

  it('says where debt is stuck and why, and whose it is', () => {
    expect(text).toMatch(/^aave36 +1 +52M +no known market trades it$/m);
    const owner = result.byAccount.find(({ stuck }) => stuck === 'no-market')!.owner;
    expect(text).toMatch(new RegExp(`^${owner} +aave36 +7M +52M$`, 'm'));
  });

  it('prints nothing that is nothing', () => {
    const quiet = crowdBook();
    const nothing = resultText(quiet, simulate(quiet, { moves: [] }), 100);
    expect(nothing).toMatch(/^Nobody loses anything/);
    expect(nothing).toContain('Nobody is liquidated.');
    expect(nothing).not.toMatch(/─|undefined|NaN/);
  });

  it('fits the terminal, and says who acts how', () => {
    for (const line of resultText(book, result, 100).split('\n'))
      expect(line.length).toBeLessThanOrEqual(100);
    const policies = {
      liquidators: { kind: 'capital', gasUsd: 20, capitalUsd: 5e6 },
      oracles: 'within',
      depositors: 'hold',
    } as const;
    const run = simulate(book, {
      ...crash(),
      volatilityMove: 0.5,
      depthFactor: 0.5,
      maxRounds: 2,
      policies,
    });
    const flat = resultText(book, run, 100).replaceAll('\n', ' ');
    expect(flat).toContain('CRV −50 %, ETH −30 %, implied volatility +50 %, depth × 0.5.');
    expect(flat).toContain('act only at a profit after gas of 20 USD a call, with 5M USD a round;');
    expect(flat).toContain('within rounds, after every call, which are small then, and depositors of');
    expect(flat).toContain('The run was stopped before it came to rest');
    expect(flat).toContain('it had not come to rest');
    const unlimited = simulate(book, { ...crash(), policies: { liquidators: { kind: 'unlimited' } } });
    expect(resultText(book, unlimited, 100)).toContain('act on everybody who is due, at any loss');
  });

  it('says what depositors of stability pools earn, where there are some', () => {
    expect(text).not.toContain('depositors');
    const lost = resultText(book, { ...result, depositorProfitUsd: -120_500 }, 100);
    expect(lost.replaceAll('\n', ' ')).toMatch(
      /Liquidators earn \S+ USD, depositors of stability pools lose 120\.5K/,
    );
  });

  it('gives a terminal nothing to obey, whatever a token calls itself', () => {
    const assets = book.assets.map((asset) => ({ ...asset, symbol: `${asset.symbol}\u001b[2J\u202e` }));
    const hostile = { ...book, assets };
    const shown = readableText(resultText(hostile, simulate(hostile, crash()), 100));
    expect(shown).toContain('CRV[2J');
    expect(shown).not.toMatch(/(?!\n)\p{C}/u);
  });

  it('lists lots that are held, and markets that ended', () => {
    const lots = [
      { venue: 'aave36', asset: '0x1', symbol: 'CRV', holder: 'protocol', amount: 7, valueUsd: 12_345 },
      { venue: 'cdp', asset: '0x2', symbol: 'ETH', holder: 'depositors', amount: 2, valueUsd: 5_000 },
    ] as const;
    const shown = resultText(book, { ...result, lots, endedMarkets: ['LINK'] }, 100);
    expect(shown).toMatch(/^aave36 +the protocol, as its fee +CRV +7 +12\.35K$/m);
    expect(shown).toMatch(/^cdp +depositors of the pool +ETH +2 +5,000$/m);
    expect(shown).toContain('Markets traded to their known end: LINK.');
  });
});
