import { html } from 'hono/html';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { actForm, facts, link, table } from '../../people/parts.ts';
import { agreementStatus } from '../billing/agreement-status.ts';
import { nextInvoiceDate } from '../billing/periods.ts';
import { flagOf, type Row, textOf, wholeOf } from '../row.ts';
import { AGREEMENT_FIELDS } from '../schema/custom.ts';
import type { World } from '../world.ts';
import { additionsPart } from './additions.ts';
import { frame } from './frame.ts';
import { invoicesTable } from './invoicing.ts';
import { companyName, currencyOf, day, flagInput, idText, nameOf, rowChoices } from './words.ts';

/** One agreement with its additions, its invoices and its documents. */
export function agreementPage(world: World, agreement: Row, problem: string | undefined): Markup {
  const title = textOf(agreement, 'name');
  const back = `/agreements/${agreement.id}`;
  const id = String(agreement.id);
  const companyId = wholeOf(agreement, 'company') ?? 0;
  const invoices = world.tables
    .all('Invoice')
    .filter(({ values }) => values.agreement === agreement.id);
  const documents = world.documents.of('Agreement', agreement.id);
  const body = html`<h1>${title} <span class="status">${agreementStatus(world, agreement)}</span></h1>
    ${facts([
      ['Company', link(`/companies/${companyId}`, companyName(world, agreement))],
      ['Type', nameOf(world, agreement, { field: 'type', record: 'AgreementType' })],
      [
        'Billing cycle',
        nameOf(world, agreement, { field: 'billingCycle', record: 'BillingCycle' }),
      ],
      ['Billing start', day(agreement, 'billStartDate')],
      ['Next invoice', nextInvoiceDate(world, agreement)],
      ['Prorate additions', flagOf(agreement, 'prorateFlag') ? 'Yes' : 'No'],
      ['Currency', currencyOf(world, agreement)],
      [
        'Parent',
        nameOf(world, agreement, { field: 'parentAgreement', record: 'Agreement' }) || 'None',
      ],
      ...AGREEMENT_FIELDS.map((field): [string, string] => [
        field.caption,
        String(agreement.custom[field.id] ?? '') || 'None',
      ]),
    ])}
    <div class="row">${actForm({
      action: 'invoice',
      fields: { agreementId: id },
      back,
      words: 'Create invoice',
      inputs: [
        {
          name: 'through',
          words: 'Thru date',
          type: 'date',
          value: nextInvoiceDate(world, agreement),
        },
      ],
    })}</div>
    ${editing(world, agreement, back)}
    ${additionsPart(world, agreement, back)}
    <h2>Invoices</h2>
    ${invoicesTable(world, invoices)}
    <h2>Documents</h2>
    ${table({
      label: 'Documents',
      none: 'No document on this agreement.',
      heads: ['Title', 'File', 'Bytes', 'Public', 'Owner'],
      rows: documents.map((document) => [
        link(`/documents/${document.id}`, textOf(document, 'title')),
        textOf(document, 'fileName'),
        String(wholeOf(document, 'size') ?? 0),
        flagOf(document, 'publicFlag') ? 'Yes' : 'No',
        textOf(document, 'owner'),
      ]),
    })}
    <div class="row">${actButton({
      action: 'remove',
      words: 'Delete agreement',
      fields: { record: 'Agreement', id },
      back,
    })}</div>`;
  return frame({ world, section: 'agreements', title, body, problem });
}

function editing(world: World, agreement: Row, back: string): Markup {
  return html`<details class="card"><summary>Edit agreement</summary>
    ${actForm({
      action: 'change',
      fields: { record: 'Agreement', id: String(agreement.id) },
      back,
      words: 'Save agreement',
      inputs: [
        { name: 'name', words: 'Name', value: textOf(agreement, 'name'), isWide: true },
        { name: 'startDate', words: 'From', type: 'date', value: day(agreement, 'startDate') },
        flagInput(agreement, 'noEndingDateFlag', 'No ending date'),
        { name: 'endDate', words: 'To', type: 'date', value: day(agreement, 'endDate') },
        {
          name: 'billStartDate',
          words: 'Billing start',
          type: 'date',
          value: day(agreement, 'billStartDate'),
        },
        {
          name: 'billingCycle',
          words: 'Billing cycle',
          value: idText(agreement, 'billingCycle'),
          choices: rowChoices(world.tables.all('BillingCycle')),
        },
        {
          name: 'currency',
          words: 'Currency',
          value: idText(agreement, 'currency'),
          choices: rowChoices(world.tables.all('FinanceCurrency'), 'currencyIdentifier'),
        },
        flagInput(agreement, 'prorateFlag', 'Prorate additions'),
        flagInput(agreement, 'cancelledFlag', 'Cancelled'),
      ],
    })}
  </details>`;
}
