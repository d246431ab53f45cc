import type { PageAddress } from '../../frame/page-address.ts';

export const address: PageAddress = {
  pattern: '/reports/:id?',
  inNavigation: { name: 'Reports', order: 1.8 },
};
