import { expect, test } from 'vitest';
import { createConnectionSecrets } from '../../server/access/connection-secrets.ts';
import { createCredentialAccess } from '../../server/access/credential-access.ts';
import { createLink } from '../../server/access/link-connection.ts';
import type { Account } from '../../server/domain/connection.ts';
import { AppError } from '../../server/domain/errors.ts';
import type { CredentialConnector } from '../../server/domain/ports/connector.ts';
import type { Credentials } from '../../server/domain/ports/system-access.ts';
import { createAccessWorld } from '../kit/access-world.ts';
import { vendorConnector } from '../kit/vendor-connector.ts';

const details: Account = {
  id: 'database-7',
  name: 'Wattle Cloud',
  baseCurrency: 'AUD',
  country: '',
  timeZone: 'Australia/Sydney',
  taxBasis: 'exclusive',
  lockedUntil: null,
  demo: false,
  shortCode: null,
};
const field = { help: '', kind: 'text', choices: [], optional: false } as const;

/** A system of typed fields whose login `short` may not read contracts. */
async function world() {
  const access = await createAccessWorld();
  await access.install();
  const session = await access.sessions.find(await access.bearer());
  const tried: Credentials[] = [];
  const connector: CredentialConnector = {
    auth: 'credentials',
    origins: [],
    manifest: {
      ...vendorConnector.manifest,
      credentials: {
        steps: [],
        warnings: [],
        fields: [
          { ...field, id: 'user', name: 'User' },
          { ...field, id: 'secret', name: 'Secret', kind: 'secret' },
          {
            ...field,
            id: 'region',
            name: 'Region',
            kind: 'choice',
            choices: [{ value: 'eu', name: 'Europe' }],
            optional: true,
          },
        ],
      },
    },
    connect: async ({ credentials }) => {
      tried.push(credentials);
      if (credentials.user === 'short')
        throw new AppError('connect.right', { facts: { right: 'contracts', where: 'Admin' } });
      return details;
    },
    limiter: vendorConnector.limiter,
    documentUrl: vendorConnector.documentUrl,
    open: () => {
      throw new AppError('internal');
    },
  };
  const withLimiter: CredentialConnector = {
    ...connector,
    limiter: () => ({
      run: async (_purpose, call) => call(),
      view: () => ({ minuteRemaining: null, dayRemaining: null, blockedUntil: null }),
    }),
  };
  const secrets = createConnectionSecrets({ ...access, operatorClient: () => null });
  let isElsewhere = false;
  const given = createCredentialAccess({
    clock: access.clock,
    fetch: async () => new Response(null, { status: 500 }),
    connector: (id) => (id === 'vendor' ? withLimiter : id === 'consent' ? vendorConnector : null),
    client: () => null,
    link: createLink({
      ...access,
      isLinkedElsewhere: async () => isElsewhere,
      ids: { next: () => 'connection-1' },
      secrets,
      accountOf: async ({ access: { kind } }) => {
        if (kind !== 'credentials') throw new AppError('internal');
        return details;
      },
    }),
  });
  const connect = (credentials: Credentials, systemId = 'vendor') =>
    given.connect(session, { systemId, connectionId: null, credentials });
  return {
    ...access,
    session,
    secrets,
    given,
    connect,
    tried,
    linkElsewhere: () => {
      isElsewhere = true;
    },
  };
}
const whole = { user: ' api@wattle.example ', secret: 's3cret' };

test('typed access that works is sealed, without the spaces that copying brings', async () => {
  const { connect, store, session, secrets } = await world();
  await connect(whole);
  const [connection] = (await store.read(session.tenantId)).list('connection');
  if (!connection) throw new Error('not connected');
  expect(connection).toMatchObject({ account: { id: 'database-7' }, vendorConnectionId: null });
  const kept = { user: 'api@wattle.example', secret: 's3cret' };
  expect(await secrets.credentials(session.tenantId, connection)).toEqual(kept);
  const stored = (await store.read(session.tenantId)).list('secret');
  expect(JSON.stringify(stored)).not.toContain('s3cret');
});

test('a test stores nothing', async () => {
  const { given, store, session } = await world();
  expect(await given.test({ systemId: 'vendor', credentials: whole })).toEqual({
    account: details,
    lacks: [],
  });
  const reader = await store.read(session.tenantId);
  expect([reader.list('connection'), reader.list('secret')]).toEqual([[], []]);
});

test('a missing right is named with the place to grant it, and nothing is kept', async () => {
  const { connect, store, session } = await world();
  await expect(connect({ ...whole, user: 'short' })).rejects.toMatchObject({
    code: 'connect.right',
    facts: { right: 'contracts', where: 'Admin' },
  });
  expect((await store.read(session.tenantId)).list('secret')).toEqual([]);
});

test.each([
  ['a field left out', { user: 'x' }, 'Secret'],
  ['a field of spaces', { user: ' ', secret: 'y' }, 'User'],
  ['a choice nobody offers', { ...whole, region: 'moon' }, 'Region'],
  ['a field with a line end', { ...whole, secret: 'a\r\nX: y' }, 'Secret'],
  ['a field nobody asked for', { ...whole, admin: 'yes' }, 'credentials'],
])('%s is refused before anything is asked', async (_name, credentials, named) => {
  const { connect, tried } = await world();
  await expect(connect(credentials)).rejects.toMatchObject({
    code: 'request.invalid',
    facts: { field: named },
  });
  expect(tried).toEqual([]);
});

test('an account of another tenant, a system of consent, and an unknown one are refused', async () => {
  const { connect, linkElsewhere } = await world();
  await expect(connect(whole, 'consent')).rejects.toThrow('request.not-found');
  await expect(connect(whole, 'nobody')).rejects.toThrow('request.not-found');
  linkElsewhere();
  await expect(connect(whole)).rejects.toThrow('connect.in-use');
});
