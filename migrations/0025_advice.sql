-- Advices that were computed: what was asked on which book, and every advice as it was told, with the hashes of its inputs. A run is kept
-- once all of it is known; one that is under way belongs to the process that runs it.

CREATE TABLE advice_run (
  id text PRIMARY KEY,
  chain_id bigint NOT NULL, block bigint NOT NULL, block_hash text NOT NULL, book_hash text NOT NULL,
  inputs_hash text NOT NULL, asked text NOT NULL, is_scheduled boolean NOT NULL,
  started_at timestamptz NOT NULL, ended_at timestamptz NOT NULL DEFAULT now(),
  together text
);
CREATE INDEX advice_run_ended ON advice_run (chain_id, ended_at);
COMMENT ON TABLE advice_run IS 'Runs of advices by the hash of their book and question.';
COMMENT ON COLUMN advice_run.asked IS 'JSON: what was asked, without the scenarios, which plan and book give again.';
COMMENT ON COLUMN advice_run.together IS 'JSON: what all advised changes come to together; null where there are none.';

CREATE TABLE advice (
  run text NOT NULL REFERENCES advice_run ON DELETE CASCADE,
  place integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, parameter text NOT NULL,
  advice_hash text NOT NULL, inputs_hash text NOT NULL, content text NOT NULL,
  PRIMARY KEY (run, place)
);
CREATE INDEX advice_parameter ON advice (venue, market, parameter);
COMMENT ON TABLE advice IS 'Advices of a run, one for each parameter, in their order.';
COMMENT ON COLUMN advice.content IS 'JSON as text, as adviceSchema of libs/advice: every float as it was written, so that the hash holds.';
