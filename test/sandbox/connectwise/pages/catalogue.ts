import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { actForm, number, table } from '../../people/parts.ts';
import { amountText, type Row, textOf } from '../row.ts';
import type { World } from '../world.ts';
import { frame } from './frame.ts';
import { activeOf, flagInput, nameOf, rowChoices, yesNo } from './words.ts';

/** The product catalog, and a form for a new item. */
export function cataloguePage(world: World, problem: string | undefined): Markup {
  const items = world.tables.all('CatalogItem');
  const body = html`<h1>Product catalog</h1>
    ${table({
      label: 'Items',
      none: 'Nothing yet.',
      heads: [
        'Product ID',
        'Description',
        'Class',
        'Subcategory',
        'Cross reference',
        number('Unit price'),
        number('Unit cost'),
        'Inactive',
      ],
      rows: items.map((item) => [
        textOf(item, 'identifier'),
        textOf(item, 'description'),
        textOf(item, 'productClass'),
        nameOf(world, item, { field: 'subcategory', record: 'SubCategory' }),
        textOf(item, 'integrationXRef'),
        amountText(item, 'price'),
        amountText(item, 'cost'),
        yesNo(item, 'inactiveFlag'),
      ]),
    })}
    ${items.map(editing)}
    <details class="card"><summary>New item</summary>
      ${actForm({
        action: 'create',
        fields: { record: 'CatalogItem' },
        back: '/catalogue',
        words: 'Create item',
        inputs: [
          { name: 'identifier', words: 'Product ID' },
          { name: 'description', words: 'Description' },
          { name: 'customerDescription', words: 'Customer description', isWide: true },
          {
            name: 'subcategory',
            words: 'Subcategory',
            choices: rowChoices(activeOf(world, 'SubCategory')),
          },
          { name: 'type', words: 'Type', choices: rowChoices(activeOf(world, 'ProductType')) },
          { name: 'price', words: 'Unit price', type: 'decimal', value: '10' },
          { name: 'cost', words: 'Unit cost', type: 'decimal', value: '5' },
        ],
      })}
    </details>`;
  return frame({ world, section: 'catalogue', title: 'Product catalog', body, problem });
}

function editing(item: Row): Markup {
  return html`<details class="card"><summary>Edit ${textOf(item, 'identifier')}</summary>
    ${actForm({
      action: 'change',
      fields: { record: 'CatalogItem', id: String(item.id) },
      back: '/catalogue',
      words: 'Save item',
      inputs: [
        {
          name: 'description',
          words: 'Description',
          value: textOf(item, 'description'),
          isWide: true,
        },
        { name: 'price', words: 'Unit price', type: 'decimal', value: amountText(item, 'price') },
        { name: 'cost', words: 'Unit cost', type: 'decimal', value: amountText(item, 'cost') },
        flagInput(item, 'inactiveFlag', 'Inactive'),
      ],
    })}
  </details>`;
}
