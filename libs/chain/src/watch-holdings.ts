import type { Address, Fact, VenueId } from '@undertow/market';
import { encodeFunctionData, parseAbi } from 'viem/utils';
import { readWords } from './call-words.ts';
import { factsOfCalls, type Said } from './said.ts';
import type { CallReader, SnapshotPoint } from './source.ts';

const erc20 = parseAbi(['function balanceOf(address account) view returns (uint256)']);

/** Blocks between two looks: an hour of Ethereum. What it is to notice does not come and go. */
const EVERY_BLOCKS = 300;

/** A token, and the contract that holds a venue's stock of it. */
export interface Holding {
  readonly asset: Address;
  readonly holder: Address;
}

/** Reads now and then what a venue's contracts hold of their tokens, for the book to hold against what they owe. */
export interface HoldingsWatch {
  /** Facts with parts from 0; none between two looks. A token that does not say its balance is left out. */
  read(reader: CallReader, at: SnapshotPoint, holdings: readonly Holding[]): Promise<readonly Fact[]>;
  /** Looks again at the next opportunity. */
  forget(): void;
}

/** A watch that has not looked yet. */
export function watchHoldings(venue: VenueId): HoldingsWatch {
  let last: number | undefined;
  return {
    async read(reader, at, holdings) {
      // Going back in height (a reorg): what was said above it is no longer stored.
      if (last !== undefined && at.block > last && at.block < last + EVERY_BLOCKS) return [];
      last = at.block;
      const answers = await readWords(
        reader,
        at.block,
        holdings.map(({ asset, holder }) => ({
          to: asset,
          data: encodeFunctionData({ abi: erc20, functionName: 'balanceOf', args: [holder] }),
        })),
      );
      const said = holdings.flatMap(({ asset }, i): Said[] => {
        const amount = answers[i]?.[0];
        return amount === undefined ? [] : [{ kind: 'HoldingRead', venue, asset, amount }];
      });
      return factsOfCalls(at, said);
    },
    forget: () => (last = undefined),
  };
}
