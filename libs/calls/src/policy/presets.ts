import { readPolicy } from './read-policy.ts';
import type { Policy } from './policy.ts';

const HOUR = 3_600;

/**
 * Ladders that lenders have published, and two of our own for accounts at venues. Sources as they were read on 2026-11-29; what a source does not
 * say is in `notes`.
 */
const PRESETS = {
  figure: {
    source:
      'Figure, crypto-backed loans: warned at 65 % loan-to-value, called at 70 % for 24 hours, sold at 85 % down to 55 %, fee 2 %',
    notes: ['Where a call is cured is not published: it is taken to be below the warning.'],
    measure: 'loanToValue',
    rungs: [
      { name: 'warning', at: 0.65, action: 'warn' },
      { name: 'call', at: 0.7, action: 'call', deadlineSeconds: 24 * HOUR },
      { name: 'liquidation', at: 0.85, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 0.649,
  },
  unchained: {
    source:
      'Unchained, collateral to principal: opened at 175 %, courtesy notice at 160 %, called at 150 % for 48 hours, accelerated at 135 % to 4 hours, sold at 110 %; cured at 165 %; closed in full below 10,000 USD',
    measure: 'collateralRatio',
    rungs: [
      { name: 'courtesy', at: 1.6, action: 'warn' },
      { name: 'call', at: 1.5, action: 'call', deadlineSeconds: 48 * HOUR },
      { name: 'accelerated', at: 1.35, action: 'call', deadlineSeconds: 4 * HOUR, isUrgent: true },
      { name: 'liquidation', at: 1.1, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 1.65,
    fullCloseBelowUsd: 10_000,
  },
  blockfi: {
    source: 'BlockFi, 2021: warned at 65 % loan-to-value, called at 70 % for 72 hours, sold at 80 %',
    notes: ['Where a call is cured is not published: it is taken to be below the warning.'],
    measure: 'loanToValue',
    rungs: [
      { name: 'warning', at: 0.65, action: 'warn' },
      { name: 'call', at: 0.7, action: 'call', deadlineSeconds: 72 * HOUR },
      { name: 'liquidation', at: 0.8, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 0.649,
  },
  apx: {
    source: 'APX Lending: called at 80 % loan-to-value, reminded every 6 hours, sold at 90 %, fee 5 %',
    notes: [
      'No deadline is published: a call waits for the worse rung.',
      'Where a call is cured is not published: it is taken to be 75 %. At most forty reminders are sent.',
    ],
    measure: 'loanToValue',
    rungs: [
      { name: 'call', at: 0.8, action: 'call' },
      { name: 'liquidation', at: 0.9, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 0.75,
    reminders: { everySeconds: 6 * HOUR, most: 40 },
  },
  xexon: {
    source: 'Xexon: called at 70 % loan-to-value for 72 hours, cured below 60 %, sold at 80 %',
    notes: ['A call is cured at 60 %, and not only below.'],
    measure: 'loanToValue',
    rungs: [
      { name: 'call', at: 0.7, action: 'call', deadlineSeconds: 72 * HOUR },
      { name: 'liquidation', at: 0.8, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 0.6,
  },
  'health-factor': {
    notes: ['Our own, for accounts at venues: nobody publishes a ladder by health factor.'],
    measure: 'healthFactor',
    rungs: [
      { name: 'warning', at: 1.25, action: 'warn' },
      { name: 'call', at: 1.1, action: 'call', deadlineSeconds: 24 * HOUR },
      { name: 'accelerated', at: 1.05, action: 'call', deadlineSeconds: HOUR, isUrgent: true },
      { name: 'liquidation', at: 1, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 1.3,
    smallestDebtUsd: 100,
    expirySeconds: 7 * 24 * HOUR,
    reminders: { everySeconds: 6 * HOUR, most: 8 },
  },
  volatility: {
    notes: ['Our own: the distance to the nearest liquidation in standard deviations of a day.'],
    measure: 'deviations',
    horizonSeconds: 24 * HOUR,
    rungs: [
      { name: 'warning', at: 4, action: 'warn' },
      { name: 'call', at: 3, action: 'call', deadlineSeconds: 24 * HOUR },
      { name: 'accelerated', at: 2, action: 'call', deadlineSeconds: 4 * HOUR, isUrgent: true },
      { name: 'last', at: 1, action: 'liquidate', isUrgent: true },
    ],
    cureTarget: 4.5,
    smallestDebtUsd: 100,
    expirySeconds: 7 * 24 * HOUR,
  },
} as const;

/** Names of the policies that are ready. */
export const PRESET_NAMES = Object.keys(PRESETS) as readonly (keyof typeof PRESETS)[];
export type PresetName = keyof typeof PRESETS;

/** A policy that is ready, by its name; undefined of another name. */
export function presetPolicy(name: string): Policy | undefined {
  const preset = PRESETS[name as PresetName] as object | undefined;
  return Object.hasOwn(PRESETS, name) ? readPolicy({ version: 1, name, ...preset }) : undefined;
}
