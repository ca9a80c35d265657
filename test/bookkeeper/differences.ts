import type { Charge } from './charge.ts';
import { equals, negated, written } from './exact.ts';
import type { HeldLine } from './held.ts';
import { contradicts, likeness, type Pairing } from './pairing.ts';
import type { Wanted } from './wanted.ts';

export interface Difference {
  kind: 'missing' | 'extra' | 'twice' | 'amount' | 'currency' | 'contact' | 'sign' | 'unexpected';
  order: string;
  charge: string;
  expected: string;
  found: string;
}

/**
 * Names what stayed over on either side: a line and a charge that differ in one thing only are one
 * difference of that kind, the rest is missing or too much.
 */
export function explainLeft({
  charges,
  lines,
  pairs,
  wanted,
}: Pairing & { wanted: Wanted }): Difference[] {
  const differences: Difference[] = [];
  const left = new Set(lines);
  const open = new Set(charges);
  const take = (kind: Difference['kind'], isLike: (charge: Charge, line: HeldLine) => boolean) => {
    for (const charge of open) {
      const near = [...left].filter((line) => isLike(charge, line));
      const [line] = near.sort((a, b) => likeness(b, charge) - likeness(a, charge));
      if (line === undefined) continue;
      open.delete(charge);
      left.delete(line);
      differences.push({ kind, ...aboutCharge(charge), found: foundAt(line) });
    }
  };
  const isPlace = (charge: Charge, line: HeldLine): boolean =>
    charge.contact === line.contact && charge.currency === line.currency;
  const fitsText = (charge: Charge, line: HeldLine): boolean =>
    !contradicts(line, charge, wanted.names);
  take(
    'sign',
    (charge, line) => isPlace(charge, line) && equals(charge.amount, negated(line.amount)),
  );
  take(
    'currency',
    (charge, line) =>
      charge.contact === line.contact &&
      charge.currency !== line.currency &&
      equals(charge.amount, line.amount),
  );
  take(
    'contact',
    (charge, line) =>
      charge.contact !== line.contact &&
      charge.currency === line.currency &&
      equals(charge.amount, line.amount) &&
      fitsText(charge, line),
  );
  take(
    'amount',
    (charge, line) =>
      isPlace(charge, line) && fitsText(charge, line) && likeness(line, charge) >= 2,
  );
  for (const charge of open)
    differences.push({ kind: 'missing', ...aboutCharge(charge), found: 'no line' });
  for (const line of left) differences.push(tooMuch(line, pairs, wanted));
  return differences;
}

function tooMuch(line: HeldLine, pairs: Pairing['pairs'], wanted: Wanted): Difference {
  const isLike = (charge: Charge): boolean =>
    charge.contact === line.contact &&
    charge.currency === line.currency &&
    equals(charge.amount, line.amount) &&
    !contradicts(line, charge, wanted.names);
  const billed = pairs.find(({ charge }) => isLike(charge));
  if (billed !== undefined)
    return {
      kind: 'twice',
      order: billed.charge.order,
      charge: billed.charge.name,
      expected: `once, ${foundAt(billed.line)}`,
      found: foundAt(line),
    };
  const barred = wanted.none.find(({ charge }) => isLike(charge));
  return barred === undefined
    ? { kind: 'extra', order: '', charge: line.text, expected: 'no line', found: foundAt(line) }
    : {
        kind: 'unexpected',
        order: barred.charge.order,
        charge: barred.charge.name,
        expected: `no line: ${barred.reason}`,
        found: foundAt(line),
      };
}

const aboutCharge = ({ order, name, amount, currency, contact }: Charge) => ({
  order,
  charge: name,
  expected: `${written(amount)} ${currency} for ${contact ?? 'nobody'}`,
});
const foundAt = ({ amount, currency, contact, kind, number }: HeldLine): string =>
  `${written(amount)} ${currency} for ${contact} on ${kind} ${number}`;
