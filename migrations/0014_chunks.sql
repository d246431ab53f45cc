-- TimescaleDB: chunks of 30 days for every kind again, until keepHouse (libs/store) knows how many facts a day has. A chunk of a
-- day is right for a million rows of a kind a day; where there are a thousand, every read and write pays for hundreds of chunks.
DO $$
DECLARE name text;
BEGIN
  IF (SELECT flavour FROM migration ORDER BY number LIMIT 1) = 'timescale' THEN
    FOREACH name IN ARRAY ARRAY['leg_changed', 'index_accrued', 'liquidity_changed'] LOOP
      PERFORM set_chunk_time_interval(name::regclass, interval '30 days');
    END LOOP;
  END IF;
END $$;
