import { eventTopic, readEvents, type RawLog } from '@undertow/chain';
import type { Address, Fact, Hex } from '@undertow/market';
import {
  accountBalanceEvents,
  baseTokenEvents,
  clearingHouseEvents,
  collateralManagerEvents,
  configEvents,
  exchangeEvents,
  marketRegistryEvents,
  poolEvents,
  priceFeedEvents,
  vaultEvents,
} from './abi.ts';
import { onAccounts } from './decode-accounts.ts';
import { onTerms } from './decode-terms.ts';
import type { PerpV2Deployment } from './deployments.ts';

/** First topics of the events that say something. */
export const perpTopics: readonly Hex[] = [
  ...new Set(
    [
      accountBalanceEvents,
      baseTokenEvents,
      clearingHouseEvents,
      collateralManagerEvents,
      configEvents,
      exchangeEvents,
      marketRegistryEvents,
      poolEvents,
      priceFeedEvents,
      vaultEvents,
    ].flatMap((events) => Object.values(events).map(eventTopic)),
  ),
];

/** Contracts whose logs are wanted. */
export function perpAddresses(deployment: PerpV2Deployment): readonly Address[] {
  const { markets, collaterals } = deployment;
  const { accountBalance, clearingHouse, clearingHouseConfig, collateralManager } = deployment;
  const { exchange, marketRegistry, vault } = deployment;
  return [
    ...new Set([
      ...[
        accountBalance,
        clearingHouse,
        clearingHouseConfig,
        collateralManager,
        exchange,
        marketRegistry,
        vault,
      ],
      ...markets.flatMap(({ baseToken, pool, priceFeed }) => [baseToken, pool, priceFeed]),
      ...collaterals.map(({ priceFeed }) => priceFeed),
    ]),
  ];
}

/** The pools' logs say the same to the set of pools, whose facts are parts 0 and up. */
const POOL_PART = 1;

/**
 * Decoder of the logs of one deployment. It remembers nothing. Logs of other contracts and events say nothing; a log
 * that is not a whole log of its event becomes `Quarantined`.
 */
export function perpDecoder(deployment: PerpV2Deployment): (log: RawLog) => readonly Fact[] {
  const pools = new Set(deployment.markets.map(({ pool }) => pool));
  return readEvents(
    deployment.id,
    (on) => {
      onAccounts(deployment, on);
      onTerms(deployment, on);
    },
    (log) => (pools.has(log.address) ? POOL_PART : 0),
  );
}
