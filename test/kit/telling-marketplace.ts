import * as v from 'valibot';
import { AppError, retryLater } from '../../server/domain/errors.ts';
import { parseForeign } from '../../server/domain/json.ts';
import type {
  Marketplace,
  MarketplaceAdapter,
  MarketplaceContext,
} from '../../server/domain/ports/marketplace.ts';
import type { Read } from '../../server/domain/ports/read.ts';
import type { User } from '../../server/domain/user.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { createClient } from '../../server/marketplaces/cloudblue/client.ts';
import { notAnAnswer, refusal } from '../../server/marketplaces/cloudblue/refusals.ts';
import { createTokens } from '../../server/marketplaces/cloudblue/tokens.ts';
import type { StartOptions } from '../../server/start-options.ts';
import { ADAPTER_WITH_USERS } from '../sandbox/app-env.ts';

const pagesMax = 100;
const membershipSchema = v.object({
  user: v.object({
    uuid: v.string(),
    email: v.string(),
    firstName: v.string(),
    lastName: v.string(),
  }),
  enabled: v.boolean(),
});
const count = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number));
const pageSchema = v.object({
  content: v.array(v.unknown()),
  page: v.object({ totalElements: count, totalPages: count, number: count }),
});

/**
 * The sandbox's marketplace as one that tells users: SimpleAPI, which does not, with the memberships of a company beside
 * it, as AppDirect describes them. Made up together; no marketplace that is known has both.
 */
export const tellingMarketplace: MarketplaceAdapter = {
  manifest: {
    ...cloudblue.manifest,
    id: ADAPTER_WITH_USERS,
    capabilities: { ...cloudblue.manifest.capabilities, users: true },
  },
  open: (context) => ({ ...cloudblue.open(context), users: usersOf(context) }),
};

/** The same app, set up by its operator for a marketplace that tells users. */
export const forTellingMarketplace = (given: StartOptions): StartOptions => ({
  ...given,
  adapters: [tellingMarketplace],
  env: {
    ...given.env,
    marketplaces: given.env.marketplaces.map((entry) => ({
      ...entry,
      adapter: ADAPTER_WITH_USERS,
    })),
  },
});

function usersOf(context: MarketplaceContext): NonNullable<Marketplace['users']> {
  const { fetch, clock, credentials, apiBase } = context;
  const send = createClient({ fetch, clock });
  const tokens = createTokens({ context, send });
  const secrets = Object.values(credentials);
  const origin = new URL(apiBase).origin;

  async function read(customerId: string, page: number) {
    const token = await tokens.current();
    await context.spend('background');
    const path = `/api/account/v2/companies/${encodeURIComponent(customerId)}/memberships`;
    const answer = await send({
      method: 'GET',
      url: `${origin}${path}?page=${page}&includeCompanies=false`,
      headers: {
        authorization: `Bearer ${token}`,
        'x-subscription-key': credentials.subscriptionKey ?? '',
      },
    });
    if (answer.status !== 200) throw refusal(answer, clock.nowMs(), secrets);
    try {
      return v.parse(pageSchema, parseForeign(answer.text));
    } catch {
      throw notAnAnswer(answer, secrets);
    }
  }

  return async (customerId) => {
    const found: Read<User> = { records: [], unreadable: [] };
    let seen = 0;
    for (let number = 0; number < pagesMax; number += 1) {
      const { content, page } = await read(customerId, number);
      seen += content.length;
      for (const record of content) keep(found, record);
      if (number + 1 < page.totalPages) continue;
      if (seen === page.totalElements) return found;
      break;
    }
    throw new AppError('marketplace.answer', { retry: retryLater() });
  };
}

function keep(found: Read<User>, record: unknown): void {
  const told = v.safeParse(membershipSchema, record);
  if (!told.success) {
    found.unreadable.push({ what: 'user', id: '', problem: 'shape', body: '' });
    return;
  }
  const { user, enabled } = told.output;
  found.records.push({
    id: user.uuid,
    name: `${user.firstName} ${user.lastName}`,
    email: user.email,
    active: enabled,
  });
}
