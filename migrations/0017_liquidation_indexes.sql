-- Liquidations are listed newest first, and asked for by venue, liquidator or asset: by each of them in the order of the list. The
-- owner's go by time (0010), of which one owner has few; without a condition the primary key has the order.

CREATE INDEX liquidated_venue ON liquidated (chain_id, venue, block, log_index, part);
CREATE INDEX liquidated_liquidator ON liquidated (chain_id, liquidator, block, log_index, part);
CREATE INDEX liquidated_collateral ON liquidated (chain_id, collateral_asset, block, log_index, part);
CREATE INDEX liquidated_debt ON liquidated (chain_id, debt_asset, block, log_index, part);
CREATE INDEX incident_chain ON incident (chain_id, id);
