/** A price as an exchange gave it. */
export interface RawPrice {
  /** Last trade, in units of the quote. */
  readonly last: number | undefined;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  /** Traded in the 24 hours before, in units of the quote. */
  readonly volume: number | undefined;
  /** Milliseconds since 1970 by the exchange's clock. */
  readonly exchangeMs: number | undefined;
}

/** What an exchange said that one of its markets trades at. */
export interface PriceObservation {
  readonly exchange: string;
  readonly symbol: string;
  /** When we saw it, unix seconds: our clock counts. Of a candle, which was fetched later, its end. */
  readonly time: number;
  /** In units of the quote. */
  readonly price: number;
  /** Traded in the 24 hours before, in units of the quote; undefined where it does not say. */
  readonly volume: number | undefined;
  /** By the exchange's own clock, unix seconds; undefined where it does not say. */
  readonly exchangeTime: number | undefined;
  readonly isCandle: boolean;
}

/** How many prices were refused, and how many clocks did not agree. */
export interface PriceFaults {
  /** Zero, negative, infinite or no number. */
  noPrice: number;
  /** Many times, or a small part of, what it was a moment ago, and not said again. */
  absurd: number;
  /** Said already: the same price of the same moment. */
  repeated: number;
  /** Of an earlier moment than what was said before. */
  wentBack: number;
  /** Taken, though the exchange's clock was far from ours. */
  clockOff: number;
}

/** Clocks further apart than this are counted, seconds. */
export const CLOCK_TOLERANCE = 30;

/** A price this many times, or this part of, the last one is not believed at once. */
const ABSURD_FACTOR = 5;

/** So many in a row that say about the same are believed: a coin may really be worth a fifth within minutes. */
const BELIEVED_AFTER = 5;

/** After so long without a price that was taken, one of an earlier moment is: the exchange has set its clock back. Seconds. */
const CLOCK_SET_BACK_AFTER = 60;

/** Beyond these no market trades. */
const [LEAST_PRICE, GREATEST_PRICE] = [1e-15, 1e12];

/** Takes or refuses what one market of an exchange says, one price after the other. */
export interface PriceGate {
  /** @param seenMs our clock, milliseconds since 1970. */
  take(raw: RawPrice, seenMs: number): PriceObservation | undefined;
}

/** A gate that counts in `faults` what it refuses. */
export function priceGate(
  market: Pick<PriceObservation, 'exchange' | 'symbol'>,
  faults: PriceFaults,
): PriceGate {
  let last: PriceObservation | undefined;
  let doubted: { readonly price: number; readonly times: number } | undefined;

  /** Whether a price far from the last one is to be believed, because it has been said often enough. */
  const isBelieved = (price: number): boolean => {
    const isSame = doubted !== undefined && !isFar(price, doubted.price);
    doubted = { price, times: isSame ? doubted!.times + 1 : 1 };
    return doubted.times >= BELIEVED_AFTER;
  };

  return {
    take(raw, seenMs) {
      const price = priceOf(raw);
      if (price === undefined) {
        faults.noPrice += 1;
        return undefined;
      }
      const time = seenMs / 1_000;
      const exchangeTime = raw.exchangeMs === undefined ? undefined : raw.exchangeMs / 1_000;
      if (last !== undefined) {
        const before = differenceOf(exchangeTime, last.exchangeTime);
        if (before === 0 && price === last.price) {
          faults.repeated += 1;
          return undefined;
        }
        if (
          time < last.time ||
          (before !== undefined && before < 0 && time - last.time < CLOCK_SET_BACK_AFTER)
        ) {
          faults.wentBack += 1;
          return undefined;
        }
        if (isFar(price, last.price) && !isBelieved(price)) {
          faults.absurd += 1;
          return undefined;
        }
      }
      doubted = undefined;
      if (exchangeTime !== undefined && Math.abs(exchangeTime - time) > CLOCK_TOLERANCE) faults.clockOff += 1;
      const volume =
        raw.volume !== undefined && raw.volume >= 0 && Number.isFinite(raw.volume) ? raw.volume : undefined;
      last = { ...market, time, price, volume, exchangeTime, isCandle: false };
      return last;
    },
  };
}

/** The last trade, or the nearer of what is bid and asked where that has moved on since; undefined when it is no price. */
function priceOf({ last, bid, ask }: RawPrice): number | undefined {
  const isSpread = isPrice(bid) && isPrice(ask) && bid <= ask;
  if (!isPrice(last)) return undefined;
  return isSpread ? Math.min(Math.max(last, bid), ask) : last;
}

const differenceOf = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a - b;

export const isPrice = (price: number | undefined): price is number =>
  price !== undefined && price >= LEAST_PRICE && price <= GREATEST_PRICE;

const isFar = (price: number, other: number) =>
  price > other * ABSURD_FACTOR || price < other / ABSURD_FACTOR;

/** Nothing refused yet. */
export const noFaults = (): PriceFaults => ({ noPrice: 0, absurd: 0, repeated: 0, wentBack: 0, clockOff: 0 });
