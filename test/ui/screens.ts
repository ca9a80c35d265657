import type { Frame } from 'playwright-core';

/** Every screen and state worth a look: where it is, in which world, and what to do first. */
export interface Screen {
  name: string;
  hash: string;
  scenario?: string;
  /** A text that shows that the screen is there. */
  shows: string;
  act?: (frame: Frame) => Promise<void>;
}
const press = (name: string | RegExp) => async (frame: Frame) => {
  await frame.getByRole('button', { name }).first().click();
};
/** Opens all settings, down to what is said of one. */
const settingsOf = (says: string) => async (frame: Frame) => {
  await press('Settings')(frame);
  await frame.getByText('More settings').click();
  await frame.getByText(says).first().scrollIntoViewIfNeeded();
};
/** Takes another contact for a customer that has one. */
const remap = async (frame: Frame): Promise<void> => {
  await frame.getByRole('button', { name: /^Change.*Brightwater Logistics/ }).click();
  const dialog = frame.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Hartmann Maschinenbau/ }).click();
};
export const screens: Screen[] = [
  { name: 'dashboard', hash: '', shows: 'Ready to bill' },
  { name: 'dashboard-fresh', hash: '', scenario: 'fresh', shows: 'Bill from' },
  { name: 'dashboard-viewer', hash: '', scenario: 'viewer', shows: 'needs the role Operator' },
  { name: 'dashboard-broken', hash: '', scenario: 'broken', shows: 'Reconnect' },
  { name: 'start', hash: '', scenario: 'start', shows: 'Set up Xero' },
  { name: 'settings-first', hash: '', scenario: 'first-settings', shows: 'Five settings' },
  {
    name: 'settings-more',
    hash: '',
    shows: 'Ready to bill',
    act: async (frame) => {
      await press('Settings')(frame);
      await frame.getByText('More settings').click();
    },
  },
  {
    name: 'settings-foreseen',
    hash: '',
    shows: 'Ready to bill',
    act: async (frame) => {
      await press('Settings')(frame);
      await press('Save settings')(frame);
      await frame.getByText('would have owed').waitFor();
    },
  },
  {
    name: 'settings-rates',
    hash: '',
    shows: 'Ready to bill',
    act: async (frame) => {
      await press('Settings')(frame);
      await frame.getByText('More settings').click();
      await frame.getByLabel('When an order is in another currency').selectOption('my-rate');
      await press('Add a rate')(frame);
    },
  },
  {
    name: 'settings-lists',
    hash: '',
    scenario: 'lists',
    shows: 'Ready to bill',
    act: settingsOf('On: once a day'),
  },
  {
    name: 'settings-lists-untold',
    hash: '',
    scenario: 'untold',
    shows: 'Ready to bill',
    act: settingsOf('does not tell users'),
  },
  {
    name: 'disconnect-lists',
    hash: '',
    scenario: 'lists',
    shows: 'Ready to bill',
    act: async (frame) => {
      await press('Disconnect')(frame);
      await frame.getByText('Lists of users stay on the agreements').waitFor();
    },
  },
  {
    name: 'log-lists',
    hash: '#/log',
    scenario: 'lists',
    shows: 'The list of users was refused',
    act: press(/^Details/),
  },
  { name: 'marketplace', hash: '#/marketplace', shows: 'Way of access' },
  { name: 'connect', hash: '#/connect/xero', shows: 'What will happen' },
  {
    name: 'connect-connectwise',
    hash: '#/connect/connectwise',
    scenario: 'start',
    shows: 'What will happen',
    act: async (frame) => {
      await frame.getByLabel('Company ID').fill('northwind');
      await frame.getByLabel('Public key').fill('a1b2');
      await frame.getByLabel('Private key').fill('c3d4');
      await frame.getByLabel('Site').selectOption({ index: 1 });
      await press('Test connection')(frame);
      await frame.getByText('Demo Company').waitFor();
    },
  },
  {
    name: 'connect-autotask',
    hash: '#/connect/autotask',
    scenario: 'start',
    shows: 'What will happen',
  },
  { name: 'tasks', hash: '#/c/x1/tasks?view=all', shows: 'Delft Robotics' },
  {
    name: 'tasks-care',
    hash: '#/c/x1/tasks?view=needs',
    shows: 'Hartmann',
    act: async (frame) => {
      await frame.getByRole('checkbox').nth(1).check();
      await press('Assign or put off')(frame);
      await frame.getByText('For your colleagues').waitFor();
    },
  },
  { name: 'wizard-customer', hash: '#/c/x1/wizard?tasks=t2', shows: 'Which contact is it?' },
  {
    name: 'wizard-product',
    hash: '#/c/x1/wizard?tasks=t2',
    shows: 'Which contact is it?',
    act: press(/Products$/),
  },
  { name: 'ahead', hash: '#/c/x1/ahead', shows: 'What comes' },
  {
    name: 'wizard-questions',
    hash: '#/c/x1/wizard?tasks=t2',
    shows: 'Which contact is it?',
    act: press(/Questions$/),
  },
  {
    name: 'wizard-figures',
    hash: '#/c/x1/wizard?tasks=t4',
    shows: 'Vermeer & Zonen',
    act: press(/Questions$/),
  },
  { name: 'wizard-document', hash: '#/c/x1/wizard?tasks=t5', shows: 'On which invoice?' },
  {
    name: 'wizard-lines',
    hash: '#/c/x1/wizard?tasks=t5',
    shows: 'On which invoice?',
    act: async (frame) => {
      await press(/Lines$/)(frame);
      await press(/Explain this line/)(frame);
    },
  },
  {
    name: 'wizard-edit',
    hash: '#/c/x1/wizard?tasks=t5',
    shows: 'On which invoice?',
    act: async (frame) => {
      await press(/Lines$/)(frame);
      await press(/Edit this line/)(frame);
    },
  },
  {
    name: 'wizard-confirm',
    hash: '#/c/x1/wizard?tasks=t5',
    shows: 'On which invoice?',
    act: press(/Confirm$/),
  },
  { name: 'sync-all', hash: '#/c/x1/sync-all', shows: 'Worth a second look' },
  { name: 'run', hash: '#/c/x1/runs/r1', shows: 'INV-0131' },
  { name: 'run-running', hash: '#/c/x1/runs/r1', scenario: 'running', shows: 'You can leave' },
  {
    name: 'undo',
    hash: '#/c/x1/runs/r1',
    shows: 'INV-0131',
    act: async (frame) => {
      await press('Undo')(frame);
      await frame.getByText('Off the balance').waitFor();
    },
  },
  { name: 'run-awaits', hash: '#/c/x1/runs/r2', shows: 'Bram Smit prepared it' },
  { name: 'leaving', hash: '#/c/x1/leaving', shows: 'Studio Kanaal' },
  { name: 'invoices', hash: '#/c/x1/invoices', shows: 'A-1003' },
  { name: 'letters', hash: '#/c/x1/letters', shows: 'Studio Kanaal' },
  { name: 'people', hash: '#/c/x1/people', shows: 'Bram Smit' },
  { name: 'runs', hash: '#/c/x1/runs', shows: 'By hand' },
  {
    name: 'mappings-remap',
    hash: '#/c/x1/mappings/customers',
    shows: 'Hartmann',
    act: async (frame) => {
      await remap(frame);
      await frame.getByText('From now on').waitFor();
    },
  },
  {
    name: 'mappings-correction',
    hash: '#/c/x1/mappings/customers',
    shows: 'Hartmann',
    act: async (frame) => {
      await remap(frame);
      await frame.getByLabel('Correct what was written, too').check();
      await press('Show')(frame);
      await frame.getByText('Written anew', { exact: true }).waitFor();
    },
  },
  {
    name: 'mappings-automatic-several',
    hash: '#/c/x1/mappings/customers',
    shows: 'Hartmann',
    act: async (frame) => {
      await frame.getByLabel('Select all on this page').check();
      await press('Automatic on')(frame);
      await frame.getByText('This would be written now').waitFor();
    },
  },
  { name: 'mappings-own', hash: '#/c/x1/mappings/own', shows: 'Managed support' },
  {
    name: 'mappings-own-add',
    hash: '#/c/x1/mappings/own',
    shows: 'Managed support',
    act: press('Add own charge'),
  },
  { name: 'mappings-customers', hash: '#/c/x1/mappings/customers', shows: 'Hartmann' },
  { name: 'mappings-two', hash: '#/c/x1/mappings/customers', scenario: 'two', shows: 'Hartmann' },
  {
    name: 'mappings-who-bills',
    hash: '#/c/x1/mappings/customers',
    scenario: 'two',
    shows: 'Hartmann',
    act: async (frame) => {
      await frame.getByLabel('Billed here: Oakridge').click();
      await frame.getByText('Until now ConnectWise PSA').waitFor();
    },
  },
  {
    name: 'mappings-pick',
    hash: '#/c/x1/mappings/customers',
    shows: 'Hartmann',
    act: press(/Choose ?: ?Hartmann/),
  },
  { name: 'mappings-products', hash: '#/c/x1/mappings/products', shows: 'Acronis' },
  { name: 'mappings-prices', hash: '#/c/x1/mappings/prices', shows: 'Brightwater' },
  {
    name: 'mappings-prices-remove',
    hash: '#/c/x1/mappings/prices',
    shows: 'Brightwater',
    act: press(/^Remove ?: ?Brightwater/),
  },
  {
    name: 'mappings-margin',
    hash: '#/c/x1/mappings/prices',
    shows: 'Brightwater',
    act: async (frame) => {
      await press('Add a margin floor')(frame);
      await frame.getByLabel('Percent of the price').waitFor();
    },
  },
  { name: 'mappings-excluded', hash: '#/c/x1/mappings/excluded', shows: 'Own use' },
  { name: 'look', hash: '#/c/x1/look', shows: '41 here, 38 there' },
  {
    name: 'openings-open-lines',
    hash: '#/c/x2/openings',
    scenario: 'two',
    shows: 'Link it, and it goes on',
  },
  { name: 'look-never', hash: '#/c/x1/look', scenario: 'fresh', shows: 'Nobody has looked yet' },
  { name: 'look-reading', hash: '#/c/x1/look', scenario: 'running', shows: '340 of 900' },
  {
    name: 'look-open-lines',
    hash: '#/c/x2/look',
    scenario: 'two',
    shows: 'billed more or less often than its subscription',
  },
  { name: 'shadow-open-lines', hash: '#/c/x2/shadow', scenario: 'two', shows: 'Lines stay open' },
  { name: 'look-viewer', hash: '#/c/x1/look', scenario: 'viewer', shows: '41 here, 38 there' },
  { name: 'mail', hash: '#/c/x1/mail', shows: 'What the digest would say now' },
  { name: 'tickets', hash: '#/c/x1/tickets', shows: 'A ticket is opened once' },
  {
    name: 'tickets-lacking',
    hash: '#/c/x1/tickets',
    scenario: 'viewer',
    shows: 'A right is missing',
  },
  { name: 'mail-broken', hash: '#/c/x1/mail', scenario: 'viewer', shows: 'could not be sent' },
  { name: 'shadow', hash: '#/c/x1/shadow?month=2026-11', shows: 'Brightwater Logistics' },
  {
    name: 'shadow-lines',
    hash: '#/c/x1/shadow?month=2026-11&customer=c5',
    shows: 'Only by hand',
  },
  {
    name: 'shadow-never',
    hash: '#/c/x1/shadow?month=2026-11',
    scenario: 'fresh',
    shows: 'No invoices were read yet',
  },
  { name: 'month', hash: '#/c/x1/month?month=2026-11', shows: 'Waits to be billed' },
  {
    name: 'month-closed',
    hash: '#/c/x1/month?month=2026-11',
    scenario: 'viewer',
    shows: 'Since then it changed all the same',
  },
  { name: 'openings', hash: '#/c/x1/openings', shows: 'Brightwater' },
  { name: 'changed', hash: '#/c/x1/changed', shows: 'Line removed' },
  {
    name: 'openings-link',
    hash: '#/c/x1/openings',
    shows: 'Brightwater',
    act: async (frame) => {
      await press(/^Link to a line ?: ?Microsoft/)(frame);
      await frame.getByText('Quantity 82 there').waitFor();
    },
  },
  {
    name: 'log',
    hash: '#/log',
    shows: 'Two lines for order',
    act: press(/^Details/),
  },
  { name: 'audit', hash: '#/audit', shows: 'Saved as a file: the Action log' },
  { name: 'audit-broken', hash: '#/audit', scenario: 'tampered', shows: 'not as it was written' },
  { name: 'kept', hash: '#/kept', shows: 'Order 99120' },
];
