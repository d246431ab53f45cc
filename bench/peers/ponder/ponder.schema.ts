import { onchainTable } from 'ponder';

export const event = onchainTable('event', (t) => ({
  id: t.text().primaryKey(),
  contract: t.text().notNull(),
  name: t.text().notNull(),
  address: t.text().notNull(),
  block: t.bigint().notNull(),
  time: t.bigint().notNull(),
  args: t.text().notNull(),
}));
