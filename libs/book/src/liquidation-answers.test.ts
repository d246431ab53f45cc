import { isPairLiquidatable, oracleRatioE36, type Address, type RateFormula } from '@undertow/market';
import { applyFacts } from './apply-facts.ts';
import {
  ethFeed,
  keyed,
  marketsSaid,
  owner,
  PAIR,
  pairPosition,
  reference,
  START,
  usdcFeed,
  WETH,
} from './fixtures/hand-made-facts.ts';
import { pairAccount } from './isolated-pair/account.ts';
import { readPair } from './isolated-pair/read.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { baseLiquidationAnswers, liquidationAnswers, type AnswerOf } from './liquidation-answers.ts';

const STAKED: Address = '0x0000000000000000000000000000000000000057';
const stFeed = 'st-feed';
const RATIO_WAD = 1_150_000_000_000_000_003n;
const ETH = 3_000n * 10n ** 8n;
/** What an adapter by the rate answers, floored once. */
const byRate = (answer: bigint) => (RATIO_WAD * answer) / 10n ** 18n;
const ST = byRate(ETH);
type Said = (typeof marketsSaid)[number];

const uncapped: RateFormula = { form: 'rate', base: ethFeed, rate: RATIO_WAD, rateDecimals: 18 };

/** The hand-made world with a staked token whose adapter is a rate over the ETH feed. */
function world(said: readonly Said[] = [], stAnswer = ST, formula = uncapped): Ledger {
  const feed = { id: stFeed, chainId: 1, description: 'stETH / USD', decimals: 8 };
  const staked = { chainId: 1, address: STAKED, symbol: 'stETH', decimals: 18 };
  const ledger = emptyLedger({
    ...reference,
    feeds: [...reference.feeds, feed],
    assets: [...reference.assets, staked],
  });
  const posted: Said[] = [
    { kind: 'RatioPosted', asset: STAKED, of: WETH, ratioWad: RATIO_WAD },
    { kind: 'FormulaPosted', feed: stFeed, formula },
    { kind: 'PricePosted', feed: stFeed, answer: stAnswer, round: 1n, updatedAt: START },
  ];
  applyFacts(ledger, keyed([...marketsSaid, ...posted, ...said]));
  return ledger;
}

const asked = [{ feed: stFeed, asset: STAKED }];

test('what hangs on a feed moves with it as its adapter computes it, and has a row of its own', () => {
  const isDueAt = (answerOf: AnswerOf) => answerOf(stFeed)! <= 2_500n * 10n ** 8n;
  const rows = liquidationAnswers(world(), asked, isDueAt);
  expect(rows.map(({ asset, feed }) => [asset, feed])).toEqual([
    [STAKED, stFeed],
    [WETH, ethFeed],
  ]);
  const [own, base] = rows.map(({ answer }) => answer);
  expect(own).toBe(2_500n * 10n ** 8n);
  expect(byRate(base!)).toBeLessThanOrEqual(own!);
  expect(byRate(base! + 1n)).toBeGreaterThan(own!);
  expect(baseLiquidationAnswers(world(), asked, isDueAt)).toEqual([rows[1]]);
});

test('an adapter whose rate is above its cap moves by the cap', () => {
  const isDueAt = (answerOf: AnswerOf) => answerOf(stFeed)! <= 1_650n * 10n ** 8n;
  const cap = { rate: 11n * 10n ** 17n, since: BigInt(START), growthPerSecond: 0n, growthScale: 1n };
  const ledger = world([], 3_300n * 10n ** 8n, { ...uncapped, cap });
  const [base] = baseLiquidationAnswers(ledger, asked, isDueAt);
  expect(base!.answer).toBe(1_500n * 10n ** 8n);
});

test('a base without a price has no row, and nothing hangs on it then', () => {
  const none: Said = { kind: 'PricePosted', feed: ethFeed, answer: 0n, round: 2n, updatedAt: START };
  expect(liquidationAnswers(world([none]), asked, () => true)).toEqual([]);
});

test('an adapter that rounds to nothing has no price', () => {
  const seen: (bigint | undefined)[] = [];
  const tiny = { ...uncapped, rate: 1n, rateDecimals: 10 };
  baseLiquidationAnswers(world([], 30n, tiny), asked, (answerOf) => {
    seen.push(answerOf(stFeed));
    return false;
  });
  expect(seen).toContain(undefined);
  expect(seen).not.toContain(0n);
});

/** The pair with the staked token as collateral, against a debt that is priced by a feed. */
const stakedPair = (debtFeed: string, scaleFactor: bigint): Said[] => [
  {
    kind: 'TermsChanged',
    venue: 'morpho',
    market: PAIR,
    patch: {
      form: 'pair',
      collateralAsset: STAKED,
      oracle: { form: 'ratio', base: [stFeed], quote: [debtFeed], scaleFactor },
    },
  },
  ...pairPosition(1, 10n ** 18n, 2_000n * 10n ** 6n),
];

test('a pair is liquidatable at the price of what its oracle hangs on, and not one unit above', () => {
  const ledger = world(stakedPair(usdcFeed, 10n ** 24n));
  const at = { venue: 'morpho', owner: owner(1), time: START };
  const [reading] = readPair(ledger, at);
  if (!reading || 'reason' in reading) throw new Error(reading?.reason);
  const prices = new Map(reading.liquidationPrices.map(({ feed, answer }) => [feed, answer]));
  expect([...prices.keys()].sort()).toEqual([ethFeed, stFeed, usdcFeed].sort());
  const read = pairAccount(ledger, { ...at, market: PAIR });
  if ('reason' in read) throw new Error(read.reason);
  const { position, market } = read.account;
  const isDue = (answers: Record<string, bigint>) => {
    const { oracle } = market.terms;
    if (oracle.form !== 'ratio') throw new Error('not a ratio');
    const priceE36 = oracleRatioE36(oracle, (feed) => answers[feed]);
    return isPairLiquidatable(position, { ...market, priceE36: priceE36! });
  };
  const [usdc, eth] = [10n ** 8n, prices.get(ethFeed)!];
  const beside = (answer: bigint) => ({ [stFeed]: byRate(answer), [usdcFeed]: usdc });
  expect([isDue(beside(eth)), isDue(beside(eth + 1n))]).toEqual([true, false]);
  const st = prices.get(stFeed)!;
  expect([st, st + 1n].map((answer) => isDue({ [stFeed]: answer, [usdcFeed]: usdc }))).toEqual([true, false]);
});

test('a pair of a token against what it hangs on has no price of the latter', () => {
  const pair = stakedPair(ethFeed, 10n ** 24n * 3_000n);
  const [reading] = readPair(world(pair), { venue: 'morpho', owner: owner(1), time: START });
  if (!reading || 'reason' in reading) throw new Error(reading?.reason);
  expect(reading.healthFactorWad).toBeGreaterThan(10n ** 18n);
  const feeds = reading.liquidationPrices.filter(({ answer }) => answer > 100n).map(({ feed }) => feed);
  expect(feeds).toEqual([stFeed]);
});
