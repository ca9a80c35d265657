import { isObject, type JsonObject, textOf } from '../../json.ts';
import type { Line, SalesDocument } from '../state.ts';
import { readLine } from './line.ts';
import type { Work } from './work.ts';

/**
 * The lines after a write. Sent lines replace all others: with LineItemID the line is updated, without it created, left
 * out deleted. A body without LineItems leaves them, computed anew where the kind of amounts changed.
 */
export function readLines(options: {
  work: Work;
  element: JsonObject;
  document: SalesDocument;
  contactTaxType: string | undefined;
}): { lines: Line[]; errors: string[] } {
  const { work, element, document, contactTaxType } = options;
  const rules = {
    work,
    contactTaxType,
    lineAmountTypes: document.lineAmountTypes,
    discounts: document.kind === 'invoice',
  };
  const sent = element.LineItems;
  if (sent === undefined || sent === null) {
    if (document.lines.length === 0)
      return { lines: [], errors: ['One or more line items must be specified'] };
    if (element.LineAmountTypes === undefined) return { lines: document.lines, errors: [] };
    const again = document.lines.map((line) => readLine({}, rules, line));
    return { lines: again.map(({ line }) => line), errors: again.flatMap(({ errors }) => errors) };
  }
  const elements = Array.isArray(sent) ? sent.filter(isObject) : [];
  if (elements.length === 0)
    return { lines: [], errors: ['One or more line items must be specified'] };
  const lines: Line[] = [];
  const errors: string[] = [];
  for (const one of elements) {
    const id = textOf(one, 'LineItemID')?.toLowerCase();
    const known = document.lines.find((line) => line.id === id);
    if (id !== undefined && !known)
      errors.push(`The line item '${id}' does not belong to this document`);
    if (lines.some((line) => line.id === id)) errors.push(`The line item '${id}' was sent twice`);
    const read = readLine(one, rules, known);
    lines.push(read.line);
    errors.push(...read.errors);
  }
  return { lines, errors };
}
