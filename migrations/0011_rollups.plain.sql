-- Plain PostgreSQL: kept aggregates are tables that rollUp fills, day by day.

DROP VIEW price_minute, liquidation_hour;

DO $$
DECLARE step text;
BEGIN
  FOREACH step IN ARRAY ARRAY['minute', 'hour', 'day'] LOOP
    EXECUTE format('CREATE TABLE price_%s_kept (
      chain_id bigint, feed text, bucket timestamptz, open numeric NOT NULL, high numeric NOT NULL, low numeric NOT NULL,
      close numeric NOT NULL, answers bigint NOT NULL, PRIMARY KEY (chain_id, feed, bucket))', step);
    EXECUTE format('CREATE TABLE pool_%s_kept (
      chain_id bigint, pool text, bucket timestamptz, open numeric NOT NULL, high numeric NOT NULL, low numeric NOT NULL,
      close numeric NOT NULL, liquidity numeric NOT NULL, swaps bigint NOT NULL, PRIMARY KEY (chain_id, pool, bucket))', step);
    EXECUTE format('CREATE TABLE index_%s_kept (
      chain_id bigint, venue text, market text, form text, side text, bucket timestamptz, index_ray numeric,
      rate_per_year_ray numeric, assets_delta numeric, shares_delta numeric, accruals bigint NOT NULL,
      PRIMARY KEY (chain_id, market, venue, form, side, bucket))', step);
  END LOOP;
END $$;
