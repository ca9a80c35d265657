import type { Currency } from './model.ts';

// Made up, like everybody in this world.
export const MARKETPLACE_NAME = 'Fernhill Cloud Market';
export const MARKETPLACE_ID = 'sandbox';
export const API_PATH = '/simpleapi';

/** The marketplace's gateway as its vendor recommends to set it up: 60 calls a minute and 5,000 a day for each key. */
export const GATEWAY = { callsPerMinute: 60, callsPerDay: 5_000 };
/** SimpleAPI 1.15, operation generateAuthToken: `expiresInSeconds`. */
export const API_TOKEN_LIFE_SECONDS = 1_500;

export interface User {
  id: string;
  name: string;
  /** The marketplace's own word; the app's `roleMap` says what it means there. */
  role: 'owner' | 'billing' | 'reader';
}

export interface TenantConfig {
  tenantId: string;
  name: string;
  currencies: Currency[];
  totals: 'withoutTax' | 'withTax';
  users: User[];
  api: ApiCredentials;
}

export interface ApiCredentials {
  user: string;
  password: string;
  marketplaceCode: string;
  subscriptionKey: string;
  oidc: { realm: string; clientId: string; clientSecret: string };
}

export interface AppConfig {
  marketplaceId: string;
  issuer: string;
  uiOrigin: string;
  apiBase: string;
  jwksUri: string;
  appBaseUrl: string;
  alg: 'ES256';
  env: 'sandbox';
  roleMap: Record<User['role'], 'admin' | 'operator' | 'viewer'>;
}

/** How the marketplace and the app know each other; an operator's allow-list entry is made from the same values. */
export function appConfig(urls: { marketplace: string; app: string }): AppConfig {
  return {
    marketplaceId: MARKETPLACE_ID,
    issuer: urls.marketplace,
    uiOrigin: urls.marketplace,
    apiBase: urls.marketplace + API_PATH,
    jwksUri: `${urls.marketplace}/.well-known/jwks.json`,
    appBaseUrl: urls.app,
    alg: 'ES256',
    env: 'sandbox',
    roleMap: { owner: 'admin', billing: 'operator', reader: 'viewer' },
  };
}

/** A doorway that the marketplace shows for the app, one for each system. */
export interface Tile {
  module: string;
  name: string;
  sentence: string;
}

const users = (prefix: string): User[] => [
  { id: `${prefix}-owner`, name: 'Owner', role: 'owner' },
  { id: `${prefix}-billing`, name: 'Billing desk', role: 'billing' },
  { id: `${prefix}-reader`, name: 'Reader', role: 'reader' },
];

const api = (prefix: string, marketplaceCode: string): ApiCredentials => ({
  user: `api@${prefix}.example`,
  password: `${prefix}-sandbox-password`,
  marketplaceCode,
  subscriptionKey: `${prefix}-sandbox-key`,
  oidc: { realm: 'sandbox', clientId: `${prefix}-client`, clientSecret: `${prefix}-client-secret` },
});

/** Whose account a control acts on unless it is told. */
export const FIRST_TENANT_ID = 'reseller-1000';

/** The second reseller exists so that one can try to see the other; its order totals hold the tax. */
export const TENANTS: readonly TenantConfig[] = [
  {
    tenantId: FIRST_TENANT_ID,
    name: 'Bluegum IT Services',
    currencies: ['AUD', 'USD'],
    totals: 'withoutTax',
    users: users('bluegum'),
    api: api('bluegum', 'au'),
  },
  {
    tenantId: 'reseller-2000',
    name: 'Wattle Managed Networks',
    currencies: ['AUD'],
    totals: 'withTax',
    users: users('wattle'),
    api: api('wattle', 'au'),
  },
];
