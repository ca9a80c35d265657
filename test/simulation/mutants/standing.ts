import type { Mutant } from './mutant.ts';

/** What stays open and is invoiced by the system itself. */
export const standingMutants: readonly Mutant[] = [
  {
    name: 'adjustment-repeated',
    hurts: 'seats are added to a contract twice',
    file: 'server/connectors/autotask/service-line.ts',
    find: 'for (const change of changes) {',
    replace: 'for (const change of [...changes, ...changes]) {',
  },
  {
    name: 'addition-ended-twice',
    hurts: 'an addition that had ended is billed until the next one ends as well',
    file: 'server/connectors/connectwise/moves.ts',
    find: ' && reaches(addition, from))\n        moves.push',
    replace: ')\n        moves.push',
  },
  {
    name: 'group-half-done',
    hurts: 'more seats are billed for the rest of the month and never again',
    file: 'server/sync/write-plan.ts',
    find: 'if (sets !== undefined) step(sets);',
    replace: '',
  },
  {
    name: 'charge-edited-after-billing',
    hurts: 'a charge that was invoiced is taken off the contract',
    file: 'server/sync/undo/take-back-standing.ts',
    find: 'lineOf(marker)?.billed === true);',
    replace: 'lineOf(marker)?.billed === null);',
  },
  {
    name: 'own-proration-doubled',
    hurts: 'the rest of a month is billed by the marketplace and by the system',
    file: 'server/domain/rules/standing/rule.ts',
    find: `proration === 'system' && isTold(charge)`,
    replace: `proration === 'system' && order.charges.length < 0`,
  },
];
