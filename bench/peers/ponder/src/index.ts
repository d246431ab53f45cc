// One row per event with its decoded arguments: no more work than a fact, and no relations.
import { readFileSync } from 'node:fs';
import { ponder } from 'ponder:registry';
import schema from 'ponder:schema';

const site = JSON.parse(readFileSync(process.env.BENCH_SITE!, 'utf8'));
const text = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

for (const contract of site.contracts) {
  for (const name of contract.events) {
    ponder.on(`${contract.name}:${name}` as never, async ({ event, context }: any) => {
      await context.db.insert(schema.event).values({
        id: event.id,
        contract: contract.name,
        name,
        address: event.log.address,
        block: event.block.number,
        time: event.block.timestamp,
        args: JSON.stringify(event.args, text),
      });
    });
  }
}
