import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/venues', name: 'Venues', order: 2 };
