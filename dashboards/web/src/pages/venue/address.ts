import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/venues/:id', within: 'venues' };
