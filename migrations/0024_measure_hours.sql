-- Measures by the hour, for what is older than a month: a measure of each feed, oracle, pair and asset every five minutes is millions of rows a
-- week. libs/store sums them up and drops them (keepHouse).

ALTER TABLE checkpoint ADD COLUMN IF NOT EXISTS measured_until timestamptz;
COMMENT ON COLUMN checkpoint.measured_until IS
  'Measures before this time are summed up by the hour in measure_hour_kept, and are not read from measure any more. Null: none is.';

CREATE TABLE IF NOT EXISTS measure_hour_kept (
  chain_id bigint NOT NULL, name text NOT NULL, subject text NOT NULL, bucket timestamptz NOT NULL,
  value double precision NOT NULL, least double precision NOT NULL, greatest double precision NOT NULL,
  blocks bigint NOT NULL, last timestamptz NOT NULL, last_block bigint NOT NULL,
  PRIMARY KEY (chain_id, name, subject, bucket)
);
CREATE INDEX IF NOT EXISTS measure_hour_kept_block ON measure_hour_kept (chain_id, last_block);
COMMENT ON TABLE measure_hour_kept IS 'Measures of an hour: the last value, the least and the greatest, and of how many blocks.';

-- TimescaleDB partitions and compresses what is many. toTimescale runs this file again.
DO $$
BEGIN
  IF (SELECT flavour FROM migration ORDER BY number LIMIT 1) = 'timescale' THEN
    PERFORM create_hypertable('measure_hour_kept'::regclass, 'bucket'::name, chunk_time_interval => interval '90 days',
      create_default_indexes => false, migrate_data => true);
    ALTER TABLE measure_hour_kept SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'chain_id, name, subject',
      timescaledb.orderby = 'bucket');
  END IF;
END $$;
