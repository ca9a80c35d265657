/**
 * The rights of a security role that a billing integration meets, as its pages name them: module > action (published tables
 * of rights of several integrations). Each has four verbs; levels here are all or none.
 */
export const RIGHTS = [
  'Companies > Company Maintenance',
  'Companies > Contacts',
  'Companies > Manage Attachments',
  'Finance > Agreements',
  'Finance > Agreement Invoicing',
  'Finance > Invoicing',
  'Finance > Accounting Interface',
  'Procurement > Product Catalog',
  'Sales > Opportunity',
  'Service Desk > Service Tickets',
  'System > Table Setup',
  'System > Member Maintenance',
  'System > My Company',
] as const;

export type RightName = (typeof RIGHTS)[number];
export const VERBS = ['Add', 'Edit', 'Delete', 'Inquire'] as const;
export type Verb = (typeof VERBS)[number];

/** The tables that the customising of Table Setup can take away one by one. */
export const SETUP_TABLES = [
  'Agreement / Agreement Type',
  'Agreement / Billing Cycle',
  'Company / Company Status',
  'Company / Company Type',
  'Company / Location',
  'General / Currency',
  'Invoicing / Billing Status',
  'Invoicing / Billing Terms',
  'Invoicing / Tax Code',
  'Opportunity / Status',
  'Products / Category',
  'Products / Invoice Grouping',
  'Products / Manufacturer',
  'Products / Product Type',
  'Products / Subcategory',
  'Products / Unit of Measure',
  'Service / Priority',
  'Service / Service Board',
  'System / Callbacks',
] as const;

export type SetupTable = (typeof SETUP_TABLES)[number];

/** What a record needs; a table of Table Setup is named with it. */
export interface Right {
  name: RightName;
  table?: SetupTable;
}

export const setup = (table: SetupTable): Right => ({ name: 'System > Table Setup', table });

export interface Role {
  has(right: Right, verb: Verb): boolean;
  set(name: RightName, verb: Verb, isGranted: boolean): void;
  setTable(table: SetupTable, isGranted: boolean): void;
  /** Verbs granted, by right. */
  view(): { name: RightName; verbs: Verb[] }[];
  tables(): { table: SetupTable; isGranted: boolean }[];
  /** Unit costs and margins are hidden from the role. */
  hidesCosts: boolean;
}

/** A role with every right, from which they are taken one by one. */
export function createRole(): Role {
  const refused = new Set<string>();
  const refusedTables = new Set<SetupTable>();
  const key = (name: RightName, verb: Verb) => `${name} ${verb}`;
  return {
    hidesCosts: false,
    has: ({ name, table }, verb) =>
      !refused.has(key(name, verb)) && (table === undefined || !refusedTables.has(table)),
    set: (name, verb, isGranted) => {
      if (isGranted) refused.delete(key(name, verb));
      else refused.add(key(name, verb));
    },
    setTable: (table, isGranted) => {
      if (isGranted) refusedTables.delete(table);
      else refusedTables.add(table);
    },
    view: () =>
      RIGHTS.map((name) => ({
        name,
        verbs: VERBS.filter((verb) => !refused.has(key(name, verb))),
      })),
    tables: () => SETUP_TABLES.map((table) => ({ table, isGranted: !refusedTables.has(table) })),
  };
}
