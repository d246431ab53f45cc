import { tradingHours, type TradingCalendar, type TradingHours } from './trading-hours.ts';

/** Markets that close and whose hours Chainlink publishes with fixed holidays. */
export type KnownMarket = 'forex' | 'precious-metals';

/** When the market of a feed trades, as far as the feed's name tells. */
export interface KnownHours {
  readonly market: KnownMarket;
  readonly hours: TradingHours;
}

/**
 * Hours by kind of market. Source: docs.chain.link, "Selecting Quality Data Feeds", Market hours (2026-11). Its holidays are "the global
 * Forex market Christmas and New Year's Day holiday schedule", which it gives no hours of: the whole days in New York here.
 */
const CALENDARS: Readonly<Record<KnownMarket, TradingCalendar>> = {
  forex: calendar([{ weekdays: [1, 2, 3, 4], opens: '00:00', closes: '24:00' }]),
  'precious-metals': calendar([
    { weekdays: [1, 2, 3, 4], opens: '00:00', closes: '17:00' },
    { weekdays: [1, 2, 3, 4], opens: '18:00', closes: '24:00' },
  ]),
};

/** Both are open from 18:00 on Sunday to 17:00 on Friday. */
function calendar(weekdays: TradingCalendar['sessions']): TradingCalendar {
  return {
    zone: 'America/New_York',
    sessions: [
      { weekdays: [7], opens: '18:00', closes: '24:00' },
      ...weekdays,
      { weekdays: [5], opens: '00:00', closes: '17:00' },
    ],
    holidays: [],
    yearlyHolidays: ['01-01', '12-25'],
  };
}

/** The ten currencies that are traded the most (G10), by their ISO 4217 codes. Others "primarily trade during local market hours". */
const TRADED_WORLDWIDE = ['AUD', 'CAD', 'CHF', 'EUR', 'GBP', 'JPY', 'NOK', 'NZD', 'SEK', 'USD'];
/** Gold and silver by their ISO 4217 codes. */
const METALS = ['XAU', 'XAG'];

/** Other currencies of which Chainlink has feeds, metals and oil: their markets close too, but by the hours of a place or an exchange. */
const CLOSES_SOMEWHERE = [
  ...[
    'AED',
    'ARS',
    'BRL',
    'CLP',
    'CNH',
    'CNY',
    'COP',
    'CZK',
    'DKK',
    'HKD',
    'HUF',
    'IDR',
    'ILS',
    'INR',
    'KES',
    'KRW',
    'MXN',
  ],
  ...[
    'MYR',
    'NGN',
    'PEN',
    'PHP',
    'PKR',
    'PLN',
    'RUB',
    'SAR',
    'SGD',
    'THB',
    'TRY',
    'TWD',
    'TZS',
    'VND',
    'ZAR',
  ],
  ...['XPT', 'XPD', 'WTI', 'BRENT'],
];

/**
 * What the name of a feed tells of when its market trades, such as `EUR / USD` or `XAU / USD`. `unknown`: it closes, but when is not known
 * here. Undefined where the name says nothing: a coin, whose market never closes, or a share, which cannot be told from a coin by its code.
 */
export function knownHours(label: string): KnownHours | 'unknown' | undefined {
  const [over, under, ...rest] = label
    .toUpperCase()
    .split('/')
    .map((side) => side.trim());
  if (over === undefined || under === undefined || rest.length > 0 || !TRADED_WORLDWIDE.includes(under))
    return undefined;
  if (METALS.includes(over)) return KNOWN['precious-metals'];
  if (TRADED_WORLDWIDE.includes(over)) return KNOWN.forex;
  return CLOSES_SOMEWHERE.includes(over) ? 'unknown' : undefined;
}

const known = (market: KnownMarket): KnownHours => ({ market, hours: tradingHours(CALENDARS[market]) });
const KNOWN = { forex: known('forex'), 'precious-metals': known('precious-metals') };
