import { TOY_ASSETS } from './toy-book.ts';
import { TOY_VENUES } from './toy-venues.ts';

export interface ToyLiquidation {
  readonly venue: string;
  readonly asset: number;
  readonly round: number;
  readonly liquidatedUsd: number;
  readonly badDebtUsd: number;
}

/**
 * Who hurt whom in a toy cascade, what was sold and who bore the losses. A later liquidation is half the shock's where
 * its asset was shocked, and for the rest that of the venues in proportion to what they had sold of it.
 */
export function toyContagion(liquidations: readonly ToyLiquidation[], shocks: readonly number[]) {
  const rows = new Map<
    string,
    { cause: string; asset: number; venue: string; liquidatedUsd: number; badDebtUsd: number }
  >();
  for (const one of liquidations) {
    for (const [cause, share] of causesOf(one, liquidations, shocks)) {
      const key = `${cause} ${one.asset} ${one.venue}`;
      const row = rows.get(key) ?? {
        cause,
        asset: one.asset,
        venue: one.venue,
        liquidatedUsd: 0,
        badDebtUsd: 0,
      };
      row.liquidatedUsd += one.liquidatedUsd * share;
      row.badDebtUsd += one.badDebtUsd * share;
      rows.set(key, row);
    }
  }
  const sum = (some: readonly ToyLiquidation[], value: (one: ToyLiquidation) => number) =>
    some.reduce((all, one) => all + value(one), 0);
  const at = (venue: string, asset?: number) =>
    liquidations.filter((one) => one.venue === venue && (asset === undefined || one.asset === asset));
  const lossOf = (venue: string) => sum(at(venue), ({ badDebtUsd }) => badDebtUsd);
  const waterfall = TOY_VENUES.map(({ id, loss }) => borneBy(id, loss, lossOf(id)));
  return {
    contagion: [...rows.values()].map((row) => ({ ...row, ...nameOf(row.asset) })),
    flows: TOY_VENUES.flatMap(({ id }) =>
      TOY_ASSETS.map((_, i) => ({
        ...{ venue: id, ...nameOf(i), boughtUsd: 0 },
        soldUsd: sum(at(id, i), ({ liquidatedUsd }) => liquidatedUsd),
      })),
    ).filter(({ soldUsd }) => soldUsd > 0),
    waterfall: waterfall.filter(({ lossUsd }) => lossUsd > 0),
    funds: TOY_VENUES.flatMap(({ id, loss }, row) => {
      if (typeof loss === 'string') return [];
      const [drawnUsd, price] = [waterfall[row]?.fundUsd ?? 0, TOY_ASSETS[loss.asset]?.priceUsd ?? 1];
      const before = loss.amountUsd / price;
      return [
        {
          venue: id,
          fund: loss.fund,
          ...nameOf(loss.asset),
          before,
          after: before - drawnUsd / price,
          ...{ drawnUsd, paidUsd: drawnUsd, receivedUsd: 0, lossUsd: drawnUsd },
        },
      ];
    }),
  };
}

function causesOf(
  one: ToyLiquidation,
  all: readonly ToyLiquidation[],
  shocks: readonly number[],
): [string, number][] {
  const before = all.filter(({ round, asset }) => round < one.round && asset === one.asset);
  const sold = before.reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0);
  if (sold === 0) return [['shock', 1]];
  const own = (shocks[one.asset] ?? 0) === 0 ? 0 : 0.5;
  const byVenue = TOY_VENUES.map(({ id }): [string, number] => {
    const here = before.filter(({ venue }) => venue === id);
    return [id, ((1 - own) * here.reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0)) / sold];
  });
  return [['shock', own] as [string, number], ...byVenue].filter(([, share]) => share > 0);
}

function borneBy(venue: string, loss: (typeof TOY_VENUES)[number]['loss'], lossUsd: number) {
  const fundUsd = typeof loss === 'string' ? 0 : Math.min(loss.amountUsd, lossUsd);
  const rest = lossUsd - fundUsd;
  const socialisedUsd = loss === 'left' ? 0 : rest;
  return { venue, lossUsd, fundUsd, socialisedUsd, leftUsd: rest - socialisedUsd };
}

const nameOf = (i: number) => ({ asset: TOY_ASSETS[i]?.asset ?? '', symbol: TOY_ASSETS[i]?.symbol ?? '' });
