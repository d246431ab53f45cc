-- TimescaleDB: hypertables and compression for the tables of 0003, as for those of 0001.

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['position_changed', 'growth_accrued', 'volatility_posted', 'fund_moved', 'ratio_posted',
                              'holding_read'] LOOP
    PERFORM create_hypertable(name::regclass, 'time'::name, chunk_time_interval => interval '30 days', create_default_indexes => false);
    EXECUTE format('ALTER TABLE %I SET (timescaledb.compress, timescaledb.compress_segmentby = ''chain_id'', '
                   'timescaledb.compress_orderby = ''block, log_index, part'')', name);
    PERFORM add_compression_policy(name::regclass, interval '30 days');
  END LOOP;
END $$;
