-- Prices of exchanges: facts of their own, by time and not by block. No reorganisation drops them, and no chain owns them.

CREATE TABLE IF NOT EXISTS exchange_market (
  exchange text NOT NULL, symbol text NOT NULL, base text NOT NULL, quote text NOT NULL, asset text NOT NULL,
  PRIMARY KEY (exchange, symbol)
);
COMMENT ON TABLE exchange_market IS 'A market of an exchange that is watched. Reference: what it is, not what happened.';
COMMENT ON COLUMN exchange_market.asset IS 'Symbol of the asset that its base stands for.';

CREATE TABLE IF NOT EXISTS exchange_price (
  time timestamptz NOT NULL, exchange text NOT NULL, symbol text NOT NULL,
  price double precision NOT NULL CHECK (price > 0 AND price < 'Infinity'),
  volume double precision CHECK (volume >= 0 AND volume < 'Infinity'),
  exchange_time timestamptz, is_candle boolean NOT NULL DEFAULT false,
  PRIMARY KEY (exchange, symbol, time)
);
COMMENT ON TABLE exchange_price IS 'What an exchange said that its market trades at, in units of the quote.';
COMMENT ON COLUMN exchange_price.time IS 'When we saw it; of a candle, which was fetched later, its end.';
COMMENT ON COLUMN exchange_price.volume IS 'Traded in the 24 hours before, in units of the quote; null where the exchange does not say.';
COMMENT ON COLUMN exchange_price.exchange_time IS 'What the exchange''s own clock said; null where it does not say.';
COMMENT ON COLUMN exchange_price.is_candle IS 'True of the close of a candle of a minute, which fills a gap.';

-- Kept aggregates. Prices are only ever added, so each is added to its bars in the statement that stores it (libs/store), in
-- whatever order they come: first and last say which price opened a bar and which closed it.
CREATE TABLE IF NOT EXISTS exchange_hour_kept (
  exchange text NOT NULL, symbol text NOT NULL, bucket timestamptz NOT NULL,
  open double precision NOT NULL, high double precision NOT NULL, low double precision NOT NULL, close double precision NOT NULL,
  first timestamptz NOT NULL, last timestamptz NOT NULL, prices bigint NOT NULL,
  PRIMARY KEY (exchange, symbol, bucket)
);
CREATE TABLE IF NOT EXISTS exchange_day_kept (LIKE exchange_hour_kept INCLUDING ALL);

-- TimescaleDB partitions and compresses what is many: a row a minute of every market. toTimescale runs this file again.
DO $$
BEGIN
  IF (SELECT flavour FROM migration ORDER BY number LIMIT 1) = 'timescale' THEN
    PERFORM create_hypertable('exchange_price'::regclass, 'time'::name, chunk_time_interval => interval '30 days',
      create_default_indexes => false, migrate_data => true);
    ALTER TABLE exchange_price SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'exchange, symbol',
      timescaledb.orderby = 'time');
  END IF;
END $$;
