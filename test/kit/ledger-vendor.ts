import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { instant } from '../../server/domain/dates.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { Connector } from '../../server/domain/ports/connector.ts';
import type { Fetch } from '../../server/domain/ports/machine.ts';
import type { Tokens } from '../../server/domain/ports/system-access.ts';
import { vendorConnector } from './vendor-connector.ts';

const origin = 'https://ledger.example';
const companySchema = v.object({ id: v.string(), name: v.string() });
const tokenSchema = v.object({ token: v.string() });

/**
 * A second vendor that lives in tests alone: it enforces PKCE (RFC 7636 4.6), and names the company in
 * the callback's query, which anybody can change on the way.
 */
export function createLedgerVendor() {
  const codes = new Map<string, { challenge: string; company: string }>();
  const tokens = new Map<string, string>();
  const random = () => randomBytes(16).toString('hex');
  const companies: Record<string, string> = {
    'company-1': 'Bluegum IT',
    'company-2': 'Victim Ltd',
  };

  const fetch: Fetch = async (request) => {
    const url = new URL(request.url);
    if (url.pathname === '/token') {
      const { code, verifier } = v.parse(
        v.object({ code: v.string(), verifier: v.string() }),
        await request.json(),
      );
      const given = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      if (given?.challenge !== challenge) return new Response(null, { status: 400 });
      const token = random();
      tokens.set(token, given.company);
      return Response.json({ token });
    }
    const bearer = request.headers.get('authorization')?.slice('Bearer '.length) ?? '';
    const id = url.pathname.slice('/company/'.length);
    if (tokens.get(bearer) !== id) return new Response(null, { status: 403 });
    return Response.json({ id, name: companies[id] });
  };

  const connector: Connector = {
    ...vendorConnector,
    manifest: { ...vendorConnector.manifest, name: 'Ledger', companyParameter: 'realmId' },
    origins: [origin],
    authorizeUrl: ({ state, challenge, redirectUri }) =>
      `${origin}/authorize?${new URLSearchParams({ state, challenge, redirectUri })}`,
    exchange: async ({ code, verifier, fetch: ask, clock }) => {
      const body = JSON.stringify({ code, verifier });
      const response = await ask(new Request(`${origin}/token`, { method: 'POST', body }));
      if (!response.ok) throw new AppError('system.reconnect');
      const { token } = v.parse(tokenSchema, await response.json());
      return tokensOf(token, clock.nowMs());
    },
    accounts: async ({ tokens: { accessToken }, company, fetch: ask }) => {
      const response = await ask(
        new Request(`${origin}/company/${encodeURIComponent(company ?? '')}`, {
          headers: { authorization: `Bearer ${accessToken}` },
        }),
      );
      if (!response.ok) return [];
      const { id, name } = v.parse(companySchema, await response.json());
      return [{ id, name, vendorConnectionId: id }];
    },
  };
  return {
    connector,
    fetch,
    /** The person signs in at the vendor and picks a company; the code that the browser brings back. */
    consent(authorizeUrl: string, company: string): string {
      const code = random();
      const challenge = new URL(authorizeUrl).searchParams.get('challenge') ?? '';
      codes.set(code, { challenge, company });
      return code;
    },
  };
}

const tokensOf = (accessToken: string, nowMs: number): Tokens => ({
  accessToken,
  refreshToken: 'r',
  expiresAt: instant(nowMs),
  scope: '',
});
