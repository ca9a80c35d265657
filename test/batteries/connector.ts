import { describe, expect, it } from 'vitest';
import { dateAt } from '../../server/domain/dates.ts';
import type { LineContent } from '../../server/domain/document.ts';
import type { OAuthConnector } from '../../server/domain/ports/connector.ts';
import {
  type ConnectorWorld,
  changeOf,
  connected,
  documentIn,
  documentMark,
  type FaultKind,
  failureIn,
  intentOf,
  line,
  lineMark,
  newDocument,
  overTime,
  textOf,
} from './connector-world.ts';

/** What every connector must do, against its own system's player. */
export function runConnectorBattery(options: {
  name: string;
  connector: OAuthConnector;
  world: () => ConnectorWorld;
}): void {
  const { name, connector } = options;
  const start = async (index = 0) => {
    const world = options.world();
    return { world, ...(await connected(connector, world, index)) };
  };
  type Started = Awaited<ReturnType<typeof start>>;
  const opened = async ({ session, account, world }: Started, n: number, lines?: LineContent[]) => {
    const write = await newDocument({
      session,
      account,
      clock: world.clock,
      n,
      ...(lines && { lines }),
    });
    const elements = session.prepare([write]);
    const [outcome] = await session.write(elements, `key-${n}`);
    return documentIn(outcome);
  };

  describe(`${name}: connecting`, () => {
    it('reaches only the account that was chosen in this consent', async () => {
      for (const index of [0, 1]) {
        const { found, world, account } = await start(index);
        expect(found.id).toBe(world.accounts[index]?.id);
        expect(account.id).toBe(found.id);
      }
    });

    it('gives the account a zone that the clock of this machine knows', async () => {
      const { account } = await start();
      expect(() => dateAt(0, account.timeZone)).not.toThrow();
      expect(account.baseCurrency).toMatch(/^[A-Z]{3}$/);
    });

    it('refreshes into a new token set that works', async () => {
      const { world, tokens } = await start();
      const { client, fetch, clock } = world;
      const next = await connector.refresh({ client, tokens, fetch, clock });
      expect(next.refreshToken).not.toBe(tokens.refreshToken);
      expect(Date.parse(next.expiresAt)).toBeGreaterThan(clock.nowMs());
      expect(await connector.accounts({ tokens: next, fetch, clock })).toHaveLength(1);
    });

    it('asks to reconnect when a refresh is refused', async () => {
      const { world, tokens } = await start();
      const { client, fetch, clock } = world;
      world.fault('refresh-refused', {});
      const error = await failureIn(connector.refresh({ client, tokens, fetch, clock }));
      expect(error.code).toBe('system.reconnect');
      expect(error.retry).toEqual({ kind: 'reconnect' });
    });

    it('leaves nothing behind after disconnecting, and disconnecting twice is no fault', async () => {
      const { world, tokens, found, session } = await start();
      const disconnect = () =>
        connector.disconnect({
          tokens,
          vendorConnectionId: found.vendorConnectionId,
          fetch: world.fetch,
          clock: world.clock,
        });
      await disconnect();
      await disconnect();
      expect((await failureIn(session.account())).retry).toEqual({ kind: 'reconnect' });
    });

    it('notices that the account was disconnected on the other side', async () => {
      const { world, session } = await start();
      world.fault('disconnected', {});
      expect((await failureIn(session.items(null))).code).toBe('system.disconnected');
    });
  });

  describe(`${name}: reading`, () => {
    it('gives companies with quotes and umlauts as they are written', async () => {
      const { session } = await start();
      const { records, unreadable } = await session.companies(null);
      expect(unreadable).toEqual([]);
      expect(records.map((company) => company.name)).toContain('Müller & Söhne "Zürich"');
    });

    it('gives what forms need: accounts for sales, taxes, currencies', async () => {
      const { session, account } = await start();
      const reference = await session.reference();
      expect(reference.accounts.some(({ forSales }) => forSales)).toBe(true);
      expect(reference.taxRates.some(({ forSales }) => forSales)).toBe(true);
      expect(reference.currencies).toContain(account.baseCurrency);
    });

    it('gives only what changed since the position, and nothing is lost at its edge', async () => {
      const started = await start();
      const { session, world } = started;
      const { position } = await session.documents(null);
      world.advanceMs(5_000);
      const first = await opened(started, 1);
      const delta = await session.documents(position);
      expect(delta.records.map(({ id }) => id)).toEqual([first.id]);
      expect(delta.position > position).toBe(true);
      world.advanceMs(60_000);
      expect((await session.documents((await session.documents(null)).position)).records).toEqual(
        [],
      );
    });

    it('tells of documents that a person approved, voided or deleted', async () => {
      const started = await start();
      const { session, world } = started;
      const [first, second] = [await opened(started, 1), await opened(started, 2)];
      const { position } = await session.documents(null);
      world.advanceMs(60_000);
      world.person.approve(first.id);
      world.person.void(first.id);
      world.person.remove(second.id);
      const states = new Map(
        (await session.documents(position)).records.map(({ id, state }) => [id, state]),
      );
      expect(states).toEqual(
        new Map([
          [first.id, 'voided'],
          [second.id, 'deleted'],
        ]),
      );
    });

    it('shows a text that a person changed, its mark gone', async () => {
      const started = await start();
      const { session, world } = started;
      const made = await opened(started, 1);
      world.person.editText(made.id, made.lines[0]?.id ?? '', 'My own words');
      const [after] = (await session.documentsById([made])).records;
      expect(after?.lines[0]).toMatchObject({ description: 'My own words', marker: null });
    });

    it('keeps a record it cannot read, and counts it', async () => {
      const { session, world } = await start();
      const whole = (await session.items(null)).records.length;
      world.fault('malformed', { times: 1 });
      const { records, unreadable } = await session.items(null);
      expect(records).toHaveLength(whole - 1);
      expect(unreadable).toHaveLength(1);
      expect(unreadable[0]?.problem).not.toBe('');
      expect(unreadable[0]?.body).not.toBe('');
    });

    it.each([
      ['server-error', 'system.unreachable'],
      ['html', 'system.unreachable'],
      ['maintenance', 'system.maintenance'],
      ['cut-off', 'system.answer'],
      ['limit-minute', 'system.limited'],
      ['limit-silent', 'system.limited'],
      ['limit-day', 'system.quota'],
    ] as const)('says what %s means, to be tried again later', async (kind, code) => {
      const { session, world } = await start();
      world.fault(kind);
      const error = await failureIn(session.items(null));
      expect(error.code).toBe(code);
      expect(error.retry.kind).toBe('later');
    });

    it('does not call at all while a limit with a time is in force', async () => {
      const { session, world, limiter } = await start();
      world.fault('limit-day');
      await failureIn(session.items(null));
      world.calm();
      expect((await failureIn(session.items(null))).code).toBe('system.quota');
      expect(limiter.view().blockedUntil).not.toBeNull();
    });
  });

  describe(`${name}: writing`, () => {
    it('gives back the document that was asked for, without a difference', async () => {
      const { session, account, world } = await start();
      const lines = [
        line(1, 'Wörter "in" quotes & <signs>'),
        line(2, 'Four places', { quantity: '7', unitPrice: '1.2345' }),
        line(3, 'Refund', { quantity: '1', unitPrice: '-2.5' }),
        line(4, 'Less ten percent', { discount: { kind: 'percent', value: '10' } }),
      ];
      const write = await newDocument({ session, account, clock: world.clock, n: 1, lines });
      const [outcome] = await session.write(session.prepare([write]), 'one');
      const document = documentIn(outcome);
      expect(outcome).toMatchObject({ status: 'ok', warnings: [] });
      expect(document).toMatchObject({
        kind: 'invoice',
        state: 'draft',
        marker: documentMark(1),
        whole: true,
      });
      expect(document.lines.map(({ description }) => description)).toEqual(
        lines.map(({ description }) => description),
      );
      expect(document.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual(
        lines.map(({ quantity, unitPrice }) => [quantity, unitPrice]),
      );
      expect(document.lines.map(({ amount }) => amount.amountMinor)).toEqual([
        1980n,
        864n,
        -250n,
        1782n,
      ]);
      expect(document.net.amountMinor).toBe(4376n);
      expect(document.lines.map((written) => written.marker)).toEqual([1, 2, 3, 4].map(lineMark));
      const taxes = document.lines.map(({ tax }) => tax?.amountMinor ?? 0n);
      expect(taxes.reduce((all, tax) => all + tax, 0n)).toBe(document.tax.amountMinor);
      expect(document.net.amountMinor + document.tax.amountMinor).toBe(document.total.amountMinor);
      const [again] = (await session.documentsById([document])).records;
      expect(again).toEqual(document);
    });

    it('creates once when one key is sent twice', async () => {
      const { session, account, world } = await start();
      const write = await newDocument({ session, account, clock: world.clock, n: 1 });
      const elements = session.prepare([write]);
      const [first] = await session.write(elements, 'same');
      const [second] = await session.write(elements, 'same');
      expect(documentIn(second).id).toBe(documentIn(first).id);
      expect((await session.marked()).records).toHaveLength(1);
    });

    it('adds, amends and removes lines, and leaves foreign lines as they were', async () => {
      const started = await start();
      const { session, world } = started;
      const made = await opened(started, 1, [line(1, 'First'), line(2, 'Second')]);
      world.person.addLine(made.id, 'Written by hand');
      const [before] = (await session.documentsById([made])).records;
      if (before === undefined) throw new Error('not found');
      const foreign = before.lines.find((standing) => standing.marker === null);
      const [first, second] = before.lines;
      const content = line(1, 'First, more seats', { quantity: '4' });
      const write = changeOf(before, {
        lines: [
          { change: 'amend', lineId: first?.id ?? '', content, marker: lineMark(1) },
          { change: 'remove', lineId: second?.id ?? '' },
          { change: 'add', content: line(3, 'Third'), marker: lineMark(3) },
        ],
      });
      const [outcome] = await session.write(session.prepare([write]), 'change');
      const after = documentIn(outcome);
      expect(outcome).toMatchObject({ warnings: [] });
      expect(after.lines.map((standing) => standing.marker)).toEqual([
        lineMark(1),
        null,
        lineMark(3),
      ]);
      expect(after.lines[0]).toMatchObject({ id: first?.id, quantity: '4' });
      expect(after.lines[1]).toEqual(foreign);
    });

    it('writes the others when one element of a batch is refused', async () => {
      const { session, account, world } = await start();
      const writes = await Promise.all(
        [1, 2, 3].map((n) => newDocument({ session, account, clock: world.clock, n: n * 10 })),
      );
      world.fault('element-error', { element: 1, message: 'The account is not valid', times: 1 });
      const outcomes = await session.write(session.prepare(writes), 'batch');
      expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'rejected', 'ok']);
      expect(outcomes[1]).toMatchObject({
        failure: { code: 'system.rejected', said: 'The account is not valid' },
      });
    });

    it.each(['limit-minute', 'limit-day', 'disconnected', 'token-expired'] as const)(
      'is sure that nothing was sent: %s',
      async (kind) => {
        const { session, account, world } = await start();
        const write = await newDocument({ session, account, clock: world.clock, n: 1 });
        world.fault(kind);
        const [outcome] = await session.write(session.prepare([write]), 'refused');
        expect(outcome?.status).toBe('unsent');
        world.calm();
      },
    );

    it.each(['server-error', 'html', 'cut-off', 'lost-before', 'lost-after'] as const)(
      'does not guess after %s, asks, and ends with one document',
      async (kind) => {
        const { session, account, world } = await start();
        const write = await newDocument({ session, account, clock: world.clock, n: 1 });
        const elements = session.prepare([write]);
        const intents = elements.map((element) => intentOf(element, world.clock));
        world.fault(kind);
        const [outcome] = await overTime(world, session.write(elements, 'lost'));
        expect(outcome?.status).toBe('unknown');
        world.calm();
        world.advanceMs(connector.manifest.limits.lateCommitMaxMs);
        const [answer] = await session.recover(intents);
        expect(['happened', 'absent']).toContain(answer?.status);
        if (answer?.status === 'absent') await session.write(elements, 'again');
        expect((await session.marked()).records).toHaveLength(1);
      },
    );
  });

  describe(`${name}: recovering`, () => {
    it('finds a late document, a batch with one question', async () => {
      const { session, account, world } = await start();
      const writes = await Promise.all(
        [1, 2].map((n) => newDocument({ session, account, clock: world.clock, n: n * 10 })),
      );
      const elements = session.prepare(writes);
      const intents = elements.map((element) => intentOf(element, world.clock));
      world.fault('late');
      await overTime(world, session.write(elements, 'late'));
      world.calm();
      world.advanceMs(connector.manifest.limits.lateCommitMaxMs);
      const answers = await session.recover(intents);
      expect(answers.map(({ status }) => status)).toEqual(['happened', 'happened']);
    });

    it('says that a draft which somebody deleted did happen', async () => {
      const started = await start();
      const { session, world, account } = started;
      const made = await opened(started, 1);
      const write = await newDocument({ session, account, clock: world.clock, n: 1 });
      world.person.remove(made.id);
      const [answer] = await session.recover(
        session.prepare([write]).map((element) => intentOf(element, world.clock)),
      );
      expect(answer).toMatchObject({
        status: 'happened',
        document: { id: made.id, state: 'deleted' },
      });
    });

    it('tells a change that happened from one that did not', async () => {
      const started = await start();
      const { session, world } = started;
      const before = await opened(started, 1);
      world.advanceMs(10 * 60_000);
      const add = session.prepare([
        changeOf(before, {
          lines: [{ change: 'add', content: line(9, 'More'), marker: lineMark(9) }],
        }),
      ]);
      const amend = session.prepare([
        changeOf(before, {
          lines: [
            {
              change: 'amend',
              lineId: before.lines[0]?.id ?? '',
              content: line(1, 'Fewer', { quantity: '1' }),
              marker: lineMark(1),
            },
          ],
        }),
      ]);
      const intents = [...add, ...amend].map((element) => intentOf(element, world.clock));
      expect((await session.recover(intents)).map(({ status }) => status)).toEqual([
        'absent',
        'absent',
      ]);
      await session.write(amend, 'amend');
      // The document was touched: the line may have come and gone again, so nobody guesses.
      expect((await session.recover(intents)).map(({ status }) => status)).toEqual([
        'unclear',
        'happened',
      ]);
    });

    it('asks about a line that a person took off before its lost answer was looked up', async () => {
      const started = await start();
      const { session, world } = started;
      const before = await opened(started, 1);
      const add = session.prepare([
        changeOf(before, {
          lines: [{ change: 'add', content: line(9, 'More'), marker: lineMark(9) }],
        }),
      ]);
      const intents = add.map((element) => intentOf(element, world.clock));
      world.advanceMs(1_000);
      const [written] = await session.write(add, 'lost');
      const grown = documentIn(written);
      world.advanceMs(1_000);
      world.person.deleteLine(grown.id, grown.lines.at(-1)?.id ?? '');
      world.advanceMs(connector.manifest.limits.lateCommitMaxMs);
      expect((await session.recover(intents)).map(({ status }) => status)).toEqual(['unclear']);
    });

    it('writes again at once what never came to a document that was made a moment before', async () => {
      const started = await start();
      const { session, world } = started;
      const before = await opened(started, 1);
      world.advanceMs(1_000);
      const add = session.prepare([
        changeOf(before, {
          lines: [{ change: 'add', content: line(9, 'More'), marker: lineMark(9) }],
        }),
      ]);
      const intents = add.map((element) => intentOf(element, world.clock));
      expect((await session.recover(intents)).map(({ status }) => status)).toEqual(['absent']);
    });

    it('finds a created company and item by their numbers', async () => {
      const { session, world } = await start();
      const company = session.prepareCompany({
        name: 'Übermut "GmbH" & Co.',
        number: 'LC-77',
        email: 'office@example.com',
        taxNumber: null,
        address: null,
      });
      const item = session.prepareItem({
        code: 'LP-ITEM-1',
        name: 'Backup',
        description: null,
        price: '4.125',
        accountCode: '200',
        taxType: null,
      });
      const intents = [company, item].map((element) => intentOf(element, world.clock));
      expect((await session.recover(intents)).map(({ status }) => status)).toEqual([
        'absent',
        'absent',
      ]);
      const [madeCompany] = await session.write([company], 'company');
      const [madeItem] = await session.write([item], 'item');
      expect(madeCompany).toMatchObject({
        status: 'ok',
        company: { name: 'Übermut "GmbH" & Co.', number: 'LC-77' },
      });
      expect(madeItem).toMatchObject({ status: 'ok', item: { code: 'LP-ITEM-1', price: '4.125' } });
      expect((await session.recover(intents)).map(({ status }) => status)).toEqual([
        'happened',
        'happened',
      ]);
      const [twice] = await session.write([company], 'company-2');
      expect(twice).toMatchObject({ status: 'rejected' });
    });
  });

  describe(`${name}: secrets`, () => {
    it('has neither a token nor an address in any error', async () => {
      const kinds: FaultKind[] = [
        'server-error',
        'html',
        'cut-off',
        'limit-day',
        'token-expired',
        'disconnected',
      ];
      for (const kind of kinds) {
        const { session, world, tokens } = await start();
        world.fault(kind);
        const error = await failureIn(session.documents(null));
        const text = textOf(error);
        expect(text).not.toMatch(/https?:\/\/\S+\?/);
        for (const secret of [tokens.accessToken, tokens.refreshToken, world.client.clientSecret])
          expect(text).not.toContain(secret);
      }
    });

    it('keeps the words of the other side short', async () => {
      const { session, account, world } = await start();
      const write = await newDocument({ session, account, clock: world.clock, n: 1 });
      const message = `Bearer ${'x'.repeat(40)} ${'long '.repeat(500)}`;
      world.fault('element-error', { element: 0, message, times: 1 });
      const [outcome] = await session.write(session.prepare([write]), 'long');
      if (outcome?.status !== 'rejected') throw new Error('not rejected');
      expect(outcome.failure.said?.length).toBeLessThanOrEqual(500);
      expect(outcome.failure.said).not.toContain('xxxx');
    });
  });
}
