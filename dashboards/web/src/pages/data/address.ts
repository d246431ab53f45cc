import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/data', inNavigation: { name: 'Data', order: 6 } };
