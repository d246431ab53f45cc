/** A file of prices, with its columns where they are not the usual ones. */
export interface PriceFile {
  readonly file: string;
  readonly time?: string;
  readonly price?: string;
  /** Only rows in which a column has this value. */
  readonly only?: { readonly column: string; readonly value: string };
  /** Seconds from the time in the file until the price is known: a close that is named by the start of its hour. */
  readonly knownAfterSeconds?: number;
}

/** An event of the past: which public files say what an oracle answered, and what it was worth. */
export interface Replay {
  readonly about: string;
  readonly title: string;
  /** A constant stands for an oracle that was written into a contract. */
  readonly answers: PriceFile | { readonly constant: number };
  readonly market: PriceFile;
}

export const REPLAYS: Readonly<Record<string, Replay>> = {
  'maker-2020-03': {
    about: 'the hour by which Maker’s oracle was late, November 2019 to April 2020',
    title: 'Maker OSM, ETH / USD',
    answers: {
      file: 'maker-black-thursday/osm_logvalue_events.csv',
      time: 'ts_interp',
      price: 'osm_effective_price_ethusd',
    },
    market: {
      file: 'maker-black-thursday/ethusd_daiusd_5min_santiment.csv',
      time: 'datetime_utc',
      price: 'ethusd',
    },
  },
  'chainlink-2023-07': {
    about: 'rounds of Chainlink’s ETH / USD in July and August 2023, by a rule learned on other months',
    title: 'Chainlink, ETH / USD',
    answers: { file: 'chainlink-rounds/eth_usd_2023-04_2024-01.csv.gz' },
    market: { file: 'prices-1min-perp-2023-07_08/ETHUSDT_perp_1m.csv.gz' },
  },
  'morpho-2025-11': {
    about: 'an oracle of xUSD that was written into its contract, while the market went to nothing',
    title: 'Morpho, xUSD / USDC',
    answers: { constant: 1.26672304 },
    market: {
      file: 'morpho-xusd-deusd-2025-11/block5_asset_prices.csv.gz',
      price: 'price_usd',
      only: { column: 'symbol', value: 'xUSD' },
    },
  },
};
