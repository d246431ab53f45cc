import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const ACCOUNTS = 150_000;

/** The rows as objects take 95 MB of it, the import without them 80: both do not fit. */
const HEAP_MB = 120;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-many-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two rows an account; owners in no order. */
function* positions(): Generator<string> {
  yield 'owner,venue,asset,role,amount\n';
  for (let i = 0; i < ACCOUNTS; i++) {
    const owner = `0x${((i * 2_654_435_761) % 2 ** 40).toString(16).padStart(40, '0')}`;
    yield `${owner},pool,WETH,collateral,${1 + (i % 97)}.25\n${owner},pool,USDC,debt,${1_000 + (i % 7)}\n`;
  }
}

describe('300,000 rows', () => {
  it(
    'become a book in a heap that could not hold them',
    async () => {
      await pipeline(Readable.from(positions()), createWriteStream(join(folder, 'positions.csv')));
      writeFileSync(
        join(folder, 'markets.csv'),
        'venue,asset,mechanism,liquidationThreshold,liquidationBonus\npool,WETH,pooled-lending,0.83,5%\npool,USDC,pooled-lending,,\n',
      );
      writeFileSync(join(folder, 'prices.csv'), 'asset,price\nWETH,2000\nUSDC,1\n');
      const script = join(import.meta.dirname, 'fixtures/import-many.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [
        `--max-old-space-size=${HEAP_MB}`,
        '--disable-warning=ExperimentalWarning',
        script,
        folder,
      ]);
      const owed = (from: number) => Math.floor((ACCOUNTS - from + 6) / 7) * (1_000 + from);
      const debtUsd = [0, 1, 2, 3, 4, 5, 6].reduce((sum, from) => sum + owed(from), 0);
      expect(JSON.parse(stdout)).toMatchObject({
        rows: { positions: 2 * ACCOUNTS },
        accounts: ACCOUNTS,
        coverage: { modelledDebtUsd: debtUsd, share: 1 },
      });
    },
    20 * 60_000,
  );
});
