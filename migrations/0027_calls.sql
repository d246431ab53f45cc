-- Margin calls: cases, calls as they stand, what is to be told to whom, and a log that only grows. A call, its entries of the log and its notices
-- are written in one transaction, so that none of them is without the others.

CREATE TABLE margin_case (
  id text PRIMARY KEY,
  chain_id bigint NOT NULL, policy text NOT NULL, owner text NOT NULL,
  opened_at timestamptz NOT NULL
);
COMMENT ON TABLE margin_case IS 'What an owner is called for at one time, over all venues. It is open while any of its calls is.';

CREATE TABLE margin_call (
  id text PRIMARY KEY,
  case_id text NOT NULL REFERENCES margin_case ON DELETE CASCADE,
  chain_id bigint NOT NULL, policy text NOT NULL,
  venue text NOT NULL, owner text NOT NULL, market text NOT NULL,
  state text NOT NULL, rung text, is_open boolean NOT NULL,
  opened_at timestamptz NOT NULL, closed_at timestamptz, closed_block bigint,
  next_timer_at timestamptz,
  version integer NOT NULL,
  content text NOT NULL
);
-- However many review at the same time: an account has one open call under a policy.
CREATE UNIQUE INDEX margin_call_open ON margin_call (chain_id, policy, venue, owner, market) WHERE is_open;
CREATE INDEX margin_call_ended ON margin_call (chain_id, policy, closed_at) WHERE NOT is_open;
CREATE INDEX margin_call_timer ON margin_call (next_timer_at) WHERE next_timer_at IS NOT NULL;
CREATE INDEX margin_call_case ON margin_call (case_id);
COMMENT ON COLUMN margin_call.content IS 'JSON as text: MarginCall of libs/calls; the other columns say the same of it, for finding it.';
COMMENT ON COLUMN margin_call.next_timer_at IS 'When it next waits for something; null where for nothing. The timers are in its content.';
COMMENT ON COLUMN margin_call.version IS 'Grows with every change: whoever changes it says which one he read.';
COMMENT ON COLUMN margin_call.closed_block IS 'The block that ended it, where a review did: what is undone with it is no end.';

CREATE TABLE margin_call_log (
  seq bigint PRIMARY KEY,
  previous text NOT NULL, hash text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('calculation', 'message', 'decision')),
  call text NOT NULL, at bigint NOT NULL, content text NOT NULL
);
CREATE INDEX margin_call_log_call ON margin_call_log (call, seq);
COMMENT ON TABLE margin_call_log IS 'Every calculation, message and decision, chained by hashes (LogEntry of libs/calls). It only grows; it outlives calls and chains.';

CREATE FUNCTION margin_call_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log of margin calls only grows: % is refused', lower(TG_OP) USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER margin_call_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON margin_call_log
  FOR EACH STATEMENT EXECUTE FUNCTION margin_call_log_only_grows();

CREATE TABLE notice_outbox (
  key text PRIMARY KEY,
  call text NOT NULL REFERENCES margin_call ON DELETE CASCADE,
  channel text NOT NULL, target text NOT NULL, body text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, next_attempt_at timestamptz NOT NULL,
  sent_at timestamptz, last_error text
);
CREATE INDEX notice_outbox_waiting ON notice_outbox (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX notice_outbox_call ON notice_outbox (call);
COMMENT ON TABLE notice_outbox IS 'Notices by their idempotency key, one for each channel and target. A notice is sent at least once, and known by its key.';
COMMENT ON COLUMN notice_outbox.next_attempt_at IS 'Not before: quiet hours, backoff, or the lease of whoever is sending it now.';
COMMENT ON COLUMN notice_outbox.target IS 'Name of a target of the configuration; addresses and keys are not kept here.';
