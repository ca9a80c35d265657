import { expect, test } from 'vitest';
import { createSessions } from '../../server/access/sessions.ts';
import { createAccessWorld, realCrypto } from '../kit/access-world.ts';

test('T16: a bearer of another process ends with the epoch, though nobody told that process', async () => {
  const world = await createAccessWorld();
  await world.install();
  const session = await world.sessions.find(await world.bearer());
  const elsewhere = createSessions({ ...world, crypto: realCrypto });
  const { token } = elsewhere.open({ ...session });
  expect(await elsewhere.find(token)).toMatchObject({ user: { id: 'user-1' } });
  await world.tell('disabled');
  await world.tell('enabled');
  await expect(elsewhere.find(token)).rejects.toThrow('access.disabled');
});
