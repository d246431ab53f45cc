import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/oracles', inNavigation: { name: 'Oracles', order: 4 } };
