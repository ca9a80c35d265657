import { describe, expect, test } from 'vitest';
import type { Store } from '../../server/domain/ports/store.ts';
import {
  charge,
  customer,
  lease,
  link,
  logEntry,
  note,
  type TestClock,
  tenantA,
  tenantB,
  wholeLog,
} from '../store/world.ts';

/** A store with the means to end it and to open its data again, as after a restart. */
export interface StoreUnderTest {
  store: Store;
  clock: TestClock;
  reopen(): Promise<Store>;
}

const dayMs = 86_400_000;

/** What every store promises, whatever is under it. `open` gives an empty one each time. */
export function runStoreBattery({
  name,
  open,
}: {
  name: string;
  open: () => Promise<StoreUnderTest>;
}): void {
  describe(`${name}: transactions`, () => {
    test('C1: what was acknowledged is there after a restart', async () => {
      const { store, reopen } = await open();
      await store.transact(tenantA, (tx) => {
        tx.put('note', note('n1', 'Größe 😀'));
        tx.put('customer', customer('cu1'));
        tx.put('charge', charge('ch1', { amountMinor: 9007199254740993n }));
        tx.put('link', link('l1'));
        tx.log(logEntry('first'));
      });
      const reader = await (await reopen()).read(tenantA);
      expect(reader.get('note', 'n1')?.text).toBe('Größe 😀');
      expect(reader.get('customer', 'cu1')).toEqual(customer('cu1'));
      expect(reader.get('charge', 'ch1')?.amount.amountMinor).toBe(9007199254740993n);
      expect(reader.list('link')).toEqual([link('l1')]);
    });

    test('V2.3.3: a throw inside changes nothing and reaches the caller', async () => {
      const { store } = await open();
      await store.transact(tenantA, (tx) => tx.put('note', note('n1', 'before')));
      const work = store.transact(tenantA, (tx) => {
        tx.put('note', note('n1', 'after'));
        tx.put('customer', customer('cu1'));
        tx.log(logEntry('never'));
        throw new RangeError('no');
      });
      await expect(work).rejects.toThrow(RangeError);
      const reader = await store.read(tenantA);
      expect(reader.get('note', 'n1')?.text).toBe('before');
      expect(reader.list('customer')).toEqual([]);
      expect(await wholeLog(store, tenantA)).toEqual([]);
    });

    test('a transaction sees its own changes, and readers do not before it is done', async () => {
      const { store } = await open();
      const reader = async () => (await store.read(tenantA)).list('note').length;
      await store.transact(tenantA, async (tx) => {
        tx.put('note', note('n1'));
        tx.put('note', note('n2'));
        tx.remove('note', 'n1');
        expect(tx.get('note', 'n1')).toBeNull();
        expect(tx.list('note').map(({ id }) => id)).toEqual(['n2']);
        expect(await reader()).toBe(0);
      });
      expect(await reader()).toBe(1);
    });

    test('V2.3.4: transactions of one tenant never overlap, so no update is lost', async () => {
      const { store } = await open();
      const add = () =>
        store.transact(tenantA, async (tx) => {
          const count = Number(tx.get('note', 'count')?.text ?? '0');
          await Promise.resolve();
          tx.put('note', note('count', String(count + 1)));
        });
      await Promise.all(Array.from({ length: 50 }, add));
      expect((await store.read(tenantA)).get('note', 'count')?.text).toBe('50');
    });

    test('one that throws among others that wait leaves the others whole', async () => {
      const { store } = await open();
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4].map((number) =>
          store.transact(tenantA, (tx) => {
            tx.put('note', note(`n${number}`));
            tx.log(logEntry(`n${number}`));
            if (number === 2) throw new Error('no');
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      const ids = (await store.read(tenantA)).list('note').map(({ id }) => id);
      expect(ids).toEqual(['n1', 'n3', 'n4']);
      const log = await wholeLog(store, tenantA);
      expect(log.map(({ seq, subject }) => [seq, subject])).toEqual([
        [1, 'n1'],
        [2, 'n3'],
        [3, 'n4'],
      ]);
    });

    test('C5: a key that is put twice is one record, before and after a restart', async () => {
      const { store, reopen } = await open();
      const enqueue = () =>
        store.transact(tenantA, (tx) => {
          if (tx.get('note', 'key') !== null) return false;
          tx.put('note', note('key'));
          tx.log(logEntry('queued'));
          return true;
        });
      expect(await Promise.all([enqueue(), enqueue()])).toEqual([true, false]);
      const again = await reopen();
      expect((await again.read(tenantA)).list('note')).toHaveLength(1);
      expect(await wholeLog(again, tenantA)).toHaveLength(1);
    });

    test('C6: a finish with an old fence changes nothing and writes no entry', async () => {
      const { store } = await open();
      const claim = (holder: string) =>
        store.transact(tenantA, (tx) => {
          const fence = (tx.get('lease', 'c1')?.fence ?? 0) + 1;
          tx.put('lease', lease(fence, holder));
          return fence;
        });
      const finish = (fence: number) =>
        store.transact(tenantA, (tx) => {
          if (tx.get('lease', 'c1')?.fence !== fence) throw new Error('fenced');
          tx.put('note', note('done'));
          tx.log(logEntry('done'));
        });
      const lost = await claim('dead');
      const held = await claim('alive');
      await expect(finish(lost)).rejects.toThrow('fenced');
      expect(await wholeLog(store, tenantA)).toEqual([]);
      await finish(held);
      expect(await wholeLog(store, tenantA)).toHaveLength(1);
    });

    test('a record that does not fit its schema is refused before it can be stored', async () => {
      const { store, reopen } = await open();
      const wrong = { ...note('n1'), text: 5 };
      const work = store.transact(tenantA, (tx) => Reflect.apply(tx.put, tx, ['note', wrong]));
      await expect(work).rejects.toMatchObject({ code: 'internal' });
      expect((await (await reopen()).read(tenantA)).list('note')).toEqual([]);
    });

    test('nobody can change what the store holds without a transaction', async () => {
      const { store } = await open();
      const mine = { ...customer('cu1') };
      await store.transact(tenantA, (tx) => tx.put('customer', mine));
      mine.name = 'changed behind its back';
      const held = (await store.read(tenantA)).get('customer', 'cu1');
      expect(held?.name).toBe('Customer cu1');
      expect(() => held && Object.assign(held, { name: 'no' })).toThrow(TypeError);
    });

    test('a transaction that goes on after its end is told', async () => {
      const { store } = await open();
      const tx = await store.transact(tenantA, (inner) => inner);
      expect(() => tx.put('note', note('late'))).toThrow('internal');
    });

    test('the order of a list is the order of first appearance, also after a restart', async () => {
      const { store, reopen } = await open();
      for (const id of ['b', 'a', 'c'])
        await store.transact(tenantA, (tx) => tx.put('note', note(id)));
      await store.transact(tenantA, (tx) => tx.put('note', note('b', 'newer')));
      const ids = async (of: Store) => (await of.read(tenantA)).list('note').map(({ id }) => id);
      expect(await ids(store)).toEqual(['b', 'a', 'c']);
      expect(await ids(await reopen())).toEqual(['b', 'a', 'c']);
    });
  });

  describe(`${name}: collections`, () => {
    test('a later record of an id replaces the earlier one in every home', async () => {
      const { store, reopen } = await open();
      await store.transact(tenantA, (tx) => {
        tx.put('customer', customer('cu1', 'old'));
        tx.put('customer', customer('cu2'));
        tx.put('link', link('l1'));
        tx.put('charge', charge('ch1', { placedOn: '2026-10-31' }));
      });
      await store.transact(tenantA, (tx) => {
        tx.put('customer', customer('cu1', 'new'));
        tx.remove('customer', 'cu2');
        tx.put('link', link('l1', 'freed'));
        tx.put('charge', charge('ch1', { placedOn: '2026-11-01', amountMinor: 2n }));
      });
      for (const opened of [async () => store, reopen]) {
        const of = await opened();
        const reader = await of.read(tenantA);
        expect(reader.list('customer').map(({ id, name: said }) => [id, said])).toEqual([
          ['cu1', 'new'],
        ]);
        expect(reader.list('link').map(({ state }) => state)).toEqual(['freed']);
        expect(reader.list('charge').map(({ amount }) => amount.amountMinor)).toEqual([2n]);
      }
    });

    test('V5.3.2, V8.4.1: tenants never see each other, whatever their names look like', async () => {
      const { store, reopen } = await open();
      await store.transact(tenantA, (tx) => tx.put('note', note('n', 'a')));
      await store.transact(tenantB, (tx) => tx.put('note', note('n', 'b')));
      for (const opened of [async () => store, reopen]) {
        const of = await opened();
        expect((await of.tenants()).sort()).toEqual([tenantA, tenantB].sort());
        expect((await of.read(tenantA)).get('note', 'n')?.text).toBe('a');
        expect((await of.read(tenantB)).get('note', 'n')?.text).toBe('b');
      }
    });

    test('reading a tenant that does not exist finds nothing and makes nothing', async () => {
      const { store } = await open();
      expect((await store.read(tenantA)).list('note')).toEqual([]);
      expect(await wholeLog(store, tenantA)).toEqual([]);
      await store.transact(tenantA, (tx) => tx.get('note', 'n'));
      expect(await store.tenants()).toEqual([]);
    });

    test('redact leaves nothing of the tenant, and the tenant may come back empty', async () => {
      const { store, reopen } = await open();
      for (const tenant of [tenantA, tenantB])
        await store.transact(tenant, (tx) => {
          tx.put('note', note('n'));
          tx.put('customer', customer('cu1'));
          tx.log(logEntry('entry'));
        });
      await store.redact(tenantA);
      const again = await reopen();
      expect(await again.tenants()).toEqual([tenantB]);
      expect((await again.read(tenantA)).list('customer')).toEqual([]);
      expect(await wholeLog(again, tenantA)).toEqual([]);
      expect((await again.read(tenantB)).list('customer')).toHaveLength(1);
      await again.transact(tenantA, (tx) => tx.log(logEntry('back')));
      expect((await wholeLog(again, tenantA)).map(({ seq }) => seq)).toEqual([1]);
      expect((await again.tenants()).sort()).toEqual([tenantA, tenantB].sort());
    });

    test('a transaction asked for during a redact runs after it', async () => {
      const { store, reopen } = await open();
      await store.transact(tenantA, (tx) => tx.put('note', note('old')));
      const redacted = store.redact(tenantA);
      await store.transact(tenantA, (tx) => tx.put('note', note('new')));
      await redacted;
      const ids = (await (await reopen()).read(tenantA)).list('note').map(({ id }) => id);
      expect(ids).toEqual(['new']);
    });
  });

  describe(`${name}: Action log`, () => {
    async function withEntries() {
      const under = await open();
      const { store, clock } = under;
      for (let number = 1; number <= 30; number += 1) {
        await store.transact(tenantA, (tx) =>
          tx.log(
            logEntry(`entry ${number}`, {
              action: number % 3 === 0 ? 'rejected' : 'written',
              result: number % 3 === 0 ? 'failed' : 'ok',
              customerId: number % 2 === 0 ? 'cu1' : null,
              actor: number % 5 === 0 ? { kind: 'user', id: 'u1', name: 'Ann' } : { kind: 'app' },
              facts: { said: number === 7 ? 'Kunde "Größe" fehlt' : 'nothing' },
            }),
          ),
        );
        if (number % 10 === 0) clock.advance(dayMs);
      }
      return under;
    }

    test('entries are numbered from 1 without gap, newest first, and pages meet', async () => {
      const { store, reopen } = await withEntries();
      for (const opened of [async () => store, reopen]) {
        const of = await opened();
        const first = await of.log(tenantA, { before: null, limit: 20 });
        expect(first.entries.map(({ seq }) => seq)).toEqual(
          Array.from({ length: 20 }, (_, position) => 30 - position),
        );
        const second = await of.log(tenantA, { before: first.next, limit: 20 });
        expect(second.entries.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        expect(second).toMatchObject({ next: null, complete: true });
      }
    });

    test('a page that ends exactly at the oldest entry says that it is the last', async () => {
      const { store } = await withEntries();
      const page = await store.log(tenantA, { before: null, limit: 30 });
      expect(page).toMatchObject({ next: null, complete: true });
    });

    test('filters narrow by day, actor, action, result and customer, alone and together', async () => {
      const { store, reopen } = await withEntries();
      for (const opened of [async () => store, reopen]) {
        const of = await opened();
        const seqs = async (filter: object) =>
          (await of.log(tenantA, { before: null, limit: 100, ...filter })).entries.map(
            ({ seq }) => seq,
          );
        expect(await seqs({ result: 'failed', customerId: 'cu1' })).toEqual([30, 24, 18, 12, 6]);
        expect(await seqs({ action: 'rejected', actor: 'user:u1' })).toEqual([30, 15]);
        expect(await seqs({ level: 'errors-and-action', customerId: 'cu1' })).toEqual([
          30, 24, 18, 12, 6,
        ]);
        expect(await seqs({ level: 'all' })).toHaveLength(30);
        expect(await seqs({ customerId: 'unknown' })).toEqual([]);
        const [{ at } = { at: '' }] = (await of.log(tenantA, { before: 12, limit: 1 })).entries;
        const day = { from: at.slice(0, 10), to: at.slice(0, 10) };
        expect(await seqs({ day, result: 'failed' })).toEqual([18, 15, 12]);
        expect(await seqs({ day, result: 'failed', before: 15 })).toEqual([12]);
      }
    });

    test('text is searched inside chosen days, whatever its case, and says how far', async () => {
      const { store, reopen } = await withEntries();
      for (const opened of [async () => store, reopen]) {
        const of = await opened();
        const day = { from: '2026-11-01', to: '2026-12-31' };
        const ask = (text: string) =>
          Reflect.apply(of.log, of, [tenantA, { before: null, limit: 10, day, text }]);
        expect(await ask('"grösse"')).toMatchObject({ entries: [], scanned: 30, complete: true });
        expect(await ask('"GRÖßE"')).toMatchObject({ entries: [{ seq: 7 }], complete: true });
        expect(await ask('subject')).toMatchObject({ entries: [], scanned: 30 });
        expect(await ask('entry 1')).toMatchObject({ entries: { length: 10 }, next: 10 });
      }
    });

    test('text without days is refused', async () => {
      const { store } = await open();
      await store.transact(tenantA, (tx) => tx.log(logEntry('entry')));
      const asked = (async () => store.log(tenantA, { before: null, limit: 1, text: 'x' }))();
      await expect(asked).rejects.toMatchObject({ code: 'request.invalid' });
    });

    test('the next number after a restart follows the last one', async () => {
      const { reopen } = await withEntries();
      const again = await reopen();
      await again.transact(tenantA, (tx) => tx.log(logEntry('next')));
      expect((await wholeLog(again, tenantA)).at(-1)).toMatchObject({ seq: 31, subject: 'next' });
    });
  });

  describe(`${name}: its own state`, () => {
    test('it measures itself and says when it is past its size', async () => {
      const { store } = await open();
      expect(store.health()).toMatchObject({ hotRecords: 0, advice: null });
      await store.transact(tenantA, (tx) => {
        for (let number = 0; number < 501; number += 1) tx.put('note', note(`n${number}`));
      });
      expect(store.health().hotRecords).toBe(501);
      expect(store.health().advice).toContain('500 open records');
    });

    test('a closed store refuses work, and closing twice is fine', async () => {
      const { store } = await open();
      const last = store.transact(tenantA, (tx) => tx.put('note', note('n1')));
      await last;
      await store.close();
      await store.close();
      const late = store.transact(tenantA, (tx) => tx.put('note', note('n2')));
      await expect(late).rejects.toMatchObject({ code: 'store.failed' });
    });
  });
}
