import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { applyFacts } from './apply-facts.ts';
import { factsOfAllKinds, worldOfAllKinds } from './fixtures/facts-of-all-kinds.ts';
import { wholeText } from './fixtures/whole-text.ts';
import { FOLD_VERSION } from './fold-version.ts';
import { ledgerParts } from './ledger-parts.ts';
import { emptyLedger } from './ledger.ts';

function foldedText(): string {
  const ledger = emptyLedger(worldOfAllKinds);
  applyFacts(ledger, factsOfAllKinds);
  return wholeText([...ledgerParts(ledger)]);
}

test('what the fold makes of fixed facts has not changed since its version was raised last', () => {
  // Another digest: the fold, what a ledger holds, or its parts have changed. Raise FOLD_VERSION and write both here, or databases
  // go on from ledgers that the new code would not have made.
  const digest = bytesToHex(sha256(utf8ToBytes(foldedText())));
  expect({ version: FOLD_VERSION, digest }).toEqual({
    version: 2,
    digest: '0fec380a4f2a677e48799716421894a6de264c729ff586c5d92658d29f1f8b3c',
  });
});

test('the fixed facts are of every kind and leave something in every place of a ledger', () => {
  expect([...new Set(factsOfAllKinds.map(({ kind }) => kind))].sort()).toMatchInlineSnapshot(`
   [
     "CategoryChosen",
     "CollateralSwitched",
     "FormulaPosted",
     "FundMoved",
     "GrowthAccrued",
     "HoldingRead",
     "IndexAccrued",
     "LegChanged",
     "Liquidated",
     "LiquidityChanged",
     "PositionChanged",
     "PricePosted",
     "Quarantined",
     "RatioPosted",
     "TermsChanged",
     "VolatilityPosted",
   ]
  `);
  const ledger = emptyLedger(worldOfAllKinds);
  applyFacts(ledger, factsOfAllKinds);
  const empty = Object.entries(ledger).filter(([, part]) => part instanceof Map && part.size === 0);
  expect(empty).toEqual([]);
  const forms = [...ledger.venues.values()].flatMap(({ accounts }) =>
    [...accounts.values()].flatMap(({ positions }) =>
      [...positions.values()].map(({ position }) => position.form),
    ),
  );
  expect(new Set(forms)).toEqual(new Set(['cdp', 'perpetual', 'option', 'indexed-debt']));
  const growths = [...ledger.venues.values()].flatMap(({ markets }) =>
    [...markets.values()].flatMap(({ growth }) => growth?.form ?? []),
  );
  expect(new Set(growths)).toEqual(new Set(['cdp', 'perpetual', 'money-market']));
  const old = ledger.venues.get('aave-old')!.markets.get(worldOfAllKinds.assets[0]!.address)!;
  expect(old.debtIndex.updatedAt).toBeGreaterThan(0);
  expect(old.unreadDebtShares).toBe(20n);
});
