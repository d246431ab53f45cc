import { factsOfLog, unreadable, type RawLog, type Said } from '@undertow/chain';
import type { Address, Fact, Hex } from '@undertow/market';
import { poolTable } from './decode-pool.ts';
import { configuratorTable, oracleTable } from './decode-terms.ts';
import { stableDebtTable, tokenTable, type DecodeContext } from './decode-tokens.ts';
import { PendingMoves, type PendingMove } from './pending-moves.ts';
import type { AaveV3Deployment } from './deployments.ts';
import type { LearnedContracts } from './learned-contracts.ts';
import type { TopicTable } from './topic-table.ts';

/** Parts of facts about earlier logs start here, after those of any log itself. */
const LATE_PART = 1_000;

/** Decodes the logs of one deployment. */
export interface AaveV3Decoder {
  readonly topics: readonly Hex[];
  decode(log: RawLog): { readonly facts: readonly Fact[]; readonly discovered?: readonly Address[] };
  /** Forgets logs that wait for another log of their transaction. */
  reset(): void;
}

/** A decoder that tells `contracts` what it learns; see `LogSource.decode`. */
export function aaveV3Decoder(deployment: AaveV3Deployment, contracts: LearnedContracts): AaveV3Decoder {
  let pending = new PendingMoves();
  const context: DecodeContext = {
    deployment,
    contracts,
    get pending() {
      return pending;
    },
  };
  const tables = contractTables(context);
  const tokens = tokenTable(context);
  const stableDebt = stableDebtTable(context);
  const tableOf = (address: Address): TopicTable | undefined => {
    const token = contracts.token(address);
    if (token === undefined) return tables.get(address);
    return token.role === 'stable' ? stableDebt : tokens;
  };
  const decode = (log: RawLog) => {
    const late = deployment.version === '3.0' ? [] : pending.advance(log);
    const facts = factsOfLog(log, saidBy(context, log, tableOf(log.address)));
    for (const fact of facts) contracts.learn(fact);
    const discovered = facts.flatMap(tokensIn);
    const unexplained = late.map((move) => unexplainedMove(context, move));
    const all = late.length === 0 ? facts : [...facts, ...factsOfLog(log, unexplained, LATE_PART)];
    return discovered.length === 0 ? { facts: all } : { facts: all, discovered };
  };
  const topics = [...tables.values(), tokens, stableDebt].flatMap((table) => [...table.keys()]);
  return { topics: [...new Set(topics)], decode, reset: () => (pending = new PendingMoves()) };
}

function contractTables(context: DecodeContext): ReadonlyMap<Address, TopicTable> {
  const { pool, poolConfigurator, oracle } = context.deployment;
  return new Map([
    [pool, poolTable(context)],
    [poolConfigurator, configuratorTable(context)],
    [oracle, oracleTable(context)],
  ]);
}

function saidBy(context: DecodeContext, log: RawLog, table: TopicTable | undefined): readonly Said[] {
  const handler = table?.get(log.topics[0] ?? '0x');
  if (handler === undefined) return [];
  const reason = `log of ${log.address} does not have the layout of its event`;
  return handler(log) ?? [unreadable(context.deployment.id, log, reason)];
}

function tokensIn(fact: Fact): readonly Address[] {
  if (fact.kind !== 'TermsChanged' || fact.patch.form !== 'reserve') return [];
  const { collateralToken, debtToken, stableDebtToken } = fact.patch;
  return [collateralToken, debtToken, stableDebtToken].filter((token) => token !== undefined);
}

function unexplainedMove({ deployment }: DecodeContext, { log, side }: PendingMove): Said {
  const reason = `no pool log explains the ${side} token log ${log.logIndex} of block ${log.block}`;
  return unreadable(deployment.id, log, reason);
}
