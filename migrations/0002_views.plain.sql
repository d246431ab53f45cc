-- Plain PostgreSQL: BRIN indexes by time, and the derived views computed when they are read.

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['leg_changed', 'collateral_switched', 'category_chosen', 'terms_changed', 'index_accrued',
                              'price_posted', 'liquidity_changed', 'liquidated', 'quarantined'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I USING brin (time)', name || '_time', name);
  END LOOP;
END $$;

-- Both flavours give the same rows: date_bin from this origin (a Monday) is what TimescaleDB's time_bucket does.
CREATE VIEW price_minute AS
SELECT chain_id, feed, date_bin('1 minute', time, '2000-01-03 00:00:00+00') AS minute,
  (array_agg(answer ORDER BY block, log_index, part))[1] AS open,
  max(answer) AS high,
  min(answer) AS low,
  (array_agg(answer ORDER BY block DESC, log_index DESC, part DESC))[1] AS close,
  count(*) AS answers
FROM price_posted GROUP BY 1, 2, 3;
COMMENT ON VIEW price_minute IS 'Open, high, low and close of every feed by minute, in the feed''s decimals.';

CREATE VIEW liquidation_hour AS
SELECT chain_id, venue, collateral_asset, debt_asset, date_bin('1 hour', time, '2000-01-03 00:00:00+00') AS hour,
  count(*) AS liquidations, sum(repaid) AS repaid, sum(seized) AS seized, sum(bad_debt) AS bad_debt
FROM liquidated GROUP BY 1, 2, 3, 4, 5;
COMMENT ON VIEW liquidation_hour IS 'Liquidations by venue, asset pair and hour, raw units of the assets.';
