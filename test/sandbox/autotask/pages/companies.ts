import { html } from 'hono/html';
import { addDays, addMonths, dateOf } from '../../calendar.ts';
import type { Markup } from '../../people/layout.ts';
import { type Row, textOf, wholeOf } from '../row.ts';
import {
  COMPANY_TYPES,
  CONTRACT_PERIODS,
  CONTRACT_STATUSES,
  CONTRACT_TYPES,
  CUSTOMER,
  RECURRING_SERVICE,
} from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { actForm, facts, frame, link, table } from './frame.ts';
import { choicesOf, currencyOf, day, labelOf, rowChoices, YES_OR_NO, yesNo } from './words.ts';

/** Every company, and a form for a new one. */
export function companiesPage(world: World, problem: string | undefined): Markup {
  const companies = world.tables.all('Companies').toSorted((a, b) => a.id - b.id);
  const body = html`<h1>Companies</h1>
    ${table({
      label: 'Companies',
      none: 'No company yet.',
      heads: ['Name', 'Number', 'Type', 'Currency', 'Active'],
      rows: companies.map((company) => [
        link(`/companies/${company.id}`, textOf(company, 'companyName')),
        textOf(company, 'companyNumber'),
        labelOf(COMPANY_TYPES, wholeOf(company, 'companyType')),
        currencyOf(world, company),
        yesNo(company, 'isActive'),
      ]),
    })}
    <details class="card"><summary>New company</summary>
      ${actForm({
        action: 'create',
        fields: {
          entity: 'Companies',
          companyType: String(CUSTOMER),
          ownerResourceID: String(world.personId),
        },
        back: '/companies',
        words: 'Create company',
        inputs: [
          { name: 'companyName', words: 'Name', isWide: true },
          { name: 'phone', words: 'Phone', value: '02 5550 0100' },
        ],
      })}
    </details>`;
  return frame({ world, section: 'companies', title: 'Companies', body, problem });
}

/** One company with its contacts and contracts. */
export function companyPage(world: World, company: Row, problem: string | undefined): Markup {
  const name = textOf(company, 'companyName');
  const back = `/companies/${company.id}`;
  const of = (entity: string) =>
    world.tables.all(entity).filter((row) => wholeOf(row, 'companyID') === company.id);
  const body = html`<h1>${name}</h1>
    ${facts([
      ['Id', String(company.id)],
      ['Type', labelOf(COMPANY_TYPES, wholeOf(company, 'companyType'))],
      ['Currency', currencyOf(world, company)],
      ['Active', yesNo(company, 'isActive')],
      ['Tax exempt', yesNo(company, 'isTaxExempt')],
    ])}
    <details class="card"><summary>Edit company</summary>
      ${actForm({
        action: 'change',
        fields: { entity: 'Companies', id: String(company.id) },
        back,
        words: 'Save company',
        inputs: [
          { name: 'companyName', words: 'Name', value: name, isWide: true },
          { name: 'companyNumber', words: 'Number', value: textOf(company, 'companyNumber') },
          {
            name: 'currencyID',
            words: 'Currency',
            value: String(wholeOf(company, 'currencyID') ?? ''),
            choices: rowChoices(world.tables.all('Currencies'), 'name'),
          },
          choice('isActive', 'Active', company),
          choice('isTaxExempt', 'Tax exempt', company),
        ],
      })}
    </details>
    <h2>Contracts</h2>
    ${table({
      label: 'Contracts',
      none: 'No contract yet.',
      heads: ['Name', 'Type', 'Period', 'From', 'To', 'Status'],
      rows: of('Contracts').map((contract) => [
        link(`/contracts/${contract.id}`, textOf(contract, 'contractName')),
        labelOf(CONTRACT_TYPES, wholeOf(contract, 'contractType')),
        labelOf(CONTRACT_PERIODS, wholeOf(contract, 'contractPeriodType')),
        day(contract, 'startDate'),
        day(contract, 'endDate'),
        labelOf(CONTRACT_STATUSES, wholeOf(contract, 'status')),
      ]),
    })}
    <details class="card"><summary>New recurring contract</summary>${newContract(world, company)}</details>
    <h2>Contacts</h2>
    ${table({
      label: 'Contacts',
      none: 'No contact yet.',
      heads: ['Name', 'Mail'],
      rows: of('Contacts').map((contact) => [
        `${textOf(contact, 'firstName')} ${textOf(contact, 'lastName')}`,
        textOf(contact, 'emailAddress'),
      ]),
    })}`;
  return frame({ world, section: 'companies', title: name, body, problem });
}

const choice = (name: string, words: string, row: Row) => ({
  name,
  words,
  value: String(row.values[name] === true),
  choices: YES_OR_NO,
});

function newContract(world: World, company: Row): Markup {
  const month = `${dateOf(world.nowMs()).slice(0, 8)}01`;
  return actForm({
    action: 'create',
    fields: {
      entity: 'Contracts',
      companyID: String(company.id),
      contractType: String(RECURRING_SERVICE),
      status: '1',
      timeReportingRequiresStartAndStopTimes: '0',
    },
    back: `/companies/${company.id}`,
    words: 'Create contract',
    inputs: [
      { name: 'contractName', words: 'Name', value: 'Cloud services', isWide: true },
      {
        name: 'contractPeriodType',
        words: 'Billing period',
        choices: choicesOf(CONTRACT_PERIODS),
      },
      { name: 'startDate', words: 'From', type: 'date', value: month },
      {
        name: 'endDate',
        words: 'To',
        type: 'date',
        value: addDays(addMonths(month, 12), -1),
      },
    ],
  });
}
