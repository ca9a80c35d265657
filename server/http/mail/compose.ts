import type { Letter, Mail, Problem, Told } from '../../domain/mail.ts';
import { errorTexts, filled } from '../error-texts.ts';
import { billMail } from './bill-mail.ts';
import { htmlOf, type MailPage, type MailRow, oneLine, textOf } from './page.ts';
import { counted, moneyWords, mailWords as words } from './words.ts';

/** Whom a letter is about, in names that people know. */
export interface About {
  tenant: string;
  marketplace: string;
  system: string;
  account: string;
  /** The address that opens a screen of the app; null where the marketplace has none. */
  link(screen: string): string | null;
  /** The connection's screens, as a path behind the page's hash. */
  home: string;
}

/** The words of a letter: the same in text and in HTML. */
export function composeMail(about: About, letter: Letter): Pick<Mail, 'subject' | 'text' | 'html'> {
  if (letter.kind === 'bill') return billMail(about, letter.letter);
  const page = pageOf(about, letter);
  return {
    subject: `${words.app}: ${oneLine(page.title)} (${oneLine(about.tenant)}, ${about.system})`,
    text: textOf(page, words.open),
    html: htmlOf(page, words.open),
  };
}

const namesOf = ({ tenant, marketplace, system, account }: About) => ({
  tenant,
  marketplace,
  system,
  account,
});

function pageOf(about: About, letter: Exclude<Letter, { kind: 'bill' }>): MailPage {
  const names = namesOf(about);
  const head = filled(words.from, names);
  const where = about.link('') === null ? [filled(words.where, names)] : [];
  const foot = [...where, words.why];
  switch (letter.kind) {
    case 'test':
      return { title: words.test.subject, lines: [head, words.test.lead], rows: [], foot };
    case 'problems': {
      const { problems, isReminder } = letter;
      const count = problems.reduce((sum, one) => sum + one.count, 0);
      return {
        title: counted(words.problems.subject, count),
        lines: [head, isReminder ? words.problems.again : words.problems.lead],
        rows: problems.map((one) => problemRow(about, one)),
        foot,
      };
    }
    case 'ticket': {
      const row = problemRow(about, letter.problem);
      return { title: row.name, lines: [head], rows: [row], foot: [...where, words.ticket.why] };
    }
    case 'solved':
      return {
        title: words.ticket.solved,
        lines: [words.ticket.solved, letter.summary],
        rows: [],
        foot: [],
      };
    case 'digest':
      return {
        title:
          letter.needs.count === 0
            ? words.digest.subject
            : counted(words.digest.subjectNeeds, letter.needs.count),
        lines: [head, words.digest.lead],
        rows: [
          ...digestRows(about, letter),
          ...letter.problems.map((one) => problemRow(about, one)),
        ],
        foot,
      };
    default:
      return letter satisfies never;
  }
}

function digestRows(about: About, letter: Extract<Letter, { kind: 'digest' }>): MailRow[] {
  const { needs, ready, waiting, second, written, changed } = letter;
  const tasks = (view: string): string => `${about.home}/tasks?view=${view}`;
  const writtenWords = [
    counted(words.digest.lines, written.count),
    counted(words.digest.documents, written.documents),
  ].join(' ');
  const row = (name: string, value: string, screen: string): MailRow => ({
    name,
    value,
    next: null,
    link: about.link(screen),
  });
  return [
    row(words.digest.needs, orders(needs), tasks('needs')),
    row(words.digest.ready, orders(ready), tasks('ready')),
    ...(waiting.count === 0 ? [] : [row(words.digest.waiting, orders(waiting), tasks('waiting'))]),
    ...(second.count === 0
      ? []
      : [
          row(
            words.digest.second,
            withMoney(counted(words.digest.runs, second.count), second),
            `${about.home}/runs`,
          ),
        ]),
    row(
      words.digest.written,
      written.count === 0 ? words.digest.none : withMoney(writtenWords, written),
      'log',
    ),
    ...(changed === 0
      ? []
      : [
          row(
            filled(words.digest.changed, { system: about.system }),
            String(changed),
            `${about.home}/changed`,
          ),
        ]),
  ];
}

const orders = (told: Told): string =>
  told.count === 0 ? words.digest.none : withMoney(counted(words.digest.orders, told.count), told);
const withMoney = (text: string, { money }: Pick<Told, 'money'>): string =>
  [text, ...money.map(moneyWords)].join(', ');

function problemRow(about: About, { kind, code, count, money, screen }: Problem): MailRow {
  const text = words.kinds[kind];
  const names = namesOf(about);
  const cause = code === null ? null : errorTexts[code];
  const name =
    kind === 'reading' && cause !== null
      ? filled(cause.message, names)
      : filled(typeof text === 'string' ? text : counted(text, count), names);
  return {
    name,
    value: money.map(moneyWords).join(', '),
    next: cause === null ? null : filled(cause.next, names),
    link: about.link(screen),
  };
}
