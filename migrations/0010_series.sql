-- What series by time are read from: indexes by name and time, aggregates of facts over steps of time, and measures.

CREATE INDEX price_posted_feed ON price_posted (feed, time);
CREATE INDEX liquidity_changed_pool ON liquidity_changed (pool, time);
CREATE INDEX index_accrued_market ON index_accrued (market, time);
CREATE INDEX leg_changed_owner ON leg_changed (owner, time);
CREATE INDEX position_changed_owner ON position_changed (owner, time);
CREATE INDEX liquidated_owner ON liquidated (owner, time);

ALTER TABLE checkpoint
  ADD COLUMN rolled_until timestamptz NOT NULL DEFAULT '-infinity',
  ADD COLUMN changes bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN checkpoint.rolled_until IS
  'Kept aggregates of this chain are true before this time (00:00 UTC of a day); from it on they are computed from the facts.';
COMMENT ON COLUMN checkpoint.changes IS
  'Grows whenever facts changed that lie before the head, so that who is aggregating notices.';

-- Aggregates computed from the facts. date_bin from this origin (a Monday) gives the buckets of TimescaleDB's time_bucket.
-- Each function is one SELECT, so that the planner sees through it and a condition on its key reaches the index.

CREATE FUNCTION price_from_facts(step interval, of_chain bigint, since timestamptz, before timestamptz)
RETURNS TABLE (chain_id bigint, feed text, bucket timestamptz, open numeric, high numeric, low numeric, close numeric, answers bigint)
LANGUAGE sql STABLE AS $$
  SELECT chain_id, feed, date_bin(step, time, '2000-01-03 00:00:00+00'),
    (array_agg(answer ORDER BY block, log_index, part))[1], max(answer), min(answer),
    (array_agg(answer ORDER BY block DESC, log_index DESC, part DESC))[1], count(*)
  FROM price_posted WHERE chain_id = of_chain AND time >= since AND time < before GROUP BY 1, 2, 3
$$;

CREATE FUNCTION pool_from_facts(step interval, of_chain bigint, since timestamptz, before timestamptz)
RETURNS TABLE (chain_id bigint, pool text, bucket timestamptz, open numeric, high numeric, low numeric, close numeric,
               liquidity numeric, swaps bigint)
LANGUAGE sql STABLE AS $$
  SELECT chain_id, pool, date_bin(step, time, '2000-01-03 00:00:00+00'),
    (array_agg(sqrt_price_x96 ORDER BY block, log_index, part))[1], max(sqrt_price_x96), min(sqrt_price_x96),
    (array_agg(sqrt_price_x96 ORDER BY block DESC, log_index DESC, part DESC))[1],
    (array_agg(liquidity ORDER BY block DESC, log_index DESC, part DESC))[1], count(*)
  FROM liquidity_changed WHERE form = 'price' AND chain_id = of_chain AND time >= since AND time < before GROUP BY 1, 2, 3
$$;

CREATE FUNCTION index_from_facts(step interval, of_chain bigint, since timestamptz, before timestamptz)
RETURNS TABLE (chain_id bigint, venue text, market text, form text, side text, bucket timestamptz, index_ray numeric,
               rate_per_year_ray numeric, assets_delta numeric, shares_delta numeric, accruals bigint)
LANGUAGE sql STABLE AS $$
  SELECT chain_id, venue, market, form, side, date_bin(step, time, '2000-01-03 00:00:00+00'),
    (array_agg(index_ray ORDER BY block DESC, log_index DESC, part DESC))[1],
    (array_agg(rate_per_year_ray ORDER BY block DESC, log_index DESC, part DESC))[1],
    sum(assets_delta), sum(shares_delta), count(*)
  FROM index_accrued WHERE form IN ('ray', 'totals') AND chain_id = of_chain AND time >= since AND time < before
  GROUP BY 1, 2, 3, 4, 5, 6
$$;

CREATE TABLE measure (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL,
  name text NOT NULL, subject text NOT NULL, book_hash text NOT NULL, value double precision NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (chain_id, name, subject, time, block, book_hash)
);
CREATE INDEX measure_block ON measure (chain_id, block);
COMMENT ON TABLE measure IS 'What was computed from the book at a block: debt, coverage, losses of shocks. Not facts: the same book gives the same again.';
COMMENT ON COLUMN measure.subject IS 'What it is about: a venue, or a shock as people write it (ETH=-0.3); '''' = everything.';
