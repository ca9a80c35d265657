import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import type { Difference } from './differences.ts';
import { equals } from './exact.ts';
import type { HeldLine } from './held.ts';

/**
 * Charges of one order and subscription stand together: on one document, or on one invoice and one
 * credit note where refunds have their own. Lines of equal amounts cannot be told apart, so only a
 * group that no document could hold whole is a fault.
 */
export function groupFaults(
  pairs: readonly { charge: Charge; line: HeldLine }[],
  lines: readonly HeldLine[],
  { settings }: Books,
): Difference[] {
  const groups = Map.groupBy(pairs, ({ charge }) => {
    const side = settings.refunds === 'with' || charge.amount.units >= 0n ? 'invoice' : 'credit';
    return `${charge.order}\n${charge.subscription ?? ''}\n${side}`;
  });
  return [...groups.values()].flatMap((group): Difference[] => {
    const possible = group.map(({ charge }) => documentsFor(charge, lines));
    const [first = new Set<string>(), ...more] = possible;
    const isWhole = [...first].some((document) => more.every((other) => other.has(document)));
    const [one] = group;
    if (isWhole || one === undefined) return [];
    return [
      {
        kind: 'unexpected',
        order: one.charge.order,
        charge: group.map(({ charge }) => charge.name).join(', '),
        expected: 'together on one document',
        found: [...new Set(group.map(({ line }) => `${line.kind} ${line.number}`))].join(', '),
      },
    ];
  });
}

const documentsFor = ({ contact, currency, amount }: Charge, lines: readonly HeldLine[]) =>
  new Set(
    lines
      .filter(
        (line) =>
          line.contact === contact && line.currency === currency && equals(line.amount, amount),
      )
      .map(({ document }) => document),
  );
