-- TimescaleDB: kept aggregates are continuous aggregates, hours from minutes and days from hours, refreshed by rollUp and
-- never by a policy: those go by the server's clock, and a chain's clock may be years behind.

DO $$
DECLARE job integer;
BEGIN
  FOR job IN SELECT job_id FROM timescaledb_information.jobs
    WHERE proc_name IN ('policy_compression', 'policy_refresh_continuous_aggregate', 'policy_retention')
      AND (hypertable_name IN ('leg_changed', 'collateral_switched', 'category_chosen', 'terms_changed', 'index_accrued',
             'price_posted', 'liquidity_changed', 'liquidated', 'quarantined', 'position_changed', 'growth_accrued',
             'volatility_posted', 'fund_moved', 'ratio_posted', 'holding_read', 'formula_posted')
        OR hypertable_name IN (SELECT materialization_hypertable_name FROM timescaledb_information.continuous_aggregates
             WHERE view_name IN ('price_minute', 'liquidation_hour')))
  LOOP
    PERFORM delete_job(job);
  END LOOP;
END $$;

DROP MATERIALIZED VIEW price_minute;
DROP MATERIALIZED VIEW liquidation_hour;

-- Kinds of which a large chain has a million a day.
SELECT set_chunk_time_interval('leg_changed', interval '1 day');
SELECT set_chunk_time_interval('index_accrued', interval '1 day');
SELECT set_chunk_time_interval('liquidity_changed', interval '1 day');

CREATE MATERIALIZED VIEW price_minute_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, feed, time_bucket('1 minute', time) AS bucket,
  first(answer, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS open,
  max(answer) AS high, min(answer) AS low,
  last(answer, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS close,
  count(*) AS answers
FROM price_posted GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW price_hour_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, feed, time_bucket('1 hour', bucket) AS bucket,
  first(open, bucket) AS open, max(high) AS high, min(low) AS low, last(close, bucket) AS close, sum(answers)::bigint AS answers
FROM price_minute_kept GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW price_day_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, feed, time_bucket('1 day', bucket) AS bucket,
  first(open, bucket) AS open, max(high) AS high, min(low) AS low, last(close, bucket) AS close, sum(answers)::bigint AS answers
FROM price_hour_kept GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW pool_minute_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, pool, time_bucket('1 minute', time) AS bucket,
  first(sqrt_price_x96, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS open,
  max(sqrt_price_x96) AS high, min(sqrt_price_x96) AS low,
  last(sqrt_price_x96, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS close,
  last(liquidity, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS liquidity,
  count(*) AS swaps
FROM liquidity_changed WHERE form = 'price' GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW pool_hour_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, pool, time_bucket('1 hour', bucket) AS bucket, first(open, bucket) AS open, max(high) AS high, min(low) AS low,
  last(close, bucket) AS close, last(liquidity, bucket) AS liquidity, sum(swaps)::bigint AS swaps
FROM pool_minute_kept GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW pool_day_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, pool, time_bucket('1 day', bucket) AS bucket, first(open, bucket) AS open, max(high) AS high, min(low) AS low,
  last(close, bucket) AS close, last(liquidity, bucket) AS liquidity, sum(swaps)::bigint AS swaps
FROM pool_hour_kept GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW index_minute_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, venue, market, form, side, time_bucket('1 minute', time) AS bucket,
  last(index_ray, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS index_ray,
  last(rate_per_year_ray, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS rate_per_year_ray,
  sum(assets_delta) AS assets_delta, sum(shares_delta) AS shares_delta, count(*) AS accruals
FROM index_accrued WHERE form IN ('ray', 'totals') GROUP BY 1, 2, 3, 4, 5, 6
WITH NO DATA;

CREATE MATERIALIZED VIEW index_hour_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, venue, market, form, side, time_bucket('1 hour', bucket) AS bucket,
  last(index_ray, bucket) AS index_ray, last(rate_per_year_ray, bucket) AS rate_per_year_ray,
  sum(assets_delta) AS assets_delta, sum(shares_delta) AS shares_delta, sum(accruals)::bigint AS accruals
FROM index_minute_kept GROUP BY 1, 2, 3, 4, 5, 6
WITH NO DATA;

CREATE MATERIALIZED VIEW index_day_kept
WITH (timescaledb.continuous, timescaledb.materialized_only = true, timescaledb.create_group_indexes = false) AS
SELECT chain_id, venue, market, form, side, time_bucket('1 day', bucket) AS bucket,
  last(index_ray, bucket) AS index_ray, last(rate_per_year_ray, bucket) AS rate_per_year_ray,
  sum(assets_delta) AS assets_delta, sum(shares_delta) AS shares_delta, sum(accruals)::bigint AS accruals
FROM index_hour_kept GROUP BY 1, 2, 3, 4, 5, 6
WITH NO DATA;

DO $$
DECLARE step text;
BEGIN
  FOREACH step IN ARRAY ARRAY['minute', 'hour', 'day'] LOOP
    EXECUTE format('CREATE INDEX ON price_%s_kept (feed, bucket)', step);
    EXECUTE format('CREATE INDEX ON pool_%s_kept (pool, bucket)', step);
    EXECUTE format('CREATE INDEX ON index_%s_kept (market, bucket)', step);
  END LOOP;
END $$;

SELECT create_hypertable('measure', 'time', chunk_time_interval => interval '30 days', create_default_indexes => false);
ALTER TABLE measure SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'chain_id, name, subject',
                         timescaledb.orderby = 'time, block, book_hash');

-- Aggregates are compressed too, a segment for each series. Which chunks and when, keepHouse decides (libs/store), by the clock
-- of the chains.
DO $$
DECLARE step text;
BEGIN
  FOREACH step IN ARRAY ARRAY['minute', 'hour', 'day'] LOOP
    EXECUTE format('ALTER MATERIALIZED VIEW price_%s_kept SET (timescaledb.enable_columnstore, '
                   'timescaledb.segmentby = ''chain_id, feed'', timescaledb.orderby = ''bucket'')', step);
    EXECUTE format('ALTER MATERIALIZED VIEW pool_%s_kept SET (timescaledb.enable_columnstore, '
                   'timescaledb.segmentby = ''chain_id, pool'', timescaledb.orderby = ''bucket'')', step);
    EXECUTE format('ALTER MATERIALIZED VIEW index_%s_kept SET (timescaledb.enable_columnstore, '
                   'timescaledb.segmentby = ''chain_id, market, venue, form, side'', timescaledb.orderby = ''bucket'')', step);
  END LOOP;
END $$;
