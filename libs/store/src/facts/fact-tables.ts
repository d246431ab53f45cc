import type { Fact, FactKind } from '@undertow/market';
import { categoryChosen } from './category-chosen.ts';
import { collateralSwitched } from './collateral-switched.ts';
import type { FactTable } from './fact-table.ts';
import { formulaPosted } from './formula-posted.ts';
import { fundMoved } from './fund-moved.ts';
import { growthAccrued } from './growth-accrued.ts';
import { holdingRead } from './holding-read.ts';
import { indexAccrued } from './index-accrued.ts';
import { legChanged } from './leg-changed.ts';
import { liquidated } from './liquidated.ts';
import { liquidityChanged } from './liquidity-changed.ts';
import { positionChanged } from './position-changed.ts';
import { pricePosted } from './price-posted.ts';
import { quarantined } from './quarantined.ts';
import { ratioPosted } from './ratio-posted.ts';
import { termsChanged } from './terms-changed.ts';
import { volatilityPosted } from './volatility-posted.ts';

/** The table of every kind of fact; the compiler asks for a new kind's. */
const BY_KIND: { readonly [Kind in FactKind]: FactTable<Extract<Fact, { kind: Kind }>> } = {
  LegChanged: legChanged,
  CollateralSwitched: collateralSwitched,
  CategoryChosen: categoryChosen,
  TermsChanged: termsChanged,
  IndexAccrued: indexAccrued,
  PricePosted: pricePosted,
  FormulaPosted: formulaPosted,
  LiquidityChanged: liquidityChanged,
  Liquidated: liquidated,
  PositionChanged: positionChanged,
  GrowthAccrued: growthAccrued,
  VolatilityPosted: volatilityPosted,
  FundMoved: fundMoved,
  RatioPosted: ratioPosted,
  HoldingRead: holdingRead,
  Quarantined: quarantined,
};

/** Tables by kind, each to be given facts of its own kind only. */
export const FACT_TABLES = Object.values(BY_KIND) as unknown as readonly FactTable<Fact>[];

/** The table of a fact's kind. */
export function factTable(kind: FactKind): FactTable<Fact> {
  return BY_KIND[kind] as unknown as FactTable<Fact>;
}
