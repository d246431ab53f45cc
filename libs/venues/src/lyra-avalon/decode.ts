import { eventTopic, readEvents, unreadable } from '@undertow/chain';
import type { On, RawLog, Said } from '@undertow/chain';
import { OPTION_MARKET_ID, optionBoardId, optionSeriesId } from '@undertow/market';
import type { Fact, Hex, OptionMarketTerms } from '@undertow/market';
import {
  adapterEvents,
  greekCacheEvents,
  optionMarketEvents,
  optionTokenEvents,
  pricerEvents,
} from './abi.ts';
import type { LyraAvalonDeployment } from './deployments.ts';
import { decodeLiquidation, decodePosition, decodeTransfer } from './decode-position.ts';
import type { Learned } from './learned.ts';
import * as terms from './terms.ts';

/** First topics of the events that say something. */
export const lyraTopics: readonly Hex[] = [
  ...[...optionMarketEvents, ...optionTokenEvents, ...greekCacheEvents, ...pricerEvents, ...adapterEvents],
].map(eventTopic);

/**
 * Decoder of the logs of one option market. It remembers the bounds of averages and a transfer under way in `learned`.
 * Logs of other contracts and events say nothing; a log that is not a whole log of its event becomes `Quarantined`.
 */
export function lyraDecoder(
  deployment: LyraAvalonDeployment,
  learned: Learned,
): (log: RawLog) => readonly Fact[] {
  return readEvents(deployment.id, (on) => onAll(on, deployment, learned));
}

/** What the deployment itself says of the venue's terms. */
export function givenTerms({ quoteAsset, baseAsset, baseFollows, baseFeed }: LyraAvalonDeployment) {
  const oracle = { form: 'feed', feed: baseFeed } as const;
  return { quoteAsset, baseAsset, baseFollows, oracle } satisfies Partial<OptionMarketTerms>;
}

function onAll(on: On, deployment: LyraAvalonDeployment, learned: Learned): void {
  onParameters(on, deployment, learned);
  onSeries(on, deployment);
  onVolatilities(on, deployment, learned);
  const [, positionUpdated, transfer] = optionTokenEvents;
  on(deployment.optionToken, positionUpdated, (args, log) =>
    decodePosition({ deployment, learned }, args, log),
  );
  on(deployment.optionToken, transfer, (args, log) => decodeTransfer({ deployment, learned }, args, log));
  on(deployment.optionMarket, optionMarketEvents[3], (args) => decodeLiquidation(deployment, args));
}

function onParameters(on: On, deployment: LyraAvalonDeployment, learned: Learned): void {
  const { id: venue, greekCache, pricer, optionToken, optionMarket, synthetixAdapter } = deployment;
  const market = (patch: Partial<OptionMarketTerms>): readonly Said[] => [
    { kind: 'TermsChanged', venue, market: OPTION_MARKET_ID, patch: { form: 'option-market', ...patch } },
  ];
  const [averaging, forceClose, minCollateral] = greekCacheEvents;
  on(greekCache, averaging, ({ params }) => {
    learned.averaging = terms.averagingTerms(params);
    return market({ ...givenTerms(deployment), averaging: learned.averaging });
  });
  on(greekCache, forceClose, ({ params }) => market({ closing: terms.closingTerms(params) }));
  on(greekCache, minCollateral, ({ params }) => market({ margin: terms.marginTerms(params) }));
  const [pricing, limits, variance] = pricerEvents;
  on(pricer, pricing, ({ pricingParams }) => market({ fees: terms.feeTerms(pricingParams) }));
  on(pricer, limits, ({ tradeLimitParams }) => market({ limits: terms.limitTerms(tradeLimitParams) }));
  on(pricer, variance, ({ varianceFeeParams }) =>
    market({ varianceFee: terms.varianceFeeTerms(varianceFeeParams) }),
  );
  on(optionToken, optionTokenEvents[0], ({ partialCollateralParams }) =>
    market({ penalty: terms.penaltyTerms(partialCollateralParams) }),
  );
  const [globalPaused, marketPaused] = adapterEvents;
  on(synthetixAdapter, globalPaused, ({ isPaused }) => market({ isGlobalPaused: isPaused }));
  on(synthetixAdapter, marketPaused, ({ contractAddress, isPaused }) =>
    contractAddress === optionMarket ? market({ isMarketPaused: isPaused }) : [],
  );
}

function onSeries(on: On, { id: venue, optionMarket }: LyraAvalonDeployment): void {
  const [created, frozen, strikeAdded, , settled] = optionMarketEvents;
  on(optionMarket, created, ({ boardId, expiry, frozen: isFrozen }) => {
    const patch = { form: 'option-board', expiry: Number(expiry), isFrozen } as const;
    return [{ kind: 'TermsChanged', venue, market: optionBoardId(boardId), patch }];
  });
  on(optionMarket, frozen, ({ boardId, frozen: isFrozen }) => {
    const patch = { form: 'option-board', isFrozen } as const;
    return [{ kind: 'TermsChanged', venue, market: optionBoardId(boardId), patch }];
  });
  on(optionMarket, strikeAdded, ({ boardId, strikeId, strikePrice }) => {
    const series = { board: optionBoardId(boardId), strikePriceWad: strikePrice };
    const patch = { form: 'option-series', ...series } as const;
    return [{ kind: 'TermsChanged', venue, market: optionSeriesId(strikeId), patch }];
  });
  on(optionMarket, settled, ({ boardId, spotPriceAtExpiry }) => {
    const patch = { form: 'option-board', settlementPriceWad: spotPriceAtExpiry } as const;
    return [{ kind: 'TermsChanged', venue, market: optionBoardId(boardId), patch }];
  });
}

function onVolatilities(on: On, deployment: LyraAvalonDeployment, learned: Learned): void {
  const { id: venue, greekCache } = deployment;
  const [, , , boardIv, strikeSkew] = greekCacheEvents;
  on(greekCache, boardIv, ({ boardId, newIv }, log) => {
    if (newIv === 0n) return [unreadable(deployment.id, log, 'a volatility of zero')];
    const volatility = { form: 'option', valueWad: newIv, averagedWad: newIv } as const;
    return [{ kind: 'VolatilityPosted', venue, market: optionBoardId(boardId), volatility }];
  });
  on(greekCache, strikeSkew, ({ strikeId, newSkew }, log) => {
    const { skewFloorWad, skewCapWad } = learned.averaging ?? {};
    if (skewFloorWad === undefined || skewCapWad === undefined)
      return [unreadable(deployment.id, log, 'a skew before the bounds of its averages are known')];
    const capped = newSkew < skewCapWad ? newSkew : skewCapWad;
    const averagedWad = capped > skewFloorWad ? capped : skewFloorWad;
    const volatility = { form: 'option', valueWad: newSkew, averagedWad } as const;
    return [{ kind: 'VolatilityPosted', venue, market: optionSeriesId(strikeId), volatility }];
  });
}
