import { addressOf, readWords } from '@undertow/chain';
import type { CallReader, SnapshotPoint } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Address, MarketId, OracleRatio, TermsChanged } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { morphoViews } from './abi.ts';
import type { MorphoBlueDeployment } from './deployments.ts';
import { isOwnPrice } from './feed-read.ts';
import { learnFromFacts } from './learned-markets.ts';
import type { LearnedMarkets } from './learned-markets.ts';
import { believedOf, readClaims, refuted } from './oracle-composition.ts';

/** Markets looked at in one go: all of a small venue; of a large one each has its turn within some minutes. */
const AT_ONCE = 32;

/** Compares the prices of oracles with what they are made of, again and again. */
export interface OracleWatch {
  /**
   * Looks at the next markets at the end of a block. Facts with parts from 0: new terms where an oracle's own price is no
   * longer what its feeds say (`isRefuted`), and where it is again. `learned` is brought up.
   */
  check(reader: CallReader, at: SnapshotPoint): Promise<readonly TermsChanged[]>;
  /** Forgets what contracts said: after a reorg they may be others. */
  forget(): void;
}

/** A watch of the oracles that `learned` knows; those of unknown make have nothing to compare with. */
export function watchOracles(
  { id: venue, morpho }: Pick<MorphoBlueDeployment, 'id' | 'morpho'>,
  learned: LearnedMarkets,
): OracleWatch {
  /** What refuted oracles were said to be made of: kept so that it is read once. */
  const claims = new Map<Address, OracleRatio>();

  /** The oracle's contract, which stored terms do not hold. */
  const addressesOf = async (reader: CallReader, block: number, due: readonly Composed[]) => {
    const unknown = due.filter(({ market }) => learned.markets.get(market)?.oracleAddress === undefined);
    const reads = unknown.map(({ market }) => {
      const args = [market as Address] as const;
      return {
        to: morpho,
        data: encodeFunctionData({ abi: morphoViews, functionName: 'idToMarketParams', args }),
      };
    });
    const params = await readWords(reader, block, reads);
    for (const [i, { market }] of unknown.entries()) {
      const [, , oracle] = params[i] ?? [];
      const known = learned.markets.get(market);
      if (known && oracle !== undefined)
        learned.markets.set(market, { ...known, oracleAddress: addressOf(oracle) });
    }
  };

  const claimsOf = async (reader: CallReader, block: number, due: readonly Composed[]) => {
    const found = new Map<Address, OracleRatio>();
    const unread: Address[] = [];
    for (const { market, oracle } of due) {
      const address = learned.markets.get(market)?.oracleAddress;
      if (address === undefined) continue;
      const claim = oracle.isRefuted ? claims.get(address) : oracle;
      if (claim) found.set(address, claim);
      else unread.push(address);
    }
    if (unread.length === 0) return found;
    return new Map([...found, ...(await readClaims(reader, block, venue, [...new Set(unread)]))]);
  };

  return {
    async check(reader, at) {
      const composed = [...learned.markets].flatMap(([market, { oracle }]): Composed[] =>
        oracle?.form === 'ratio' && (oracle.isRefuted || !isOwnPrice(oracle)) ? [{ market, oracle }] : [],
      );
      if (composed.length === 0) return [];
      // By the block alone, so that all who follow the chain look at the same ones.
      const turns = Math.ceil(composed.length / AT_ONCE);
      const first = ((at.turn ?? at.block) % turns) * AT_ONCE;
      const due = composed.slice(first, first + AT_ONCE);
      await addressesOf(reader, at.block, due);
      const said = await claimsOf(reader, at.block, due);
      const believed = await believedOf(reader, at.block, venue, said);
      const facts = due.flatMap(({ market, oracle: before }): TermsChanged[] => {
        const address = learned.markets.get(market)?.oracleAddress;
        const claim = address === undefined ? undefined : said.get(address);
        if (address === undefined || !claim) return [];
        claims.set(address, claim);
        const oracle = believed.has(address) ? claim : refuted(venue, address);
        if (oracle.isRefuted === before.isRefuted) return [];
        const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
        return [{ ...key, kind: 'TermsChanged', venue, market, patch: { form: 'pair', oracle } }];
      });
      learnFromFacts(learned, facts);
      return facts.map((fact, part) => ({ ...fact, part }));
    },
    forget: () => claims.clear(),
  };
}

interface Composed {
  readonly market: MarketId;
  readonly oracle: OracleRatio;
}
