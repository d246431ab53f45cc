import { ownValues, valueAccounts, type Book } from '../../libs/book/src/index.ts';
import type { Scenario } from '../../libs/cascade/src/index.ts';
import type { Row } from '../report.ts';
import { readBandwidth } from './memory-bandwidth.ts';
import { plainBook, plainMoves, type PlainBook } from './plain-book.ts';
import { askPython, type Said } from './python-peers.ts';
import { rateOf } from './rate.ts';
import { beside, ofAccounts, row } from './row.ts';
import { aaveBalances, aaveSummaries, morphoPositions, type SdkRate } from './sdk-peers.ts';

const UNIT = 'million accounts/s, one thread';

/** A library may give another health factor than ours by so much of it: it rounds the average threshold, of 65 % at least, to a basis point. */
const MOST_APART = 1 / 6_500;

interface PythonHealth {
  readonly version: string;
  readonly perSecond: number;
  readonly due: number;
}

/**
 * Health factors of all accounts at one vector of prices: our pass over a book's columns beside what others have, and beside what the
 * memory gives. Who gives other health factors than ours ends the bench.
 */
export function healthPass(book: Book, scenario: Scenario): Row[] {
  const { count } = book.accounts;
  const values = ownValues(book);
  const into = valueAccounts(values);
  const ours = rateOf(count, () => valueAccounts(values, into)) / 1e6;
  const found = into.healthFactor;
  const plain = plainBook(book);
  const moves = plainMoves(book, scenario);
  const due = plainDue(plain, moves);
  const sdk = (peerName: string, { perSecond, healthFactor }: SdkRate) => {
    for (const [account, health] of healthFactor)
      if (Math.abs(health / found[account]! - 1) > MOST_APART)
        throw new Error(`${peerName} gives account ${account} a health of ${health}, we ${found[account]}`);
    const [library] = peerName.split(' ');
    return beside(named(library!), UNIT, { ours, peerName, peer: perSecond / 1e6 });
  };
  const python = (name: 'numpy' | 'scipy', said: Said<Partial<Record<typeof name, PythonHealth>>>) => {
    if ('absent' in said) return beside(named(name), UNIT, { ours, peerName: name, peer: said.absent });
    const peer = said.said[name];
    if (!peer) return beside(named(name), UNIT, { ours, peerName: name, peer: `python3 has no ${name}` });
    if (peer.due !== due) throw new Error(`${name} finds ${peer.due} accounts due, typed arrays ${due}`);
    const peerName = `${name} ${peer.version}`;
    return beside(named(name), UNIT, { ours, peerName, peer: peer.perSecond / 1e6 });
  };
  const said = askPython<Partial<Record<'numpy' | 'scipy', PythonHealth>>>('health.py', plain, [moves]);
  return [
    sdk('@aave/math-utils formatUserSummary', aaveSummaries(book)),
    sdk('@aave/math-utils calculateHealthFactorFromBalances', aaveBalances(book)),
    sdk('@morpho-org/blue-sdk AccrualPosition.healthFactor', morphoPositions(book)),
    beside(named('plain objects'), UNIT, {
      ours,
      peerName: 'plain objects',
      peer: objectsRate(plain, moves),
    }),
    beside(named('plain typed arrays'), UNIT, {
      ours,
      peerName: 'sparse rows, weighted before',
      peer: rateOf(plain.count, () => plainDue(plain, moves)) / 1e6,
    }),
    python('numpy', said),
    python('scipy', said),
    bandwidthRow(book, ours),
  ];

  function named(peer: string): string {
    return `health factors, ${ofAccounts(count)}, beside ${peer}`;
  }
}

/** What a pass reads and writes of an account on average, against what one thread reads in sequence. */
function bandwidthRow({ accounts, legs }: Book, millionPerSecond: number): Row {
  const perLeg = [legs.amount, legs.oracle, legs.side, legs.liquidationThreshold, legs.maintenanceMargin];
  const perAccount = [accounts.venue, accounts.legStart];
  const width = (columns: readonly { readonly BYTES_PER_ELEMENT: number }[]) =>
    columns.reduce((sum, { BYTES_PER_ELEMENT }) => sum + BYTES_PER_ELEMENT, 0);
  const written = 3 * Float64Array.BYTES_PER_ELEMENT;
  const bytes = (width(perLeg) * legs.count) / accounts.count + width(perAccount) + written;
  const limit = readBandwidth();
  const reached = (bytes * millionPerSecond) / 1e3;
  return row(`memory that the pass goes over, ${Math.round(bytes)} bytes an account`, 'GB/s', reached, {
    peerName: 'a loop that only reads',
    peer: limit,
    ratio: reached / limit,
    limit: '≥ 0.8 of what is read, at 1,000,000 accounts',
  });
}

function plainDue(book: PlainBook, price: Float64Array): number {
  const { count, heldStart, owedStart, heldOf, owedOf, weightedUsd, owedUsd } = book;
  let due = 0;
  for (let account = 0; account < count; account++) {
    let backing = 0;
    let owed = 0;
    for (let i = heldStart[account]!; i < heldStart[account + 1]!; i++)
      backing += weightedUsd[i]! * price[heldOf[i]!]!;
    for (let i = owedStart[account]!; i < owedStart[account + 1]!; i++)
      owed += owedUsd[i]! * price[owedOf[i]!]!;
    if (backing / owed < 1) due += 1;
  }
  return due;
}

interface ObjectLeg {
  readonly asset: string;
  readonly amount: number;
}

/** The same with an object for every account and leg and a map of prices, of which a hundred thousand accounts say enough. */
function objectsRate(book: PlainBook, moves: Float64Array): number {
  const legs = (start: Uint32Array, of: Uint8Array, amount: Float64Array, account: number): ObjectLeg[] =>
    Array.from({ length: start[account + 1]! - start[account]! }, (_, i) => ({
      asset: `asset ${of[start[account]! + i]}`,
      amount: amount[start[account]! + i]!,
    }));
  const accounts = Array.from({ length: Math.min(book.count, 100_000) }, (_, account) => ({
    collateral: legs(book.heldStart, book.heldOf, book.weightedUsd, account),
    debt: legs(book.owedStart, book.owedOf, book.owedUsd, account),
  }));
  const prices = new Map(Array.from(moves, (move, row) => [`asset ${row}`, move]));
  const sum = (own: readonly ObjectLeg[]) =>
    own.reduce((total, { asset, amount }) => total + amount * prices.get(asset)!, 0);
  const healths = () => accounts.map(({ collateral, debt }) => sum(collateral) / sum(debt));
  return rateOf(accounts.length, healths) / 1e6;
}
