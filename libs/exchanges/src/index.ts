export { KNOWN_EXCHANGES, parseExchanges, type ExchangeId } from './known-exchanges.ts';
export { DEFAULT_CODES, parseCodes, QUOTES, type WatchedCode, type WatchedMarket } from './watched-codes.ts';
export { openExchange, type Exchange, type ExchangeOptions, type Hearing } from './open-exchange.ts';
export { DEFAULT_PATIENCE, pauseAfter, type Patience } from './patience.ts';
export type { ExchangeUrls } from './load-client.ts';
export { CLOCK_TOLERANCE, type PriceFaults, type PriceObservation } from './price-gate.ts';
export { DEFAULT_KEEPING, priceKeeper, type KeepingRule } from './price-keeper.ts';
