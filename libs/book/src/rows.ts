import type { Brand } from '@undertow/units';

/** Numbers of rows of a book, branded so that one table's cannot stand for another's. */
export type ReferenceRow = Brand<number, 'ReferenceRow'>;
export type AssetRow = Brand<number, 'AssetRow'>;
export type FeedRow = Brand<number, 'FeedRow'>;
export type OracleRow = Brand<number, 'OracleRow'>;
export type VenueRow = Brand<number, 'VenueRow'>;
export type MarketRow = Brand<number, 'MarketRow'>;
export type AccountRow = Brand<number, 'AccountRow'>;
export type LegRow = Brand<number, 'LegRow'>;
export type FundRow = Brand<number, 'FundRow'>;
export type InstrumentRow = Brand<number, 'InstrumentRow'>;
