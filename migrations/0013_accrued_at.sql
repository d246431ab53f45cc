-- `time` is the block's in every fact. Until when interest is counted in an index that a snapshot read is a column of its own.

ALTER TABLE index_accrued ADD COLUMN accrued_at bigint;
COMMENT ON COLUMN index_accrued.accrued_at IS 'Until when interest is counted in it, unix seconds; null: until the block''s time.';

-- Facts of snapshots stored so far (log index 2147483647) have that time for the block's. A row that moves in time may have to
-- move to another chunk, which an update does not do: it goes and comes again.
WITH moved AS (
  DELETE FROM index_accrued USING block
  WHERE index_accrued.log_index = 2147483647 AND block.chain_id = index_accrued.chain_id
    AND block.number = index_accrued.block AND block.time <> index_accrued.time
  RETURNING block.time AS block_time, index_accrued.*
)
INSERT INTO index_accrued (
  time, chain_id, block, log_index, part, venue, market, form, side, index_ray, rate_per_year_ray, assets_delta, shares_delta,
  accrued, fee_wad, rate_at_target_wad, accrued_at)
SELECT block_time, chain_id, block, log_index, part, venue, market, form, side, index_ray, rate_per_year_ray, assets_delta, shares_delta,
  accrued, fee_wad, rate_at_target_wad, extract(epoch FROM time)::bigint
FROM moved;
