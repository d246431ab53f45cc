import type { ParameterKind } from '@undertow/advice';

/** What forums call the parameters. */
export const TITLES: Readonly<Record<ParameterKind, string>> = {
  liquidationThreshold: 'Liquidation Threshold',
  loanToValue: 'LTV',
  liquidationBonus: 'Liquidation Bonus',
  supplyCap: 'Supply Cap',
  borrowCap: 'Borrow Cap',
  closeFactor: 'Close Factor',
  maintenanceMargin: 'Maintenance Margin',
  fundSize: 'Fund',
};
