import type { ReportBundle } from './bundle.ts';

/** EIP-712: what these signatures are about. No chain: a report may be of several, and is money on none. */
export const SIGNED_DOMAIN = { name: 'Undertow report', version: '1' } as const;

export const SIGNED_TYPES = {
  Report: [
    { name: 'id', type: 'bytes32' },
    { name: 'kind', type: 'string' },
    { name: 'subject', type: 'string' },
  ],
} as const;

/** What whoever stands by a report signs: its id, and in words what it is, so that a wallet can show it. EIP-712 typed data. */
export const signedData = ({ id, content: { kind, subject } }: Pick<ReportBundle, 'id' | 'content'>) => ({
  domain: SIGNED_DOMAIN,
  types: SIGNED_TYPES,
  primaryType: 'Report' as const,
  message: { id: `0x${id}` as const, kind, subject },
});
