-- Reports that a forum can cite: the very bytes of their bundles by id, and the books that they are of. A report is a function of book,
-- question and program, so that the same one made twice is one row; what is not of that function (when it was made, by which schedule) is
-- beside the bytes, and not in them.

CREATE TABLE report_book (
  hash text PRIMARY KEY,
  bytes bigint NOT NULL,
  content bytea NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now()
);
-- It is packed already.
ALTER TABLE report_book ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE report_book IS 'Books of reports by hash, one for all reports of it, as export writes them.';
COMMENT ON COLUMN report_book.content IS 'gzip of the JSON: answered as it lies here.';
COMMENT ON COLUMN report_book.bytes IS 'Length of the JSON.';

CREATE TABLE report (
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id text PRIMARY KEY,
  chain_id bigint NOT NULL, block bigint NOT NULL, block_hash text NOT NULL,
  book_hash text NOT NULL REFERENCES report_book,
  kind text NOT NULL, subject text NOT NULL, venues text[] NOT NULL,
  signers text[] NOT NULL DEFAULT '{}',
  schedule text,
  bytes integer NOT NULL, content bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE report ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX report_number ON report (chain_id, number);
CREATE INDEX report_book_hash ON report (book_hash);
COMMENT ON TABLE report IS 'Reports by the hash of their content.';
COMMENT ON COLUMN report.number IS 'In the order in which they were made: by this lists are paged.';
COMMENT ON COLUMN report.venues IS 'Ids of the venues that it is about.';
COMMENT ON COLUMN report.signers IS 'Addresses of those who signed; their signatures are in the bundle, outside of what the id is of.';
COMMENT ON COLUMN report.schedule IS 'Name of the schedule that made it; null of one that somebody asked for.';
COMMENT ON COLUMN report.content IS 'gzip of the bundle.';

CREATE TABLE report_run (
  id text PRIMARY KEY,
  chain_id bigint NOT NULL, block bigint NOT NULL, block_hash text NOT NULL, book_hash text NOT NULL,
  kind text NOT NULL, question text NOT NULL, schedule text,
  state text NOT NULL CHECK (state IN ('running', 'cancelled', 'failed', 'done')),
  reason text,
  report text REFERENCES report ON DELETE CASCADE,
  started_at timestamptz NOT NULL DEFAULT now(), ended_at timestamptz
);
CREATE INDEX report_run_started ON report_run (chain_id, started_at);
CREATE INDEX report_run_report ON report_run (report);
COMMENT ON TABLE report_run IS 'Makings of reports by the hash of book, question and program. One that was running when its process ended is gone on with.';
COMMENT ON COLUMN report_run.question IS 'JSON as text: every float as it was written.';
COMMENT ON COLUMN report_run.reason IS 'Why it failed, for a person.';
