import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { documentIn, newDocument } from '../batteries/connector-world.ts';
import type { Judge } from '../contract/judge.ts';
import { must } from '../sandbox/must.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

const mark = 'LU0123456789AB';
const csv = 'Name,E-mail\r\nZoë,zoe@customer.example\r\n';

const judges: Judge[] = [];
afterEach(() => {
  expect(judges.splice(0).flatMap((judge) => judge.problems())).toEqual([]);
});

/** An agreement, its documents as they stand in the player, and the calls that were sent. */
async function open(spoil: (request: Request) => Promise<Request> = async (request) => request) {
  const world = createConnectWiseWorld();
  judges.push(world.judge);
  const { player, clock, client, credentials } = world;
  const calls: string[] = [];
  let base: string | null = null;
  let login: Record<string, string> | null = null;
  const fetch = async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname.includes('/system/documents')) {
      calls.push(`${request.method} ${pathname.replace(/.*\/system/, '')}`);
      base = request.url.replace(/\/documents.*/, '/documents');
      const { 'content-type': _, ...own } = Object.fromEntries(request.headers);
      login = own;
    }
    return world.fetch(await spoil(request));
  };
  const limiter = connectWiseConnector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connectWiseConnector.connect({ ...own, credentials });
  const session = connectWiseConnector.open({
    ...own,
    account,
    credentials: async () => credentials,
  });
  const made = await newDocument({ session, account, clock, n: 1 });
  const [outcome] = await session.write(
    session.prepare([{ ...made, documentKind: 'agreement' as const, lines: [] }]),
    'open',
  );
  const documentId = documentIn(outcome).id;
  const lists = must(session.userLists, 'lists of users');
  const list = (digest: string, text = csv) => ({ documentId, mark, digest, csv: text });
  const attach = async (title: string) => {
    const form = new FormData();
    form.set('recordType', 'Agreement');
    form.set('recordId', documentId);
    form.set('title', title);
    form.set('file', new Blob(['x']), 'theirs.csv');
    const { status } = await player.fetch(
      new Request(`${must(base, 'an upload before')}`, {
        method: 'POST',
        headers: must(login, 'a login'),
        body: form,
      }),
    );
    expect(status).toBe(201);
  };
  const titles = () => {
    const alive = new Map<number, { title: string; publicFlag: boolean }>();
    for (const { kind, data } of player.journal()) {
      if (!kind.startsWith('document.')) continue;
      const { row } = v.parse(rowSchema, data);
      if (kind === 'document.deleted') alive.delete(row.id);
      else alive.set(row.id, row);
    }
    return [...alive.values()].map(
      ({ title, publicFlag }) => `${title}${publicFlag ? ', public' : ''}`,
    );
  };
  return { world, player, session, lists, list, titles, attach, documentId, calls };
}

const rowSchema = v.object({
  row: v.looseObject({ id: v.number(), title: v.string(), publicFlag: v.boolean() }),
});

describe('lists of users on an agreement', () => {
  it('are private, and one that is there is not sent again', async () => {
    const { lists, list, titles, calls } = await open();
    expect(await lists.put(list('one'))).toBe(true);
    expect(titles()).toEqual([`Users [${mark}] one`]);
    calls.length = 0;
    expect(await lists.put(list('one'))).toBe(false);
    expect(calls).toEqual(['GET /documents']);
  });

  it('replace the one before once the new one is there, and never what a person attached', async () => {
    const { lists, list, titles, attach, calls } = await open();
    await lists.put(list('one'));
    await attach('Users');
    await attach('Users [LU9999999999ZZ] one');
    calls.length = 0;
    expect(await lists.put(list('two'))).toBe(true);
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['GET', 'POST', 'DELETE']);
    expect(titles()).toEqual([
      'Users, public',
      'Users [LU9999999999ZZ] one, public',
      `Users [${mark}] two`,
    ]);
    expect(await lists.remove(list('two'))).toBe(1);
    expect(titles()).toHaveLength(2);
  });

  it('whose answer was lost are found by the next try', async () => {
    const { lists, list, titles, world } = await open();
    world.fault('lost-after', { times: 1, path: 'system/documents', method: 'POST' });
    const pending = lists.put(list('one')).catch((error: unknown) => error);
    await vi.waitFor(() => expect(titles()).toHaveLength(1));
    world.advanceMs(10 * 60_000);
    expect(await pending).toMatchObject({ code: 'system.timeout' });
    expect(await lists.put(list('one'))).toBe(false);
    expect(titles()).toHaveLength(1);
  });

  it('that the system would show to the customer are taken away at once', async () => {
    const { lists, list, titles } = await open(async (request) => {
      if (request.method !== 'POST' || !request.url.endsWith('/system/documents')) return request;
      const form = await request
        .clone()
        .formData()
        .catch(() => null);
      if (form === null) return request;
      form.set('privateFlag', 'false');
      const headers = new Headers(request.headers);
      headers.delete('content-type');
      return new Request(request.url, { method: 'POST', headers, body: form });
    });
    await expect(lists.put(list('one'))).rejects.toMatchObject({ code: 'system.rejected' });
    expect(titles()).toEqual([]);
  });

  it.each(['Inquire', 'Add', 'Delete'] as const)(
    'without the right to %s attachments that right is named, and nothing else lacks',
    async (verb) => {
      const { session, player } = await open();
      expect(await session.lacks?.()).not.toContain('users');
      player.person.setRight('Companies > Manage Attachments', verb, false);
      expect(await session.lacks?.()).toEqual(['users']);
    },
  );
});
