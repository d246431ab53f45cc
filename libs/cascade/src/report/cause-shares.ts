/** What one account lost, by asset row and cause, USD; negative = gained. One is used for many accounts in turn. */
export interface Losses {
  clear(): void;
  /** By cause, to be added to. */
  of(asset: number): Float64Array;
  /**
   * A cause's share is what it took from the account on balance, over all assets (0 when it gave), ÷ the sum of that
   * over all causes; within a cause it belongs to the assets that lost, in proportion. All is the last cause's, by the
   * asset of the lowest rank, when nothing took. Shares are above 0 and add up to 1.
   */
  shares(each: (cause: number, asset: number, share: number) => void): void;
}

/** A cause that took less than this share of what another took took nothing: sums of moves are rounded. */
const ROUNDING = 1e-12;

/** An empty table of losses by a number of causes; of each asset, a rank that the order of rows has no part in. */
export function openLosses(causes: number, rank: Int32Array): Losses {
  const tables: Float64Array[] = [];
  const assets: number[] = [];
  const taken = new Float64Array(causes);

  const firstOf = (among: readonly number[]) => among.reduce((a, b) => (rank[b]! < rank[a]! ? b : a));
  const takenBy = (cause: number) => {
    let usd = 0;
    for (let i = 0; i < assets.length; i++) usd += tables[i]![cause]!;
    return Math.max(0, usd);
  };
  const shareOut = (each: Parameters<Losses['shares']>[0], cause: number, share: number) => {
    let lostUsd = 0;
    for (let i = 0; i < assets.length; i++) lostUsd += Math.max(0, tables[i]![cause]!);
    for (let i = 0; i < assets.length; i++) {
      const usd = tables[i]![cause]!;
      if (usd > 0) each(cause, assets[i]!, (share * usd) / lostUsd);
    }
  };

  return {
    clear() {
      assets.length = 0;
    },
    of(asset) {
      const known = assets.indexOf(asset);
      if (known !== -1) return tables[known]!;
      const place = assets.push(asset) - 1;
      if (tables[place]) return tables[place].fill(0);
      const table = new Float64Array(causes);
      tables.push(table);
      return table;
    },
    shares(each) {
      let most = 0;
      for (let cause = 0; cause < causes; cause++) {
        taken[cause] = takenBy(cause);
        most = Math.max(most, taken[cause]!);
      }
      if (most === 0) {
        each(causes - 1, firstOf(assets), 1);
        return;
      }
      let all = 0;
      for (let cause = 0; cause < causes; cause++) {
        if (taken[cause]! < most * ROUNDING) taken[cause] = 0;
        all += taken[cause]!;
      }
      for (let cause = 0; cause < causes; cause++) {
        if (taken[cause]! > 0) shareOut(each, cause, taken[cause]! / all);
      }
    },
  };
}
