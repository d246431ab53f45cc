import type { DepthCurve } from '../curve.ts';
import { marginalSteps, type PriceStep } from './marginal-steps.ts';
import { piecesOf, type Piece } from './pieces.ts';
import type { QuotedAmount, QuoteFlaw } from './quoted-amount.ts';

/** What a source says of selling and of buying one asset; either side may be empty. */
export interface QuotedSides {
  readonly sells: readonly QuotedAmount[];
  readonly buys: readonly QuotedAmount[];
}

/** A curve, or why there is none. */
export type QuotedCurve = { readonly curve: DepthCurve } | { readonly flaws: readonly QuoteFlaw[] };

/** How far the smallest sale may bring more than the smallest purchase costs: quotes some seconds apart differ by less. */
const MOST_CROSSED = 0.01;

/** Half the width of a market that is known at one price alone, a ratio. */
const NARROW = 1e-6;

/**
 * The depth curve on which selling and buying each quoted amount pays and costs what its quote says; in between it is smooth.
 * Beyond the last quote of a side nothing is known, so that nothing trades there.
 *
 * What lies between the two sides' prices is the fee: a sale of nearly nothing brings mid × (1 − fee), a purchase costs
 * mid ÷ (1 − fee). A side of larger amounts at better prices than smaller ones, as quotes made at different moments are, is
 * averaged over these (see `marginalSteps`).
 */
export function quotedCurve({ sells, buys }: QuotedSides): QuotedCurve {
  const down = marginalSteps(sells, 'sell');
  const up = marginalSteps(buys, 'buy');
  const flaws = [...down.flaws, ...up.flaws];
  if (flaws.length > 0) return { flaws };
  const middle = middleOf(down.steps, up.steps);
  if (!middle) return { flaws: [] };
  if ('crossedBy' in middle) return { flaws: [crossedFlaw(middle.crossedBy)] };
  const { price, keep, bid, ask } = middle;
  const below = piecesOf(
    price,
    down.steps.map((step) => ({ units: step.units * keep, price: (step.price * bid) / keep })),
  );
  const above = piecesOf(
    price,
    up.steps.map((step) => ({ units: step.units, price: step.price * ask * keep })),
  );
  return { curve: curveOf([...below, ...above], { price, keep }) };
}

interface Middle {
  readonly price: number;
  /** 1 − fee. */
  readonly keep: number;
  /** What the prices of sales and of purchases are multiplied by so that they do not cross. */
  readonly bid: number;
  readonly ask: number;
}

/** Where the price stands before any trade, from how each side begins. */
function middleOf(
  down: readonly PriceStep[],
  up: readonly PriceStep[],
): Middle | { readonly crossedBy: number } | undefined {
  const plain = { keep: 1, bid: 1, ask: 1 };
  const [sale, purchase] = [down[0]?.price, up[0]?.price];
  if (sale === undefined && purchase === undefined) return undefined;
  if (purchase === undefined) return { ...plain, price: startOf(down, 1) };
  if (sale === undefined) return { ...plain, price: startOf(up, -1) };
  const crossedBy = sale / purchase - 1;
  if (crossedBy > MOST_CROSSED) return { crossedBy };
  const between = Math.sqrt(sale * purchase);
  if (crossedBy >= -2 * NARROW) {
    const [bid, ask] = [(between / sale) * (1 - NARROW), (between / purchase) * (1 + NARROW)];
    return { keep: 1, bid, ask, price: between };
  }
  const [bidStart, askStart] = [startOf(down, 1), startOf(up, -1)];
  if (bidStart >= askStart) return { ...plain, price: between };
  return { ...plain, price: Math.sqrt(bidStart * askStart), keep: Math.sqrt(bidStart / askStart) };
}

/** The price of a first unit: as far from the first step's as that is from where the next begins. */
function startOf([first, second]: readonly PriceStep[], direction: 1 | -1): number {
  const { price } = first!;
  return second ? price * Math.sqrt(price / second.price) : price * (1 + direction * NARROW);
}

const crossedFlaw = (crossedBy: number): QuoteFlaw => ({
  side: 'sell',
  index: 0,
  problem:
    `the smallest sale brings ${(crossedBy * 100).toFixed(1)} % more than the smallest purchase costs: ` +
    'quotes of one asset must be of one time',
});

function curveOf(
  pieces: readonly Piece[],
  at: { readonly price: number; readonly keep: number },
): DepthCurve {
  const upwards = pieces.toSorted((a, b) => a.low - b.low);
  return {
    sqrtPrice: Float64Array.from([upwards[0]!.low, ...upwards.map(({ high }) => high)]),
    liquidity: Float64Array.from(upwards, ({ liquidity }) => liquidity),
    startSqrtPrice: Math.sqrt(at.price),
    feeRatio: 1 - at.keep,
  };
}
