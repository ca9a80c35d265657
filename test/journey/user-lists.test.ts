import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { User } from '../../server/domain/user.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { tellingMarketplace } from '../kit/telling-marketplace.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const zoe: User = {
  id: 'u1',
  name: 'Zoë Quillfeather',
  email: 'zoe@customer.example',
  active: true,
};
const evil: User = { id: 'u2', name: '=cmd|calc', email: '@x', active: false };

/** How many documents were made in ConnectWise, and how many taken away. */
function filesIn({ road }: ReadyRoad): { made: number; gone: number } {
  const kinds = road.world.systems.connectwise.journal().map(({ kind }) => kind);
  const of = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  return { made: of('document.created'), gone: of('document.deleted') };
}

/** Everything the app keeps, as text. */
async function kept({ road }: ReadyRoad): Promise<string> {
  const names = await readdir(road.folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

let people: User[] = [];
const adapters = [tellingMarketplace(() => people)];
const options: Parameters<typeof journey>[1] = {
  connect: connectConnectWise,
  change: (given) => ({ ...given, adapters }),
};

journey(
  'a list of users is put on the agreement once it is switched on, replaced when it changes, and goes when switched off',
  options,
  async (ready) => {
    people = [zoe, evil];
    await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    await ready.pass({ days: 1 });
    expect(filesIn(ready)).toEqual({ made: 0, gone: 0 });
    await ready.settings({ exportUsers: true });
    await ready.check();
    const { made } = filesIn(ready);
    expect(made).toBeGreaterThan(0);
    await ready.pass({ days: 1 });
    expect(filesIn(ready)).toEqual({ made, gone: 0 });
    people = [zoe];
    await ready.pass({ days: 1 });
    expect(filesIn(ready)).toEqual({ made: 2 * made, gone: made });
    await ready.settings({ exportUsers: false });
    await ready.check();
    await ready.check();
    expect(filesIn(ready)).toEqual({ made: 2 * made, gone: 2 * made });
    expect(await kept(ready)).not.toMatch(/Quillfeather|zoe@customer/);
  },
);

journey(
  'without the right to attach, billing goes on and the test of the connection names the right',
  options,
  async (ready) => {
    people = [zoe];
    const { person } = ready.road.world.systems.connectwise;
    person.setRight('Companies > Manage Attachments', 'Add', false);
    await newOrder(ready, { quantity: 3 });
    await ready.settings({ exportUsers: true });
    const run = must(await ready.syncAll(), 'a run');
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    await ready.pass({ days: 1 });
    expect(filesIn(ready).made).toBe(0);
    const tested = await ready.road.call('POST /v1/connections/:connectionId/test', {
      params: ready.params,
    });
    expect(tested.state).toBe('active');
    expect(tested.lacks.map(({ scope }) => scope)).toContain('Companies > Manage Attachments, Add');
    person.setRight('Companies > Manage Attachments', 'Add', true);
    await ready.pass({ ms: 3_600_000 });
    expect(filesIn(ready).made).toBeGreaterThan(0);
  },
);
