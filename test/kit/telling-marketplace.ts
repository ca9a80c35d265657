import type { MarketplaceAdapter } from '../../server/domain/ports/marketplace.ts';
import type { User } from '../../server/domain/user.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';

/** The sandbox's marketplace as one that can tell users: those of `users`, asked anew each time. */
export const tellingMarketplace = (users: (customerId: string) => User[]): MarketplaceAdapter => ({
  manifest: {
    ...cloudblue.manifest,
    capabilities: { ...cloudblue.manifest.capabilities, users: true },
  },
  open: (context) => ({
    ...cloudblue.open(context),
    users: async (customerId) => ({ records: users(customerId), unreadable: [] }),
  }),
});
