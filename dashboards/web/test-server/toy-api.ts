import { reproduction } from '@undertow/cascade';
import { assetMarkets, oracleReport, oracleStakes, type OwnedFlag } from '@undertow/lag';
import { GraphQLError } from 'graphql';
import { connectionOf } from '../../../apps/api/src/connection/connection.ts';
import { pageLength } from '../../../apps/api/src/connection/page-length.ts';
import { assetView } from '../../../apps/api/src/asset-view.ts';
import { flagAnswer, ruleAnswers } from '../../../apps/api/src/flag-answer.ts';
import type { CascadeAnswer } from '../../../apps/api/src/cascade-answer.ts';
import { cascadeHere, cellsHere, whatIfHere } from '../../../apps/api/test-server/run-here.ts';
import { oracleAnswer } from '../../../apps/api/src/oracle-answer.ts';
import { DEFAULT_MOVES } from '../../../apps/api/src/input.ts';
import { marketSummaries } from '../../../apps/api/src/market-summaries.ts';
import { overridesOf, scenarioOf, type ScenarioInput } from '../../../apps/api/src/scenario-input.ts';
import { dropOf, heatmapAnswer, reproductionAnswer } from '../../../apps/api/src/sweep-answers.ts';
import { DEBT_ASSET, TOY_ASSETS, toyAsset } from './toy-book.ts';
import { ToyAdvices } from './toy-advices.ts';
import { toyMargins } from './toy-margins.ts';
import { toyOverVenues } from './toy-over-venues.ts';
import { ToyReports } from './toy-reports.ts';
import { ToySweeps } from './toy-sweeps.ts';
import { situationAt, ToyWorld, type ToySituation } from './toy-world.ts';

/** Root values for every query of the schema, answered from invented accounts: for tests of the page only. */
export function toyApi(situation: ToySituation, given: Partial<Runs> = {}) {
  const runs = { sweeps: new ToySweeps(), advices: new ToyAdvices(), reports: new ToyReports(), ...given };
  const names = Object.keys(rootOf(new ToyWorld(situation), runs)) as (keyof ReturnType<typeof rootOf>)[];
  const answer = (name: (typeof names)[number]) => (asked: { block?: number | null }) => {
    const resolve: (asked: never) => unknown = rootOf(
      new ToyWorld(situationAt(situation, asked.block)),
      runs,
    )[name];
    return resolve(asked as never);
  };
  return Object.fromEntries(names.map((name) => [name, answer(name)]));
}

interface Runs {
  readonly sweeps: ToySweeps;
  readonly advices: ToyAdvices;
  readonly reports: ToyReports;
}

const rootOf = (world: ToyWorld, { sweeps, advices, reports }: Runs) => ({
  ...{ ...overview(world), ...scenarios(world), ...tables(world), ...toyOverVenues(world) },
  ...toyMargins(world),
  ...{ ...measured(world), ...sweeps.answers(world) },
  ...advices.answers(world),
  ...reports.answers(world),
});

/** What is measured of the invented book, with a size that each could have. */
const MEASURED: readonly (readonly [name: string, subject: string, value: number])[] = [
  ...['', 'aave-v3'].flatMap((subject) => [
    ['debtUsd', subject, 12e6] as const,
    ['collateralUsd', subject, 19e6] as const,
    ['dueAccounts', subject, 2] as const,
    ['accounts', subject, 84] as const,
  ]),
  ['coverage', '', 0.97],
  ...['ETH', 'BTC'].flatMap((what) =>
    [-0.1, -0.2, -0.3].map((move) => ['lossUsd', `${what}=${move}`, -1.2e6 * move] as const),
  ),
];

/** Measures over thirty hours, that rise a little from hour to hour. */
function measured({ situation: { time } }: ToyWorld) {
  const lineOf = (size: number) =>
    Array.from({ length: 30 }, (_, i) => {
      const value = size < 100 && size > 1 ? Math.round(size) : size * (1 + i / 1e3);
      return { time: time - (30 - i) * 3_600, value, least: value * 0.999, greatest: value, blocks: 12 };
    });
  return {
    measures: () => MEASURED.map(([name, subject]) => ({ name, subject })),
    history: ({ measure, subject }: { measure: string; subject: string }) => {
      const size = MEASURED.find(([name, of]) => name === measure && of === subject)?.[2];
      return { measure, subject, points: size === undefined ? [] : lineOf(size), next: null };
    },
  };
}

function overview(world: ToyWorld) {
  const { situation } = world;
  const reason =
    'Block 18,204 was replaced below the finality depth. Run undertow doctor, then reindex from 18,000.';
  return {
    status: () => ({
      ...{ network: 'devnet', finalityDepth: 64, facts: '481202', coverage: world.coverage() },
      head: situation.isEmpty ? null : world.head(),
      bookHash: situation.isEmpty ? null : world.bookHash(),
      trusted: situation.trusted,
      reason: situation.trusted ? null : reason,
    }),
    blocks: () => {
      const { block, hash, time } = world.head();
      const named = (back: number) => ({
        ...{ block: block - back, hash, time: time - 12 * back, isFinal: back >= 64 },
      });
      return { oldest: named(600), newest: named(0), nodes: [600, 450, 300, 150, 0].map(named) };
    },
    incidents: (page: PageArguments) =>
      pageOf(page, [
        {
          ...{ id: 1, time: situation.time - 5_400, kind: 'endpoint', resolved: true },
          message: 'The first endpoint cut its answers short; the second one took over. Nothing to do.',
        },
      ]),
  };
}

const NOTHING_STORED = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };

/** Flags as a schedule could have kept them: of a feed that is late, and of a cap that bound for a while. */
function toyFlags({ time, isEmpty }: ToySituation): OwnedFlag[] {
  if (isEmpty) return [];
  const hour = 3_600;
  return [
    {
      ...{
        kind: 'stuck',
        severity: 'critical',
        subject: 'feed ETH / USD',
        label: 'ETH / USD',
        end: undefined,
      },
      ...{
        assets: ['WETH', 'wstETH'],
        venues: ['aave-v3'],
        atStakeUsd: 4.2e6,
        peak: 3.1,
        peakTime: time - 300,
      },
      ...{ start: time - 2 * hour, raisedAt: time - 2 * hour + 300 },
    },
    {
      ...{ kind: 'capped', severity: 'warning', subject: 'oracle wstETH', label: 'wstETH at aave-v3' },
      ...{
        assets: ['wstETH'],
        venues: ['aave-v3'],
        atStakeUsd: 1.1e6,
        peak: 0.003,
        peakTime: time - 8 * hour,
      },
      ...{ start: time - 9 * hour, raisedAt: time - 9 * hour + 300, end: time - 5 * hour },
    },
  ];
}

interface CascadeArguments extends ScenarioInput {
  overrides?: readonly string[] | null;
}

/** What runs the engine: answered as the API does, from the invented book. */
function scenarios(world: ToyWorld) {
  const { situation } = world;
  const at = () => ({ book: world.book(), head: world.head() });
  const asked = ({ overrides, ...input }: CascadeArguments) => {
    if (situation.refusal !== undefined) throw new GraphQLError(situation.refusal);
    const { book, head } = at();
    return {
      ...{ book, head },
      scenario: scenarioOf(book, input),
      overrides: overridesOf(book, overrides),
    };
  };
  const paged = ({ byAccount, ...answer }: CascadeAnswer) => ({
    ...answer,
    coverage: world.coverage(),
    byAccount: ({ first }: { first: number }) => byAccount.slice(0, first),
  });
  return {
    heatmap: ({ moves }: { moves?: number[] | null }) => ({
      ...heatmapAnswer(at(), moves ?? DEFAULT_MOVES, cellsHere(world.book())),
      coverage: world.coverage(),
    }),
    reproduction: ({ moves }: { moves: number[] }) => {
      const drops = moves.map(dropOf);
      const rows = reproduction(world.book(), { drops });
      return { ...reproductionAnswer(at(), drops, rows), coverage: world.coverage() };
    },
    // Nothing is stored: feeds have no rule that could be learned.
    oracles: () => ({
      ...oracleAnswer(at(), oracleReport(world.book(), NOTHING_STORED)),
      coverage: world.coverage(),
    }),
    oracleStakes: () => ({
      ...{ head: world.head(), bookHash: world.bookHash(), coverage: world.coverage() },
      ...oracleStakes(world.book(), 0),
    }),
    oracleFlags: ({ where }: { where?: { isOpen?: boolean | null } | null }) => ({
      head: world.head(),
      nodes: toyFlags(situation)
        .filter(({ end }) => typeof where?.isOpen !== 'boolean' || where.isOpen === (end === undefined))
        .flatMap(flagAnswer),
    }),
    flagRules: ruleAnswers,
    cascade: (input: CascadeArguments) => paged(cascadeHere(asked(input))),
    whatIf: (input: CascadeArguments) => {
      const { madeDue, before, after, ...answer } = whatIfHere(asked(input));
      return {
        ...answer,
        ...{ before: paged(before), after: paged(after) },
        madeDue: ({ first }: { first: number }) => madeDue.slice(0, first),
      };
    },
    markets: () => ({
      ...{ head: world.head(), bookHash: world.bookHash() },
      nodes: marketSummaries(world.book()).filter(
        ({ debtUsd, collateralUsd }) => debtUsd + collateralUsd > 0,
      ),
    }),
    asset: ({ symbol }: { symbol: string }) => assetView(at(), symbol, assetMarkets(world.book())),
  };
}

interface AccountArguments extends PageArguments {
  where?: { venue?: string | null; market?: string | null; maxHealthFactor?: number | null } | null;
  orderBy: string;
}

interface LiquidationArguments extends PageArguments {
  where?: { venue?: string | null; market?: string | null } | null;
}

/** A page of an invented list: its cursors are places in it. */
function pageOf<Node>({ first, after }: PageArguments, all: readonly Node[]) {
  const from = after ? Number(after) + 1 : 0;
  return connectionOf({
    ...pageLength({ first }),
    ...{ items: all.slice(from), isAfter: from > 0, isBefore: false, totalCount: () => all.length },
    cursorOf: (_node, i) => String(from + i),
  });
}

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

function tables(world: ToyWorld) {
  const { situation, accounts } = world;
  return {
    accounts: ({ first, after, where, orderBy }: AccountArguments) => {
      const { venue, market, maxHealthFactor } = where ?? {};
      const all = world
        .shown()
        .filter((one) => !venue || one.venue === venue)
        .filter(({ legs }) => !market || legs.some((leg) => leg.market === market))
        .filter(({ healthFactor }) => healthFactor <= (maxHealthFactor ?? Infinity));
      all.sort((a, b) => (orderBy === 'debt' ? b.debtUsd - a.debtUsd : a.healthFactor - b.healthFactor));
      return { head: world.head(), bookHash: world.bookHash(), ...pageOf({ first, after }, all) };
    },
    liquidations: ({ where, ...page }: LiquidationArguments) => {
      const { venue: at, market: of } = where ?? {};
      const seen = accounts
        .slice(0, situation.isEmpty ? 0 : 9)
        .map(({ venue, owner, market, asset, amount }, i) => {
          const [seized, repaid] = [amount * 0.31, amount * 0.29 * (world.prices()[asset] ?? 0)];
          return {
            ...{ venue, owner, market, seized, repaid, badDebt: 0, logIndex: i, liquidator: owner },
            transaction: i === 0 ? null : `0x${String(i).padStart(64, 'a')}`,
            ...{ block: situation.block - 3 * i, time: situation.time - 37 * i },
            collateral: toyAsset(TOY_ASSETS[asset]!.asset),
            debt: toyAsset(TOY_ASSETS[DEBT_ASSET]!.asset),
            ...{ seizedUsd: seized * (world.prices()[asset] ?? 0), repaidUsd: repaid, badDebtUsd: 0 },
          };
        });
      const wanted = seen
        .filter(({ venue }) => !at || venue === at)
        .filter(({ collateral, debt }) => !of || [collateral.symbol, debt.symbol].includes(of));
      return { head: world.head(), ...pageOf(page, wanted) };
    },
  };
}
