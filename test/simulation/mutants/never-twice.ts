import type { Mutant } from './mutant.ts';

/** Billed a second time. */
export const twiceMutants: readonly Mutant[] = [
  {
    name: 'intent-not-stored',
    hurts: 'a crash during a write forgets that it was sent',
    file: 'server/sync/write-steps.ts',
    find: `      tx.put('intent', { ...intent, idempotencyKey });`,
    replace: '',
    isCommon: true,
  },
  {
    name: 'retry-without-recovery',
    hurts: 'a lost answer is taken for a refusal and sent again',
    file: 'server/sync/settle.ts',
    find: `    case 'unknown':
      options.tx.put`,
    replace: `    case 'unknown':
      return settleRefused(options, intent, outcome.failure, 'delayed');
      options.tx.put`,
  },
  {
    name: 'recovery-says-absent',
    hurts: 'recovery writes again without looking',
    file: 'server/sync/recover.ts',
    find: 'await withLineMarks(job, due, await session.recover(due))',
    replace: `due.map(() => ({ status: 'absent' as const }))`,
  },
  {
    name: 'marker-ignored',
    hurts: 'recovery does not recognise the document it wrote',
    file: 'server/sync/recover.ts',
    find: 'marker !== null && marks.has(marker)',
    replace: 'marker === null && marks.size < 0',
  },
  {
    name: 'late-commit-not-awaited',
    hurts: 'recovery looks before a slow system has finished',
    file: 'server/sync/recover.ts',
    find: 'hungUpAt === null ? millisecondsOf(sentAt) + underWayMaxMs : millisecondsOf(hungUpAt)',
    replace: 'hungUpAt === null || hungUpAt !== null ? millisecondsOf(sentAt) : 0',
  },
  {
    name: 'unknown-dropped-at-restart',
    hurts: 'a restart forgets writes whose answer was lost',
    file: 'server/sync/recover.ts',
    find: `      tx.put('intent', { ...intent, hungUpAt: instant(clock.nowMs()) });`,
    replace: `      tx.remove('intent', intent.id);`,
  },
  {
    name: 'billed-again',
    hurts: 'a charge that stands on a line is planned once more',
    file: 'server/sync/plan/evaluate.ts',
    find: `if (live !== null && placeLive(`,
    replace: `if (live !== null && world.tasks().length < 0 && placeLive(`,
  },
  {
    name: 'generation-not-counted',
    hurts: 'what is billed again after an undo carries the mark of what was taken back',
    file: 'server/sync/plan/links.ts',
    find: `next: { ...wholePortion, generation }`,
    replace: `next: wholePortion`,
  },
  {
    name: 'lease-not-checked',
    hurts: 'two workers write to one connection',
    file: 'server/sync/lease.ts',
    find: 'if (current !== null && millisecondsOf(current.until) > clock.nowMs()) {',
    replace: "if (current?.holder === 'nobody') {",
  },
  {
    name: 'fencing-ignored',
    hurts: 'a worker that was believed dead comes back and writes',
    file: 'server/sync/lease.ts',
    find: 'if (current === null || current.fence !== fence)',
    replace: 'if (current === null)',
  },
  {
    name: 'marks-not-adopted',
    hurts: 'installed anew, the app does not know what it wrote and writes it again',
    file: 'server/sync/check/adopt.ts',
    find: 'const news = batch.filter((link) => !isKnown(tx, link));',
    replace: 'const news = batch.filter((link) => !isKnown(tx, link) && batch.length < 0);',
  },
  {
    name: 'marker-from-connection-id',
    hurts: 'installed anew, nothing that was written is recognised by its mark',
    file: 'server/sync/plan/world.ts',
    find: 'scope: { tenantId, accountId: connection.account.id },',
    replace: 'scope: { tenantId, accountId: connection.id },',
  },
  {
    name: 'undo-twice',
    hurts: 'what was credited already is credited again',
    file: 'server/sync/undo/take-back.ts',
    find: '(link) => link.sign === -1 || world.linkState(link.chargeKey).live?.id === link.id,',
    replace: '(link) => link.sign === -1 || link.sign === 1,',
  },
  {
    name: 'refused-part-written-again',
    hurts: 'a write that was done is taken for one that was not',
    file: 'server/sync/recover.ts',
    find: `const underWayMaxMs = 10 * 60_000;`,
    replace: `const underWayMaxMs = -10 * 60_000;`,
  },
];
