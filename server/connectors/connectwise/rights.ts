import type { Feature } from '../../domain/ports/connector-manifest.ts';

/** What a role must be able to do: the call that tells, the right, and what it is needed for. */
export interface NeededRight {
  call:
    | { kind: 'read'; path: string; query?: Readonly<Record<string, string>> }
    /** Cannot succeed: a create without its required fields, a change of a record that is not there. */
    | { kind: 'write'; method: 'POST' | 'PATCH' | 'DELETE'; path: string };
  /** As the security role's page names it: module > action, and the level that must be All. */
  module: string;
  level: 'Inquire' | 'Add' | 'Edit' | 'Delete';
  /** The row of Table Setup's "customize" list, where the right is about a table. */
  table?: string;
  why: string;
}

const setup = (path: string, table: string, why: string): NeededRight => ({
  call: { kind: 'read', path },
  module: 'System > Table Setup',
  level: 'Inquire',
  table,
  why,
});
const read = (path: string, module: string, why: string): NeededRight => ({
  call: { kind: 'read', path },
  module,
  level: 'Inquire',
  why,
});
const write = (
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  module: string,
  why: string,
): NeededRight => ({
  call: { kind: 'write', method, path },
  module,
  level: method === 'POST' ? 'Add' : method === 'PATCH' ? 'Edit' : 'Delete',
  why,
});

/** No record has this id. */
const nobody = '0';
const attachments = 'Companies > Manage Attachments';
const whereOn = 'where lists of users are switched on';

/** The smallest sufficient role, in the order in which it is tried; the README and the screen show it. */
export const neededRights: readonly NeededRight[] = [
  read('company/companies', 'Companies > Company Maintenance', 'to match your customers'),
  read('company/contacts', 'Companies > Contacts', 'since an agreement names a contact'),
  read('finance/agreements', 'Finance > Agreements', 'to see what is billed already'),
  write('POST', 'finance/agreements', 'Finance > Agreements', 'to open agreements and additions'),
  write('PATCH', `finance/agreements/${nobody}`, 'Finance > Agreements', 'to end additions'),
  write(
    'DELETE',
    `finance/agreements/${nobody}`,
    'Finance > Agreements',
    'to take an addition back that was never invoiced',
  ),
  setup('finance/agreements/types', 'Agreement / Agreement Type', 'to open agreements of a type'),
  setup('finance/billingCycles', 'Agreement / Billing Cycle', 'to bill in the right cycle'),
  setup('finance/currencies', 'General / Currency', 'to bill in the right currency'),
  setup('finance/taxCodes', 'Invoicing / Tax Code', 'to show taxes'),
  read('procurement/catalog', 'Procurement > Product Catalog', 'to match your products'),
  setup('procurement/subcategories', 'Products / Subcategory', 'to create a product you ask for'),
  setup('procurement/types', 'Products / Product Type', 'to create a product you ask for'),
];

/** Each is for something of its own: without it that alone is hidden. */
export const wantedRights: readonly (NeededRight & { feature: Feature })[] = [
  {
    feature: 'invoices',
    ...read(
      'finance/invoices',
      'Finance > Invoicing',
      'to show invoices, what is open of them, and their PDF',
    ),
  },
  {
    feature: 'quotes',
    ...read(
      'sales/opportunities',
      'Sales > Opportunity',
      'to show open opportunities and their quotes',
    ),
  },
  {
    feature: 'hints',
    ...setup('system/callbacks', 'System / Callbacks', 'to hear at once of what changed'),
  },
  {
    feature: 'tickets',
    ...read('service/tickets', 'Service Desk > Service Tickets', 'to find the tickets it opened'),
  },
  {
    feature: 'tickets',
    ...write(
      'POST',
      'service/tickets',
      'Service Desk > Service Tickets',
      'to open a ticket about what stopped',
    ),
  },
  {
    feature: 'tickets',
    ...write(
      'PATCH',
      `service/tickets/${nobody}`,
      'Service Desk > Service Tickets',
      'to close it when that is solved',
    ),
  },
  {
    feature: 'tickets',
    ...setup('service/boards', 'Service / Service Board', 'to choose where tickets go'),
  },
  {
    feature: 'tickets',
    ...setup('service/priorities', 'Service / Priority', 'to choose how urgent tickets are'),
  },
  {
    feature: 'users',
    call: {
      kind: 'read',
      path: 'system/documents',
      query: { recordType: 'Agreement', recordId: nobody },
    },
    module: attachments,
    level: 'Inquire',
    why: `to find the list of users it attached, ${whereOn}`,
  },
  {
    feature: 'users',
    ...write('POST', 'system/documents', attachments, `to attach a list of users, ${whereOn}`),
  },
  {
    feature: 'users',
    ...write(
      'DELETE',
      `system/documents/${nobody}`,
      attachments,
      `to take the list of before away, ${whereOn}`,
    ),
  },
];

/** As a person finds it on the page of a security role. */
export const nameOf = ({ module, level, table }: NeededRight): string =>
  `${module}, ${level}${table === undefined ? '' : ` (${table})`}`;
export const placeOf = ({ module, level, table }: NeededRight): string =>
  `System > Security Roles > the role of the API member > ${module} > ${level} Level: All${
    table === undefined ? '' : `, and Table Setup > customize > ${table}`
  }`;
