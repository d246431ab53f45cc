-- TimescaleDB: hypertable and compression for the table of 0006, as for those of 0001.

SELECT create_hypertable('formula_posted', 'time', chunk_time_interval => interval '30 days', create_default_indexes => false);
ALTER TABLE formula_posted SET (timescaledb.compress, timescaledb.compress_segmentby = 'chain_id',
                                timescaledb.compress_orderby = 'block, log_index, part');
SELECT add_compression_policy('formula_posted', interval '30 days');
