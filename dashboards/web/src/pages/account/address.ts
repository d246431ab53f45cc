import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/accounts/:address', within: 'accounts' };
