import { html } from 'hono/html';
import { dateOf } from '../../calendar.ts';
import { decimalText } from '../../decimal.ts';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { amountText, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import { billableOf } from '../rules/charge.ts';
import { MATERIAL_CODE } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { actForm, type FormField, number, table } from './frame.ts';
import { activeOf, day, rowChoices, YES_OR_NO, yesNo } from './words.ts';

/** The charges of a contract; those not billed can be changed and deleted. */
export function chargesPart(world: World, contract: Row, back: string): Markup {
  const charges = world.tables
    .all('ContractCharges')
    .filter((charge) => charge.values.contractID === contract.id);
  const codes = activeOf(world, 'BillingCodes').filter(
    (code) => wholeOf(code, 'useType') === MATERIAL_CODE,
  );
  return html`<h2>Charges</h2>
    ${table({
      label: 'Charges',
      none: 'No charge on this contract.',
      heads: [
        'Name',
        'Date',
        number('Quantity'),
        number('Unit price'),
        number('Amount'),
        'Internal PO number',
        'Billable',
        'Billed',
      ],
      rows: charges.map((charge) => [
        textOf(charge, 'name'),
        day(charge, 'datePurchased'),
        amountText(charge, 'unitQuantity'),
        amountText(charge, 'unitPrice'),
        decimalText(billableOf(charge)),
        textOf(charge, 'internalPurchaseOrderNumber'),
        yesNo(charge, 'isBillableToCompany'),
        yesNo(charge, 'isBilled'),
      ]),
    })}
    ${charges.filter((charge) => !flagOf(charge, 'isBilled')).map((charge) => editing(charge, back))}
    <details class="card"><summary>Add a charge</summary>
      ${actForm({
        action: 'create',
        fields: { entity: 'ContractCharges', parentId: String(contract.id), chargeType: '1' },
        back,
        words: 'Add charge',
        inputs: [
          ...inputs({
            name: 'On-site visit',
            datePurchased: dateOf(world.nowMs()),
            unitQuantity: '1',
            unitPrice: '150',
          }),
          { name: 'billingCodeID', words: 'Billing code', choices: rowChoices(codes, 'name') },
        ],
      })}
    </details>`;
}

function editing(charge: Row, back: string): Markup {
  const id = String(charge.id);
  return html`<details class="card"><summary>Charge: ${textOf(charge, 'name')}</summary>
    ${actForm({
      action: 'change',
      fields: { entity: 'ContractCharges', id },
      back,
      words: 'Save charge',
      inputs: [
        ...inputs({
          name: textOf(charge, 'name'),
          datePurchased: day(charge, 'datePurchased'),
          unitQuantity: amountText(charge, 'unitQuantity'),
          unitPrice: amountText(charge, 'unitPrice'),
        }),
        {
          name: 'isBillableToCompany',
          words: 'Billable',
          value: String(flagOf(charge, 'isBillableToCompany')),
          choices: YES_OR_NO,
        },
      ],
    })}
    ${actButton({
      action: 'remove',
      words: 'Delete charge',
      label: `Delete charge ${textOf(charge, 'name')}`,
      fields: { entity: 'ContractCharges', id },
      back,
    })}
  </details>`;
}

const inputs = (values: Record<string, string>): FormField[] => [
  { name: 'name', words: 'Name', value: values.name ?? '', isWide: true },
  { name: 'datePurchased', words: 'Date', type: 'date', value: values.datePurchased ?? '' },
  { name: 'unitQuantity', words: 'Quantity', type: 'decimal', value: values.unitQuantity ?? '' },
  { name: 'unitPrice', words: 'Unit price', type: 'decimal', value: values.unitPrice ?? '' },
];
