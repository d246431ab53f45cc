import { isAddress } from '../account/load.ts';
import { isMeasure, type Measure } from '../heatmap/measure.ts';
import { isMove, type Shock } from './scenario.ts';

/** What a link to the page holds. */
export interface Linked {
  readonly measure: Measure;
  /** Undefined: whatever the page finds worth showing. */
  readonly shocks: readonly Shock[] | undefined;
  /** Move of all implied volatilities; 0 = none. */
  readonly volatility: number;
  /** Undefined: the newest block. */
  readonly block: number | undefined;
  /** An address to look up over all venues. */
  readonly account: string | undefined;
}

/** The newest block that the API can be asked about: GraphQL's largest Int. */
const LAST_BLOCK = 2 ** 31 - 1;

/**
 * The fragment of a link: `#measure=bad-debt&shock=WETH:-0.2,WBTC:-0.2&volatility=0.5&block=123&account=0x…`.
 * Reading it gives the same back.
 */
export function writeLink({ measure, shocks, volatility, block, account }: Linked): string {
  const parts = [`measure=${measure}`];
  if (shocks)
    parts.push(
      `shock=${shocks.map(({ asset, ratio }) => `${encodeURIComponent(escapeName(asset))}:${ratio}`).join(',')}`,
    );
  if (volatility !== 0) parts.push(`volatility=${volatility}`);
  if (block !== undefined) parts.push(`block=${block}`);
  if (account !== undefined) parts.push(`account=${account}`);
  return `#${parts.join('&')}`;
}

/** Reads the fragment of a link. What cannot be read is left out and named in `problems`, for the reader to see. */
export function readLink(fragment: string): Linked & { readonly problems: readonly string[] } {
  const fields = new URLSearchParams(fragment.replace(/^#/, '').replaceAll('+', '%2B'));
  const problems: string[] = [];
  const measure = fields.get('measure') ?? 'liquidated';
  if (!isMeasure(measure)) problems.push(`there is no measure “${measure}”`);
  const block = fields.get('block');
  const isBlock = block !== null && /^\d{1,15}$/.test(block) && Number(block) <= LAST_BLOCK;
  if (block !== null && !isBlock) problems.push(`“${block}” is not a block number`);
  const volatility = Number(fields.get('volatility') ?? '0');
  if (!isMove(volatility))
    problems.push(`“${fields.get('volatility')}” is not a move of volatility such as 0.5`);
  const account = fields.get('account') ?? undefined;
  const isOwner = account === undefined || isAddress(account);
  if (!isOwner) problems.push(`“${account}” is not an address: 0x and 40 hexadecimal digits`);
  return {
    measure: isMeasure(measure) ? measure : 'liquidated',
    shocks: readShocks(fields.get('shock'), problems),
    volatility: isMove(volatility) ? volatility : 0,
    block: isBlock ? Number(block) : undefined,
    account: isOwner ? account?.toLowerCase() : undefined,
    problems,
  };
}

function readShocks(text: string | null, problems: string[]): readonly Shock[] | undefined {
  if (text === null) return undefined;
  const shocks = new Map<string, Shock>();
  for (const part of text.split(',').filter((piece) => piece !== '')) {
    const cut = part.lastIndexOf(':');
    const asset = unescapeName(part.slice(0, Math.max(cut, 0)));
    const ratio = Number(part.slice(cut + 1) || Number.NaN);
    if (cut <= 0 || !isMove(ratio)) problems.push(`“${part}” is not a price move such as WETH:-0.2`);
    else if (shocks.has(asset)) problems.push(`${asset} is moved twice`);
    else shocks.set(asset, { asset, ratio });
  }
  return [...shocks.values()];
}

/**
 * Names within the list of shocks, escaped once more than the link: programs that pass links on may encode or decode
 * the commas and colons of the list itself.
 */
const escapeName = (name: string) => name.replace(/[%,:]/g, (sign) => encodeURIComponent(sign));
const unescapeName = (name: string) => name.replace(/%(25|2C|3A)/gi, (code) => decodeURIComponent(code));
