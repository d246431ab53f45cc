import { compileDecoder, eventTopic, factKey } from '@undertow/chain';
import type { EventArgs, RawLog } from '@undertow/chain';
import type { Address, Fact, FactKey, Hex } from '@undertow/market';
import type { AbiEvent } from 'viem';
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

/** A fact without its key: the log gives that. */
export type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

/** Registers what an event of a contract says. */
export type On = <const Event extends AbiEvent>(
  contracts: readonly Address[],
  event: Event,
  say: (args: EventArgs<Event>, log: RawLog) => readonly Said[],
) => void;

/** The pools' logs say the same to the set of pools, whose facts are parts 0 and up. */
const POOL_PART = 1;

/**
 * Decoder of the logs of one deployment. It remembers nothing. Logs of other contracts and events say nothing; a log
 * that is not a whole log of its event becomes `Quarantined`.
 */
export function perpDecoder(deployment: PerpV2Deployment): (log: RawLog) => readonly Fact[] {
  const readers = new Map<string, (log: RawLog) => readonly Said[] | undefined>();
  const on: On = (contracts, event, say) => {
    const decode = compileDecoder(event);
    for (const contract of contracts) {
      readers.set(`${contract}:${eventTopic(event)}`, (log) => {
        const args = decode(log);
        return args && say(args, log);
      });
    }
  };
  onAccounts(deployment, on);
  onTerms(deployment, on);
  const pools = new Set(deployment.markets.map(({ pool }) => pool));
  return (log) => {
    const read = readers.get(`${log.address}:${log.topics[0]}`);
    if (!read) return [];
    const first = pools.has(log.address) ? POOL_PART : 0;
    const said = read(log) ?? [unreadable(deployment, log, 'not a whole log of its event')];
    return said.map((fact, part) => ({ ...factKey(log, first + part), ...fact }) as Fact);
  };
}

export function unreadable(
  deployment: PerpV2Deployment,
  { topics, data }: Pick<RawLog, 'topics' | 'data'>,
  reason: string,
): Said {
  return { kind: 'Quarantined', source: deployment.id, reason, topics, data };
}
