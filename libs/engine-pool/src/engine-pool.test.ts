import { dueAtMarket, oracleGaps, parseOverride, type Book } from '@undertow/book';
import {
  assetsAtRisk,
  heatmap,
  moveName,
  openEngine,
  reproducingAssets,
  reproduction,
  standingMeasures,
  whatIf,
  type CellName,
  type Engine,
} from '@undertow/cascade';
import { clearingReport, marginReport } from '@undertow/margin';
import { crowdBook, whaleBook } from '../../cascade/src/fixtures/crowd-books.ts';
import { handMadeAddress, handMadeBook } from '../../cascade/src/fixtures/hand-made-book.ts';
import {
  openPlan,
  lossesBy,
  openReverseStress,
  priceTable,
  runRange,
  summary,
  sweepKey,
  sweepShape,
  SweepTable,
  wholeReproduction,
} from '@undertow/sweep';
import { studentTPlan } from '../../sweep/src/fixtures/plans.ts';
import { adviseOne, judgeChange, marketFrontier, openStudy, parametersOf, together } from '@undertow/advice';
import { askedOf, placeOf, studiedBook } from '../../advice/src/fixtures/studied.ts';
import { advise, frontierOf, judge, type AdviceProgress } from './advise.ts';
import { EnginePool } from './engine-pool.ts';
import { LostThreadError } from './lost-thread-error.ts';
import { POOL_ENGINE } from './pool-engine.ts';
import { sharedBook } from './shared-book.ts';
import { sharedPlan } from './shared-plan.ts';
import { sharedPrices } from './shared-prices.ts';
import { sharedQuestion } from './shared-question.ts';

const fall = { moves: [{ kind: 'reference', symbol: 'ETH', move: -0.3 }] } as const;

/** What the engine of the pool tells, here. */
const toldOf = (book: Book, ...of: Parameters<Engine['tell']>) =>
  openEngine(book, { kind: POOL_ENGINE }).tell(...of);

/** Falls of a reference, each a little deeper. */
const falls = (count: number): CellName[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'reference',
    symbol: 'ETH',
    move: -(i + 1) / (2 * count),
  }));

describe('an engine pool', () => {
  const one = new EnginePool({ threads: 1 });
  const two = new EnginePool({ threads: 2 });

  afterAll(async () => {
    await one.close();
    await two.close();
  });

  it('answers what the engine answers, to the last bit, with one thread and with several', async () => {
    const book = whaleBook();
    const overrides = [parseOverride(book, 'aave30 ETH liquidationThreshold=0.6')];
    const moves = [-0.1, -0.3, -0.5, 0.3];
    const drops = [0, 0.1, 0.2];
    const names = assetsAtRisk(book).flatMap((name) => moves.map((move): CellName => ({ ...name, move })));
    const prices = priceTable(
      Array.from({ length: 40 }, (_, at) => ({ time: at * 3_600, symbol: 'ETH', price: 2_000 + (at % 7) })),
      3_600,
    );
    const alone = whatIf(book, overrides, fall);
    const stand = { oracles: oracleGaps(book), due: dueAtMarket(book) };
    for (const pool of [one, two]) {
      const before = await pool.simulate({ book }, fall);
      expect(before).toEqual(alone.before);
      const after = await pool.simulate({ book, overrides }, fall);
      expect(after).toEqual(alone.after);
      const { accounts, debtUsd, first } = await pool.madeDue({ book, overrides }, 2);
      expect([accounts, debtUsd]).toEqual([alone.madeDue.length, alone.madeDueUsd]);
      expect(first).toEqual(alone.madeDue.slice(0, 2));
      const cells = await pool.cells({ book }, names);
      expect(cells).toEqual(heatmap(book, moves).flatMap((row) => row.cells));
      const assets = reproducingAssets(book);
      expect(await pool.reproduction({ book }, { assets, drops })).toEqual(reproduction(book, { drops }));
      expect(await pool.wholeReproduction({ book }, drops)).toEqual(wholeReproduction(book, { drops }));
      const held = { owner: book.accounts.owner[0]!, horizonSeconds: 3_600, level: 0.95 };
      const drawn = { method: 'student-t', count: 200, seed: 1 } as const;
      const item = { ...held, ...drawn, prices: sharedPrices(prices) };
      expect(await pool.margin({ book }, item)).toEqual(
        marginReport(book, held.owner, { ...held, ...drawn, prices }),
      );
      const clearing = { horizonSeconds: 3_600, prices };
      expect(await pool.clearing({ book }, { ...clearing, prices: sharedPrices(prices) })).toEqual(
        clearingReport(book, clearing),
      );
      expect(await pool.standing({ book }, stand)).toEqual(standingMeasures(book));
    }
  });

  it('advises, judges and draws frontiers as one thread alone would, whatever is condensed', async () => {
    // Twelve of thirty accounts are kept: trials run another book than the one that is advised on.
    const asked = askedOf(20_000, { mostAccounts: 12, confirm: 'wide' });
    const study = openStudy(studiedBook, asked);
    expect(study.trialBook.accounts.count).toBeLessThan(studiedBook.accounts.count);
    const overrides = [parseOverride(studiedBook, 'aave30 ETH liquidationThreshold=0.75')];
    const place = placeOf('aave30 ETH liquidationThreshold');
    const path = { limits: { name: 'none', source: 'a test', fields: {} }, start: 1_700_000_000 };
    const of = { book: await sharedBook(studiedBook), question: sharedQuestion({ asked, path }) };
    const wanted = { market: 'eth', kinds: ['liquidationThreshold', 'liquidationBonus'] } as const;
    const places = parametersOf(studiedBook).filter(
      ({ label, parameter: { kind } }) => label.startsWith('ETH') && wanted.kinds.some((one) => one === kind),
    );
    const alone = places.map((one) => adviseOne(study, one, path));
    for (const pool of [one, two]) {
      const seen: string[] = [];
      const told = ({ stage, done, all }: AdviceProgress) => void seen.push(`${stage} ${done} ${all}`);
      const found = await advise(pool, of, { wanted, told });
      expect(found).toEqual({ advices: alone, together: together(study, alone) });
      expect([seen.includes('scenarios 200 200'), seen.at(-1)]).toEqual([true, 'parameters 2 2']);
      expect(await judge(pool, of, { overrides })).toEqual(judgeChange(study, overrides));
      expect(await frontierOf(pool, of, place)).toEqual(marketFrontier(study, place));
    }
    await expect(advise(one, of, { wanted: { venue: 'nowhere' } })).rejects.toThrow(
      /there is no venue nowhere .*; there are aave30, morpho/,
    );
    const bad = { ...of, question: sharedQuestion({ asked: { ...asked, confidence: 2 } }) };
    await expect(advise(one, bad, { wanted: {} })).rejects.toThrow(/a confidence must be between 0 and 1/);
  });

  it('runs a range of a sweep in pieces, and sums up chunks, as one run of all would', async () => {
    const book = crowdBook();
    const opened = openPlan({ ...studentTPlan, count: 600 }, book);
    const shape = sweepShape(book, {
      key: sweepKey({ plan: opened.plan, book, engine: POOL_ENGINE }),
      count: opened.count,
    });
    const engine = openEngine(book, { kind: POOL_ENGINE });
    const whole = new SweepTable(shape);
    whole.putChunk(runRange({ engine, opened, shape }, { from: 0, to: 600 }));
    const sweep = { book: await sharedBook(book), plan: sharedPlan(opened.plan) };
    for (const pool of [one, two]) {
      const ranges = [
        { from: 0, to: 599 },
        { from: 599, to: 600 },
      ];
      const ran = await Promise.all(ranges.map((range) => pool.sweep(sweep, range)));
      expect(ran.map(({ chunk }) => chunk.hash)).toEqual(ranges.map((range) => whole.chunk(range).hash));
      const summed = await pool.sweepSummary(
        sweep,
        ran.map(({ chunk }) => chunk),
      );
      const { worst, ...rest } = summary(whole, opened.plan);
      expect(summed).toMatchObject({ ...rest, worst, unused: [] });
      const [{ index, moves }] = summed.worst as [(typeof summed.worst)[number]];
      const scenario = opened.scenario(index).moves;
      expect(moves).toEqual(scenario.map((move) => ({ what: moveName(book, move), move: move.move })));
    }
    const stress = openReverseStress({ book, plan: studentTPlan, lossesOf: lossesBy(engine) });
    const { nearest, searched } = await stress({ lossUsd: 1_000, venue: 0 });
    const found = await one.reverseStress(sweep, { lossUsd: 1_000, venue: book.venues[0]!.id });
    expect(found.searched).toEqual(searched);
    expect(await one.reverseStress(sweep, { lossUsd: 1_000, venue: book.venues[0]!.id })).toBe(found);
    expect(found.nearest?.path.map(({ lossUsd }) => lossUsd)).toEqual(
      nearest?.path.map(({ lossUsd }) => lossUsd),
    );
    await expect(one.reverseStress(sweep, { lossUsd: 1, venue: 'x' })).rejects.toThrow('no venue x');
    const leaving = new AbortController();
    const left = one.sweep(sweep, { from: 0, to: 600 }, leaving.signal);
    leaving.abort(new Error('cancelled'));
    await expect(left).rejects.toThrow('cancelled');
  });

  it('answers a question while a search goes on, which stops when nobody waits for it', async () => {
    const book = crowdBook();
    const sweep = { book: await sharedBook(book), plan: sharedPlan(studentTPlan) };
    const order: string[] = [];
    const leaving = new AbortController();
    // Nothing loses so much, so that everything is tried.
    const search = one.reverseStressByVenue(sweep, 1e12, leaving.signal).finally(() => order.push('search'));
    const question = one.simulate({ book }, { ...fall, depthFactor: 0.2 }).then(() => order.push('question'));
    await question;
    leaving.abort(new Error('cancelled'));
    await expect(search).rejects.toThrow('cancelled');
    expect(order).toEqual(['question', 'search']);
    const each = await two.reverseStressByVenue(sweep, 1_000);
    expect(each.map(({ venue }) => venue)).toEqual([undefined, ...book.venues.map(({ id }) => id)]);
    for (const [i, found] of each.entries()) {
      const { venue } = each[i]!;
      expect(await one.reverseStress(sweep, { lossUsd: 1_000, venue })).toEqual(found);
    }
  });

  it('lists as many accounts as are wanted, and runs one end of the band where that is all', async () => {
    const book = crowdBook();
    const result = await one.simulate({ book }, fall, { band: false, accounts: 2 });
    const whole = toldOf(book, fall, { band: false });
    expect(whole.byAccount.length).toBeGreaterThan(2);
    expect(result).toEqual({ ...whole, byAccount: whole.byAccount.slice(0, 2) });
  });

  it('answers a question while a sweep runs, and a question about a newer head before one about an older', async () => {
    const book = crowdBook();
    const order: string[] = [];
    // More than a thread takes at once, however fast it is.
    const noted = (name: string, answer: Promise<unknown>) => answer.then(() => order.push(name));
    await Promise.all([
      noted('sweep', one.cells({ book, urgency: 'sweep', block: 9 }, falls(600))),
      noted('old', one.cells({ book, block: 1 }, falls(300))),
      noted('new', one.simulate({ book, block: 2 }, { ...fall, depthFactor: 0.5 })),
    ]);
    expect(order).toEqual(['new', 'old', 'sweep']);
  });

  it('computes what is asked twice once, and a cell that another heatmap had not again', async () => {
    const book = crowdBook();
    const scenario = { ...fall, depthFactor: 0.7 };
    const [first, same] = await Promise.all([
      one.simulate({ book }, scenario),
      one.simulate({ book }, scenario),
    ]);
    expect(same).toBe(first);
    expect(await one.simulate({ book }, scenario)).toBe(first);
    const few = await one.cells({ book, overrides: [] }, falls(3));
    const [again] = await one.cells({ book }, [falls(3)[1]!, ...falls(2)]);
    expect(again).toBe(few[1]);
  });

  it('stops what nobody waits for, and then has time for others', async () => {
    const book = whaleBook();
    const leaving = new AbortController();
    const long = one.cells({ book, signal: leaving.signal }, falls(3_000));
    leaving.abort(new Error('asked for something newer'));
    await expect(long).rejects.toThrow('asked for something newer');
    const result = await one.simulate({ book, urgency: 'sweep' }, { ...fall, depthFactor: 0.3 });
    expect(result.accounts).toBeGreaterThan(0);
  });

  it('says what is wrong with what was asked', async () => {
    const book = crowdBook();
    const wrong = one.simulate({ book }, { moves: [{ kind: 'reference', symbol: 'XYZ', move: -0.1 }] });
    await expect(wrong).rejects.toMatchObject({ name: 'BadDataError', message: /XYZ/ });
  });
});

it('says that a thread ran out of memory, and goes on with another', async () => {
  const pool = new EnginePool({ threads: 1, heapMb: 24 });
  try {
    const accounts = Array.from({ length: 20_000 }, (_, i) => ({
      venue: 'aave30' as const,
      owner: handMadeAddress(i),
      legs: [{ asset: 'ETH', amount: 1, threshold: 0.8, bonus: 0.05 }],
    }));
    const large = handMadeBook([{ symbol: 'ETH', priceUsd: 2_000, decimals: 18 }], accounts);
    const lost = pool.simulate({ book: large }, { moves: [] });
    await expect(lost).rejects.toThrow(LostThreadError);
    await expect(lost).rejects.toThrow(/24 MB/);
    const result = await pool.simulate({ book: crowdBook() }, fall);
    expect(result).toEqual(toldOf(crowdBook(), fall));
  } finally {
    await pool.close();
  }
});

it('fails what it has not answered when it is closed, and takes nothing more', async () => {
  const pool = new EnginePool({ threads: 1 });
  const asked = pool.cells({ book: crowdBook() }, falls(500));
  const failed = expect(asked).rejects.toThrow('the engine pool is closed');
  await pool.close();
  await failed;
  await expect(pool.simulate({ book: crowdBook() }, fall)).rejects.toThrow('closed');
});
