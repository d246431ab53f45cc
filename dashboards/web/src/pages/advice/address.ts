import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/advice/:id?', inNavigation: { name: 'Advice', order: 1.7 } };
