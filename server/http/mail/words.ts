import { amountText, type Money } from '../../domain/money.ts';

/** The words of our mails. Amounts are as English writes them: a mail knows no person's locale. */
export const mailWords = {
  app: 'Ledgerport',
  from: '{tenant}: {system}, {account}',
  open: 'Open it',
  where: 'Open Ledgerport in {marketplace} to see it.',
  why: 'You get this because your address is in the mail settings of this connection.',
  test: {
    subject: 'A test mail',
    lead: 'This is a test. Mails from Ledgerport arrive here.',
  },
  problems: {
    subject: { one: '{count} thing stopped', other: '{count} things stopped' },
    lead: 'This does not come right by itself:',
    again: 'This still does not come right by itself:',
  },
  digest: {
    subject: 'The day in figures',
    subjectNeeds: {
      one: 'The day in figures: {count} order needs you',
      other: 'The day in figures: {count} orders need you',
    },
    lead: 'The last 24 hours:',
    needs: 'Needs you',
    ready: 'Ready to bill',
    waiting: 'Waits and goes on by itself',
    second: 'Waits for a second person',
    runs: { one: '{count} run', other: '{count} runs' },
    written: 'Written',
    lines: { one: '{count} line', other: '{count} lines' },
    documents: { one: 'on {count} document', other: 'on {count} documents' },
    orders: { one: '{count} order', other: '{count} orders' },
    changed: 'Changed by people in {system}',
    none: 'nothing',
    problems: 'What stopped',
  },
  ticket: {
    solved: 'This came right.',
    why: 'Opened once, by the ticket settings of this connection. It is closed when this came right.',
  },
  bill: {
    title: 'What changed on your bill: {month}',
    lead: 'For {customer}: what {tenant} billed in {month} otherwise than in the month before.',
    changes: {
      new: 'New: {name}, {is}',
      gone: 'No longer billed: {name}',
      quantity: '{name}: {is} instead of {was}',
      price: '{name}: price {is} instead of {was}',
      amount: '{name}: another amount for the same',
    },
    total: '{month} in total',
    before: 'The month before',
    nothing: 'nothing',
    tax: 'All amounts are without tax. Your documents are what counts.',
    why: 'You get this because {tenant} bills you. To get no more of these, answer with “unsubscribe”.',
  },
  kinds: {
    connection: 'The connection to {system} is broken.',
    marketplace: '{marketplace} can no longer be read.',
    reading: 'Something could not be read.',
    tasks: {
      one: '{count} order stopped for safety and is not billed.',
      other: '{count} orders stopped for safety and are not billed.',
    },
    unclear: {
      one: '{count} write whose outcome nobody knows: please look in {system}.',
      other: '{count} writes whose outcome nobody knows: please look in {system}.',
    },
  },
} as const;

interface Plural {
  one: string;
  other: string;
}
export const counted = ({ one, other }: Plural, count: number): string =>
  (count === 1 ? one : other).replace('{count}', String(count));

export const moneyWords = (money: Money): string => {
  const text = amountText(money);
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: money.currency });
  return isDecimal(text) ? format.format(text) : `${text} ${money.currency}`;
};
const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);
