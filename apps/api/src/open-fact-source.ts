import { storeLedgers } from '@undertow/ledgers';
import type { Asset, Liquidated } from '@undertow/market';
import {
  listenHeads,
  openStore,
  readBlocks,
  readChangedAbove,
  readCheckpoint,
  readIncidents,
  readLiquidations,
} from '@undertow/store';
import { assetFinder } from './asset-answer.ts';
import type { FactSource, SeenLiquidation } from './fact-source.ts';
import { seriesOf } from './series-source.ts';

/** One chain of a database, and the way to close the connections to it. */
export async function openFactSource(
  databaseUrl: string,
  chainId: number,
): Promise<FactSource & { close(): Promise<void> }> {
  const store = await openStore(databaseUrl);
  return {
    ...storeLedgers(store, chainId, { drops: true }),
    chainId,
    series: seriesOf(store, chainId),
    async stored() {
      const checkpoint = await readCheckpoint(store, chainId);
      // A checkpoint without a hash stands where the chain was reverted to: the indexer is about to move it.
      if (checkpoint?.hash === undefined || checkpoint.time === undefined) return undefined;
      const { block, hash, time, facts, revision, trusted, reason } = checkpoint;
      return { block, hash, time, facts, revision, trusted, reason };
    },
    changedAbove: (revision) => readChangedAbove(store, chainId, revision),
    async blockAtOrBelow(to) {
      const [found] = await readBlocks(store, chainId, { to, limit: 1 });
      return found && { block: found.number, hash: found.hash, time: found.time };
    },
    async liquidations(first, assets) {
      return (await readLiquidations(store, first, chainId)).map((fact) => seenLiquidation(fact, assets));
    },
    async incidents(first) {
      return (await readIncidents(store, first)).filter((incident) => incident.chainId === chainId);
    },
    async listen(onHead, onError) {
      const listener = await listenHeads(
        databaseUrl,
        (notice) => {
          if (notice.chainId === chainId) onHead();
        },
        { onError },
      );
      return () => listener.close();
    },
    close: () => store.close(),
  };
}

/** A liquidation in whole units; an asset that is not known yet is shown by its address, in raw units. */
export function seenLiquidation(fact: Liquidated, assets: readonly Asset[]): SeenLiquidation {
  const { venue, block, time, owner } = fact;
  const find = assetFinder(assets);
  const [collateral, debt] = [find(fact.collateralAsset), find(fact.debtAsset)];
  return {
    ...{ venue, block, time, owner, collateral, debt },
    seized: Number(fact.seized) / 10 ** collateral.decimals,
    repaid: Number(fact.repaid) / 10 ** debt.decimals,
  };
}
