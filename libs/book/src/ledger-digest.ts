import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { compareText } from './compare-text.ts';
import type { Ledger, LedgerVenue } from './ledger.ts';

/**
 * SHA-256, hex, of what a ledger holds, whatever way it came to hold it: a fold of logs and a fold of a snapshot
 * at the same height are equal. Left out: where the fold stands, what was quarantined, what contracts held when they
 * were asked, and the reference.
 */
export function ledgerDigest(ledger: Ledger): string {
  return bytesToHex(sha256(utf8ToBytes(ledgerLines(ledger).join('\n'))));
}

/** What the digest covers, as sorted lines of text: compare two ledgers by the lines that differ. */
export function ledgerLines(ledger: Ledger): string[] {
  const lines: string[] = [];
  for (const [id, venue] of ledger.venues) lines.push(...venueLines(id, venue));
  for (const [feed, price] of ledger.prices) lines.push(`price ${feed} ${plain(price)}`);
  for (const [feed, formula] of ledger.formulas) lines.push(`formula ${feed} ${plain(formula)}`);
  for (const [address, { ticks, ...price }] of ledger.pools) {
    lines.push(`pool ${address} ${plain(price)}`);
    for (const [tick, net] of ticks) lines.push(`pool ${address} tick ${tick} ${net}`);
  }
  for (const [asset, ratio] of ledger.ratios) lines.push(`ratio ${asset} ${plain(ratio)}`);
  return lines.sort(compareText);
}

function venueLines(id: string, venue: LedgerVenue): string[] {
  const lines: string[] = [];
  for (const [market, state] of venue.markets) lines.push(`market ${id} ${market} ${plain(state)}`);
  for (const [owner, account] of venue.accounts) {
    if (account.category !== 0) lines.push(`account ${id} ${owner} category ${account.category}`);
    for (const [market, leg] of account.legs) lines.push(`leg ${id} ${owner} ${market} ${plain(leg)}`);
    for (const { market, name, position } of account.positions.values())
      lines.push(`position ${id} ${owner} ${market} ${name} ${plain(position)}`);
  }
  for (const [kind, amounts] of venue.funds)
    for (const [asset, amount] of amounts) lines.push(`fund ${id} ${kind} ${asset} ${amount}`);
  return lines;
}

/** JSON with sorted keys, integers of any size as their digits, and maps (by tick) as sorted pairs. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Map) return plain([...value].sort(([a], [b]) => a - b));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${plain(field)}`).join(',')}}`;
}
