import { ownValues, type AccountRow, type Book } from '@undertow/book';
import type { Scenario } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import type { JointScenarios } from '../tail/joint-scenarios.ts';
import { portfolioRisk, type PortfolioRisk } from '../tail/portfolio-risk.ts';
import { accountMargin, type AccountMargin, type BracketsOf } from './account-margin.ts';
import { accountsPortfolio } from './accounts-portfolio.ts';

/** What an owner has and must have by one way of looking at his accounts, USD. */
export interface MarginTotals {
  readonly equityUsd: number;
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  /** What he lacks of maintenance. */
  readonly callUsd: number;
  /** Maintenance ÷ equity; undefined where there is no equity. */
  readonly marginRatio: number | undefined;
}

/** What portfolio margin would ask. */
export interface PortfolioMargin extends MarginTotals {
  /** What the accounts would be asked for one by one by the same measure, summed up; and what the whole is asked less, never below 0. */
  readonly aloneUsd: number;
  readonly offsetUsd: number;
  /** What the venues ask for the accounts one by one more than the whole is asked; negative where they ask less. */
  readonly belowIsolatedUsd: number;
  /** The worst of the joint scenarios; undefined where none were given. */
  readonly worst:
    { readonly lossUsd: number; readonly scenario: Scenario; readonly index: number } | undefined;
  /** By joint returns; undefined where none were given. */
  readonly tail: PortfolioRisk | undefined;
}

/** An owner's margins, three ways side by side. */
export interface OwnerMargin {
  readonly owner: string;
  readonly accounts: readonly AccountMargin[];
  /** Every account for itself, as its venue has it: what one lacks no other pays. */
  readonly isolated: MarginTotals;
  /** All accounts as one: requirements and equity are added up, and what one lacks another pays. By venue, and over all. */
  readonly cross: MarginTotals;
  readonly venues: readonly {
    readonly venue: string;
    readonly isolated: MarginTotals;
    readonly cross: MarginTotals;
  }[];
  /** What all accounts together could lose; undefined where neither joint scenarios nor returns were given. */
  readonly portfolio: PortfolioMargin | undefined;
}

/** What is asked beside the book and its owner. */
export interface OwnerMarginWanted {
  readonly bracketsOf?: BracketsOf;
  /** Joint scenarios, whose worst loss is asked for. */
  readonly scenarios?: readonly Scenario[];
  /** Joint returns, whose expected shortfall at the level is asked for. */
  readonly returns?: JointScenarios;
  readonly level?: number;
  /** What initial margin is above maintenance, as a ratio of it: 0.25 by default, the least buffer of EMIR (RTS 153/2013, article 28). */
  readonly buffer?: number;
}

const DEFAULT_LEVEL = 0.99;
const DEFAULT_BUFFER = 0.25;

/**
 * The isolated, cross and portfolio margin of everything that an owner has in a book.
 *
 * Portfolio margin is the greater of the worst loss over the joint scenarios and the expected shortfall of the joint returns, where both are
 * given; no less than 0. It is what would have to be put up if one house had all accounts: no venue lends by it.
 *
 * @throws BadDataError where the owner has no account in the book, and for scenarios of what the book lacks.
 */
export function ownerMargin(book: Book, owner: string, wanted: OwnerMarginWanted = {}): OwnerMargin {
  const rows = accountsOf(book, owner);
  if (rows.length === 0)
    throw new BadDataError(
      `${owner} has no account with a debt or a position in the book of block ${book.block}`,
    );
  const values = ownValues(book);
  const accounts = rows.map((row) => accountMargin(values, row, wanted.bracketsOf));
  const isolated = isolatedTotals(accounts);
  const venues = [...new Set(accounts.map(({ venue }) => venue))].map((venue) => {
    const here = accounts.filter((account) => account.venue === venue);
    return { venue, isolated: isolatedTotals(here), cross: crossTotals(here) };
  });
  return {
    owner,
    accounts,
    isolated,
    cross: crossTotals(accounts),
    venues,
    portfolio: portfolioMargin(book, { rows, isolated, wanted }),
  };
}

/** Rows of an owner's accounts. */
export function accountsOf({ accounts }: Book, owner: string): AccountRow[] {
  return accounts.owner.flatMap((one, row) => (one === owner ? [row as AccountRow] : []));
}

const sumOf = (accounts: readonly AccountMargin[], of: (account: AccountMargin) => number) =>
  accounts.reduce((sum, account) => sum + of(account), 0);

const ratioOf = (maintenanceUsd: number, equityUsd: number) =>
  equityUsd > 0 ? maintenanceUsd / equityUsd : undefined;

function crossTotals(accounts: readonly AccountMargin[]): MarginTotals {
  const equityUsd = sumOf(accounts, (account) => account.equityUsd);
  const maintenanceUsd = sumOf(accounts, (account) => account.maintenanceUsd);
  return {
    equityUsd,
    maintenanceUsd,
    initialUsd: sumOf(accounts, (account) => account.initialUsd),
    callUsd: Math.max(0, maintenanceUsd - equityUsd),
    marginRatio: ratioOf(maintenanceUsd, equityUsd),
  };
}

/** The same sums, but the worst account's ratio, and every account's own call. */
function isolatedTotals(accounts: readonly AccountMargin[]): MarginTotals {
  const ratios = accounts.map(({ marginRatio }) => marginRatio);
  return {
    ...crossTotals(accounts),
    callUsd: sumOf(accounts, (account) => Math.max(0, account.maintenanceUsd - account.equityUsd)),
    marginRatio: ratios.some((ratio) => ratio === undefined) ? undefined : Math.max(...(ratios as number[])),
  };
}

function portfolioMargin(
  book: Book,
  {
    rows,
    isolated,
    wanted,
  }: {
    readonly rows: readonly AccountRow[];
    readonly isolated: MarginTotals;
    readonly wanted: OwnerMarginWanted;
  },
): PortfolioMargin | undefined {
  const { scenarios = [], returns, level = DEFAULT_LEVEL, buffer = DEFAULT_BUFFER } = wanted;
  if (scenarios.length === 0 && returns === undefined) return undefined;
  const portfolio = accountsPortfolio(book, { accounts: rows, factors: returns?.factors ?? [] });
  const gains = scenarios.map((scenario) => portfolio.gainsIn(scenario));
  const worst = worstOf(gains, scenarios);
  const tail = returns && portfolioRisk(portfolio, returns, { level });
  const maintenanceUsd = Math.max(0, worst?.lossUsd ?? 0, tail?.expectedShortfallUsd ?? 0);
  const aloneUsd = rows.reduce((sum, _, part) => {
    const lossesUsd = gains.map((some) => -some[part]!);
    const shortfall = tail?.contributions[part]!.aloneUsd.expectedShortfall ?? 0;
    return sum + Math.max(0, shortfall, ...lossesUsd);
  }, 0);
  const { equityUsd } = isolated;
  return {
    equityUsd,
    maintenanceUsd,
    initialUsd: maintenanceUsd * (1 + buffer),
    callUsd: Math.max(0, maintenanceUsd - equityUsd),
    marginRatio: ratioOf(maintenanceUsd, equityUsd),
    aloneUsd,
    offsetUsd: Math.max(0, aloneUsd - maintenanceUsd),
    belowIsolatedUsd: isolated.maintenanceUsd - maintenanceUsd,
    worst,
    tail,
  };
}

function worstOf(gains: readonly Float64Array[], scenarios: readonly Scenario[]): PortfolioMargin['worst'] {
  if (scenarios.length === 0) return undefined;
  const losses = gains.map((parts) => -parts.reduce((sum, gain) => sum + gain, 0));
  const index = losses.reduce((worst, loss, at) => (loss > losses[worst]! ? at : worst), 0);
  return { lossUsd: Math.max(0, losses[index]!), scenario: scenarios[index]!, index };
}
