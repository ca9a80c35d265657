import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { manifestFor, schemaFor } from '../../server/http/manifest.ts';

const validate = (publicUrl: string, manifest: unknown) =>
  new Ajv.default({ strict: true }).compile(Object(schemaFor(publicUrl)))(manifest);

test.each(['https://app.example.com', 'http://localhost:4100'])(
  'the manifest at %s passes the schema served beside it',
  (publicUrl) => {
    const manifest = manifestFor(publicUrl);
    expect(validate(publicUrl, manifest)).toBe(true);
    expect(manifest).toMatchObject({
      baseUrl: publicUrl,
      auth: { audiences: { lifecycle: `${publicUrl}/lifecycle`, session: `${publicUrl}/session` } },
      lifecycle: { installed: '/lifecycle/installed' },
    });
  },
);

test('plain http passes only in the sandbox’s own build of the schema', () => {
  const sandbox = manifestFor('http://localhost:4100');
  expect(validate('https://app.example.com', sandbox)).toBe(false);
  const strange = { ...Object(sandbox), baseUrl: 'http://evil.example' };
  expect(validate('http://localhost:4100', strange)).toBe(false);
  expect(
    validate('https://app.example.com', {
      ...Object(manifestFor('https://app.example.com')),
      extra: 1,
    }),
  ).toBe(false);
});
