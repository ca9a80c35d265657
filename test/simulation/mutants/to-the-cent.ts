import type { Mutant } from './mutant.ts';

/** Another amount, another side or another customer than the marketplace's order says. */
export const centMutants: readonly Mutant[] = [
  {
    name: 'rounding-per-unit',
    hurts: 'a price is rounded before it is multiplied',
    file: 'server/domain/shape.ts',
    find: 'money(multiply(count, price), amount.currency).amountMinor === amount.amountMinor',
    replace: 'amount.amountMinor !== 0n',
    isCommon: true,
  },
  {
    name: 'credit-not-turned',
    hurts: 'a credit note takes money instead of giving it back',
    file: 'server/sync/plan/document-plan.ts',
    find: 'const amount = opposite(line.amount);',
    replace: `const amount = line.amount;
  if (amount.amountMinor < 0n) return line;`,
  },
  {
    name: 'zero-lines-kept',
    hurts: 'lines of nothing fill the invoice',
    file: 'server/sync/plan/zero-line.ts',
    find: `world.settings.zeroLines === 'leave-out'`,
    replace: `world.settings.zeroLines !== 'leave-out'`,
  },
  {
    name: 'bill-from-ignored',
    hurts: 'what was billed by hand before the app came is billed again',
    file: 'server/sync/plan/standing.ts',
    find: `if (!orderIsOurs && !periodIsOurs) return { kind: 'left', reason: 'already-billed' };`,
    replace: '',
  },
  {
    name: 'document-of-another-customer',
    hurts: "a customer finds another customer's lines on the invoice",
    file: 'server/sync/plan/world.ts',
    find: 'documentsOf: (companyId) => snapshots.get(companyId) ?? [],',
    replace: 'documentsOf: () => [...snapshots.values()].flat(),',
  },
  {
    name: 'group-split',
    hurts: 'half of an order is billed while a person still has to answer for the rest',
    file: 'server/sync/plan/plan.ts',
    find: 'if (group.needs.length === 0 && group.lines.length > 0) pending',
    replace: 'if (group.lines.length > 0) pending',
  },
  {
    name: 'reduction-lost',
    hurts: 'fewer seats are never given back',
    file: 'server/domain/rules/change.ts',
    find: `settings.seatsDown === 'quantity-only' && charge`,
    replace: 'charge',
  },
  {
    name: 'others-lines-unnamed',
    hurts: 'a month does not add up where somebody added a line, and can never be closed',
    file: 'server/sync/month/statement.ts',
    find: '    if (at.link !== null) return [ofLine(at, ',
    replace: '    if (at.link === null) return [];\n    if (at.link !== null) return [ofLine(at, ',
  },
  {
    name: 'half-up-credits',
    hurts: 'a credit of half a cent is not the mirror of its charge',
    file: 'server/domain/decimal.ts',
    find: '  return negative ? -quotient : quotient;',
    replace: '  return negative ? -((2n * n + d - 1n) / (2n * d)) : quotient;',
  },
];
