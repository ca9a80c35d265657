import { createHash } from 'node:crypto';
import { createXero, type XeroOptions, type XeroPlayer } from './index.ts';

/** A sandbox Xero for tests with a clock of its own and an app that is already connected. */
export interface ConnectedXero {
  xero: XeroPlayer;
  clock: { ms: number };
  tenantId: string;
  accessToken: string;
  refreshToken: string;
  /** One API call below /api.xro/2.0, with the usual headers. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  token(form: Record<string, string>): Promise<Reply>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** What a test reads of an answer, without knowing its form. */
export type Json = { [name: string]: Json } & { [index: number]: Json };

/** The elements of a list in an answer; none when there is no list. */
export const elementsOf = (list: Json | undefined): Json[] => (Array.isArray(list) ? list : []);

export const BASE_URL = 'http://xero.test';
export const APP = {
  clientId: 'app-1',
  clientSecret: 'app-1-secret',
  redirectUris: ['https://app.test/callback'],
  name: 'Test app',
  granularScopesOnly: true,
};
export const SCOPES =
  'offline_access accounting.invoices accounting.contacts accounting.payments accounting.settings.read';
export const VERIFIER = 'v'.repeat(64);
const START_MS = Date.UTC(2026, 10, 23, 2, 0, 0);

export function createTestXero(options: Partial<XeroOptions> = {}) {
  const clock = { ms: START_MS };
  const xero = createXero({
    clock: { nowMs: () => clock.ms },
    seed: 7,
    baseUrl: BASE_URL,
    clients: [APP],
    names: {
      customers: Array.from({ length: 20 }, (_, index) => `Customer ${index + 1} Pty Ltd`),
      products: Array.from({ length: 12 }, (_, index) => ({
        mpn: `MPN-${index}`,
        name: `Product ${index}`,
      })),
    },
    ...options,
  });
  return { xero, clock };
}

export function authorizeAddress(members: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: APP.clientId,
    redirect_uri: APP.redirectUris[0] ?? '',
    scope: SCOPES,
    state: 'state-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    acr_values: 'bulk_connect:false',
    ...members,
  });
  return `${BASE_URL}/identity/connect/authorize?${query}`;
}

/** Walks the consent page as a browser does and gives the code. */
export async function consentCode(
  xero: XeroPlayer,
  members: Record<string, string> = {},
): Promise<string> {
  const page = await (await xero.fetch(new Request(authorizeAddress(members)))).text();
  const request = /name="request" value="([0-9a-f]+)"/.exec(page)?.[1] ?? '';
  const form = new URLSearchParams({
    request,
    user: xero.users()[0]?.id ?? '',
    organisation: xero.organisations()[0]?.tenantId ?? '',
    answer: 'allow',
  });
  const answer = await xero.fetch(
    new Request(`${BASE_URL}/identity/connect/consent`, { method: 'POST', body: form }),
  );
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

export async function connectXero(
  options: Partial<XeroOptions> & { scope?: string } = {},
): Promise<ConnectedXero> {
  const { scope, ...rest } = options;
  const { xero, clock } = createTestXero(rest);
  const token = (form: Record<string, string>) =>
    replyOf(
      xero.fetch(
        new Request(`${BASE_URL}/connect/token`, {
          method: 'POST',
          headers: { authorization: basic() },
          body: new URLSearchParams(form),
        }),
      ),
    );
  const code = await consentCode(xero, scope === undefined ? {} : { scope });
  const issued = await token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: APP.redirectUris[0] ?? '',
    code_verifier: VERIFIER,
  });
  const accessToken = String(issued.json.access_token);
  const tenantId = xero.organisations()[0]?.tenantId ?? '';
  return {
    xero,
    clock,
    tenantId,
    accessToken,
    refreshToken: String(issued.json.refresh_token),
    token,
    api: (method, path, body, headers = {}) =>
      replyOf(
        xero.fetch(
          new Request(`${BASE_URL}/api.xro/2.0${path}`, {
            method,
            headers: {
              authorization: `Bearer ${accessToken}`,
              'xero-tenant-id': tenantId,
              accept: 'application/json',
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
              ...headers,
            },
            ...(body === undefined
              ? {}
              : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
          }),
        ),
      ),
  };
}

export const basic = (secret = APP.clientSecret): string =>
  `Basic ${Buffer.from(`${APP.clientId}:${secret}`).toString('base64')}`;

export async function replyOf(pending: Promise<Response> | Response): Promise<Reply> {
  const response = await pending;
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json: Json = isJson ? safeJson(text) : {};
  return { status: response.status, headers: response.headers, text, json };
}

function safeJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A draft for the first active contact; `more` replaces members. */
export function draft(
  contactId: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    Type: 'ACCREC',
    Contact: { ContactID: contactId },
    LineItems: [{ Description: 'Licence', Quantity: 2, UnitAmount: 20, AccountCode: '200' }],
    ...more,
  };
}

export async function firstContact(connected: ConnectedXero): Promise<string> {
  const { json } = await connected.api('GET', '/Contacts?page=1');
  return String(json.Contacts?.[0]?.ContactID);
}
