import type { Book } from '@undertow/book';
import type { FeedId, Liquidated } from '@undertow/market';
import type { AssetAnswer, FindAsset } from './asset-answer.ts';
import type { FactSource } from './fact-source.ts';
import { feedsOfOracle, oracleFinder, priceThen, type FoundOracle, type PriceThen } from './price-then.ts';

/** A liquidation as the schema has it. Its values are read when they are asked for, those of a page together. */
export interface SeenLiquidation {
  readonly venue: string;
  readonly market: string;
  readonly block: number;
  readonly logIndex: number;
  readonly transaction: string | undefined;
  readonly time: number;
  readonly owner: string;
  readonly liquidator: string | undefined;
  readonly collateral: AssetAnswer;
  readonly debt: AssetAnswer;
  readonly seized: number;
  readonly repaid: number;
  readonly badDebt: number;
  seizedUsd(): Promise<number | undefined>;
  repaidUsd(): Promise<number | undefined>;
  badDebtUsd(): Promise<number | undefined>;
  unpricedBecause(): Promise<string | undefined>;
}

/** How a log says that it names nobody. */
const NOBODY = /^0x0{40}$/;

/** What values are computed from. */
export interface Pricing {
  /** The book at the height of the page. */
  readonly book: () => Promise<Book>;
  readonly source: Pick<FactSource, 'answersAt'>;
}

/** Liquidations of a page as the schema has them, in whole units. */
export function seenLiquidations(
  facts: readonly Liquidated[],
  find: FindAsset,
  pricing: Pricing,
): SeenLiquidation[] {
  let reading: Promise<readonly (readonly [collateral: PriceThen, debt: PriceThen])[]> | undefined;
  const prices = async (i: number) => (await (reading ??= pricesThen(facts, pricing)))[i]!;
  return facts.map((fact, i) => {
    const { venue, market, block, logIndex, time, owner, liquidator, transaction } = fact;
    const [collateral, debt] = [find(fact.collateralAsset), find(fact.debtAsset)];
    const seized = Number(fact.seized) / 10 ** collateral.decimals;
    const repaid = Number(fact.repaid) / 10 ** debt.decimals;
    const badDebt = Number(fact.badDebt) / 10 ** debt.decimals;
    const valueOf = async (of: 0 | 1, amount: number) => {
      const price = (await prices(i))[of];
      return 'usd' in price ? price.usd * amount : undefined;
    };
    return {
      ...{
        venue,
        market,
        block,
        logIndex,
        transaction,
        time,
        owner,
        collateral,
        debt,
        seized,
        repaid,
        badDebt,
      },
      liquidator: NOBODY.test(liquidator) ? undefined : liquidator,
      seizedUsd: () => valueOf(0, seized),
      repaidUsd: () => valueOf(1, repaid),
      badDebtUsd: () => valueOf(1, badDebt),
      unpricedBecause: async () => {
        const reasons = (await prices(i)).flatMap((price) => ('reason' in price ? price.reason : []));
        return reasons.length === 0 ? undefined : [...new Set(reasons)].join(' ');
      },
    };
  });
}

/** What the venue of each liquidation took its collateral and its debt to be worth when it happened: one question for all. */
async function pricesThen(
  facts: readonly Liquidated[],
  { book: bookOf, source }: Pricing,
): Promise<(readonly [PriceThen, PriceThen])[]> {
  const book = await bookOf();
  const oracleOf = oracleFinder(book);
  const sides = facts.map((fact) =>
    [fact.collateralAsset, fact.debtAsset].map((asset) => ({ fact, found: oracleOf({ ...fact, asset }) })),
  );
  const wanted = sides
    .flat()
    .flatMap(({ fact, found }) => feedsOf(book, found).map((feed) => ({ feed, fact })));
  const answers = await source.answersAt(
    wanted.map(({ feed, fact: { block, logIndex, time } }) => ({ feed, block, logIndex, time })),
  );
  const known = new Map(wanted.map(({ feed, fact }, i) => [`${keyOf(fact)} ${feed}`, answers[i]]));
  const price = ({ fact, found }: { fact: Liquidated; found: FoundOracle }): PriceThen =>
    'reason' in found ? found : priceThen(book, found.oracle, (feed) => known.get(`${keyOf(fact)} ${feed}`));
  return sides.map(([collateral, debt]) => [price(collateral!), price(debt!)]);
}

const feedsOf = (book: Book, found: FoundOracle): readonly FeedId[] =>
  'oracle' in found ? (feedsOfOracle(book, found.oracle) ?? []) : [];

const keyOf = ({ block, logIndex }: Liquidated) => `${block} ${logIndex}`;
