import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/', inNavigation: { name: 'Overview', order: 0 } };
