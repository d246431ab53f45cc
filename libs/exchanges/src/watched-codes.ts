import { ConfigError } from '@undertow/units';

/** Which asset the code of an exchange stands for. */
export interface WatchedCode {
  /** As exchanges call it, such as `ETH`. */
  readonly code: string;
  /** Symbol of the asset, such as `WETH`. */
  readonly asset: string;
  /** True where a person named it: then somebody wants to know when no exchange lists it. */
  readonly isAsked?: boolean;
}

/** A market of an exchange that is watched. */
export interface WatchedMarket extends Omit<WatchedCode, 'isAsked'> {
  /** Such as `ETH/USDT`. */
  readonly symbol: string;
  readonly quote: string;
}

/**
 * What is watched by default, by the symbol of the asset. Wrapped ETH is exchanged for ETH one to one at once, so that its price is
 * ETH's. No other token is taken for what it is tied to: WBTC trades by itself, and a depeg is what one wants to see.
 */
const DEFAULT_ASSETS: Readonly<Record<string, string>> = {
  ...{ AAVE: 'AAVE', ARB: 'ARB', BAL: 'BAL', CBETH: 'cbETH', COMP: 'COMP', CRV: 'CRV', DAI: 'DAI' },
  ...{ ENS: 'ENS', ETH: 'WETH', LDO: 'LDO', LINK: 'LINK', MKR: 'MKR', OP: 'OP', RPL: 'RPL', SNX: 'SNX' },
  ...{ STETH: 'stETH', UNI: 'UNI', USDC: 'USDC', USDT: 'USDT', WBTC: 'WBTC', '1INCH': '1INCH' },
};

export const DEFAULT_CODES: readonly WatchedCode[] = Object.entries(DEFAULT_ASSETS).map(([code, asset]) => ({
  code,
  asset,
}));

/** What a market may be quoted in, the preferred one first: what is not USD must be converted. */
export const QUOTES = ['USD', 'USDT', 'USDC'] as const;

/**
 * Codes as a person lists them, `ETH=WETH,LINK` (alone it stands for the asset of the same symbol), beside the default ones. Of a code
 * that is among these the person's asset counts.
 */
export function parseCodes(text: string): WatchedCode[] {
  const codes = new Map(DEFAULT_CODES.map((one) => [one.code, one]));
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, code, asset = code] = /^([A-Za-z0-9]{1,20})(?:=(\S{1,40}))?$/.exec(part) ?? [];
    if (code === undefined || asset === undefined)
      throw new ConfigError(
        `${JSON.stringify(part)} is not what an exchange calls a coin. Write ETH=WETH (ETH there stands for the asset WETH) or LINK, ` +
          `several with commas. Watched by default: ${DEFAULT_CODES.map(shown).join(', ')}.`,
      );
    codes.set(code.toUpperCase(), { code: code.toUpperCase(), asset, isAsked: true });
  }
  return [...codes.values()];
}

const shown = ({ code, asset }: WatchedCode) => (code === asset ? code : `${code}=${asset}`);

/** The part of ccxt's description of a market that decides whether it is watched. */
export interface ListedMarket {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly spot?: boolean | undefined;
  readonly active?: boolean | undefined;
}

/**
 * The markets to watch of those that an exchange lists: of each code the one with the preferred quote, and of dollar tokens every
 * market against another dollar, by which prices in them are converted. What it does not list is left out.
 */
export function marketsToWatch(
  listed: readonly ListedMarket[],
  codes: readonly WatchedCode[],
): WatchedMarket[] {
  const spots = listed.filter(({ spot = true, active = true }) => spot && active);
  const bySymbol = new Map(spots.map((market) => [`${market.base}/${market.quote}`, market]));
  return codes.flatMap(({ code, asset }) => {
    const found = QUOTES.flatMap((quote) => {
      const market = quote === code ? undefined : bySymbol.get(`${code}/${quote}`);
      return market ? [{ code, asset, quote, symbol: market.symbol }] : [];
    });
    return isDollar(code) ? found : found.slice(0, 1);
  });
}

const isDollar = (code: string) => QUOTES.some((quote) => quote === code);
