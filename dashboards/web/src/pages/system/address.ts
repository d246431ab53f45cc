import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/system', inNavigation: { name: 'System', order: 5 } };
