-- A feed may be a multiple of another's answers: then it has no price while that one has none.

ALTER TABLE feed ADD COLUMN based_on text;
COMMENT ON COLUMN feed.based_on IS 'The feed whose answer this one is a multiple of.';
