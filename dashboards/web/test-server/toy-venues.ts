import { DEBT_ASSET, TOY_ASSETS, toyAsset, type ToyAccount } from './toy-book.ts';

export interface ToyVenue {
  readonly id: string;
  readonly version: string;
  readonly mechanism: string;
  /** Share of the invented accounts. */
  readonly share: number;
  readonly threshold: number;
  /** Who bears what collateral does not cover. */
  readonly loss:
    'left' | 'socialised' | { readonly fund: string; readonly asset: number; readonly amountUsd: number };
}

/** Invented venues: at least one of every mechanism. */
export const TOY_VENUES: readonly ToyVenue[] = [
  { id: 'aave-v3', version: '3.0', mechanism: 'pooled-lending', share: 0.24, threshold: 0.825, loss: 'left' },
  {
    id: 'aave-v3.6',
    version: '3.6',
    mechanism: 'pooled-lending',
    share: 0.12,
    threshold: 0.83,
    loss: 'socialised',
  },
  {
    ...{ id: 'lyra-avalon', version: '1.0', mechanism: 'option', share: 0.08, threshold: 0.9 },
    loss: { fund: 'lending-pool', asset: DEBT_ASSET, amountUsd: 900_000 },
  },
  {
    id: 'morpho-blue',
    version: '1.0',
    mechanism: 'isolated-pair',
    share: 0.22,
    threshold: 0.86,
    loss: 'socialised',
  },
  {
    ...{ id: 'musd', version: '1.0', mechanism: 'cdp', share: 0.12, threshold: 0.909 },
    loss: { fund: 'stability-pool', asset: DEBT_ASSET, amountUsd: 250_000 },
  },
  {
    ...{ id: 'perp-v2', version: '2.0', mechanism: 'perpetual', share: 0.12, threshold: 0.9375 },
    loss: { fund: 'insurance-fund', asset: DEBT_ASSET, amountUsd: 6_000 },
  },
  { id: 'venus-core', version: '0.7', mechanism: 'money-market', share: 0.1, threshold: 0.8, loss: 'left' },
];

export const toyVenue = (id: string): ToyVenue => {
  const found = TOY_VENUES.find((venue) => venue.id === id);
  if (!found) throw new Error(`there is no invented venue ${id}`);
  return found;
};

/** The legs of an account as its venue would have them. */
export function toyLegs(account: ToyAccount, prices: readonly number[]) {
  const { asset, amount, debtUsd, threshold, venue } = account;
  const { mechanism } = toyVenue(venue);
  const leg = (i: number, kind: string, valueUsd: number, change: object = {}) => ({
    ...{
      asset: toyAsset(TOY_ASSETS[i]!.asset),
      market: TOY_ASSETS[i]?.symbol,
      kind,
      valueUsd,
    },
    ...{ amount: valueUsd / (prices[i] ?? 1), priceUsd: prices[i], instrument: null },
    ...{ liquidationThreshold: 0, maintenanceMargin: 0, isFixed: false, ...change },
  });
  const held = amount * (prices[asset] ?? 0);
  switch (mechanism) {
    case 'perpetual':
      return [
        leg(asset, 'long', held, { liquidationThreshold: threshold, maintenanceMargin: 0.0625 }),
        leg(DEBT_ASSET, 'debt', debtUsd, { isFixed: true }),
      ];
    case 'option':
      return [
        leg(asset, 'collateral', held, { liquidationThreshold: threshold }),
        leg(asset, 'option-written', debtUsd, {
          ...{
            instrument: `${TOY_ASSETS[asset]?.symbol} 3500 call 2027-01-29`,
            amount: debtUsd / 410,
            priceUsd: 410,
          },
        }),
      ];
    default:
      return [
        leg(asset, 'collateral', held, { liquidationThreshold: threshold }),
        leg(DEBT_ASSET, 'debt', debtUsd, { isFixed: mechanism === 'cdp' }),
      ];
  }
}

/** What the venue's own views would say: invented names and integers. */
export function toyReading(account: ToyAccount, prices: readonly number[]) {
  const { asset, amount, debtUsd, threshold } = account;
  const price = prices[asset] ?? 0;
  const integer = (value: number, decimals: number) =>
    (BigInt(Math.round(value * 1e6)) * 10n ** BigInt(decimals)) / 1_000_000n;
  const at = debtUsd / threshold / amount;
  return {
    healthFactorWad: String(integer((amount * price * threshold) / debtUsd, 18)),
    figures: [
      {
        ...{ view: 'Pool.getUserAccountData().totalCollateralBase', label: 'collateral' },
        ...{ value: String(integer(amount * price, 8)), decimals: 8, unit: 'USD' },
      },
      {
        ...{ view: 'Pool.getUserAccountData().totalDebtBase', label: 'debt' },
        ...{ value: String(integer(debtUsd, 8)), decimals: 8, unit: 'USD' },
      },
      {
        ...{ view: 'Pool.getUserAccountData().healthFactor', label: 'health factor' },
        ...{ value: String(integer((amount * price * threshold) / debtUsd, 18)), decimals: 18, unit: '' },
      },
    ],
    liquidationPrices: [
      {
        asset: toyAsset(TOY_ASSETS[asset]!.asset),
        ...{ description: `${TOY_ASSETS[asset]?.symbol} / USD`, decimals: 8 },
        ...{ answer: String(integer(at, 8)), presentAnswer: String(integer(price, 8)), move: at / price - 1 },
      },
    ],
  };
}
