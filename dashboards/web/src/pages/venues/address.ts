import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/venues', inNavigation: { name: 'Venues', order: 2 } };
