-- TimescaleDB: hypertables, compression of what is older than a month, continuous aggregates with the names and
-- columns of the plain views. No retention: a policy runs at once and would delete replayed history.

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['leg_changed', 'collateral_switched', 'category_chosen', 'terms_changed', 'index_accrued',
                              'price_posted', 'liquidity_changed', 'liquidated', 'quarantined'] LOOP
    PERFORM create_hypertable(name::regclass, 'time'::name, chunk_time_interval => interval '30 days', create_default_indexes => false);
    EXECUTE format('ALTER TABLE %I SET (timescaledb.compress, timescaledb.compress_segmentby = ''chain_id'', '
                   'timescaledb.compress_orderby = ''block, log_index, part'')', name);
    PERFORM add_compression_policy(name::regclass, interval '30 days');
  END LOOP;
END $$;

-- Not only materialised: what is newer than the last refresh is computed from the facts when read.
CREATE MATERIALIZED VIEW price_minute
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT chain_id, feed, time_bucket('1 minute', time) AS minute,
  first(answer, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS open,
  max(answer) AS high,
  min(answer) AS low,
  last(answer, (block::numeric * 2147483648 + log_index) * 2147483648 + part) AS close,
  count(*) AS answers
FROM price_posted GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW liquidation_hour
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT chain_id, venue, collateral_asset, debt_asset, time_bucket('1 hour', time) AS hour,
  count(*) AS liquidations, sum(repaid) AS repaid, sum(seized) AS seized, sum(bad_debt) AS bad_debt
FROM liquidated GROUP BY 1, 2, 3, 4, 5
WITH NO DATA;

-- The last day is left to the facts, so that a reorganisation never shows through a stale aggregate.
SELECT add_continuous_aggregate_policy('price_minute', start_offset => NULL, end_offset => interval '1 day', schedule_interval => interval '1 hour');
SELECT add_continuous_aggregate_policy('liquidation_hour', start_offset => NULL, end_offset => interval '1 day', schedule_interval => interval '1 hour');
