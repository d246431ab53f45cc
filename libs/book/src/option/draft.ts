import {
  isShortOption,
  type Address,
  type MarketId,
  type OptionMarketTerms,
  type OptionPosition,
  type VenueId,
} from '@undertow/market';
import { WAD } from '@undertow/units';
import { compareText } from '../compare-text.ts';
import type {
  DraftAccount,
  DraftBy,
  DraftFund,
  DraftGap,
  DraftInstrument,
  DraftLeg,
  DraftVenue,
} from '../draft.ts';
import { fixedPrice, type DraftPrice } from '../draft-price.ts';
import { feedDecimals, type Ledger } from '../ledger.ts';
import { marketState, typeIndex } from './exact-state.ts';
import { instrumentId, optionInstrument, seriesLabel } from './instrument.ts';
import { seriesGrid, type SeriesGrid } from './series-grid.ts';
import {
  answerScale,
  closedBecause,
  optionMarket,
  optionSeries,
  seriesVolatility,
  type OptionSeries,
} from './series.ts';

/**
 * What an option venue gives to the book: one account per written position, a leg for its collateral and one for the
 * option. Positions held cannot be liquidated and are no accounts; neither are those of settled series. What a writer
 * owes is what the position must be backed by: of one that is not modelled nobody knows it.
 */
export function draftOptions(ledger: Ledger, venue: VenueId, by: DraftBy): DraftVenue {
  const written = writtenPositions(ledger, venue);
  const read = optionMarket(ledger, venue);
  if ('reason' in read) return notModelled(venue, written.length, read.reason);
  const { market } = read;
  const base = market.oracle.form === 'feed' ? by.prices.byFeed(market.oracle.feed) : undefined;
  if (!base) return notModelled(venue, written.length, `no USD price of ${market.baseAsset}`);
  const drafting: Drafting = { ledger, venue, by, base, quote: quotePrice(venue) };
  const accounts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  const found = new Map<MarketId, OptionSeries | { readonly reason: string }>();
  const made: Made = { grids: new Map(), instruments: new Map() };
  for (const position of written) {
    const { market: id } = position;
    const series = found.get(id) ?? optionSeries(ledger, { venue, id, market });
    found.set(id, series);
    const reason = 'reason' in series ? series.reason : closedBecause(series, by.time);
    if (reason === 'settled') continue;
    if ('reason' in series || reason !== undefined)
      gaps.push({ source: venue, reason: reason ?? '', count: 1, debtUsd: undefined });
    else if (!instrumentOf(drafting, made, { series, position }))
      gaps.push({ source: venue, reason: `no volatility of ${id}`, count: 1, debtUsd: undefined });
    else accounts.push(accountOf(drafting, { series, position }));
  }
  const series = [...found.values()].filter((one): one is OptionSeries => !('reason' in one));
  const symbol = symbolOf(ledger, market.baseAsset);
  const scale = answerScale(feedDecimals(ledger, base.feed));
  const { funds, gaps: fundGaps } = poolFund({ venue, quote: drafting.quote, market });
  return {
    rule: { kernel: 'buy-back' },
    accounts,
    gaps: [...gaps, ...fundGaps],
    funds,
    knownDebtUsd: 0,
    instruments: [...made.instruments.values()],
    marketState: new Map(series.map((one) => [one.id, marketState(one, scale)])),
    labels: new Map(series.map((one) => [one.id, seriesLabel(one, symbol)])),
    ties: new Map([[market.baseAsset, { kind: 'redeemable', to: market.baseFollows, capacity: undefined }]]),
  };
}

interface Drafting {
  readonly ledger: Ledger;
  readonly venue: VenueId;
  readonly by: DraftBy;
  readonly base: DraftPrice;
  readonly quote: DraftPrice;
}

interface Written {
  readonly owner: Address;
  readonly market: MarketId;
  readonly name: string;
  readonly position: OptionPosition;
}

/** The liquidity pool, which bears what liquidated writers leave unpaid, by the venue's own view of its value. */
function poolFund({
  venue,
  quote,
  market,
}: Pick<Drafting, 'venue' | 'quote'> & { readonly market: OptionMarketTerms }): Pick<DraftVenue, 'gaps'> & {
  readonly funds: readonly DraftFund[];
} {
  const { poolValueWad: amount, quoteAsset: asset } = market;
  if (amount !== undefined)
    return { funds: [{ kind: 'lending-pool', asset, price: quote, amount }], gaps: [] };
  const reason = 'the value of the liquidity pool, which bears losses, is not known';
  return { funds: [], gaps: [{ source: venue, reason, count: 1, unit: 'fund', debtUsd: undefined }] };
}

function notModelled(venue: VenueId, count: number, reason: string): DraftVenue {
  const gaps = count === 0 ? [] : [{ source: venue, reason, count, debtUsd: undefined }];
  return { rule: undefined, accounts: [], gaps, knownDebtUsd: 0 };
}

function writtenPositions(ledger: Ledger, venue: VenueId): Written[] {
  const accounts = [...(ledger.venues.get(venue)?.accounts ?? [])];
  return accounts
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([owner, { positions }]) =>
      [...positions.values()].flatMap(({ market, name, position }): Written[] =>
        position.form === 'option' && isShortOption(position.type) ? [{ owner, market, name, position }] : [],
      ),
    );
}

/** The venue takes its cash for a dollar, whatever a market says. */
const quotePrice = (venue: VenueId): DraftPrice => fixedPrice(`${venue}:quote`, WAD, 1);

type OfSeries = { readonly series: OptionSeries; readonly position: Written };

function accountOf({ venue, base, quote }: Drafting, { series, position }: OfSeries): DraftAccount {
  const { owner, name } = position;
  const { type, amountWad, collateral } = position.position;
  const inBase = type === 'short-call-base';
  const shared = { market: series.id, liquidationBonus: 0, liquidationProtocolFee: 0 };
  const legs: DraftLeg[] = [
    {
      ...shared,
      role: 'collateral',
      side: 1,
      amount: collateral,
      threshold: WAD,
      liquidationThreshold: 1,
      asset: inBase ? series.market.baseAsset : series.market.quoteAsset,
      price: inBase ? base : quote,
    },
    {
      ...shared,
      role: 'option',
      side: -1,
      amount: amountWad,
      threshold: 0n,
      liquidationThreshold: 0,
      asset: series.market.baseAsset,
      price: base,
      instrument: instrumentId(series.id, type),
    },
  ];
  return { venue, owner, market: name, legs, state: [typeIndex(type)] };
}

/** The instrument of a position, made when it is the first of its series and type; undefined without volatilities. */
function instrumentOf(
  { ledger, venue, by, base }: Drafting,
  made: Made,
  { series, position }: OfSeries,
): DraftInstrument | undefined {
  const { type } = position.position;
  const id = instrumentId(series.id, type);
  const known = made.instruments.get(id);
  if (known) return known;
  let grid = made.grids.get(series.id);
  if (!grid) {
    const volatility = seriesVolatility(ledger, { venue, series, time: by.time });
    if (!volatility) return undefined;
    grid = seriesGrid({ series, volatility, underlying: base, time: by.time });
    made.grids.set(series.id, grid);
  }
  const instrument = optionInstrument(grid, type, symbolOf(ledger, series.market.baseAsset));
  made.instruments.set(id, instrument);
  return instrument;
}

/** Tables made so far: each series is run through the pricing model once. */
interface Made {
  readonly grids: Map<MarketId, SeriesGrid>;
  readonly instruments: Map<string, DraftInstrument>;
}

const symbolOf = (ledger: Ledger, asset: Address): string =>
  ledger.reference.assets.get(asset)?.symbol ?? asset.slice(0, 10);
