-- Sweeps: a plan run on a book, scenario by scenario. What comes of them is a function of book, plan and engine, so that a chunk that is
-- computed twice changes nothing, whoever computes it. Books are kept as the bytes that threads and other machines read.

CREATE TABLE sweep_book (
  hash text PRIMARY KEY,
  bytes bigint NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE sweep_book IS 'Books that sweeps run on, by hash. The row comes after all parts are there.';

CREATE TABLE sweep_book_part (
  hash text NOT NULL, part integer NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (hash, part)
);
-- A book is mostly floats: packing them takes time and gains little.
ALTER TABLE sweep_book_part ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE sweep_book_part IS 'The bytes of those books, part by part.';

CREATE TABLE sweep (
  id text PRIMARY KEY,
  chain_id bigint NOT NULL, block bigint NOT NULL, block_hash text NOT NULL, book_hash text NOT NULL,
  plan text NOT NULL, plan_hash text NOT NULL,
  scenarios integer NOT NULL, chunk_scenarios integer,
  state text NOT NULL CHECK (state IN ('running', 'cancelled', 'failed', 'done')),
  reason text,
  started_at timestamptz NOT NULL DEFAULT now(), ended_at timestamptz,
  summary text
);
CREATE INDEX sweep_started ON sweep (chain_id, started_at);
COMMENT ON TABLE sweep IS 'Sweeps by the key of their book, plan and engine.';
COMMENT ON COLUMN sweep.plan IS 'JSON as text: every float as it was written.';
COMMENT ON COLUMN sweep.chunk_scenarios IS 'Scenarios of a chunk; null until it is known how long one takes.';
COMMENT ON COLUMN sweep.reason IS 'Why it failed, for a person.';
COMMENT ON COLUMN sweep.summary IS 'JSON, once it is done.';

CREATE TABLE sweep_chunk (
  sweep text NOT NULL REFERENCES sweep ON DELETE CASCADE,
  first integer NOT NULL, after integer NOT NULL,
  hash text NOT NULL, content bytea NOT NULL,
  PRIMARY KEY (sweep, first)
);
COMMENT ON TABLE sweep_chunk IS 'Results of scenarios first up to and without after.';
