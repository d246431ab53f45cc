-- Liquidations are asked for by market too, in the order of the list. Those whose collateral is of the market are found by the
-- collateral (0017).

CREATE INDEX liquidated_market ON liquidated (chain_id, market, block, log_index, part);
