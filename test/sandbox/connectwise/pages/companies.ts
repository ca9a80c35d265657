import { html } from 'hono/html';
import { dateOf } from '../../calendar.ts';
import type { Markup } from '../../people/layout.ts';
import { actForm, facts, link, table } from '../../people/parts.ts';
import { agreementStatus } from '../billing/agreement-status.ts';
import { type Row, textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { frame } from './frame.ts';
import { currencyOf, day, flagInput, idText, nameOf, rowChoices, yesNo } from './words.ts';

const STATUS = { field: 'status', record: 'CompanyStatus' };

/** Every company, and a form for a new one. */
export function companiesPage(world: World, problem: string | undefined): Markup {
  const companies = world.tables.all('Company');
  const body = html`<h1>Companies</h1>
    ${table({
      label: 'Companies',
      none: 'No company yet.',
      heads: ['Name', 'Company ID', 'Status', 'Currency', 'Deleted'],
      rows: companies.map((company) => [
        link(`/companies/${company.id}`, textOf(company, 'name')),
        textOf(company, 'identifier'),
        nameOf(world, company, STATUS),
        currencyOf(world, company),
        yesNo(company, 'deletedFlag'),
      ]),
    })}
    <details class="card"><summary>New company</summary>
      ${actForm({
        action: 'create',
        fields: { record: 'Company' },
        back: '/companies',
        words: 'Create company',
        inputs: [
          { name: 'name', words: 'Name', isWide: true },
          { name: 'identifier', words: 'Company ID' },
          { name: 'city', words: 'City', value: 'Sydney' },
        ],
      })}
    </details>`;
  return frame({ world, section: 'companies', title: 'Companies', body, problem });
}

/** One company with its contacts and agreements. */
export function companyPage(world: World, company: Row, problem: string | undefined): Markup {
  const name = textOf(company, 'name');
  const back = `/companies/${company.id}`;
  const of = (record: string) =>
    world.tables.all(record).filter((row) => wholeOf(row, 'company') === company.id);
  const contacts = of('Contact');
  const body = html`<h1>${name}</h1>
    ${facts([
      ['Id', String(company.id)],
      ['Company ID', textOf(company, 'identifier')],
      ['Status', nameOf(world, company, STATUS)],
      ['Currency', currencyOf(world, company)],
      ['Deleted', yesNo(company, 'deletedFlag')],
    ])}
    <details class="card"><summary>Edit company</summary>
      ${actForm({
        action: 'change',
        fields: { record: 'Company', id: String(company.id) },
        back,
        words: 'Save company',
        inputs: [
          { name: 'name', words: 'Name', value: name, isWide: true },
          { name: 'identifier', words: 'Company ID', value: textOf(company, 'identifier') },
          {
            name: 'status',
            words: 'Status',
            value: idText(company, 'status'),
            choices: rowChoices(world.tables.all('CompanyStatus')),
          },
          {
            name: 'currency',
            words: 'Currency',
            value: idText(company, 'currency'),
            choices: rowChoices(world.tables.all('FinanceCurrency'), 'currencyIdentifier'),
          },
          flagInput(company, 'deletedFlag', 'Deleted'),
        ],
      })}
    </details>
    <h2>Agreements</h2>
    ${table({
      label: 'Agreements',
      none: 'No agreement yet.',
      heads: ['Name', 'Type', 'From', 'Status'],
      rows: of('Agreement').map((agreement) => [
        link(`/agreements/${agreement.id}`, textOf(agreement, 'name')),
        nameOf(world, agreement, { field: 'type', record: 'AgreementType' }),
        day(agreement, 'startDate'),
        agreementStatus(world, agreement),
      ]),
    })}
    ${newAgreement(world, { company, contacts, back })}
    <h2>Contacts</h2>
    ${table({
      label: 'Contacts',
      none: 'No contact.',
      heads: ['Name'],
      rows: contacts.map((one) => [`${textOf(one, 'firstName')} ${textOf(one, 'lastName')}`]),
    })}`;
  return frame({ world, section: 'companies', title: name, body, problem });
}

function newAgreement(
  world: World,
  { company, contacts, back }: { company: Row; contacts: readonly Row[]; back: string },
): Markup {
  const today = dateOf(world.nowMs());
  return html`<details class="card"><summary>New agreement</summary>
    ${actForm({
      action: 'create',
      fields: { record: 'Agreement', company: String(company.id) },
      back,
      words: 'Create agreement',
      inputs: [
        { name: 'name', words: 'Name', isWide: true },
        {
          name: 'type',
          words: 'Type',
          choices: rowChoices(world.tables.all('AgreementType')),
        },
        { name: 'contact', words: 'Contact', choices: rowChoices(contacts, 'firstName') },
        { name: 'startDate', words: 'From', type: 'date', value: today },
        {
          name: 'billStartDate',
          words: 'Billing start',
          type: 'date',
          value: `${today.slice(0, 8)}01`,
        },
        {
          name: 'billingCycle',
          words: 'Billing cycle',
          choices: rowChoices(world.tables.all('BillingCycle')),
        },
      ],
    })}
  </details>`;
}
