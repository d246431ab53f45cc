-- Facts, the blocks they came from, how far each chain is read, and what is known of contracts.
--
-- Raw integers are numeric and never rounded. Every fact table has the key (chain_id, block, log_index, part); `time`
-- is the block's timestamp and part of every primary key because TimescaleDB partitions by it. Addresses and hashes
-- are lower-case 0x text: these tables are read by people and dashboards too.

CREATE TABLE leg_changed (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, owner text NOT NULL, side text NOT NULL, shares_delta numeric NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE leg_changed IS 'A leg of an account grew or shrank by a number of shares.';

CREATE TABLE collateral_switched (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, owner text NOT NULL, enabled boolean NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE collateral_switched IS 'An owner switched a reserve''s use as collateral on or off.';

CREATE TABLE category_chosen (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, owner text NOT NULL, category integer NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE category_chosen IS 'An owner chose an e-mode category; 0 = none.';

CREATE TABLE terms_changed (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, patch jsonb NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE terms_changed IS 'A venue set some terms of a market. Integers in the patch are strings.';

CREATE TABLE index_accrued (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL,
  form text NOT NULL,
  side text, index_ray numeric, rate_per_year_ray numeric, assets_delta numeric, shares_delta numeric, accrued boolean,
  fee_wad numeric, rate_at_target_wad numeric,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE index_accrued IS 'A market''s index moved. Which columns are filled follows from form.';

CREATE TABLE price_posted (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  feed text NOT NULL, answer numeric NOT NULL, round numeric NOT NULL, updated_at bigint NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE price_posted IS 'A feed answered, in its own decimals. updated_at is what the feed states, unix seconds.';

CREATE TABLE liquidity_changed (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  pool text NOT NULL, form text NOT NULL,
  lower_tick integer, upper_tick integer, liquidity_delta numeric, sqrt_price_x96 numeric, tick integer, liquidity numeric,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE liquidity_changed IS 'A pool''s liquidity or price changed. Which columns are filled follows from form.';

CREATE TABLE liquidated (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, owner text NOT NULL, liquidator text NOT NULL,
  collateral_asset text NOT NULL, debt_asset text NOT NULL,
  repaid numeric NOT NULL, seized numeric NOT NULL, bad_debt numeric NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE liquidated IS 'A venue liquidated an account. Raw units of the assets.';

CREATE TABLE quarantined (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  source text NOT NULL, reason text NOT NULL, topics text[] NOT NULL, data text NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE quarantined IS 'Something a source said that could not be decoded, priced or modelled.';

CREATE TABLE block (
  chain_id bigint NOT NULL, number bigint NOT NULL, hash text NOT NULL, parent_hash text NOT NULL, time timestamptz NOT NULL,
  PRIMARY KEY (chain_id, number)
);
COMMENT ON TABLE block IS 'Hashes of blocks whose facts are stored, to notice a reorganisation. Not every block need be here.';

CREATE TABLE checkpoint (
  chain_id bigint PRIMARY KEY,
  block bigint NOT NULL, hash text, time timestamptz,
  facts bigint NOT NULL DEFAULT 0 CHECK (facts >= 0),
  trusted boolean NOT NULL DEFAULT true, reason text,
  network jsonb
);
COMMENT ON TABLE checkpoint IS 'How far each chain is read: all facts up to this block are stored, and none above it.';
COMMENT ON COLUMN checkpoint.hash IS 'Null after going back to a block whose hash was never stored.';
COMMENT ON COLUMN checkpoint.facts IS 'Facts stored, counted in the transactions that store and drop them.';
COMMENT ON COLUMN checkpoint.trusted IS 'False while stored facts are known not to match the chain.';

CREATE TABLE venue (
  chain_id bigint NOT NULL, id text NOT NULL, protocol text NOT NULL, version text NOT NULL, mechanism text NOT NULL, address text NOT NULL,
  PRIMARY KEY (chain_id, id)
);
CREATE TABLE asset (
  chain_id bigint NOT NULL, address text NOT NULL, symbol text NOT NULL, decimals integer NOT NULL,
  PRIMARY KEY (chain_id, address)
);
CREATE TABLE feed (
  chain_id bigint NOT NULL, id text NOT NULL, description text NOT NULL, decimals integer NOT NULL, aggregator text,
  PRIMARY KEY (chain_id, id)
);
CREATE TABLE pool (
  chain_id bigint NOT NULL, address text NOT NULL, token0 text NOT NULL, token1 text NOT NULL, fee_pips integer NOT NULL, tick_spacing integer NOT NULL,
  PRIMARY KEY (chain_id, address)
);
COMMENT ON TABLE asset IS 'A token. Reference rows outlive a reorganisation: they say what a contract is, not what happened.';

CREATE TABLE incident (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain_id bigint NOT NULL, noticed_at timestamptz NOT NULL DEFAULT now(), kind text NOT NULL, message text NOT NULL,
  resolved_at timestamptz
);
-- One open incident per cause: a source that fails a thousand times is one incident.
CREATE UNIQUE INDEX incident_open ON incident (chain_id, kind, md5(message)) WHERE resolved_at IS NULL;
