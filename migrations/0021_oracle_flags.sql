-- Times in which prices were not to be trusted, as readings left them: a row for each reading that changed a flag. The newest row of a flag
-- up to a block is how it stood there, so that a reorganisation takes flags back by taking rows away.

CREATE TABLE oracle_flag (
  id bigint GENERATED ALWAYS AS IDENTITY,
  chain_id bigint NOT NULL, block bigint NOT NULL, time timestamptz NOT NULL,
  kind text NOT NULL, subject text NOT NULL, started_at timestamptz NOT NULL,
  change text NOT NULL, severity text NOT NULL,
  raised_at timestamptz NOT NULL, ended_at timestamptz,
  peak double precision NOT NULL, peak_at timestamptz NOT NULL,
  label text NOT NULL, assets text[] NOT NULL, venues text[] NOT NULL, at_stake_usd double precision NOT NULL,
  PRIMARY KEY (chain_id, kind, subject, started_at, block)
);
CREATE INDEX oracle_flag_block ON oracle_flag (chain_id, block);
CREATE UNIQUE INDEX oracle_flag_id ON oracle_flag (chain_id, id);
COMMENT ON TABLE oracle_flag IS 'What readings of oracles did to flags: computed from measures and rules, not facts.';
COMMENT ON COLUMN oracle_flag.change IS 'What the reading of this block did: raised, worsened (became critical), peaked (a worse value), ended.';
COMMENT ON COLUMN oracle_flag.id IS 'Grows from row to row of a chain: what is told to subscribers is told from one on.';
