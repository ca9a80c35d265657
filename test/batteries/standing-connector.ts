import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { Document } from '../../server/domain/document.ts';
import type { Item } from '../../server/domain/item.ts';
import type { CredentialConnector } from '../../server/domain/ports/connector.ts';
import type { Clock, Fetch } from '../../server/domain/ports/machine.ts';
import type { Credentials, OAuthClient } from '../../server/domain/ports/system-access.ts';
import type { DocumentWrite, LineChange } from '../../server/domain/ports/write.ts';
import {
  changeOf,
  documentIn,
  documentMark,
  failureIn,
  intentOf,
  line,
  lineMark,
  newDocument,
  overTime,
  textOf,
} from './connector-world.ts';

/** A system's player whose documents stay open and are invoiced by itself. */
export interface StandingWorld {
  fetch: Fetch;
  clock: Clock;
  advanceMs(ms: number): void;
  client: OAuthClient;
  credentials: Credentials;
  /** Which of the credentials must never show. */
  secrets: readonly string[];
  fault(
    kind: 'lost-before' | 'lost-after' | 'refused' | 'limited' | 'server-error',
    options?: Record<string, unknown>,
  ): void;
  calm(): void;
  /** A part of the address of each call that opening a document with two lines takes. */
  writePaths: readonly string[];
  /** Which of the catalogue a recurring fee and a one-off one are mapped to. */
  items: { recurring(item: Item): boolean; oneOff(item: Item): boolean };
  /** Somebody gives an open line so many units by hand. */
  person: { setUnits(documentId: string, lineId: string, units: string): void };
}

/** What every connector of typed access and standing documents must do, against its own player. */
export function runStandingBattery(options: {
  name: string;
  connector: CredentialConnector;
  world: () => StandingWorld;
}): void {
  const { name, connector } = options;

  const start = async () => {
    const world = options.world();
    const { fetch, clock, client, credentials } = world;
    const limiter = connector.limiter(clock);
    const own = { fetch, clock, client, limiter, purpose: 'background' as const };
    const account = await connector.connect({ ...own, credentials });
    const session = connector.open({ ...own, account, credentials: async () => credentials });
    const items = (await session.items(null)).records.filter(({ archived }) => !archived);
    const recurring = items.find(world.items.recurring);
    const oneOff = items.find(world.items.oneOff);
    if (recurring === undefined || oneOff === undefined) throw new RangeError('no items');
    return { world, account, session, recurring, oneOff, own };
  };
  type Started = Awaited<ReturnType<typeof start>>;

  const stand = (
    item: Item,
    n: number,
    steps: readonly [from: string, quantity: string, unitPrice: string][],
    more: Partial<Extract<LineChange, { change: 'stand' }>> = {},
  ): LineChange => ({
    change: 'stand',
    lineId: null,
    content: line(n, 'Microsoft 365', { itemId: item.id, accountCode: null }),
    marker: lineMark(n),
    before: null,
    steps: steps.map(([from, quantity, unitPrice]) => ({ from: date(from), quantity, unitPrice })),
    ...more,
  });
  const charge = (item: Item, n: number, unitPrice: string): LineChange => ({
    change: 'add',
    content: line(n, 'Setup', { itemId: item.id, quantity: '2', unitPrice, accountCode: null }),
    marker: lineMark(n),
    date: date('2026-12-01'),
  });
  const fresh = async (
    { session, account, world }: Started,
    lines: readonly LineChange[],
  ): Promise<DocumentWrite> => {
    const made = await newDocument({ session, account, clock: world.clock, n: 1 });
    return {
      ...made,
      documentKind: connector.manifest.standing?.document ?? 'contract',
      open: made.open && {
        ...made.open,
        date: date('2026-11-01'),
        dueDate: null,
        cycle: { unit: 'month', count: 1 },
      },
      lines,
    };
  };
  const opened = async (started: Started, lines: readonly LineChange[]): Promise<Document> => {
    const { session } = started;
    const [outcome] = await session.write(session.prepare([await fresh(started, lines)]), 'open');
    return documentIn(outcome);
  };
  const lineOf = (document: Document, n: number) =>
    document.lines.find(({ marker }) => marker === lineMark(n));

  describe(`${name}: typed access`, () => {
    it('gives an account with a currency, and the zone that was typed', async () => {
      const { account, world } = await start();
      expect(account.baseCurrency).toMatch(/^[A-Z]{3}$/);
      expect(account.timeZone).toBe(world.credentials.timeZone);
    });

    it('refuses a wrong secret, and shows none of what was typed', async () => {
      const { own, world } = await start();
      for (const field of world.secrets) {
        const credentials = { ...world.credentials, [field]: 'wrong-and-secret' };
        const error = await failureIn(connector.connect({ ...own, credentials }));
        expect(error.code).toBe('connect.refused');
        expect(textOf(error)).not.toContain('wrong-and-secret');
      }
    });
  });

  describe(`${name}: reading`, () => {
    it('gives companies as they are written, in their own currency', async () => {
      const { session } = await start();
      const { records, unreadable } = await session.companies(null);
      expect(unreadable).toEqual([]);
      expect(records.map((company) => company.name)).toContain('Müller & Söhne "Zürich"');
      expect(new Set(records.map(({ currency }) => currency)).size).toBeGreaterThan(1);
    });

    it('gives running documents with their lines, ours or not', async () => {
      const { session } = await start();
      const { records } = await session.documents(null);
      expect(records.length).toBeGreaterThan(3);
      expect(records.every(({ whole, state }) => whole && state === 'running')).toBe(true);
      expect(records.some(({ lines }) => lines.length > 0)).toBe(true);
    });
  });

  describe(`${name}: writing`, () => {
    it('opens a document with a standing line and a one-off one, and reads both back', async () => {
      const started = await start();
      const { recurring, oneOff, session } = started;
      const document = await opened(started, [
        stand(recurring, 1, [['2026-12-01', '5', '9.9']]),
        charge(oneOff, 2, '12.5'),
      ]);
      expect(document.marker).toBe(documentMark(1));
      expect(lineOf(document, 1)).toMatchObject({ quantity: '5', unitPrice: '9.9' });
      expect(lineOf(document, 2)).toMatchObject({ quantity: '2', unitPrice: '12.5' });
      expect((await session.marked()).records.map(({ id }) => id)).toEqual([document.id]);
    });

    it('changes units and price from a day, takes several days in one go, and ends the line', async () => {
      const started = await start();
      const { recurring, session } = started;
      const before = await opened(started, [stand(recurring, 1, [['2026-12-01', '5', '9.9']])]);
      const standing = lineOf(before, 1);
      const change = stand(
        recurring,
        1,
        [
          ['2027-01-01', '8', '9.9'],
          ['2027-02-01', '8', '8.5'],
        ],
        { lineId: standing?.id ?? '', before: { quantity: '5', unitPrice: '9.9' } },
      );
      const [changed] = await session.write(
        session.prepare([changeOf(before, { lines: [change] })]),
        'change',
      );
      const after = documentIn(changed);
      expect(changed).toMatchObject({ warnings: [] });
      expect(lineOf(after, 1)).toMatchObject({ id: standing?.id, quantity: '8', unitPrice: '8.5' });
      const end = stand(recurring, 1, [['2027-03-01', '0', '8.5']], {
        lineId: standing?.id ?? '',
        before: { quantity: '8', unitPrice: '8.5' },
      });
      const [ended] = await session.write(
        session.prepare([changeOf(after, { lines: [end] })]),
        'end',
      );
      expect(lineOf(documentIn(ended), 1)).toMatchObject({ quantity: '0' });
    });

    it('does nothing twice when the same elements are sent again', async () => {
      const started = await start();
      const { recurring, oneOff, session } = started;
      const write = await fresh(started, [
        stand(recurring, 1, [['2026-12-01', '5', '9.9']]),
        charge(oneOff, 2, '12.5'),
      ]);
      const elements = session.prepare([write]);
      const [first] = await session.write(elements, 'once');
      const [second] = await session.write(elements, 'again');
      expect(documentIn(second).lines).toEqual(documentIn(first).lines);
      expect((await session.marked()).records).toHaveLength(1);
    });

    it('never writes over what a person changed', async () => {
      const started = await start();
      const { recurring, session, world } = started;
      const before = await opened(started, [stand(recurring, 1, [['2026-12-01', '5', '9.9']])]);
      const lineId = lineOf(before, 1)?.id ?? '';
      world.person.setUnits(before.id, lineId, '7');
      const change = stand(recurring, 1, [['2027-01-01', '8', '9.9']], {
        lineId,
        before: { quantity: '5', unitPrice: '9.9' },
      });
      const [outcome] = await session.write(
        session.prepare([changeOf(before, { lines: [change] })]),
        'over',
      );
      expect(outcome?.status).toBe('rejected');
      const [now] = (await session.documentsById([before])).records;
      expect(now && lineOf(now, 1)).toMatchObject({ quantity: '7' });
    });

    it('takes back the one-off line of a group whose standing line is refused', async () => {
      const started = await start();
      const { recurring, oneOff, session, world } = started;
      const before = await opened(started, [stand(recurring, 1, [['2026-12-01', '5', '9.9']])]);
      const lineId = lineOf(before, 1)?.id ?? '';
      world.person.setUnits(before.id, lineId, '6');
      const outcomes = await session.write(
        session.prepare([
          changeOf(before, {
            lines: [
              stand(recurring, 1, [['2027-01-01', '8', '9.9']], {
                lineId,
                before: { quantity: '5', unitPrice: '9.9' },
              }),
              charge(oneOff, 2, '12.5'),
            ],
          }),
        ]),
        'group',
      );
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      const [now] = (await session.documentsById([before])).records;
      expect(now && lineOf(now, 2)).toBeUndefined();
    });

    it('tells a refusal in the words of the system, and is sure that a limited call was not sent', async () => {
      const started = await start();
      const { recurring, session, world } = started;
      const elements = session.prepare([
        await fresh(started, [stand(recurring, 1, [['2026-12-01', '5', '9.9']])]),
      ]);
      world.fault('refused', { message: 'The name is not allowed.', times: 1 });
      const [refused] = await session.write(elements, 'refused');
      expect(refused).toMatchObject({
        status: 'rejected',
        failure: { said: 'The name is not allowed.' },
      });
      world.calm();
      world.fault('limited');
      const [limited] = await session.write(elements, 'limited');
      expect(limited?.status).toBe('unsent');
      world.calm();
      expect((await overTime(world, session.marked())).records).toEqual([]);
    });
  });

  describe(`${name}: recovering`, () => {
    it.each(['lost-before', 'lost-after'] as const)(
      'finishes a group after %s at any of its calls, and writes nothing twice',
      async (kind) => {
        for (const path of options.world().writePaths) {
          const started = await start();
          const { recurring, oneOff, session, world } = started;
          const elements = session.prepare([
            await fresh(started, [
              stand(recurring, 1, [['2026-12-01', '5', '9.9']]),
              charge(oneOff, 2, '12.5'),
            ]),
          ]);
          const intents = elements.map((element) => intentOf(element, world.clock));
          world.fault(kind, { times: 1, path });
          const [outcome] = await overTime(world, session.write(elements, 'lost'));
          world.calm();
          if (outcome?.status !== 'ok') {
            expect(outcome?.status).toBe('unknown');
            world.advanceMs(connector.manifest.limits.lateCommitMaxMs);
            const [answer] = await session.recover(intents);
            expect(['happened', 'absent', 'unfinished']).toContain(answer?.status);
            if (answer?.status !== 'happened') await session.write(elements, 'again');
          }
          const [document, ...others] = (await session.marked()).records;
          expect(others).toEqual([]);
          expect(document?.lines).toHaveLength(2);
          expect(document && lineOf(document, 1)).toMatchObject({
            quantity: '5',
            unitPrice: '9.9',
          });
          expect((await session.recover(intents)).map(({ status }) => status)).toEqual([
            'happened',
          ]);
        }
      },
    );

    it('tells a change that happened from one that did not, by units and price', async () => {
      const started = await start();
      const { recurring, session, world } = started;
      const before = await opened(started, [stand(recurring, 1, [['2026-12-01', '5', '9.9']])]);
      const elements = session.prepare([
        changeOf(before, {
          lines: [
            stand(recurring, 1, [['2027-01-01', '8', '9.9']], {
              lineId: lineOf(before, 1)?.id ?? '',
              before: { quantity: '5', unitPrice: '9.9' },
            }),
          ],
        }),
      ]);
      const intents = elements.map((element) => intentOf(element, world.clock));
      expect(await session.recover(intents)).toEqual([{ status: 'absent' }]);
      await session.write(elements, 'change');
      expect(await session.recover(intents)).toMatchObject([{ status: 'happened' }]);
    });

    it('finds a created company and item by their numbers', async () => {
      const { session, world } = await start();
      const elements = [
        session.prepareCompany({
          name: 'Übermut "GmbH" & Co.',
          number: 'LC-77',
          email: null,
          taxNumber: null,
          address: null,
        }),
        session.prepareItem({
          code: 'LP-ITEM-1',
          name: 'Backup',
          description: null,
          price: '4.125',
          accountCode: null,
          taxType: null,
        }),
      ];
      const intents = elements.map((element) => intentOf(element, world.clock));
      const statuses = async () => (await session.recover(intents)).map(({ status }) => status);
      expect(await statuses()).toEqual(['absent', 'absent']);
      for (const element of elements)
        expect(await session.write([element], 'make')).toMatchObject([{ status: 'ok' }]);
      expect(await statuses()).toEqual(['happened', 'happened']);
      for (const element of elements)
        expect(await session.write([element], 'twice')).toMatchObject([{ status: 'rejected' }]);
    });
  });

  if (connector.manifest.userLists !== true) return;
  describe(`${name}: lists of users`, () => {
    const listed = async () => {
      const started = await start();
      const { id: documentId } = await opened(started, [
        stand(started.recurring, 1, [['2026-12-01', '5', '9.9']]),
      ]);
      const { userLists } = started.session;
      if (userLists === undefined) throw new RangeError('no lists of users');
      const place = { documentId, mark: 'LU0123456789AB' };
      const list = (digest: string) => ({ ...place, digest, csv: `id\r\n${digest}\r\n` });
      return { ...started, userLists, place, list };
    };

    it('puts a list once, replaces it by another, and takes it away', async () => {
      const { userLists, place, list } = await listed();
      expect(await userLists.remove(place)).toBe(0);
      expect(await userLists.put(list('one'))).toBe(true);
      expect(await userLists.put(list('one'))).toBe(false);
      expect(await userLists.put(list('two'))).toBe(true);
      expect(await userLists.remove(place)).toBe(1);
      expect(await userLists.remove(place)).toBe(0);
    });

    it.each(['lost-before', 'lost-after'] as const)(
      'keeps one list of a document whose answer was lost: %s',
      async (kind) => {
        const { world, userLists, place, list } = await listed();
        world.fault(kind, { times: 1, method: 'POST' });
        await failureIn(overTime(world, userLists.put(list('one'))));
        expect(await userLists.put(list('one'))).toBe(kind === 'lost-before');
        expect(await userLists.remove(place)).toBe(1);
      },
    );

    it('says a refusal in the words of the system, and keeps the list of before', async () => {
      const { world, userLists, place, list } = await listed();
      await userLists.put(list('one'));
      world.fault('refused', { times: 1, message: 'The file is too large.' });
      expect(await failureIn(userLists.put(list('two')))).toMatchObject({
        code: 'system.rejected',
        said: expect.stringContaining('The file is too large.'),
        retry: { kind: 'never' },
      });
      expect(await userLists.put(list('one'))).toBe(false);
      expect(await userLists.remove(place)).toBe(1);
    });
  });
}
