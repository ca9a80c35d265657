import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startApp } from './kit/app-child.ts';
import { freePort } from './kit/free-port.ts';

const market = {
  id: 'market',
  name: 'Example Market',
  issuer: 'https://market.example.com',
  jwksUri: 'https://market.example.com/jwks.json',
  alg: 'ES256',
  env: 'production',
  uiOrigins: ['https://ui.example.com'],
  apiOrigins: ['https://api.example.com'],
  roleMap: { owner: 'admin' },
  adapter: 'cloudblue',
};
const random = () => randomBytes(32).toString('base64url');

test('T37: the app does not start with a wrong master key or without one, says which, and rotates', async () => {
  const cache = join(process.cwd(), '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'keys-'));
  const port = String(await freePort());
  const appWith = (keys: string) =>
    startApp({
      PUBLIC_URL: 'https://app.example.com',
      PORT: port,
      DATA_DIR: folder,
      MARKETPLACES: JSON.stringify([market]),
      MASTER_KEYS: keys,
    });
  const refusal = async (keys: string) => {
    const app = appWith(keys);
    expect(await app.ended).toBe(1);
    return app.output();
  };
  const [one, two, other] = [random(), random(), random()];
  try {
    const first = appWith(`1:${one}`);
    await first.ready();
    await first.stop();
    const wrong = await refusal(`1:${other}`);
    expect(wrong).toContain('Version 1 in MASTER_KEYS is not the key that had this number before.');
    expect(wrong).toContain('(keys.wrong)');
    expect(wrong).not.toContain(other);
    expect(await refusal(`2:${two}`)).toContain('(keys.missing)');

    const rotating = appWith(`2:${two},1:${one}`);
    await rotating.ready();
    await expect.poll(() => rotating.output()).toContain('master-key-retired');
    await rotating.stop();
    const alone = appWith(`2:${two}`);
    await alone.ready();
    await alone.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
