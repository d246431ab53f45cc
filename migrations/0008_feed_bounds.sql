-- The least and the greatest that a feed can answer, in its own decimals; null where it does not say.

ALTER TABLE feed ADD COLUMN least numeric, ADD COLUMN greatest numeric;
