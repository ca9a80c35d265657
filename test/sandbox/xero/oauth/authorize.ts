import type { Context } from 'hono';
import { html } from 'hono/html';
import { page } from '../../people/layout.ts';
import type { World } from '../world.ts';
import type { AuthorizeRequest } from './access.ts';
import { consentPage } from './consent-page.ts';
import { areKnownScopes } from './scopes.ts';
import { mayConnect, USERS } from './users.ts';

const CODE_LIFE_MS = 5 * 60_000;
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** GET /identity/connect/authorize (xero-identity.yaml, xero_accounting.yaml securitySchemes). */
export function authorize(context: Context, world: World): Response | Promise<Response> {
  const query = (name: string) => context.req.query(name);
  const client = world.clients.find(({ clientId }) => clientId === query('client_id'));
  const redirectUri = query('redirect_uri');
  // Before the redirect address is trusted, an error stays on the vendor's page (RFC 6749, 4.1.2.1).
  if (!client) return problem(context, 'unauthorized_client', 'Unknown client id');
  if (!redirectUri || !client.redirectUris.includes(redirectUri) || !mayRedirect(redirectUri))
    return problem(context, 'invalid_request', 'Invalid redirect_uri');
  const back = (error: string) =>
    context.redirect(addressWith(redirectUri, { error, state: query('state') }));
  if (query('response_type') !== 'code') return back('unsupported_response_type');
  const scopes = (query('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
  if (!areKnownScopes(scopes, client.granularScopesOnly)) return back('invalid_scope');
  const codeChallenge = query('code_challenge');
  const method = query('code_challenge_method');
  // RFC 7636: only S256 is offered (developer.xero.com/faq/oauth2); a web app may leave the challenge out.
  if (codeChallenge !== undefined && (method !== 'S256' || !CHALLENGE.test(codeChallenge)))
    return back('invalid_request');
  const request: AuthorizeRequest = {
    id: world.hex(32),
    clientId: client.clientId,
    redirectUri,
    scopes,
    state: query('state'),
    codeChallenge,
    nonce: query('nonce'),
  };
  world.access.requests.set(request.id, request);
  return context.html(
    consentPage({
      request,
      appName: client.name,
      organisations: [...world.organisations.values()],
    }),
  );
}

/** POST /identity/connect/consent: the page's own form. */
export async function consent(context: Context, world: World): Promise<Response> {
  const form = await context.req.parseBody();
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const request = world.access.requests.get(text('request'));
  if (!request)
    return problem(context, 'invalid_request', 'This sign-in has ended. Start again from the app.');
  const answer = decide(world, request, {
    userId: text('user'),
    tenantIds: text('organisation') === '' ? [] : [text('organisation')],
    allow: text('answer') === 'allow',
  });
  if (answer.status === 'refused') return problem(context, 'access_denied', answer.reason);
  return context.redirect(answer.address);
}

/** What pressing Allow or Cancel does; one organisation per consent (bulk_connect:false and below the Advanced tier). */
export function decide(
  world: World,
  request: AuthorizeRequest,
  choice: { userId: string; tenantIds: string[]; allow: boolean },
): { status: 'sent'; address: string } | { status: 'refused'; reason: string } {
  const { redirectUri, state, clientId } = request;
  if (!choice.allow) {
    world.access.requests.delete(request.id);
    return { status: 'sent', address: addressWith(redirectUri, { error: 'access_denied', state }) };
  }
  const user = USERS.find(({ id }) => id === choice.userId);
  if (!user || !mayConnect(user))
    return {
      status: 'refused',
      reason: 'Your role does not allow connecting apps. Ask an adviser or standard user.',
    };
  if (choice.tenantIds.length === 0 || choice.tenantIds.some((id) => !world.organisations.has(id)))
    return { status: 'refused', reason: 'Choose an organisation.' };
  world.access.requests.delete(request.id);
  const authEventId = world.guid();
  for (const tenantId of choice.tenantIds)
    connect(world, { clientId, userId: user.id, tenantId, authEventId });
  const code = world.hex(40);
  const expiresMs = world.nowMs() + CODE_LIFE_MS;
  world.access.codes.set(code, { code, request, userId: user.id, authEventId, expiresMs });
  return {
    status: 'sent',
    address: addressWith(redirectUri, { code, scope: request.scopes.join(' '), state }),
  };
}

function connect(
  world: World,
  made: { clientId: string; userId: string; tenantId: string; authEventId: string },
): void {
  const nowMs = world.nowMs();
  const known = [...world.access.connections.values()].find(
    ({ clientId, userId, tenantId }) =>
      clientId === made.clientId && userId === made.userId && tenantId === made.tenantId,
  );
  const connection = known
    ? { ...known, authEventId: made.authEventId, updatedMs: nowMs }
    : { id: world.guid(), ...made, createdMs: nowMs, updatedMs: nowMs };
  world.access.connections.set(connection.id, connection);
  world.record({ kind: 'connection.created', actor: `person:${made.userId}`, data: connection });
}

/** Exact, no wildcards; https, or http on localhost; http on 127.0.0.1 is refused (official OAuth pages). */
function mayRedirect(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && url.hostname === 'localhost');
}

function addressWith(address: string, members: Record<string, string | undefined>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

function problem(context: Context, error: string, words: string): Response | Promise<Response> {
  const body = html`<main class="narrow"><h1>Sorry, something went wrong</h1><p>${words}</p><p>Error: <code>${error}</code></p></main>`;
  return context.html(page({ product: 'Xero', title: 'Sign-in error', body }), 400);
}
