import type { AdviceCheck } from '../advice/advice.ts';
import { bonusNeeded } from '../incentive/dead-zone.ts';
import { openIncentives } from '../incentive/net-incentive.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { borrowCapByUse, supplyCapByDepth } from '../published/depth-caps.ts';
import { excursionThreshold, leastWindows } from '../published/excursion-threshold.ts';
import { smartLoanToValue, smartRiskLevel, type SmartTerms } from '../published/smart-loan-to-value.ts';
import { closeShareOf, type HardBound, type LargestAccount } from '../search/hard-bound.ts';
import { termOf } from '../search/ladder.ts';
import { findInput, numberOf } from '../study/given-input.ts';
import type { Study } from '../study/study.ts';
import { factorOf } from './inputs.ts';

/** How many deviations SmartLTV is computed with: its own worked example. */
const SMART_CONFIDENCE = 3;
const EXCURSION_LEVEL = 0.999;

/** What is checked of a place. */
export interface CheckOf {
  readonly study: Study;
  readonly place: ParameterPlace;
  readonly largest: LargestAccount | undefined;
  readonly bound: HardBound | undefined;
  /** The value whose risk level is told: the advised one, else the present. */
  readonly value: number | undefined;
}

/** Published formulas beside an advice: they are not what it comes from, and where they differ that is for people to judge. */
export function crossChecksOf(of: CheckOf): AdviceCheck[] {
  switch (of.place.parameter.kind) {
    case 'liquidationThreshold':
      return [...smartChecks(of), excursionCheck(of)];
    case 'supplyCap':
      return [supplyCheck(of)];
    case 'borrowCap':
      return [borrowCheck(of)];
    case 'liquidationBonus':
      return bonusChecks(of);
    case 'loanToValue':
    case 'closeFactor':
    case 'maintenanceMargin':
    case 'fundSize':
      return [];
  }
}

const SMART_SOURCE = 'SmartLTV, c = 3: exp(−c σ ÷ √(ℓ ÷ d)) − β';

function smartChecks(of: CheckOf): AdviceCheck[] {
  const named = { name: 'SmartLTV', unit: 'ratio', source: SMART_SOURCE } as const;
  const terms = smartTerms(of);
  if (typeof terms === 'string') return [{ ...named, why: terms }];
  const { value } = of;
  return [
    { ...named, value: smartLoanToValue(terms, SMART_CONFIDENCE) },
    ...(value === undefined || value <= 0 ? [] : [riskLevel(smartRiskLevel(terms, value))]),
  ];
}

const riskLevel = (level: number): AdviceCheck => ({
  name: 'SmartLTV risk level',
  unit: 'level',
  source: 'σ √d ÷ (ln(1 ÷ (threshold + β)) √ℓ)',
  ...(Number.isFinite(level)
    ? { value: level }
    : { why: 'threshold and bonus leave no room, so that it has no end' }),
});

/** The terms of SmartLTV, or what is missing. */
function smartTerms({ study, place, largest }: CheckOf): SmartTerms | string {
  if (!largest) return 'nobody owes anything against it';
  const { book, asked, time } = study;
  const of = factorOf(book, largest);
  const volatility = numberOf(findInput(asked.given ?? [], { name: 'realised-volatility', of, time }));
  if (volatility === undefined) return `the realised volatility of ${of} is not given, or stale`;
  const bonus = termOf({ study, place }, 'liquidationBonus');
  if (!bonus) return 'the market has no liquidation bonus';
  const depth = supplyCapByDepth(book, largest.collateral, bonus);
  if (!depth) return 'no market of the collateral is known';
  const { units } = suppliedUnits(study, place);
  const cap = place.marketRow === undefined ? undefined : book.markets[place.marketRow]!.supplyCap;
  const lent = cap ?? units;
  return lent > 0 ? { volatility, liquidity: depth.sellable, cap: lent, bonus } : 'nothing is supplied';
}

/** Units on the market: as given for all suppliers, else those of accounts with debt. */
export function suppliedUnits(
  { book, asked, time }: Study,
  { parameter, marketRow }: ParameterPlace,
): { readonly units: number; readonly isGiven: boolean } {
  const isDebt = parameter.kind === 'borrowCap';
  const of = `${parameter.venue} ${parameter.market}`;
  const given = numberOf(findInput(asked.given ?? [], { name: isDebt ? 'borrowed' : 'supplied', of, time }));
  if (given !== undefined) return { units: given, isGiven: true };
  const { legs } = book;
  let units = 0;
  for (let leg = 0; leg < legs.count; leg++)
    if (legs.market[leg] === marketRow && legs.side[leg] === (isDebt ? -1 : 1)) units += legs.amount[leg]!;
  return { units, isGiven: false };
}

function excursionCheck({ study, largest }: CheckOf): AdviceCheck {
  const named = {
    name: 'one-hour falls, 99.9 %',
    unit: 'ratio',
    source: '1 − the 99.9th percentile of falls over one hour',
  } as const;
  if (!largest) return { ...named, why: 'nobody owes anything against it' };
  const { asked, time, book } = study;
  const found = findInput(asked.given ?? [], { name: 'hourly-returns', of: factorOf(book, largest), time });
  if (!found.input || typeof found.input.value === 'number')
    return { ...named, why: found.why ?? 'it is no list' };
  const made = excursionThreshold(found.input.value, EXCURSION_LEVEL);
  if (made) return { ...named, value: made.threshold };
  return {
    ...named,
    why: `${found.input.value.length} hours are given, and ${leastWindows(EXCURSION_LEVEL)} are needed`,
  };
}

function supplyCheck({ study, place, largest }: CheckOf): AdviceCheck {
  const named = { name: 'cap by depth', unit: 'units', source: '2 × what sells within the bonus' } as const;
  const bonus = termOf({ study, place }, 'liquidationBonus');
  if (!largest || !bonus)
    return { ...named, why: 'the market has no liquidation bonus, or nobody owes against it' };
  const depth = supplyCapByDepth(study.book, largest.collateral, bonus);
  return depth ? { ...named, value: depth.cap } : { ...named, why: 'no market of the collateral is known' };
}

function borrowCheck({ study, place }: CheckOf): AdviceCheck {
  const named = {
    name: 'cap by the rate curve',
    unit: 'units',
    source: 'supply cap × optimal utilisation',
  } as const;
  const { venue, market } = place.parameter;
  const { asked, time, book } = study;
  const use = numberOf(findInput(asked.given ?? [], { name: 'optimal-use', of: `${venue} ${market}`, time }));
  const cap = place.marketRow === undefined ? undefined : book.markets[place.marketRow]!.supplyCap;
  if (use === undefined) return { ...named, why: 'the optimal utilisation is not given' };
  return cap === undefined
    ? { ...named, why: 'the market has no supply cap' }
    : { ...named, value: borrowCapByUse(cap, use) };
}

/** What the bonus must be for anybody to act, of the largest account's first call and of one of a hundredth of that. */
function bonusChecks(of: CheckOf): AdviceCheck[] {
  return bonusesNeeded(of).map(({ usd, needed }): AdviceCheck => {
    const named = {
      name: `bonus at which a call of ${Math.round(usd)} USD pays`,
      unit: 'ratio',
      source: 'bonus − protocol fee − auction − slippage − gas = 0',
    } as const;
    return needed === undefined
      ? { ...named, why: 'no bonus pays: no known market takes it' }
      : { ...named, value: needed };
  });
}

/** The least bonus at which a call on the largest account pays, and one of a hundredth of it; undefined where none does. */
export function bonusesNeeded({ study, place, largest }: Pick<CheckOf, 'study' | 'place' | 'largest'>): {
  readonly usd: number;
  readonly needed: number | undefined;
}[] {
  if (!largest) return [];
  const { asked, time, book, swept } = study;
  const auctionShare =
    numberOf(findInput(asked.given ?? [], { name: 'auction-share', of: place.parameter.venue, time })) ?? 0;
  const policy = swept?.plan.policies?.liquidators;
  const gasUsd = asked.gasUsd ?? (policy && 'gasUsd' in policy ? policy.gasUsd : 0);
  const protocolFee = termOf({ study, place }, 'liquidationProtocolFee') ?? 0;
  const { collateral, debt, debtUsd } = largest;
  const incentives = openIncentives(book);
  const first = debtUsd * closeShareOf(book, place);
  return [first, first / 100].map((usd) => ({
    usd,
    needed: bonusNeeded(incentives, { collateral, debt, protocolFee, auctionShare, gasUsd }, usd),
  }));
}
