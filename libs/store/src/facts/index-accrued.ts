import type { IndexAccrued, LegSide } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { bigintAt, booleanAt, booleanCell, integerCell, present, textCell } from './cell.ts';
import type { Cell, FactTable } from './fact-table.ts';

type Accrual = IndexAccrued['accrual'];

export const indexAccrued: FactTable<IndexAccrued> = {
  kind: 'IndexAccrued',
  table: 'index_accrued',
  columns: [
    ...['venue', 'market', 'form', 'side', 'index_ray', 'rate_per_year_ray'],
    ...['assets_delta', 'shares_delta', 'accrued', 'fee_wad', 'rate_at_target_wad', 'accrued_at'],
  ],
  toCells: (fact) => [
    textCell(fact.venue),
    textCell(fact.market),
    fact.accrual.form,
    ...accrualCells(fact.accrual),
    fact.accruedAt === undefined ? null : integerCell(fact.accruedAt),
  ],
  fromCells: (key, cells) => ({
    kind: 'IndexAccrued',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    ...accruedAtOf(cells),
    accrual: accrualFrom(cells),
  }),
};

function accruedAtOf(cells: readonly Cell[]): Pick<IndexAccrued, 'accruedAt'> {
  const cell = cells[11];
  return cell === null || cell === undefined ? {} : { accruedAt: Number(cell) };
}

function accrualCells(accrual: Accrual): readonly Cell[] {
  switch (accrual.form) {
    case 'ray': {
      const { side, indexRay, ratePerYearRay } = accrual;
      return [side, indexRay.toString(), ratePerYearRay.toString(), null, null, null, null, null];
    }
    case 'rayAccrued':
      return [null, null, null, null, null, null, null, null];
    case 'totals': {
      const { side, assetsDelta, sharesDelta, accrued } = accrual;
      return [
        side,
        null,
        null,
        assetsDelta.toString(),
        sharesDelta.toString(),
        booleanCell(accrued),
        null,
        null,
      ];
    }
    case 'fee':
      return [null, null, null, null, null, null, accrual.feeWad.toString(), null];
    case 'rateAtTarget':
      return [null, null, null, null, null, null, null, accrual.rateAtTargetWad.toString()];
  }
}

function accrualFrom(cells: readonly Cell[]): Accrual {
  const form = present(cells, 2);
  switch (form) {
    case 'ray':
      return {
        form,
        side: present(cells, 3) as LegSide,
        indexRay: bigintAt(cells, 4),
        ratePerYearRay: bigintAt(cells, 5),
      };
    case 'rayAccrued':
      return { form };
    case 'totals':
      return {
        form,
        side: present(cells, 3) as 'debt' | 'supply',
        assetsDelta: bigintAt(cells, 6),
        sharesDelta: bigintAt(cells, 7),
        accrued: booleanAt(cells, 8),
      };
    case 'fee':
      return { form, feeWad: bigintAt(cells, 9) };
    case 'rateAtTarget':
      return { form, rateAtTargetWad: bigintAt(cells, 10) };
    default:
      throw new BadDataError(
        `a stored index has the unknown form ${form}; a newer Undertow wrote it: update this one`,
      );
  }
}
