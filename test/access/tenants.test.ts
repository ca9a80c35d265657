import { expect, test } from 'vitest';
import { createAccessWorld, entryOf } from '../kit/access-world.ts';

const issuer = 'https://second.example.com';
const second = entryOf({ id: 'second', issuer, name: 'Second Market' });

test('T20, V6.8.1: the same tenant and user ids in two marketplaces are two tenants and two people', async () => {
  const world = await createAccessWorld({ others: [second] });
  await world.install();
  for (const event of ['installed', 'enabled'])
    expect((await world.tell(event, { claims: { iss: issuer } })).status).toBe(200);
  const [here, there] = [await world.bearer(), await world.bearer({ iss: issuer })];
  const [first, other] = [await world.sessions.find(here), await world.sessions.find(there)];
  expect(first.user).toEqual(other.user);
  expect(first.installationId).toBe(other.installationId);
  expect(first.tenantId).not.toBe(other.tenantId);
  expect(first.family).not.toBe(other.family);
  await world.tell('uninstalled');
  await expect(world.sessions.find(here)).rejects.toThrow('access.unauthenticated');
  expect((await world.sessions.find(there)).tenantId).toBe(other.tenantId);
});

test('T20: a token id used in one marketplace is not used up in another', async () => {
  const world = await createAccessWorld({ others: [second] });
  await world.install();
  for (const event of ['installed', 'enabled'])
    await world.tell(event, { claims: { iss: issuer } });
  const jti = 'j'.repeat(32);
  expect((await world.openSession({ jti })).status).toBe(200);
  expect((await world.openSession({ jti, iss: issuer })).status).toBe(200);
  expect((await world.openSession({ jti })).status).toBe(401);
});
