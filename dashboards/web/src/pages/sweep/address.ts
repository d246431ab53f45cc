import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = { pattern: '/sweep/:id?', inNavigation: { name: 'Sweep', order: 1.5 } };
