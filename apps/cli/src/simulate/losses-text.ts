import { STUCK_WORDS, type CascadeResult, type Stuck } from '@undertow/cascade';
import { count, money } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';

/** What is lost, at market prices and at what the collateral could be sold for. */
interface LossRow {
  readonly name: string;
  readonly usd: number;
  readonly atSaleUsd: number;
}

/** Losses by kind, with both ends of what oracles do where they differ, and what is due and stays; '' when nothing is lost or stuck. */
export function lossesText(result: CascadeResult): string {
  return [lossTable(result), stuckTable(result)].filter((part) => part !== '').join('\n\n');
}

function lossTable(result: CascadeResult): string {
  const { badDebtUsd, shortfallBeforeUsd, shortfallBeforeAtSaleUsd, band } = result;
  const rows: LossRow[] = [
    { name: 'Loss', usd: result.lossUsd, atSaleUsd: result.lossAtSaleUsd },
    { name: '  bad debt: collateral is gone', usd: badDebtUsd, atSaleUsd: badDebtUsd },
    {
      name: '  shortfall of open accounts',
      usd: result.shortfallUsd,
      atSaleUsd: result.shortfallAtSaleUsd,
    },
    { name: 'There before the shock', usd: shortfallBeforeUsd, atSaleUsd: shortfallBeforeAtSaleUsd },
  ];
  if (band && money(band.between.lossAtSaleUsd) !== money(band.within.lossAtSaleUsd)) {
    const { between, within } = band;
    rows.push({
      name: 'Loss if oracles follow between rounds',
      usd: between.lossUsd,
      atSaleUsd: between.lossAtSaleUsd,
    });
    rows.push({
      name: 'Loss if oracles follow every call',
      usd: within.lossUsd,
      atSaleUsd: within.lossAtSaleUsd,
    });
  }
  return figureTable(rows, {
    title: 'Losses, USD: of lenders, funds and other traders, whoever bears them',
    columns: [
      { head: '', of: ({ name }) => name },
      { head: 'At market prices', of: ({ usd }) => money(usd) },
      { head: 'If all had to be sold', of: ({ atSaleUsd }) => money(atSaleUsd) },
    ],
  });
}

function stuckTable({ stuck }: CascadeResult): string {
  return figureTable<Stuck>(stuck, {
    title: 'Due at the end, and nobody liquidates it',
    columns: [
      { head: 'Venue', of: ({ venue }) => venue },
      { head: 'Accounts', of: ({ accounts }) => count(accounts) },
      { head: 'Debt USD', of: ({ debtUsd }) => money(debtUsd) },
      { head: 'Because', of: ({ reason }) => STUCK_WORDS[reason], isWords: true },
    ],
  });
}
