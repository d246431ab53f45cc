import type { Mechanism } from '@undertow/market';
import { cdp } from './cdp/index.ts';
import { isolatedPair } from './isolated-pair/index.ts';
import type { MechanismBook } from './mechanism-book.ts';
import { moneyMarket } from './money-market/index.ts';
import { option } from './option/index.ts';
import { perpetual } from './perpetual/index.ts';
import { pooledLending } from './pooled-lending/index.ts';

/** Every mechanism, so that the compiler names what a new one lacks. */
export const mechanisms: Readonly<Record<Mechanism, MechanismBook>> = {
  'pooled-lending': pooledLending,
  'isolated-pair': isolatedPair,
  cdp,
  perpetual,
  option,
  'money-market': moneyMarket,
};
