-- What price sources are made of.

CREATE TABLE formula_posted (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  feed text NOT NULL, formula jsonb,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE formula_posted IS 'How a price source''s answer follows from other feeds; formula->>''form'' says how. Null: from none, it is a base feed.';

-- The formula says what a feed is based on.
ALTER TABLE feed DROP COLUMN based_on;
