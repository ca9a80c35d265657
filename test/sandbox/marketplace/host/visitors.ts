import { randomBytes } from 'node:crypto';
import { must } from '../../must.ts';
import type { TenantConfig, User } from '../config.ts';
import { ActionRefused } from '../scene.ts';

export interface Visitor {
  sessionId: string;
  tenant: TenantConfig;
  user: User;
}

export interface Visitors {
  /** Who this browser is; a new browser is the first reseller's owner. `setCookie` is there when the browser must learn it. */
  of(cookieHeader: string | null): { visitor: Visitor; setCookie?: string };
  /** Signs this browser in as another user: a new host session. */
  switchTo(userId: string): { visitor: Visitor; setCookie: string };
}

const COOKIE = 'fernhill_session';
const SESSIONS_MAX = 10_000;

export function createVisitors(tenants: readonly TenantConfig[]): Visitors {
  const sessions = new Map<string, Visitor>();
  const begin = (tenant: TenantConfig, user: User) => {
    if (sessions.size >= SESSIONS_MAX) sessions.clear();
    const visitor = { sessionId: `ses-${randomBytes(16).toString('hex')}`, tenant, user };
    sessions.set(visitor.sessionId, visitor);
    return { visitor, setCookie: `${COOKIE}=${visitor.sessionId}; Path=/; HttpOnly; SameSite=Lax` };
  };
  return {
    of: (cookieHeader) => {
      const id = cookieHeader?.match(new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`))?.[1] ?? '';
      const visitor = sessions.get(id);
      if (visitor) return { visitor };
      const tenant = must(tenants[0], 'a reseller');
      return begin(tenant, must(tenant.users[0], 'a user'));
    },
    switchTo: (userId) => {
      for (const tenant of tenants)
        for (const user of tenant.users) if (user.id === userId) return begin(tenant, user);
      throw new ActionRefused('there is no such user');
    },
  };
}
