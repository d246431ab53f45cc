import type { Address, Fact, VenueId } from '@undertow/market';
import { encodeFunctionData, parseAbi } from 'viem/utils';
import { readWords } from './call-words.ts';
import { factsOfCalls, type Said } from './said.ts';
import type { CallReader, SnapshotPoint } from './source.ts';

const erc20 = parseAbi(['function balanceOf(address account) view returns (uint256)']);

/** Blocks in which it looks once: an hour of Ethereum. What it is to notice does not come and go. */
export const HOLDINGS_BLOCKS = 300;

const hourOf = (block: number) => Math.floor(block / HOLDINGS_BLOCKS);

/** A token, and the contract that holds a venue's stock of it. */
export interface Holding {
  readonly asset: Address;
  readonly holder: Address;
}

/** Reads now and then what a venue's contracts hold of their tokens, for the book to hold against what they owe. */
export interface HoldingsWatch {
  /** Facts with parts from 0; none between two looks. A token that does not say its balance is left out. */
  read(reader: CallReader, at: SnapshotPoint, holdings: readonly Holding[]): Promise<readonly Fact[]>;
  /** Forgets when it looked, but for what some facts say. */
  restore(facts: readonly Fact[]): void;
}

/** A watch that has not looked yet. */
export function watchHoldings(venue: VenueId): HoldingsWatch {
  /** The hour that each was looked at in, counted from the chain's first block so that all look in the same ones. */
  const looked = new Map<Address, number>();
  return {
    async read(reader, at, holdings) {
      const hour = hourOf(at.block);
      const due = holdings.filter(({ asset }) => looked.get(asset) !== hour);
      if (due.length === 0) return [];
      for (const { asset } of due) looked.set(asset, hour);
      const answers = await readWords(
        reader,
        at.block,
        due.map(({ asset, holder }) => ({
          to: asset,
          data: encodeFunctionData({ abi: erc20, functionName: 'balanceOf', args: [holder] }),
        })),
      );
      const said = due.flatMap(({ asset }, i): Said[] => {
        const amount = answers[i]?.[0];
        return amount === undefined ? [] : [{ kind: 'HoldingRead', venue, asset, amount }];
      });
      return factsOfCalls(at, said);
    },
    restore(facts) {
      looked.clear();
      for (const fact of facts)
        if (fact.kind === 'HoldingRead' && fact.venue === venue) looked.set(fact.asset, hourOf(fact.block));
    },
  };
}
