import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/scenario', inNavigation: { name: 'Scenario', order: 1 } };
