import { expect, test } from 'vitest';
import { withoutSecrets } from '../../server/domain/secret-names.ts';

test('what is kept of a foreign record has no member whose name tells of a secret, at any depth', () => {
  const names = [
    'Password',
    'passwd',
    'passphrase',
    'access_token',
    'clientSecret',
    'api_key',
    'ApiKey',
    'Authorization',
    'authorisation',
    'Set-Cookie',
    'userLogin',
    'credentials',
  ];
  for (const name of names)
    expect(withoutSecrets({ a: [{ [name]: 'canary', b: 1 }], [name]: { c: 'canary' } })).toEqual({
      a: [{ b: 1 }],
    });
  const record = { name: 'Acme', lines: [{ amount: '1.00', description: null }], total: 3 };
  expect(withoutSecrets(record)).toEqual(record);
});
