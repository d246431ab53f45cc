import {
  roleCode,
  type AccountColumns,
  type BookMarket,
  type BookVenue,
  type LegColumns,
  type MarketRow,
  type VenueRow,
} from '@undertow/book';
import { compareText } from '@undertow/book';
import type { Address } from '@undertow/market';
import type { Lists, AccountLeg } from './read-account.ts';
import type { ListedMarket, ListedVenue } from '../lists/venue-list.ts';
import { addressOf } from '../made-address.ts';
import type { Problems } from '../problems.ts';
import { scaledInteger } from '../scaled-integer.ts';
import { growingBytes, growingFloats, growingIntegers } from './growing.ts';

const WAD = 10n ** 18n;
const NOTHING: readonly bigint[] = [];

/** What names an account. */
export interface AccountName {
  readonly owner: string;
  /** '' where an owner has one account at the venue. */
  readonly account: string;
}

/** Accounts and their legs as the columns of a book, one account after the other. */
export class BookColumns {
  readonly venues: readonly BookVenue[];
  readonly markets: readonly BookMarket[];
  readonly marketState: readonly (readonly bigint[])[];
  readonly owners: Address[] = [];
  readonly amountExact: bigint[] = [];
  readonly thresholdExact: bigint[] = [];
  readonly #lists: Lists;
  readonly #problems: Problems;
  readonly #venueRow: ReadonlyMap<string, VenueRow>;
  readonly #marketRow: ReadonlyMap<ListedMarket, MarketRow>;
  readonly #names: string[] = [];
  readonly #accountState: (readonly bigint[])[] = [];
  readonly #venue = growingIntegers();
  readonly #legStart = growingIntegers();
  readonly #stake = growingFloats();
  readonly #market = growingIntegers();
  readonly #terms = growingIntegers();
  readonly #asset = growingIntegers();
  readonly #oracle = growingIntegers();
  readonly #role = growingBytes();
  readonly #amount = growingFloats();
  readonly #threshold = growingFloats();
  readonly #loanToValue = growingFloats();
  readonly #bonus = growingFloats();
  readonly #protocolFee = growingFloats();

  constructor(lists: Lists, problems: Problems) {
    this.#lists = lists;
    this.#problems = problems;
    const listed = [...lists.venues.values()].sort((a, b) => compareText(a.id, b.id));
    this.venues = listed.map(({ id, version, mechanism, rule }) => ({
      id,
      protocol: id,
      version,
      mechanism,
      rule,
    }));
    this.#venueRow = new Map(listed.map(({ id }, row) => [id, row as VenueRow]));
    const markets = listed.flatMap((venue) =>
      [...venue.markets.values()]
        .sort((a, b) => compareText(a.id, b.id))
        .map((market) => ({ venue, market })),
    );
    this.#marketRow = new Map(markets.map(({ market }, row) => [market, row as MarketRow]));
    this.markets = markets.map(({ venue, market: { id, label, supplyCap, borrowCap } }) => ({
      ...{ venue: this.#venueRow.get(venue.id)!, id, label, supplyCap, borrowCap },
    }));
    this.marketState = markets.map(({ venue, market }) => this.#stateOf(venue, market));
    this.#legStart.push(0);
  }

  add(venue: ListedVenue, legs: readonly AccountLeg[], { owner, account }: AccountName): void {
    this.#venue.push(this.#venueRow.get(venue.id)!);
    this.owners.push(addressOf(owner));
    const pair = venue.mechanism === 'isolated-pair' ? legs[0]!.market.id : '';
    this.#names.push([pair, account].filter((part) => part !== '').join(' '));
    const tokens: bigint[] = [];
    for (const leg of legs) tokens.push(this.#addLeg(venue, leg));
    this.#legStart.push(this.#amount.length);
    const collateral = legs.find(({ role }) => role === 'collateral');
    this.#stake.push(venue.mechanism === 'cdp' ? (collateral?.amount ?? 0) : 0);
    this.#accountState.push(venue.mechanism === 'money-market' ? tokens : NOTHING);
  }

  /** Adds a leg; gives its tokens as a money market counts them. */
  #addLeg({ mechanism }: ListedVenue, leg: AccountLeg): bigint {
    const { decimals } = this.#lists.assets.assets[leg.asset]!;
    const exact = scaledInteger(leg.amount, decimals);
    const isDebt = leg.role === 'debt';
    const { liquidationThreshold: threshold, termsMarket } = leg;
    const isPlainSupply = leg.role === 'supply' && mechanism !== 'money-market';
    this.#market.push(this.#marketRow.get(leg.market)!);
    this.#terms.push(this.#marketRow.get(termsMarket)!);
    this.#asset.push(leg.asset);
    this.#oracle.push(leg.oracle);
    this.#role.push(roleCode(isDebt ? 'debt' : isPlainSupply ? 'supply' : 'collateral'));
    this.amountExact.push(exact);
    this.#amount.push(Number(exact) / 10 ** decimals);
    this.thresholdExact.push(this.#thresholdOf(mechanism, leg));
    this.#threshold.push(threshold);
    this.#loanToValue.push(threshold === 0 ? 0 : Math.min(termsMarket.loanToValue ?? threshold, threshold));
    this.#bonus.push(leg.liquidationBonus);
    this.#protocolFee.push(isDebt || isPlainSupply ? 0 : termsMarket.liquidationProtocolFee);
    return isDebt ? 0n : exact;
  }

  #thresholdOf(mechanism: string, { liquidationThreshold, place }: AccountLeg): bigint {
    if (mechanism !== 'pooled-lending') return scaledInteger(liquidationThreshold, 18);
    const bps = scaledInteger(liquidationThreshold, 4);
    if (Math.abs(Number(bps) / 1e4 - liquidationThreshold) > 1e-12)
      this.#problems.add(
        place,
        'liquidationThreshold',
        `${liquidationThreshold} is not in whole basis points, in which pooled lending counts: write 0.8333`,
      );
    return bps;
  }

  /** See `BookExact.marketState`: answers have 36 decimals whatever the asset, amounts those of the asset. */
  #stateOf(venue: ListedVenue, market: ListedMarket): readonly bigint[] {
    const { assets, rowOf } = this.#lists.assets;
    const decimalsOf = (symbol: string | undefined) => assets[rowOf.get(symbol ?? '') ?? -1]?.decimals ?? 18;
    switch (venue.mechanism) {
      case 'isolated-pair':
        return [10n ** BigInt(36 + decimalsOf(market.debtAsset) - decimalsOf(market.asset))];
      case 'money-market':
        return [WAD, 10n ** BigInt(36 - decimalsOf(market.asset))];
      case 'cdp':
        return [(WAD * WAD) / scaledInteger(market.liquidationThreshold ?? 1, 18), 1n];
      default:
        return NOTHING;
    }
  }

  get accounts(): AccountColumns {
    return {
      count: this.owners.length,
      venue: Uint16Array.from(this.#venue.values),
      owner: this.owners,
      market: this.#names,
      legStart: this.#legStart.values.slice(),
      stake: this.#stake.values.slice(),
    };
  }

  get accountState(): readonly (readonly bigint[])[] {
    return this.#accountState;
  }

  get legs(): LegColumns {
    const count = this.#amount.length;
    const role = this.#role.values;
    const debt = roleCode('debt');
    return {
      count,
      market: this.#market.values.slice(),
      termsMarket: this.#terms.values.slice(),
      asset: this.#asset.values.slice(),
      oracle: this.#oracle.values.slice(),
      role: role.slice(),
      side: Int8Array.from(role, (code) => (code === debt ? -1 : 1)),
      amount: this.#amount.values.slice(),
      liquidationThreshold: this.#threshold.values.slice(),
      loanToValue: this.#loanToValue.values.slice(),
      liquidationBonus: this.#bonus.values.slice(),
      liquidationProtocolFee: this.#protocolFee.values.slice(),
      maintenanceMargin: new Float64Array(count),
      instrument: new Int32Array(count).fill(-1),
    };
  }
}
