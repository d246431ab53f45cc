-- Facts may be dropped by age, where people ask for that: a saved ledger then stands for those that are gone.

ALTER TABLE checkpoint
  ADD COLUMN kept_above bigint,
  ADD COLUMN kept_since timestamptz;
COMMENT ON COLUMN checkpoint.kept_above IS
  'The ledger saved at this block stands for all facts up to it, some of which are dropped: nothing below can be folded. Null: all facts are there.';
COMMENT ON COLUMN checkpoint.kept_since IS
  'Facts before this time (00:00 UTC of a day) are dropped, but for terms, liquidations and what could not be read.';

CREATE TABLE leg_opening (
  chain_id bigint NOT NULL, owner text NOT NULL, venue text NOT NULL, market text NOT NULL, side text NOT NULL,
  shares numeric NOT NULL,
  PRIMARY KEY (chain_id, owner, venue, market, side)
);
COMMENT ON TABLE leg_opening IS 'Shares of a leg by the changes of it that were dropped: what its later changes are added to.';
