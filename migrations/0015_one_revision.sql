-- That stored facts changed is said once, by the revision of the chain's facts (`rewrite`): who aggregates notices it by that too.

ALTER TABLE checkpoint DROP COLUMN changes;
