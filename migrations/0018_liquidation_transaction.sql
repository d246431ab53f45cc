-- Which transaction liquidated. What is stored so far does not say; its block and log index still name it.

ALTER TABLE liquidated ADD COLUMN transaction text;
COMMENT ON COLUMN liquidated.transaction IS 'Hash of the transaction; null in rows stored before it was kept.';
