import type { Mutant } from './mutant.ts';

/** Never billed, or forgotten that it was. */
export const lostMutants: readonly Mutant[] = [
  {
    name: 'link-before-answer',
    hurts: 'a charge counts as billed before the system said so',
    file: 'server/sync/write-steps.ts',
    find: '  const outcomes = await callOnce(session, batch, idempotencyKey);',
    replace: `  const { linkOf } = await import('./written-lines.ts');
  await context.store.transact(tenantId, (tx) => {
    const at = instant(context.clock.nowMs());
    for (const intent of intents)
      for (const line of intent.plan?.lines ?? [])
        tx.put('link', linkOf(intent, line, { id: '?', kind: 'invoice', number: null, lines: [] }, at));
  });
  const outcomes = await callOnce(session, batch, idempotencyKey);`,
  },
  {
    name: 'commit-not-durable',
    hurts: 'a power cut takes back what was acknowledged',
    file: 'server/store/lowdb/durable-file.ts',
    find: 'await this.#fuse.sync(temporary, () => file.sync());',
    replace: '',
    isCommon: true,
  },
  {
    name: 'outbox-forgotten',
    hurts: 'links and log entries of a commit vanish in a crash',
    file: 'server/store/lowdb/tenant.ts',
    find: 'hot.data.outbox = [...hot.data.outbox, ...items];',
    replace: 'hot.data.outbox = items.slice(1);',
  },
  {
    name: 'undo-frees-nothing',
    hurts: 'what was undone counts as billed for ever',
    file: 'server/sync/settle.ts',
    find: '  for (const id of frees) freeLink(tx, id);',
    replace: '',
  },
  {
    name: 'run-not-taken-up',
    hurts: 'a run that a crash interrupted never ends',
    file: 'server/sync/engine.ts',
    find: '      if (endedAt === null) wake.at(wakeKey.run(tenantId, connectionId), clock.nowMs());',
    replace:
      "      if (endedAt === '') wake.at(wakeKey.run(tenantId, connectionId), clock.nowMs());",
  },
  {
    name: 'drift-forgotten',
    hurts: 'nobody hears that a recovered document was changed by hand',
    file: 'server/sync/settle.ts',
    find: `    drift,
    purpose:`,
    replace: `    drift: null,
    purpose:`,
  },
  {
    name: 'reconnect-takes-nothing-in',
    hurts: 'what was ordered while the system was disconnected is never billed',
    file: 'server/sync/check/who-bills.ts',
    find: 'billsNewCustomers, connectedAt })',
    replace: 'billsNewCustomers, id: connectedAt })',
  },
  {
    name: 'cursor-moved-early',
    hurts: 'a crash in the middle of a check loses the orders it had not stored',
    file: 'server/sync/check/marketplace-side.ts',
    find: '  const taken = await takeIn(check, marketplace, read.records);',
    replace: `  await check.store.transact(check.tenantId, (tx) => {
    tx.put('cursor', { id: 'marketplace:orders', position: check.at, checkedAt: check.at });
  });
  const taken = await takeIn(check, marketplace, read.records);`,
  },
  {
    name: 'refreshed-tokens-not-stored',
    hurts: 'a restart finds a refresh token that was used already: the connection is lost',
    file: 'server/sync/tokens.ts',
    find: `      lease.check(tx);
      put(tx);`,
    replace: `      lease.check(tx);`,
  },
];
