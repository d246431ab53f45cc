import { watchHoldings, type LogSource } from '@undertow/chain';
import type { Fact, TermsChanged } from '@undertow/market';
import { morphoDecoder, morphoTopics } from './decode.ts';
import type { MorphoBlueDeployment } from './deployments.ts';
import { learnFromFacts, noMarkets } from './learned-markets.ts';
import { readOracles } from './oracle-composition.ts';
import { readReference } from './reference.ts';
import { snapshotMorpho } from './snapshot.ts';
import { watchOracles } from './watch-oracles.ts';

export type { MorphoBlueDeployment } from './deployments.ts';

/** A Morpho Blue deployment as a source of facts: markets, collateral and debt, interest, liquidations. */
export function openMorphoBlue(deployment: MorphoBlueDeployment): LogSource {
  const learned = noMarkets();
  const held = watchHoldings(deployment.id);
  const oracles = watchOracles(deployment, learned);
  const { morpho, adaptiveCurveIrm } = deployment;
  const addresses = adaptiveCurveIrm ? [morpho, adaptiveCurveIrm] : [morpho];
  const decode = morphoDecoder(deployment, learned);
  const source: LogSource = {
    id: deployment.id,
    addresses: () => addresses,
    topics: morphoTopics,
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts, reader, block) => {
      const created = facts.filter((fact) => isNewMarket(fact, deployment));
      if (created.length === 0) return { facts: [], reference: {} };
      const made = await readOracles(
        reader,
        block,
        deployment.id,
        created.map(({ market }) => learned.markets.get(market)!.oracleAddress!),
      );
      const composed = created.map((fact): TermsChanged => {
        const oracle = made.get(learned.markets.get(fact.market)!.oracleAddress!)!;
        return { ...fact, part: ORACLE_PART, patch: { form: 'pair', oracle } };
      });
      learnFromFacts(learned, composed);
      const { chainId } = created[0]!;
      return {
        facts: composed,
        reference: await readReference(reader, block, deployment, described(chainId, created)),
      };
    },
    snapshot: async (reader, at, owners, marketsOf) => {
      const wanted = { markets: [...learned.markets.keys()], owners, marketsOf };
      const facts = await snapshotMorpho(deployment, reader, at, wanted);
      learnFromFacts(learned, facts);
      const reference = await readReference(reader, at.block, deployment, described(at.chainId, facts));
      return { facts, reference };
    },
    restore: (facts) => {
      learned.markets.clear();
      held.restore(facts);
      oracles.forget();
      learnFromFacts(
        learned,
        facts.filter((fact) => 'venue' in fact && fact.venue === deployment.id),
      );
    },
  };
  return {
    ...source,
    poll: async (reader, at) => {
      const terms = await oracles.check(reader, at);
      if (!deployment.readsHoldings) return { facts: terms };
      const markets = [...learned.markets.values()];
      const tokens = new Set(markets.flatMap((market) => [market.collateralAsset, market.debtAsset]));
      const holdings = await held.read(
        reader,
        at,
        [...tokens].map((asset) => ({ asset, holder: morpho })),
      );
      return { facts: [...terms, ...holdings].map((fact, part) => ({ ...fact, part })) };
    },
  };

  /** Tokens of the markets whose terms are among some facts. */
  function described(chainId: number, facts: readonly Fact[]) {
    const markets = facts.flatMap((fact) => {
      const market = fact.kind === 'TermsChanged' ? learned.markets.get(fact.market) : undefined;
      return market ? [market] : [];
    });
    const tokens = markets.flatMap((market) => [market.collateralAsset, market.debtAsset]);
    return { chainId, tokens };
  }

  /** Only markets made by this very process's logs lack an oracle: their composition comes with the same range. */
  function isNewMarket(fact: Fact, { id }: MorphoBlueDeployment): fact is TermsChanged {
    if (fact.kind !== 'TermsChanged' || fact.venue !== id || fact.patch.form !== 'pair') return false;
    return fact.patch.oracle === undefined && learned.markets.get(fact.market)?.oracleAddress !== undefined;
  }
}

/** Part of the fact that carries a new market's oracle: after those of the `CreateMarket` log itself. */
const ORACLE_PART = 2;
