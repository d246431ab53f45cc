-- TimescaleDB: chunks of kept aggregates by what a step holds. They had ten times the length that the facts' chunks had when the
-- aggregates were made, up to 300 days: the newest chunk is never compressed, so that most of a year of minutes was read from rows
-- in which the feeds are mixed. Chunks that are there stay as they are.
DO $$
DECLARE
  kept record;
BEGIN
  IF (SELECT flavour FROM migration ORDER BY number LIMIT 1) <> 'timescale' THEN RETURN; END IF;
  FOR kept IN SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) AS hypertable,
      CASE WHEN view_name LIKE '%\_minute\_kept' THEN interval '30 days'
           WHEN view_name LIKE '%\_hour\_kept' THEN interval '90 days'
           ELSE interval '360 days' END AS length
    FROM timescaledb_information.continuous_aggregates
    WHERE view_schema = current_schema() AND view_name ~ '^(price|pool|index)_(minute|hour|day)_kept$'
  LOOP
    PERFORM set_chunk_time_interval(kept.hypertable::regclass, kept.length);
  END LOOP;
END $$;
