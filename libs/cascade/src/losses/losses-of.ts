import type { Losses } from '../result.ts';

/** The losses of a result, without its story. */
export const lossesOf = (result: Losses): Losses => ({
  accounts: result.accounts,
  liquidatedUsd: result.liquidatedUsd,
  repaidUsd: result.repaidUsd,
  badDebtUsd: result.badDebtUsd,
  shortfallUsd: result.shortfallUsd,
  shortfallAtSaleUsd: result.shortfallAtSaleUsd,
  lossUsd: result.lossUsd,
  lossAtSaleUsd: result.lossAtSaleUsd,
  stuckUsd: result.stuckUsd,
});
