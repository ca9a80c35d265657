import { compare } from '../../domain/decimal.ts';
import type { Document } from '../../domain/document.ts';
import type { LineBody } from './body.ts';

/**
 * What differs between what was sent and what Autotask shows, a sentence each: it takes fields it does
 * not know, or that the security level hides, without a word.
 */
export function differences(bodies: readonly LineBody[], document: Document): string[] {
  return bodies.flatMap((body) => {
    if (body.kind === 'remove') return [];
    // A service that a person linked carries no mark of ours.
    const own = body.kind === 'service' ? body.lineId : null;
    const line = document.lines.find(({ id, marker }) => marker === body.marker || id === own);
    if (line === undefined) return [`A line is not there: ${body.description.slice(0, 60)}.`];
    const wanted = body.kind === 'service' ? body.steps.at(-1) : body;
    if (wanted === undefined) return [];
    const told: string[] = [];
    if (compare(wanted.quantity, line.quantity) !== 0)
      told.push(`Quantity: ${line.quantity} in Autotask, ${wanted.quantity} was sent.`);
    if (compare(wanted.unitPrice, line.unitPrice) !== 0 && compare(wanted.quantity, '0') !== 0)
      told.push(`Price: ${line.unitPrice} in Autotask, ${wanted.unitPrice} was sent.`);
    return told;
  });
}
