import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/assets', inNavigation: { name: 'Assets', order: 3 } };
