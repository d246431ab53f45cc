-- Plain PostgreSQL: a BRIN index by time for the table of 0006.

CREATE INDEX formula_posted_time ON formula_posted USING brin (time);
