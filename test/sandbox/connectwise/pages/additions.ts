import { html } from 'hono/html';
import { decimalText } from '../../decimal.ts';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { actForm, number, table } from '../../people/parts.ts';
import { billedQuantity, extendedPrice } from '../billing/addition.ts';
import { nextInvoiceDate } from '../billing/periods.ts';
import { amountText, type Row, textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { activeOf, day, rowChoices, yesNo } from './words.ts';

const BILLED: readonly [string, string][] = [
  ['Billable', 'Billable'],
  ['DoNotBill', 'Do not bill'],
  ['NoCharge', 'No charge'],
];

/** The additions of an agreement: open ones and those that have ended, each with its form, and a form for a new one. */
export function additionsPart(world: World, agreement: Row, back: string): Markup {
  const additions = world.tables
    .all('Addition')
    .filter(({ values }) => values.agreementId === agreement.id);
  return html`<h2>Additions</h2>
    ${table({
      label: 'Additions',
      none: 'No addition on this agreement.',
      heads: [
        'Product',
        'Description',
        number('Quantity'),
        number('Unit price'),
        number('Amount'),
        'Bill',
        'Taxable',
        'Effective',
        'Cancelled',
      ],
      rows: additions.map((addition) => [
        productOf(world, addition),
        textOf(addition, 'description'),
        decimalText(billedQuantity(addition)),
        amountText(addition, 'unitPrice'),
        decimalText(extendedPrice(addition)),
        textOf(addition, 'billCustomer'),
        yesNo(addition, 'taxableFlag'),
        day(addition, 'effectiveDate'),
        day(addition, 'cancelledDate'),
      ]),
    })}
    ${additions.map((addition) => editing(world, addition, back))}
    <details class="card"><summary>Add an addition</summary>
      ${actForm({
        action: 'create',
        fields: { record: 'Addition', parentId: String(agreement.id) },
        back,
        words: 'Add',
        inputs: [
          {
            name: 'product',
            words: 'Product',
            choices: rowChoices(activeOf(world, 'CatalogItem'), 'identifier'),
          },
          { name: 'quantity', words: 'Quantity', type: 'decimal', value: '1' },
          { name: 'unitPrice', words: 'Unit price', type: 'decimal', value: '10' },
          { name: 'billCustomer', words: 'Bill', choices: BILLED },
          {
            name: 'effectiveDate',
            words: 'Effective',
            type: 'date',
            value: nextInvoiceDate(world, agreement),
          },
        ],
      })}
    </details>`;
}

function editing(world: World, addition: Row, back: string): Markup {
  const id = String(addition.id);
  const name = `${id}, ${productOf(world, addition)} from ${day(addition, 'effectiveDate')}`;
  return html`<details class="card"><summary>Addition ${name}</summary>
    ${actForm({
      action: 'change',
      fields: { record: 'Addition', id },
      back,
      words: 'Save addition',
      inputs: [
        {
          name: 'description',
          words: 'Description',
          value: textOf(addition, 'description'),
          isWide: true,
        },
        {
          name: 'quantity',
          words: 'Quantity',
          type: 'decimal',
          value: amountText(addition, 'quantity'),
        },
        {
          name: 'unitPrice',
          words: 'Unit price',
          type: 'decimal',
          value: amountText(addition, 'unitPrice'),
        },
        {
          name: 'billCustomer',
          words: 'Bill',
          value: textOf(addition, 'billCustomer'),
          choices: BILLED,
        },
        {
          name: 'effectiveDate',
          words: 'Effective',
          type: 'date',
          value: day(addition, 'effectiveDate'),
        },
        {
          name: 'cancelledDate',
          words: 'Cancelled',
          type: 'date',
          value: day(addition, 'cancelledDate'),
        },
      ],
    })}
    ${actButton({
      action: 'remove',
      words: 'Delete addition',
      label: `Delete addition ${name}`,
      fields: { record: 'Addition', id },
      back,
    })}
  </details>`;
}

function productOf(world: World, addition: Row): string {
  const item = world.tables.get('CatalogItem', wholeOf(addition, 'product'));
  return item ? textOf(item, 'identifier') : '';
}
