import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { link, table } from '../../people/parts.ts';
import { agreementStatus } from '../billing/agreement-status.ts';
import { nextInvoiceDate } from '../billing/periods.ts';
import { textOf } from '../row.ts';
import type { World } from '../world.ts';
import { frame } from './frame.ts';
import { companyName, currencyOf, nameOf, yesNo } from './words.ts';

/** Every agreement with the day from which it bills next. */
export function agreementsPage(world: World, problem: string | undefined): Markup {
  const body = html`<h1>Agreements</h1>
    ${table({
      label: 'Agreements',
      none: 'No agreement yet.',
      heads: [
        'Name',
        'Company',
        'Parent',
        'Billing cycle',
        'Prorates',
        'Currency',
        'Next invoice',
        'Status',
      ],
      rows: world.tables
        .all('Agreement')
        .map((agreement) => [
          link(`/agreements/${agreement.id}`, textOf(agreement, 'name')),
          companyName(world, agreement),
          nameOf(world, agreement, { field: 'parentAgreement', record: 'Agreement' }),
          nameOf(world, agreement, { field: 'billingCycle', record: 'BillingCycle' }),
          yesNo(agreement, 'prorateFlag'),
          currencyOf(world, agreement),
          nextInvoiceDate(world, agreement),
          agreementStatus(world, agreement),
        ]),
    })}`;
  return frame({ world, section: 'agreements', title: 'Agreements', body, problem });
}
