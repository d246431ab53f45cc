import { factsOfLog, unreadable, type LogSource, type RawLog } from '@undertow/chain';
import type { Address, Fact, MoneyMarketTerms, TermsChanged, VenueId } from '@undertow/market';
import { venusCoreDecoder, venusCoreTopics } from './decode.ts';
import type { VenusCoreDeployment } from './deployments.ts';
import { learn, type Learned } from './learned.ts';
import { readRateModels, readReference, readUnlogged } from './read-market.ts';
import { snapshotVenusCore } from './snapshot.ts';

export type { VenusCoreDeployment } from './deployments.ts';

/** Part of the fact that completes terms, after those of the log itself. */
const COMPLETION_PART = 10;

/** The core pool of Venus as a source of facts: markets, what owners supplied and entered, debts, interest, liquidations. */
export function openVenusCore(deployment: VenusCoreDeployment): LogSource {
  const { id, comptroller, oracle } = deployment;
  const learned: Learned = new Map();
  /** Logs of liquidations in markets that were listed in the same range: their assets come with its end. */
  const waiting: RawLog[] = [];
  const decode = venusCoreDecoder(deployment, learned, waiting);
  const tokensOf = (markets: readonly Address[]) =>
    markets.flatMap((market) => [learned.get(market)?.asset ?? market, market]);
  return {
    id,
    addresses: () => [comptroller, oracle, ...learned.keys()],
    topics: venusCoreTopics,
    decode: (log) => {
      const known = learned.size;
      const facts = decode(log);
      return { facts, discovered: [...learned.keys()].slice(known) };
    },
    enrich: async (facts, reader, block) => {
      const listed = facts.filter((fact) => isListing(fact, id));
      const remodelled = facts.filter((fact) => isRemodelling(fact, id));
      if (listed.length + remodelled.length === 0)
        return { facts: toldLate(decode, waiting, id), reference: {} };
      const unlogged = await readUnlogged(deployment, reader, { block, markets: marketsIn(listed) });
      const models = await readRateModels(reader, block, marketsIn(remodelled));
      const completed = [
        ...listed.map((fact, i) => complete(fact, unlogged[i]!)),
        ...remodelled.map((fact, i) => complete(fact, models[i]!)),
      ];
      learn(learned, id, completed);
      const said = [...completed, ...toldLate(decode, waiting, id)];
      const [first] = listed;
      if (first === undefined) return { facts: said, reference: {} };
      const tokens = tokensOf(marketsIn(listed));
      const reference = await readReference(deployment, reader, { chainId: first.chainId, block, tokens });
      return { facts: said, reference };
    },
    snapshot: async (reader, at, owners, marketsOf) => {
      const facts = await snapshotVenusCore(deployment, reader, { ...at, owners, marketsOf });
      learn(learned, id, facts);
      const tokens = tokensOf([...learned.keys()]);
      return { facts, reference: await readReference(deployment, reader, { ...at, tokens }) };
    },
    restore: (facts) => {
      learned.clear();
      waiting.length = 0;
      learn(learned, id, facts);
    },
  };
}

const marketsIn = (facts: readonly TermsChanged[]) => facts.map(({ market }) => market as Address);

function complete(fact: TermsChanged, terms: Partial<Omit<MoneyMarketTerms, 'form'>>): TermsChanged {
  return { ...fact, part: COMPLETION_PART, patch: { form: 'money-market', ...terms } };
}

/**
 * Liquidations whose logs had to wait for the asset of their market, which are then none that wait. Where the asset is not known
 * even now, as the market does not say it, the log is quarantined: its debts have no asset.
 */
function toldLate(decode: (log: RawLog) => readonly Fact[], waiting: RawLog[], id: VenueId): readonly Fact[] {
  const logs = waiting.splice(0);
  const facts = logs.flatMap((log) => {
    // Decoded again, a log says once more what it has said of legs and debts.
    const late = decode(log).filter((fact) => fact.kind === 'Liquidated');
    const reason = `a liquidation in ${log.address}, whose asset is not known`;
    return late.length > 0 ? late : factsOfLog(log, [unreadable(id, log, reason)]);
  });
  waiting.length = 0;
  return facts;
}

function isListing(fact: Fact, venue: string): fact is TermsChanged {
  if (fact.kind !== 'TermsChanged' || fact.venue !== venue || fact.patch.form !== 'money-market')
    return false;
  return fact.patch.isSeizable !== undefined && fact.patch.collateralFactorWad !== undefined;
}

function isRemodelling(fact: Fact, venue: string): fact is TermsChanged {
  if (fact.kind !== 'TermsChanged' || fact.venue !== venue || fact.patch.form !== 'money-market')
    return false;
  return fact.patch.rateModelAt !== undefined;
}
