import {
  accountTotals,
  copyLedger,
  mechanisms,
  ownValues,
  toBook,
  valueAccount,
  venueSummaries,
  type AccountRow,
} from '@undertow/book';
import { viewsAt } from './lyra-avalon-expect.ts';
import { openScene, shorts, type LyraScene } from './lyra-avalon-scene.ts';

const FEED_SCALE = 10n ** 10n;
/** How far from a line the underlying's price is tried, millionths. */
const BESIDE = [-40n, -20n, -5n, 5n, 20n, 40n];
/** Lines that are tried. */
const LINES = 6;

let scene: LyraScene;

beforeAll(async () => {
  scene = await openScene({ seed: 17, accounts: 240 });
}, 60_000);

afterAll(async () => {
  scene?.chain.close();
  await scene?.devnet.stop();
});

test('near the line the health factor that is shown, and who is due, are as the contract decides', async () => {
  const { chain, deployment } = scene;
  const { time } = chain.head();
  const held = new Map(shorts(scene).map((position) => [position.id, position]));
  const lines = [...held.values()].flatMap(({ owner, id }) => {
    const readings = mechanisms.option.read(chain.ledger, { venue: deployment.id, owner, time });
    const reading = readings.find(({ market }) => market === id);
    return reading && 'figures' in reading ? reading.liquidationPrices.map(({ answer }) => answer) : [];
  });
  expect(lines.length).toBeGreaterThan(LINES);
  let floatsDiffer = 0;
  for (const line of lines.slice(0, LINES)) {
    for (const millionths of BESIDE) {
      const answer = line + (line * millionths) / 1_000_000n;
      const ledger = copyLedger(chain.ledger);
      ledger.prices.set(deployment.baseFeed, { answer, round: 9n, updatedAt: time });
      const book = toBook(ledger, { time });
      const values = ownValues(book);
      const rows = book.accounts.market.map((_id, row) => row as AccountRow);
      const positions = book.accounts.market.map((id) => held.get(id)!);
      const { due } = await viewsAt(scene, positions, answer * FEED_SCALE);
      expect(rows.map((row) => accountTotals(values, row).healthFactor < 1)).toEqual(due);
      expect(venueSummaries(book).map((venue) => venue.due)).toEqual([due.filter(Boolean).length]);
      floatsDiffer += rows.filter((row, i) => valueAccount(values, row).healthFactor < 1 !== due[i]).length;
    }
  }
  // The tables of the book alone would have been wrong about some.
  expect(floatsDiffer).toBeGreaterThan(0);
}, 120_000);
