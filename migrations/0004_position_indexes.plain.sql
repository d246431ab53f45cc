-- Plain PostgreSQL: BRIN indexes by time for the tables of 0003.

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['position_changed', 'growth_accrued', 'volatility_posted', 'fund_moved', 'ratio_posted',
                              'holding_read'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I USING brin (time)', name || '_time', name);
  END LOOP;
END $$;
