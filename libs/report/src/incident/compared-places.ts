import type { Book } from '@undertow/book';
import { relativeError } from './matched.ts';
import { sumOf, type Replayed } from './replayed.ts';

/** What was predicted and what happened at each venue that has either, the largest first. */
export function comparedVenues({ predicted, accounts, events }: Replayed) {
  const venues = [
    ...new Set([
      ...predicted.byVenue
        .filter(({ accounts: many, lossUsd }) => many > 0 || lossUsd > 0)
        .map(({ venue }) => venue),
      ...events.map(({ venue }) => venue),
    ]),
  ];
  return venues
    .map((venue) => {
      const foreseen = predicted.byVenue.find((one) => one.venue === venue);
      const own = events.filter((event) => event.venue === venue);
      const at = accounts.filter((account) => account.venue === venue);
      const happenedRepaidUsd = sumOf(own, (event) => event.repaidUsd);
      const predictedRepaidUsd = foreseen?.repaidUsd ?? 0;
      const isPriced = own.every(({ seizedUsd }) => seizedUsd !== undefined);
      const took = sumOf(own, (event) => event.seizedUsd);
      return {
        venue,
        predictedAccounts: at.filter((one) => one.predicted !== undefined).length,
        happenedAccounts: at.filter((one) => one.events.length > 0).length,
        matchedAccounts: at.filter(({ outcome }) => outcome === 'both').length,
        predictedRepaidUsd,
        happenedRepaidUsd,
        predictedSeizedUsd: foreseen?.liquidatedUsd ?? 0,
        happenedSeizedUsd: isPriced ? took : undefined,
        seizedError: isPriced ? relativeError(foreseen?.liquidatedUsd ?? 0, took) : undefined,
        predictedBadDebtUsd: foreseen?.badDebtUsd ?? 0,
        happenedBadDebtUsd: sumOf(own, (event) => event.badDebtUsd),
      };
    })
    .sort(
      (a, b) => b.happenedRepaidUsd + b.predictedRepaidUsd - (a.happenedRepaidUsd + a.predictedRepaidUsd),
    );
}

/** The same by the market whose debt it was; what is repaid, the engine says by venue and account alone. */
export function comparedMarkets({ markets, venues }: Book, { predicted, events }: Replayed) {
  const keyOf = (venue: string, market: string, symbol: string) => [venue, market, symbol].join('\n');
  const foreseen = new Map(predicted.byMarket.map((one) => [keyOf(one.venue, one.market, one.symbol), one]));
  const happened = Map.groupBy(events, (event) => keyOf(event.venue, event.market, event.debtSymbol));
  return [...new Set([...happened.keys(), ...foreseen.keys()])].map((key) => {
    const [venue, market, symbol] = key.split('\n') as [string, string, string];
    const own = happened.get(key) ?? [];
    const known = markets.find((one) => one.id === market && venues[one.venue]!.id === venue);
    return {
      ...{ venue, market, symbol },
      label: foreseen.get(key)?.label ?? known?.label ?? market,
      liquidations: own.length,
      happenedRepaidUsd: sumOf(own, (event) => event.repaidUsd),
      happenedBadDebtUsd: sumOf(own, (event) => event.badDebtUsd),
      predictedBadDebtUsd: foreseen.get(key)?.badDebtUsd ?? 0,
      predictedLossUsd: foreseen.get(key)?.lossUsd ?? 0,
    };
  });
}

/** Units of collateral that were taken. */
export function comparedAssets({ predicted, events }: Replayed) {
  const happened = Map.groupBy(events, ({ collateralAsset }) => collateralAsset);
  const known = predicted.byAsset.map(({ asset, symbol, seized }) => ({ asset, symbol, seized }));
  const unknown = [...happened.keys()]
    .filter((asset) => !known.some((one) => one.asset === asset))
    .map((asset) => ({ asset, symbol: asset, seized: 0 }));
  return [...known, ...unknown].flatMap(({ asset, symbol, seized }) => {
    const own = happened.get(asset) ?? [];
    // Of an asset that the book lacks nobody knows the decimals.
    const isKnown = own.every(({ seizedUnits }) => seizedUnits !== undefined);
    const took = sumOf(own, ({ seizedUnits }) => seizedUnits);
    if (seized === 0 && own.length === 0) return [];
    return [
      {
        asset,
        symbol,
        predicted: seized,
        happened: isKnown ? took : undefined,
        error: isKnown ? relativeError(seized, took) : undefined,
      },
    ];
  });
}
