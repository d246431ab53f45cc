import type { Book } from '@undertow/book';
import { openEngine } from '@undertow/cascade';
import { contentHash, type Plan } from '@undertow/sweep';
import { constantBook, whaleBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { gridPlan } from '../../../sweep/src/fixtures/plans.ts';
import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { askedOf, ethPlan, placeOf, studiedBook } from '../fixtures/studied.ts';
import { parametersOf } from '../parameters/parameters-of.ts';
import { candidateOf } from '../search/candidate.ts';
import { shortfallOf } from '../search/trial.ts';
import { openStudy } from '../study/study.ts';
import { adviceSchema } from './advice.ts';
import { adviseAll, together } from './advise-all.ts';
import { adviseOne } from './advise-one.ts';
import { collateralElsewhere } from './out-of-reach-words.ts';

const ETH_LINE = 'aave30 ETH liquidationThreshold';

/** Expected shortfall under a value, by the engine and all scenarios, without any of the search. */
function shortfallAt(key: string, value: number, book = studiedBook): number {
  const study = openStudy(book, askedOf(0));
  const candidate = candidateOf({ book, place: placeOf(key, book), behaviour: 'keep-health' }, value);
  const losses: number[] = [];
  openEngine(candidate.book, { kind: 'fast' }).run(study.swept!.scenarios, ({ lossUsd }) =>
    losses.push(lossUsd),
  );
  return shortfallOf(Float64Array.from(losses), 0.95);
}

const advised = (key: string, usd: number, rest = {}) =>
  adviseOne(openStudy(studiedBook, askedOf(usd, rest)), placeOf(key));

describe('adviseOne', () => {
  it('advises the largest threshold whose expected shortfall is within the tolerance', () => {
    for (const [usd, verdict] of [
      [20_000, 'lower'],
      [100_000, 'raise'],
    ] as const) {
      const advice = advised(ETH_LINE, usd);
      const value = advice.advised!.value;
      expect([advice.verdict, advice.boundBy]).toEqual([verdict, 'tolerance']);
      expect(shortfallAt(ETH_LINE, value)).toBeLessThanOrEqual(usd);
      expect(shortfallAt(ETH_LINE, value + 0.005)).toBeGreaterThan(usd);
      expect(advice.evidence!.after!.expectedShortfallUsd).toBeCloseTo(shortfallAt(ETH_LINE, value), 6);
      expect(advice.evidence!.after!.isLowerBound).toBe(false);
    }
  });

  it('goes no farther than the toxicity line, whatever is tolerated', () => {
    const { advised: to, boundBy, toxicity } = advised(ETH_LINE, 1e9);
    expect(boundBy).toBe('toxicity');
    expect(to!.value).toBeLessThanOrEqual(toxicity!.line);
    expect(to!.value).toBeGreaterThan(toxicity!.line - 0.005);
    expect(toxicity!.slippage).toBeGreaterThan(0);
    expect(toxicity!.line).toBeLessThan(1 / 1.05);
  });

  it('says what an oracle that is late costs', () => {
    const given = [{ name: 'oracle-lag', of: 'ETH', value: 3_600, source: 'a test' }] as const;
    const late = advised(ETH_LINE, 1e9, { given, horizonSeconds: 86_400 });
    expect(late.toxicity!.lagFall).toBeGreaterThan(0.01);
    expect(late.advised!.value).toBeLessThan(advised(ETH_LINE, 1e9).advised!.value);
    expect(late.inputs).toContainEqual({
      name: 'oracle-lag of ETH',
      value: 3_600,
      unit: 'seconds',
      source: 'a test',
    });
  });

  it('is a function of its inputs, reads back from JSON, and hashes itself', () => {
    const advice = advised(ETH_LINE, 20_000);
    expect(advised(ETH_LINE, 20_000)).toEqual(advice);
    expect(adviceSchema.parse(JSON.parse(JSON.stringify(advice)))).toEqual(advice);
    const { adviceHash, ...rest } = advice;
    expect(contentHash(rest)).toBe(adviceHash);
    expect(advised(ETH_LINE, 20_001).inputsHash).not.toBe(advice.inputsHash);
  });

  it('keeps the present value where the next step exceeds the tolerance', () => {
    const at = shortfallAt(ETH_LINE, 0.8);
    const advice = advised(ETH_LINE, at * 1.0001);
    expect([advice.verdict, advice.advised!.value, advice.evidence!.after]).toEqual(['keep', 0.8, undefined]);
    expect(advice.words[0]).toBe('Keep the liquidation threshold of ETH at 80 %.');
  });

  it('says when no value helps', () => {
    const advice = advised(ETH_LINE, 0);
    expect([advice.verdict, advice.advised]).toEqual(['out-of-reach', undefined]);
    expect(advice.words[2]).toMatch(/^The best that was tried is still .* and nothing lower was found\.$/);
    expect(advice.words.join(' ')).toContain('What others lose, at all venues, counts too.');
  });

  it('says what can be reached, and what keeps the tolerance of what the market’s own accounts add', () => {
    const lowest = shortfallAt(ETH_LINE, 0.005);
    const advice = advised(ETH_LINE, 0.5 * lowest);
    expect(advice.verdict).toBe('out-of-reach');
    const reached = Number(/at least ([\d,]+) USD/.exec(advice.words[2]!)![1]!.replaceAll(',', ''));
    expect(Math.abs(reached - lowest)).toBeLessThan(1);
    const own = { most: { kind: 'usd', usd: 0.5 * lowest }, of: 'added' } as const;
    const value = advised(ETH_LINE, 0, { tolerance: own }).advised!.value;
    expect(advice.words.join(' ')).toContain(`would be kept by ${Number((100 * value).toFixed(2))} %.`);
  });

  it('says why no cap keeps a share of what is borrowed, and that a close factor limits nobody', () => {
    const share = { tolerance: { most: { kind: 'share', share: 1e-5 } } } as const;
    const cap = advised('aave30 ETH supplyCap', 0, share);
    expect(cap.verdict).toBe('out-of-reach');
    expect(cap.words.join(' ')).toContain('Ask with a tolerance in USD for the cap that keeps it.');
    const closing = advised('aave30 closeFactor', 0);
    expect(closing.verdict).toBe('out-of-reach');
    expect(closing.words.join(' ')).toContain('It limits nobody’s borrowing');
  });

  it('says how much of the collateral is on the terms of other markets', () => {
    const account = {
      venue: 'aave36' as const,
      legs: [
        { asset: 'ETH', amount: 20, threshold: 0.8, bonus: 0.05 },
        { asset: 'BTC', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -400_000 },
      ],
    };
    const assets = [
      { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
      { symbol: 'ETH', priceUsd: 2_500, decimals: 18, liquidity: 4e6 },
      { symbol: 'BTC', priceUsd: 50_000, decimals: 8, liquidity: 4e5 },
    ];
    const book = handMadeBook(assets, [account]);
    const place = placeOf('aave36 ETH liquidationThreshold', book);
    expect(collateralElsewhere({ book }, place)).toBeCloseTo(10 / 11, 9);
    const plan = { ...ethPlan, factors: ['BTC'], model: { ...ethPlan.model, covariance: [[0.09]] } } as Plan;
    const asked = askedOf(0, { plan, tolerance: { most: { kind: 'share', share: 0.001 } } });
    const advice = adviseOne(openStudy(book, asked), place);
    expect(advice.verdict).toBe('out-of-reach');
    expect(advice.words.join(' ')).toContain('91 % is on the terms of other markets');
  });

  it('tells loudly whom a change alone makes liquidatable', () => {
    const borrower = (debt: number) => ({
      venue: 'aave36' as const,
      legs: [
        { asset: 'ETH', amount: 100, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -debt },
      ],
    });
    const assets = [
      { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
      { symbol: 'ETH', priceUsd: 2_500, decimals: 18, liquidity: 4e6 },
    ];
    const book = handMadeBook(assets, [borrower(195_000), borrower(100_000)]);
    const key = 'aave36 ETH liquidationThreshold';
    const advice = adviseOne(openStudy(book, askedOf(3_000)), placeOf(key, book));
    expect(advice.verdict).toBe('lower');
    expect(advice.evidence!.madeDue).toMatchObject({ accounts: 1, debtUsd: 195_000 });
    expect(advice.words.find((words) => words.startsWith('WARNING'))).toContain(
      '1 account with a debt of 195,000 USD',
    );
    expect(advice.evidence!.madeDue!.liquidatedUsd).toBeGreaterThan(0);
    expect(advice.evidence!.borrowingPower!.costUsd).toBeGreaterThan(0);
  });

  it('confirms in a wide tail when asked, and says that it is a lower bound', () => {
    const wide = advised(ETH_LINE, 100_000, { confirm: 'wide' });
    expect(wide.advised).toEqual(advised(ETH_LINE, 100_000).advised);
    expect(wide.evidence!.after!.isLowerBound).toBe(true);
    expect(wide.evidence!.after!.scenarios).toBeLessThan(60);
    expect(wide.words.join(' ')).toContain('not in all');
  });

  it('goes to it in the steps that a steward may make', () => {
    const limits = {
      name: 'a steward',
      source: 'a test',
      fields: { liquidationThreshold: { largestChange: 0.03, isRelative: false, leastDelaySeconds: 60 } },
    };
    const study = openStudy(studiedBook, askedOf(20_000));
    const advice = adviseOne(study, placeOf(ETH_LINE), { limits, start: 1_000 });
    expect(advice.path!.steps.map(({ value }) => value)).toEqual([0.77, 0.74, advice.advised!.value]);
    expect(advice.words.at(-1)).toBe('The steward’s limits allow it in 3 steps.');
    const cap = adviseOne(study, placeOf('aave30 ETH loanToValue'), { limits, start: 1_000 });
    expect(cap.path!.words[0]).toContain('for governance');
  });
});

describe('an advice for owners who keep their debts', () => {
  const shortfallIfKept = (value: number) => {
    const study = openStudy(studiedBook, askedOf(0));
    if (value === 0.8) return shortfallOf(study.swept!.table.figure('lossUsd'), 0.95);
    const of = { book: studiedBook, place: placeOf(ETH_LINE), behaviour: 'keep-debt' } as const;
    const { book, atOnce } = candidateOf(of, value);
    const losses: number[] = [];
    openEngine(book, { kind: 'fast' }).run(study.swept!.scenarios, ({ lossUsd }) =>
      losses.push(atOnce!.lossUsd + lossUsd),
    );
    return shortfallOf(Float64Array.from(losses), 0.95);
  };

  it('is the largest threshold within the tolerance where whoever is liquidatable is liquidated', () => {
    const now = shortfallIfKept(0.8);
    for (const usd of [0.9 * now, 1.5 * now]) {
      const advice = advised(ETH_LINE, usd, { behaviour: 'keep-debt' });
      const value = advice.advised!.value;
      expect(advice.asked.behaviour).toBe('keep-debt');
      expect(shortfallIfKept(value)).toBeLessThanOrEqual(usd);
      if (advice.boundBy === 'tolerance') expect(shortfallIfKept(value + 0.005)).toBeGreaterThan(usd);
      expect(advice.evidence!.after!.expectedShortfallUsd).toBeCloseTo(shortfallIfKept(value), 6);
      // It is what nobody acting comes to, and has no second figure of it.
      expect(advice.evidence).not.toHaveProperty('afterIfNobodyActs');
      expect(advice.evidence!.madeDue).toBeDefined();
      expect(advice.words.join(' ')).not.toContain('rests on owners who follow');
    }
  });
});

describe('what counts', () => {
  it('is what a market adds, where a share of its debt is tolerated', () => {
    const share = { tolerance: { most: { kind: 'share', share: 0.02 } } } as const;
    const advice = advised(ETH_LINE, 0, share);
    expect(advice.asked).toMatchObject({ toleranceShare: 0.02, lossesOf: 'added' });
    const all = openStudy(studiedBook, askedOf(0)).swept!.table.figure('lossUsd');
    expect(advice.evidence!.before.expectedShortfallUsd).toBeLessThan(shortfallOf(all, 0.95));
    expect(advice.advised).toBeDefined();
  });

  it('is what a venue loses, where that is asked', () => {
    const of = (kind: 'venue' | 'all-venues') =>
      advised(ETH_LINE, 0, { tolerance: { most: { kind: 'usd', usd: 20_000 }, of: kind } });
    const { before } = of('venue').evidence!;
    expect(before.expectedShortfallUsd).toBeLessThan(of('all-venues').evidence!.before.expectedShortfallUsd);
    expect(of('venue').advised!.value).toBeGreaterThanOrEqual(of('all-venues').advised!.value);
  });
});

describe('what is missing', () => {
  const unknown = (plan: Plan | undefined, book: Book = studiedBook) => {
    const advice = adviseOne(openStudy(book, askedOf(1e5, { plan, confidence: 0.99 })), placeOf(ETH_LINE));
    expect([advice.verdict, advice.advised, advice.evidence]).toEqual(['unknown', undefined, undefined]);
    return advice.missing[0]!.why;
  };
  const historical = (logReturns: number[]): Plan => ({
    version: 1,
    kind: 'historical',
    factors: ['ETH'],
    horizonSeconds: 3_600,
    stepSeconds: 3_600,
    windows: logReturns.map((value, at) => ({ start: at * 3_600, logReturns: [value] })),
  });

  it('is history, a second price, volatility, or probabilities', () => {
    expect(unknown(undefined)).toContain('no history of prices');
    expect(unknown(historical([-0.1]))).toBe(
      '1 scenarios cannot tell what happens in the worst 1 %; 100 can at the least',
    );
    expect(unknown(historical(new Array<number>(100).fill(0)))).toContain('all volatilities are 0');
    expect(unknown(gridPlan)).toContain('a grid of moves is no sample');
  });

  it('is depth: the line then has no slippage, and no cap is computed', () => {
    const book = whaleBook();
    const key = 'aave36 CRV liquidationThreshold';
    const plan = { ...ethPlan, factors: ['CRV'] };
    const advice = adviseOne(openStudy(book, askedOf(1e9, { plan })), placeOf(key, book));
    expect(advice.missing.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['slippage', 'depth of CRV']),
    );
    expect(advice.words.join(' ')).toContain('Slippage is not in the toxicity line');
    expect(advice.checks.find(({ name }) => name === 'SmartLTV')).toMatchObject({ why: expect.any(String) });
    expect(advice.checks.find(({ name }) => name === 'SmartLTV')).not.toHaveProperty('value');
  });

  it('is what moves: a price that stands still in every scenario is named', () => {
    const { missing } = openStudy(constantBook(), askedOf(1e5, { plan: { ...ethPlan, factors: ['xUSD'] } }));
    expect(missing.every(({ follows }) => follows.length > 0)).toBe(true);
    const { missing: still } = openStudy(whaleBook(), askedOf(1e5));
    expect(still.map(({ name }) => name)).toContain('moves of CRV');
  });

  it('is a stale volatility', () => {
    const given = [
      { name: 'realised-volatility', of: 'ETH', value: 0.05, source: 'a test' },
      {
        name: 'implied-volatility',
        of: 'ETH',
        value: 0.1,
        source: 'a surface',
        asOf: 0,
        staleAfterSeconds: 60,
      },
    ] as const;
    const fresh = advised(ETH_LINE, 300_000, { given, time: 30 });
    const stale = advised(ETH_LINE, 300_000, { given, time: 3_600 });
    expect(stale.missing).toContainEqual({
      name: 'implied-volatility of ETH',
      why: 'it is stale: 3600 seconds old, and good for 60',
      follows: 'moves are as large as the plan’s, also where options expect larger ones',
    });
    // Moves that are twice as large ask for a lower line.
    expect(fresh.advised!.value).toBeLessThan(stale.advised!.value);
    expect(stale.checks.find(({ name }) => name === 'SmartLTV')!.value).toBeGreaterThan(0);
  });

  it('is the parameter itself, where a venue has none', () => {
    const book = bookOfAllMechanisms();
    const study = openStudy(book, askedOf(1e5));
    const place = placeOf('isolated-pair@test pair liquidationBonus', book);
    const advice = adviseOne(study, place);
    expect(advice.verdict).toBe('not-a-parameter');
    expect(advice.words).toEqual([
      'There is no such parameter: the bonus of a pair follows from its liquidation threshold.',
    ]);
    expect(adviceSchema.parse(JSON.parse(JSON.stringify(advice)))).toEqual(advice);
  });

  it('refuses what is no question', () => {
    expect(() => openStudy(studiedBook, askedOf(-1))).toThrow('a tolerance must be a number of at least 0');
    expect(() => openStudy(studiedBook, askedOf(1, { confidence: 99 }))).toThrow(
      'a confidence must be between 0 and 1',
    );
    expect(() => openStudy(studiedBook, askedOf(1, { stepBps: 0.5 }))).toThrow('whole basis points');
    const other = openStudy(studiedBook, askedOf(1, { gasUsd: 5 })).swept!.table;
    expect(() => openStudy(studiedBook, askedOf(1), other)).toThrow('sweep those again');
  });
});

describe('adviseAll', () => {
  const book = bookOfAllMechanisms();
  const study = openStudy(book, askedOf(1e3));

  it('advises every parameter of every mechanism, told of one by one', () => {
    const all = [...adviseAll(study)];
    expect(all.map(({ done }) => done)).toEqual(parametersOf(book).map((_, at) => at + 1));
    expect(all.at(-1)!.all).toBe(all.length);
    for (const { advice } of all)
      expect(adviceSchema.parse(JSON.parse(JSON.stringify(advice)))).toEqual(advice);
    const kinds = new Set(
      all.filter(({ advice }) => advice.advised).map(({ advice }) => advice.parameter.kind),
    );
    expect(kinds.has('fundSize')).toBe(true);
    expect(kinds.has('liquidationThreshold')).toBe(true);
  });

  it('runs all changes together', () => {
    const places = ['aave30 ETH liquidationThreshold', 'morpho wstETH liquidationThreshold'].map((key) =>
      placeOf(key),
    );
    const crowd = openStudy(studiedBook, askedOf(60_000));
    const advices = [...adviseAll(crowd, { places })].map(({ advice }) => advice);
    expect(advices.map(({ verdict }) => verdict)).toEqual(['raise', 'raise']);
    const both = together(crowd, advices)!;
    expect(both.overrides).toHaveLength(2);
    const alone = Math.max(...advices.map(({ evidence }) => evidence!.after!.expectedShortfallUsd));
    expect(both.after.expectedShortfallUsd).toBeGreaterThan(alone);
    expect([both.isWithin, both.words.includes('EXCEED')]).toEqual([false, true]);
    expect(together(crowd, [])).toBeUndefined();
  });
});
