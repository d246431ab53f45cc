import { venueTerms, type VenueRow } from '@undertow/book';
import { GraphQLError } from 'graphql';
import { DEBT_ASSET, TOY_ASSETS, TOY_CASH, toyAsset, type ToyAsset } from './toy-book.ts';
import { TOY_VENUES, toyReading, toyVenue } from './toy-venues.ts';
import { shownAccount, type ToyWorld } from './toy-world.ts';

/** What is asked over all venues: the venues, their exposures, one address. */
export function toyOverVenues(world: ToyWorld) {
  const { accounts, situation } = world;
  const frame = () => ({ head: world.head(), bookHash: world.bookHash(), coverage: world.coverage() });
  const at = (venue: string) => world.shown().filter((account) => account.venue === venue);
  return {
    venues: () => ({
      ...frame(),
      nodes: TOY_VENUES.map(({ id, version, mechanism, loss }) => ({
        ...{ id, version, mechanism, protocol: id.replace(/\.\d+$/, ''), ...totals(at(id)) },
        largestCollateralUsd: Math.max(0, ...at(id).map(({ collateralUsd }) => collateralUsd)),
        // Its accounts that a gap counts.
        leftOut: leftOutOf(world.coverage().gaps, id),
        due: at(id).filter(({ healthFactor }) => healthFactor < 1).length,
        funds: typeof loss === 'string' || situation.isEmpty ? [] : [fund(loss)],
        gaps: world.coverage().gaps.filter(({ source }) => source === id),
        terms: toyVenueTerms(world, id),
      })),
    }),
    exposures: () => {
      const cells = TOY_VENUES.map(({ id }) => [
        ...TOY_ASSETS.map(({ asset }) => exposure(asset, at(id))),
        held(TOY_CASH.asset, id === TOY_CASH.venue ? TOY_CASH.heldUsd : 0),
      ]);
      const movable = ({ asset, reference, tie, tiedTo }: ToyAsset, i: number) => ({
        ...{ ...exposure(asset, world.shown()), priceUsd: world.prices()[i] },
        ...{ reference, tie, tiedTo: tiedTo ? toyAsset(tiedTo.asset) : null, isFixed: false },
      });
      return {
        ...frame(),
        assets: situation.isEmpty ? [] : [...TOY_ASSETS.map((asset, i) => movable(asset, i)), cash()],
        venues: TOY_VENUES.map(({ id }, row) => ({ venue: id, cells: situation.isEmpty ? [] : cells[row] })),
      };
    },
    account: ({ owner }: { owner: string }) => {
      if (!/^0x[0-9a-f]{40}$/i.test(owner)) throw new GraphQLError(`"${owner}" is not an address`);
      const mine = situation.isEmpty ? [] : accounts.filter((one) => one.owner === owner.toLowerCase());
      const shown = mine.map((account) => shownAccount(account, world.prices()));
      return {
        ...{ address: owner.toLowerCase(), ...totals(shown), ...frame() },
        lowestHealthFactor:
          shown.length > 0 ? Math.min(...shown.map(({ healthFactor }) => healthFactor)) : null,
        accounts: mine.map((account, i) => {
          const { id, mechanism, version } = toyVenue(account.venue);
          const isRead = mechanism !== 'isolated-pair';
          return {
            ...{ venue: id, mechanism, version, market: account.market, summary: shown[i] },
            exact: isRead ? toyReading(account, world.prices()) : null,
            reason: isRead ? null : 'the oracle of the market is not a known kind',
          };
        }),
      };
    },
  };
}

/** The terms of a venue that cascades know of; of another none can be changed. */
function toyVenueTerms(world: ToyWorld, id: string) {
  const row = world.book().venues.findIndex((venue) => venue.id === id);
  return row === -1 ? [] : venueTerms(world.book(), row as VenueRow);
}

function fund({ fund: kind, asset, amountUsd }: { fund: string; asset: number; amountUsd: number }) {
  const { asset: address, priceUsd } = TOY_ASSETS[asset] ?? TOY_ASSETS[DEBT_ASSET]!;
  return { kind, asset: toyAsset(address), amount: amountUsd / priceUsd, valueUsd: amountUsd };
}

const held = (asset: string, valueUsd: number) => ({
  ...{ asset: toyAsset(asset), collateralUsd: valueUsd, debtUsd: 0, netUsd: valueUsd },
});

const cash = () => ({
  ...{ ...held(TOY_CASH.asset, TOY_CASH.heldUsd), priceUsd: 1 },
  ...{ reference: 'USD', tie: 'pegged', tiedTo: null, isFixed: true },
});

type Shown = ReturnType<typeof shownAccount>;

function totals(shown: readonly Shown[]) {
  const sum = (value: (account: Shown) => number) => shown.reduce((all, account) => all + value(account), 0);
  return {
    accounts: shown.length,
    collateralUsd: sum(({ collateralUsd }) => collateralUsd),
    debtUsd: sum(({ debtUsd }) => debtUsd),
  };
}

function exposure(asset: string, shown: readonly Shown[]) {
  const legs = shown.flatMap((account) => account.legs).filter((leg) => leg.asset.address === asset);
  const sum = (owes: boolean) =>
    legs
      .filter(({ kind }) => ['debt', 'short', 'option-written'].includes(kind) === owes)
      .reduce((all, { valueUsd }) => all + valueUsd, 0);
  const [collateralUsd, debtUsd] = [sum(false), sum(true)];
  return { asset: toyAsset(asset), collateralUsd, debtUsd, netUsd: collateralUsd - debtUsd };
}

const leftOutOf = (gaps: ReturnType<ToyWorld['coverage']>['gaps'], id: string): number =>
  gaps.reduce((sum, { source, unit, count }) => sum + (source === id && unit === 'account' ? count : 0), 0);
