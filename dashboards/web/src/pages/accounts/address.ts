import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/accounts', inNavigation: { name: 'Accounts', order: 4 } };
