-- Ledgers kept at some blocks, so that nothing is folded from the first fact; and a note of every time that stored facts
-- changed below the head, so that whoever read them knows which of it still holds.

CREATE TABLE rewrite (
  revision bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain_id bigint NOT NULL, block bigint NOT NULL
);
CREATE INDEX rewrite_chain ON rewrite (chain_id, revision);
COMMENT ON TABLE rewrite IS 'Facts above this block are not those that were stored before: the chain went back, or facts were found late. Outlives the chain''s other rows.';

CREATE TABLE saved_ledger (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain_id bigint NOT NULL, block bigint NOT NULL, fold integer NOT NULL,
  hash text NOT NULL, facts bigint NOT NULL, bytes bigint NOT NULL, saved_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (chain_id, fold, block)
);
COMMENT ON TABLE saved_ledger IS 'The ledger that the facts up to a block make, by one version of the fold.';
COMMENT ON COLUMN saved_ledger.fold IS 'FOLD_VERSION of the code that folded; other code makes nothing of it.';
COMMENT ON COLUMN saved_ledger.facts IS 'Facts folded.';

CREATE TABLE saved_ledger_part (
  ledger bigint NOT NULL REFERENCES saved_ledger ON DELETE CASCADE, part integer NOT NULL, content bytea NOT NULL,
  PRIMARY KEY (ledger, part)
);
-- It comes compressed.
ALTER TABLE saved_ledger_part ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE saved_ledger_part IS 'A saved ledger in pieces that are written and read one after the other.';
