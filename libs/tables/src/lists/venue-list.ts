import {
  moneyMarketRule,
  PAIR_RULE,
  pooledRule,
  type RepayAndSeizeRule,
  type StabilityPoolRule,
  type VenueRule,
} from '@undertow/book';
import { pairIncentiveFactorWad, type Mechanism } from '@undertow/market';
import type { Problems } from '../problems.ts';
import type { ReadRow } from '../read-rows.ts';
import { scaledInteger } from '../scaled-integer.ts';
import type { ImportedMechanism } from '../schema/shapes.ts';
import type { RowPlace } from '../table.ts';

/** Terms of one market. */
export interface ListedMarket {
  readonly id: string;
  readonly asset: string;
  /** Of a pair or a debt position. */
  readonly debtAsset: string | undefined;
  /** Undefined = it is no collateral, unless an account says its own. */
  readonly liquidationThreshold: number | undefined;
  readonly loanToValue: number | undefined;
  readonly liquidationBonus: number;
  readonly liquidationProtocolFee: number;
  readonly supplyCap: number | undefined;
  readonly borrowCap: number | undefined;
  readonly label: string;
  readonly place: RowPlace;
}

/** A venue and its markets. */
export interface ListedVenue {
  readonly id: string;
  readonly mechanism: Mechanism & ImportedMechanism;
  readonly version: string;
  readonly rule: VenueRule;
  readonly markets: ReadonlyMap<string, ListedMarket>;
}

/** Whether an account is in one market, with one collateral and one debt. */
export const isPairLike = ({ mechanism }: Pick<ListedVenue, 'mechanism'>): boolean =>
  mechanism === 'isolated-pair' || mechanism === 'cdp';

type MarketRow = ReadRow<'markets'>;

/** Columns that are of the whole venue. */
const OF_VENUE = ['mechanism', 'closeFactor', 'release', 'badDebt', 'liquidatorShare'] as const;
type OfVenue = { -readonly [Column in (typeof OF_VENUE)[number]]?: MarketRow[Column] };

interface Draft {
  readonly terms: OfVenue;
  readonly said: Map<keyof OfVenue, RowPlace>;
  readonly markets: Map<string, ListedMarket>;
  readonly places: Map<string, RowPlace>;
}

/** The venues of some rows of the markets table, by id. */
export function venueList(rows: readonly MarketRow[], problems: Problems): ReadonlyMap<string, ListedVenue> {
  const drafts = new Map<string, Draft>();
  for (const row of rows) {
    const draft: Draft = drafts.get(row.venue) ?? {
      ...{ terms: {}, said: new Map(), markets: new Map(), places: new Map() },
    };
    drafts.set(row.venue, draft);
    readVenueTerms(row, draft, problems);
    const market = marketOf(row, problems);
    const before = draft.places.get(market.id);
    if (before)
      problems.add(row.place, 'market', `${market.id} at ${row.venue} is in ${wordsOf(before)} already`);
    draft.markets.set(market.id, market);
    draft.places.set(market.id, row.place);
  }
  return new Map([...drafts].map(([id, { terms, markets }]) => [id, { id, markets, ...venueOf(terms) }]));
}

/** A place as other places' messages name it. */
export const wordsOf = ({ file, line }: RowPlace): string => `${file} ${line}`;

function readVenueTerms(row: MarketRow, { terms, said }: Draft, problems: Problems): void {
  for (const column of OF_VENUE) {
    const value = row[column];
    if (value === undefined) continue;
    const place = said.get(column);
    if (!place) {
      Object.assign(terms, { [column]: value });
      said.set(column, row.place);
    } else if (terms[column] !== value)
      problems.add(
        row.place,
        column,
        `${row.venue} has ${value} here and ${terms[column]} in ${wordsOf(place)}: it is one for the whole venue`,
      );
  }
}

function marketOf(row: MarketRow, problems: Problems): ListedMarket {
  const { asset, debtAsset, mechanism, liquidationThreshold, loanToValue, label, place } = row;
  const id = row.market ?? asset;
  if (isPairLike({ mechanism }) && debtAsset === undefined)
    problems.add(place, 'debtAsset', `a market of ${mechanism} must name what is owed`);
  if (!isPairLike({ mechanism }) && debtAsset !== undefined)
    problems.add(place, 'debtAsset', `a market of ${mechanism} has one asset: leave this blank`);
  if (mechanism === 'cdp' && !liquidationThreshold)
    problems.add(place, 'liquidationThreshold', 'a debt position must have one: 1 ÷ the least ratio');
  if (liquidationThreshold !== undefined && loanToValue !== undefined && loanToValue > liquidationThreshold)
    problems.add(place, 'loanToValue', 'nobody may borrow more than the liquidation threshold');
  const bonus = row.liquidationBonus ?? defaultBonus(mechanism, liquidationThreshold);
  if (bonus === undefined)
    problems.add(place, 'liquidationBonus', 'a market with a liquidationThreshold must have a bonus');
  return {
    id,
    asset,
    debtAsset,
    liquidationThreshold,
    loanToValue: loanToValue ?? liquidationThreshold,
    liquidationBonus: bonus ?? 0,
    liquidationProtocolFee: row.liquidationProtocolFee ?? 0,
    supplyCap: row.supplyCap,
    borrowCap: row.borrowCap,
    label: label ?? id,
    place,
  };
}

/** What a mechanism gives a liquidator where the table does not say; undefined where the table must say. */
function defaultBonus(mechanism: ImportedMechanism, threshold: number | undefined): number | undefined {
  if (mechanism === 'isolated-pair' && threshold !== undefined)
    return Number(pairIncentiveFactorWad(scaledInteger(threshold, 18))) / 1e18 - 1;
  return mechanism === 'cdp' || threshold === undefined || threshold === 0 ? 0 : undefined;
}

/** Compound v2 `closeFactorMantissa` as deployed, and Aave v3 `DEFAULT_LIQUIDATION_CLOSE_FACTOR`. */
const HALF = 0.5;

/** Liquity `_getCollGasCompensation`: 1 ÷ 200 of the collateral. */
const LIQUIDATOR_SHARE = 0.005;

function venueOf(terms: OfVenue): Pick<ListedVenue, 'mechanism' | 'version' | 'rule'> {
  const { mechanism = 'isolated-pair', release = '3.6', closeFactor, badDebt, liquidatorShare } = terms;
  const changed = (rule: RepayAndSeizeRule): RepayAndSeizeRule => ({
    ...rule,
    ...(closeFactor === undefined ? {} : { closeFactor }),
    ...(badDebt === undefined ? {} : { badDebt }),
  });
  const named = { mechanism, version: 'imported' };
  switch (mechanism) {
    case 'pooled-lending':
      return { ...named, version: release, rule: changed(pooledRule(release)) };
    case 'isolated-pair':
      return { ...named, rule: changed(PAIR_RULE) };
    case 'money-market':
      return { ...named, rule: changed(moneyMarketRule(closeFactor ?? HALF)) };
    case 'cdp': {
      const rule: StabilityPoolRule = {
        kernel: 'stability-pool',
        liquidatorShare: liquidatorShare ?? LIQUIDATOR_SHARE,
      };
      return { ...named, rule };
    }
  }
}
