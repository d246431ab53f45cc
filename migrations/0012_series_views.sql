-- For people and dashboards: the aggregates of every chain, kept where they are true and computed from the facts after that.

DO $$
DECLARE step text;
BEGIN
  FOREACH step IN ARRAY ARRAY['minute', 'hour', 'day'] LOOP
    EXECUTE format('CREATE VIEW price_%1$s AS
      SELECT kept.* FROM price_%1$s_kept AS kept JOIN checkpoint USING (chain_id) WHERE kept.bucket < checkpoint.rolled_until
      UNION ALL SELECT fresh.* FROM checkpoint,
        LATERAL price_from_facts(''1 %1$s'', checkpoint.chain_id, checkpoint.rolled_until, ''infinity'') AS fresh', step);
    EXECUTE format('CREATE VIEW pool_%1$s AS
      SELECT kept.* FROM pool_%1$s_kept AS kept JOIN checkpoint USING (chain_id) WHERE kept.bucket < checkpoint.rolled_until
      UNION ALL SELECT fresh.* FROM checkpoint,
        LATERAL pool_from_facts(''1 %1$s'', checkpoint.chain_id, checkpoint.rolled_until, ''infinity'') AS fresh', step);
    EXECUTE format('CREATE VIEW index_%1$s AS
      SELECT kept.* FROM index_%1$s_kept AS kept JOIN checkpoint USING (chain_id) WHERE kept.bucket < checkpoint.rolled_until
      UNION ALL SELECT fresh.* FROM checkpoint,
        LATERAL index_from_facts(''1 %1$s'', checkpoint.chain_id, checkpoint.rolled_until, ''infinity'') AS fresh', step);
    EXECUTE format('COMMENT ON VIEW price_%1$s IS ''Answers of every feed by %1$s, in the feed''''s decimals.''', step);
    EXECUTE format('COMMENT ON VIEW pool_%1$s IS ''Root price (X96) of every pool by %1$s.''', step);
    EXECUTE format('COMMENT ON VIEW index_%1$s IS ''Indices, rates and changes of totals of every market by %1$s.''', step);
  END LOOP;
END $$;

CREATE VIEW liquidation_hour AS
SELECT chain_id, venue, collateral_asset, debt_asset, date_bin('1 hour', time, '2000-01-03 00:00:00+00') AS hour,
  count(*) AS liquidations, sum(repaid) AS repaid, sum(seized) AS seized, sum(bad_debt) AS bad_debt
FROM liquidated GROUP BY 1, 2, 3, 4, 5;
COMMENT ON VIEW liquidation_hour IS 'Liquidations by venue, asset pair and hour, raw units of the assets.';
