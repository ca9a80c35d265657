import type { BillChange, BillLetter } from '../../domain/bill.ts';
import type { Mail } from '../../domain/mail.ts';
import type { Money } from '../../domain/money.ts';
import { filled } from '../error-texts.ts';
import { htmlOf, type MailPage, type MailRow, oneLine, textOf } from './page.ts';
import { mailWords, moneyWords } from './words.ts';

const words = mailWords.bill;

/** A letter to a customer: from their reseller, about what changed on their bill, with no link into the app. */
export function billMail(
  { tenant }: { tenant: string },
  { customerName, month, changes, total, before }: BillLetter,
): Pick<Mail, 'subject' | 'text' | 'html'> {
  const names = { tenant, customer: customerName, month: monthName(month) };
  const page: MailPage = {
    title: filled(words.title, names),
    lines: [filled(words.lead, names)],
    rows: [
      ...changes.map(rowOf),
      row(filled(words.total, names), amounts(total)),
      row(words.before, amounts(before)),
    ],
    foot: [words.tax, filled(words.why, names)],
  };
  return {
    subject: oneLine(`${page.title}, ${tenant}`),
    text: textOf(page, ''),
    html: htmlOf(page, ''),
  };
}

function rowOf({ what, name, was, is }: BillChange): MailRow {
  const facts = {
    name,
    was: was === null ? '' : what === 'price' ? was.unitPrice : was.quantity,
    is: is === null ? '' : what === 'price' ? is.unitPrice : is.quantity,
  };
  return row(filled(words.changes[what], facts), is === null ? amounts([]) : moneyWords(is.amount));
}

const row = (name: string, value: string): MailRow => ({ name, value, next: null, link: null });
const amounts = (money: readonly Money[]): string =>
  money.length === 0 ? words.nothing : money.map(moneyWords).join(' + ');

/** `2026-11` as November 2026: a mail knows no person's locale. */
const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
