-- Positions, growth, volatility, funds, ratios and holdings; and integers in every jsonb payload as {"int": "123"}, at any depth,
-- so that a new form of terms or positions needs no new columns and no list of its integer fields.

CREATE TABLE position_changed (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, owner text NOT NULL, position text NOT NULL, change jsonb NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE position_changed IS 'A position that is more than shares of a market changed; change->>''form'' says of which mechanism.';

CREATE TABLE growth_accrued (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, growth jsonb NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE growth_accrued IS 'What every position of a market has earned or come to owe grew: funding, redistribution.';

CREATE TABLE volatility_posted (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, market text NOT NULL, volatility jsonb NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE volatility_posted IS 'A venue''s implied volatility moved.';

CREATE TABLE fund_moved (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, fund text NOT NULL, asset text NOT NULL, amount_delta numeric NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE fund_moved IS 'A shared fund of a venue received (positive) or paid (negative), raw units of the asset.';

CREATE TABLE ratio_posted (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  asset text NOT NULL, of_asset text NOT NULL, ratio_wad numeric NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE ratio_posted IS 'Whole units of of_asset that one whole unit of a derived asset stands for, wad.';

CREATE TABLE holding_read (
  time timestamptz NOT NULL, chain_id bigint NOT NULL, block bigint NOT NULL, log_index integer NOT NULL, part integer NOT NULL,
  venue text NOT NULL, asset text NOT NULL, amount numeric NOT NULL,
  PRIMARY KEY (chain_id, block, log_index, part, time)
);
COMMENT ON TABLE holding_read IS 'What a venue''s contracts really hold of a token, raw units, as the token says.';

-- Terms stored so far have their integers as plain strings, in these fields and nowhere else.
UPDATE terms_changed SET patch = (
  SELECT jsonb_object_agg(field, CASE
    WHEN jsonb_typeof(value) = 'string' AND field IN (
      'loanToValueBps', 'liquidationThresholdBps', 'liquidationBonusBps', 'liquidationProtocolFeeBps',
      'reserveFactorBps', 'debtCeiling', 'liquidationThresholdWad') THEN jsonb_build_object('int', value)
    WHEN field = 'oracle' AND jsonb_typeof(value -> 'scaleFactor') = 'string'
      THEN jsonb_set(value, '{scaleFactor}', jsonb_build_object('int', value -> 'scaleFactor'))
    ELSE value END)
  FROM jsonb_each(patch) AS entry (field, value));
COMMENT ON TABLE terms_changed IS 'A venue set some terms of a market. Integers in the patch are {"int": "123"}.';
