import * as v from 'valibot';
import { add, compare, type Decimal, divide, multiply, subtract } from '../../domain/decimal.ts';
import type { Document, DocumentLine } from '../../domain/document.ts';
import type { Element } from '../../domain/intent.ts';
import { parseForeign } from '../../domain/json.ts';
import { amountText, money } from '../../domain/money.ts';
import { lineMarkOf } from '../kit/marks.ts';
import { number } from './schema.ts';

// What a stored body asked for, read back, to compare it with what stands in Xero.

const lineSchema = v.object({
  LineItemID: v.optional(v.string()),
  Description: v.optional(v.string(), ''),
  Quantity: v.optional(number, '0'),
  UnitAmount: v.optional(number, '0'),
  DiscountRate: v.optional(number, '0'),
  DiscountAmount: v.optional(number, '0'),
  AccountCode: v.optional(v.string()),
  TaxType: v.optional(v.string()),
});
const bodySchema = v.object({
  Status: v.optional(v.string()),
  Reference: v.optional(v.string()),
  LineItems: v.optional(v.array(lineSchema), []),
});
export type Wanted = v.InferOutput<typeof bodySchema>;
export type WantedLine = Wanted['LineItems'][number];

export const wantedOf = ({ body }: Pick<Element, 'body'>): Wanted =>
  v.parse(bodySchema, parseForeign(body));

/** Whether the line says what was asked for, by text, quantity and price. */
export const sameLine = (wanted: WantedLine, line: DocumentLine): boolean =>
  wanted.Description.trim() === line.description.trim() &&
  compare(wanted.Quantity, line.quantity) === 0 &&
  compare(wanted.UnitAmount, line.unitPrice) === 0;

/** The line that answers a wanted one: by our mark, else by Xero's id of it. */
export const lineFor = (wanted: WantedLine, document: Document): DocumentLine | undefined => {
  const mark = lineMarkOf(wanted.Description);
  return document.lines.find(({ id, marker }) =>
    mark === null ? id === wanted.LineItemID : marker === mark,
  );
};

/**
 * What differs between what was sent and what Xero shows for it, a sentence each. Nothing is put right
 * here: a difference is shown to a person.
 */
export function differences(wanted: Wanted, document: Document): string[] {
  const told: string[] = [];
  const note = (what: string, sent: string, stands: string) => {
    if (sent !== stands) told.push(`${what}: ${stands} in Xero, ${sent} was sent.`);
  };
  if (wanted.LineItems.length === 0) return told;
  note('Lines', `${wanted.LineItems.length}`, `${document.lines.length}`);
  let sum: Decimal = '0';
  for (const [index, sent] of wanted.LineItems.entries()) {
    const amount = amountText(money(lineAmount(sent), document.currency));
    sum = add(sum, amount);
    const line = lineFor(sent, document);
    if (line === undefined) continue;
    const name = `Line ${index + 1}`;
    note(`${name}, text`, sent.Description.trim(), line.description.trim());
    note(`${name}, quantity`, sent.Quantity, line.quantity);
    note(`${name}, price`, sent.UnitAmount, line.unitPrice);
    note(`${name}, amount`, amount, amountText(line.amount));
    if (sent.AccountCode !== undefined)
      note(`${name}, account`, sent.AccountCode, line.accountCode ?? 'none');
    if (sent.TaxType !== undefined) note(`${name}, tax`, sent.TaxType, line.taxType ?? 'none');
  }
  note(
    'Sum of the lines',
    sum,
    amountText(document.taxBasis === 'inclusive' ? document.total : document.net),
  );
  return told;
}

function lineAmount({ Quantity, UnitAmount, DiscountRate, DiscountAmount }: WantedLine): Decimal {
  const whole = multiply(Quantity, UnitAmount);
  const places = 12;
  const rated = divide(multiply(whole, subtract('100', DiscountRate)), '100', places);
  return subtract(rated, DiscountAmount);
}
