import { eventTopic, readEvents, unreadable } from '@undertow/chain';
import type { On, RawLog, Said } from '@undertow/chain';
import { MONEY_MARKET_VENUE_ID } from '@undertow/market';
import type { Address, Fact, Hex, MoneyMarketTerms, OracleRef } from '@undertow/market';
import { venusCoreEvents as events } from './abi.ts';
import { decodeMarket } from './decode-market.ts';
import type { VenusCoreDeployment } from './deployments.ts';
import { learn, type Learned } from './learned.ts';

/** First topics of the events that say something. */
export const venusCoreTopics: readonly Hex[] = Object.values(events).map(eventTopic);

const LIQUIDATED: Hex = eventTopic(events.liquidateBorrow);

/** `ComptrollerV9Storage.Action.SEIZE`: tokens of the market are taken in a liquidation. */
export const SEIZE = 4;

/** No price: the venue has one that no feed says. */
export const NO_FEED: OracleRef = { form: 'constant', usdWad: 0n };

/**
 * Decoder of the logs of one deployment. A market that is listed is remembered in `learned`, and its logs are read from
 * then on. Logs of other contracts and events say nothing; a log that is not a whole log of its event becomes
 * `Quarantined`. It never throws. A liquidation in a market whose asset is not known yet is not told of, and its log is
 * put into `waiting`: decoded again when the asset is known, it is.
 */
export function venusCoreDecoder(
  deployment: VenusCoreDeployment,
  learned: Learned,
  waiting: RawLog[],
): (log: RawLog) => readonly Fact[] {
  const { id, comptroller, oracle } = deployment;
  const shared = readEvents(id, (on) => {
    onComptroller(on, deployment, learned);
    onOracle(on, deployment, learned);
  });
  const markets = new Map<Address, (log: RawLog) => readonly Fact[]>();
  return (log) => {
    if (log.address === comptroller || log.address === oracle) {
      const facts = shared(log);
      learn(learned, id, facts);
      return facts;
    }
    if (!learned.has(log.address)) return [];
    const read = markets.get(log.address) ?? decodeMarket(id, log.address, learned);
    markets.set(log.address, read);
    if (log.topics[0] === LIQUIDATED && learned.get(log.address)?.asset === undefined) waiting.push(log);
    return read(log);
  };
}

type Patch = Partial<Omit<MoneyMarketTerms, 'form'>>;

const termsOf = (venue: string, market: Address, patch: Patch): Said => ({
  ...{ kind: 'TermsChanged', venue, market, patch: { form: 'money-market', ...patch } },
});

function onComptroller(
  on: On,
  { id: venue, comptroller, oracle }: VenusCoreDeployment,
  learned: Learned,
): void {
  const switched = (market: Address, owner: Address, enabled: boolean): readonly Said[] => [
    { kind: 'CollateralSwitched', venue, market, owner, enabled },
  ];
  const shared = (patch: { closeFactorWad: bigint } | { incentiveWad: bigint }): readonly Said[] => [
    {
      ...{ kind: 'TermsChanged', venue, market: MONEY_MARKET_VENUE_ID },
      patch: { form: 'money-market-venue', ...patch },
    },
  ];
  on(comptroller, events.marketListed, ({ vToken }) => [
    termsOf(venue, vToken, { collateralFactorWad: 0n, isSeizable: true }),
  ]);
  on(comptroller, events.marketEntered, ({ vToken, account }) => switched(vToken, account, true));
  on(comptroller, events.marketExited, ({ vToken, account }) => switched(vToken, account, false));
  on(comptroller, events.newCollateralFactor, ({ vToken, newCollateralFactorMantissa }) => [
    termsOf(venue, vToken, { collateralFactorWad: newCollateralFactorMantissa }),
  ]);
  on(comptroller, events.newCloseFactor, (args) => shared({ closeFactorWad: args.newCloseFactorMantissa }));
  on(comptroller, events.newLiquidationIncentive, (args) =>
    shared({ incentiveWad: args.newLiquidationIncentiveMantissa }),
  );
  on(comptroller, events.actionPaused, ({ vToken, action, pauseState }) =>
    action === SEIZE ? [termsOf(venue, vToken, { isSeizable: !pauseState })] : [],
  );
  on(comptroller, events.newPriceOracle, ({ newPriceOracle }, log) => {
    if (newPriceOracle === oracle) return [];
    const reason = 'another oracle decides from here on: nothing is known of its prices';
    return [
      unreadable(venue, log, reason),
      ...[...learned.keys()].map((market) => termsOf(venue, market, { oracle: NO_FEED })),
    ];
  });
  on(comptroller, events.newVaiController, ({ newVAIController }, log) =>
    BigInt(newVAIController) === 0n
      ? []
      : [unreadable(venue, log, 'debts in VAI count from here on: they are not seen')],
  );
}

function onOracle(on: On, { id: venue, oracle }: VenusCoreDeployment, learned: Learned): void {
  on(oracle, events.feedSet, ({ feed, symbol }) =>
    [...learned]
      .filter(([, { oracleKey }]) => oracleKey === symbol)
      .map(([market]) => termsOf(venue, market, { oracle: { form: 'feed', feed } })),
  );
  // A price set by hand goes before the feed's; 0 takes it back.
  on(oracle, events.pricePosted, ({ asset, newPriceMantissa }) =>
    [...learned]
      .filter(([, known]) => known.asset === asset)
      .map(([market, { feed = NO_FEED }]) =>
        termsOf(venue, market, { oracle: newPriceMantissa === 0n ? feed : byHand(newPriceMantissa) }),
      ),
  );
}

/** A price of 18 decimals that somebody set. */
export const byHand = (usdWad: bigint): OracleRef => ({ form: 'constant', usdWad });
