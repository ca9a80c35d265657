import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { amountText, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import { RECURRING_CODE, SERVICE_PERIODS } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { actForm, frame, number, table } from './frame.ts';
import { activeOf, choicesOf, labelOf, rowChoices, YES_OR_NO, yesNo } from './words.ts';

/** Services for contracts, and products for charges. */
export function cataloguePage(world: World, problem: string | undefined): Markup {
  const codes = activeOf(world, 'BillingCodes').filter(
    (code) => wholeOf(code, 'useType') === RECURRING_CODE,
  );
  const body = html`<h1>Products and services</h1>
    ${(['Services', 'Products'] as const).map((entity) => part(world, entity))}
    <details class="card"><summary>New service</summary>
      ${actForm({
        action: 'create',
        fields: { entity: 'Services' },
        back: '/catalogue',
        words: 'Create service',
        inputs: [
          { name: 'name', words: 'Name', isWide: true },
          { name: 'unitPrice', words: 'Unit price', type: 'decimal', value: '10' },
          { name: 'periodType', words: 'Period', choices: choicesOf(SERVICE_PERIODS) },
          { name: 'billingCodeID', words: 'Billing code', choices: rowChoices(codes, 'name') },
        ],
      })}
    </details>`;
  return frame({ world, section: 'catalogue', title: 'Products and services', body, problem });
}

function part(world: World, entity: 'Services' | 'Products'): Markup {
  const rows = world.tables.all(entity);
  return html`<h2>${entity}</h2>
    ${table({
      label: entity,
      none: 'Nothing yet.',
      heads: ['Name', 'SKU', 'Period', number('Unit price'), number('Unit cost'), 'Active'],
      rows: rows.map((row) => [
        textOf(row, 'name'),
        textOf(row, 'sku'),
        labelOf(SERVICE_PERIODS, wholeOf(row, 'periodType')),
        amountText(row, 'unitPrice'),
        amountText(row, 'unitCost'),
        yesNo(row, 'isActive'),
      ]),
    })}
    ${rows.map((row) => editing(entity, row))}`;
}

function editing(entity: string, row: Row): Markup {
  return html`<details class="card"><summary>Edit ${textOf(row, 'name')}</summary>
    ${actForm({
      action: 'change',
      fields: { entity, id: String(row.id) },
      back: '/catalogue',
      words: 'Save',
      inputs: [
        { name: 'name', words: 'Name', value: textOf(row, 'name'), isWide: true },
        {
          name: 'unitPrice',
          words: 'Unit price',
          type: 'decimal',
          value: amountText(row, 'unitPrice'),
        },
        {
          name: 'isActive',
          words: 'Active',
          value: String(flagOf(row, 'isActive')),
          choices: YES_OR_NO,
        },
      ],
    })}
  </details>`;
}
