import type { CdpGrowth, CdpGrowthChange } from './cdp/growth.ts';
import { foldCdpGrowth } from './cdp/growth.ts';
import type { MoneyMarketGrowth, MoneyMarketGrowthChange } from './money-market/growth.ts';
import { foldMoneyMarket } from './money-market/growth.ts';
import type { PerpetualGrowth, PerpetualGrowthChange } from './perpetual/growth.ts';
import { foldPerpetualGrowth } from './perpetual/growth.ts';

/** What one event says of a market's growth. */
export type GrowthChange = CdpGrowthChange | PerpetualGrowthChange | MoneyMarketGrowthChange;

/** A market's growth as it is stored: of one shape per mechanism. */
export type Growth = CdpGrowth | PerpetualGrowth | MoneyMarketGrowth;

/** The growth after an event at a time (unix seconds). */
export function foldGrowth(before: Growth | undefined, growth: GrowthChange, time: number): Growth {
  switch (growth.form) {
    case 'cdp':
      return foldCdpGrowth(before?.form === 'cdp' ? before : undefined, growth, time);
    case 'perpetual':
      return foldPerpetualGrowth(before?.form === 'perpetual' ? before : undefined, growth, time);
    case 'money-market':
      return foldMoneyMarket(before?.form === 'money-market' ? before : undefined, growth);
  }
}
