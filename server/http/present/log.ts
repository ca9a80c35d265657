import type { Failure } from '../../domain/errors.ts';
import type { LogAction, LogEntry } from '../../domain/log-entry.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import { filled } from '../error-texts.ts';
import { errorView } from '../reply.ts';
import type { ErrorView } from '../views/common.ts';
import type { LogEntryView } from '../views/log.ts';
import { failureView } from './failure.ts';
import { moneyView, nameOf } from './money.ts';
import { stepWords } from './step-words.ts';

/**
 * What each action says in the Action log; `{names}` are an entry's facts and subject, `{lines line}` is a
 * count with its noun: `1 line`, `2 lines`.
 */
const sentences: Readonly<Record<LogAction, string>> = {
  installed: 'Installed the app',
  enabled: 'Enabled the app',
  disabled: 'Disabled the app',
  uninstalled: 'Uninstalled the app',
  'marketplace-connected': 'Connected the marketplace',
  'marketplace-failed': 'The marketplace refused the access',
  connected: 'Connected {subject}',
  reconnected: 'Connected {subject} again',
  disconnected: 'Disconnected {subject}',
  'connection-broken': 'The connection stopped working',
  'circuit-opened': 'Failed several times in a row: calls rest for a while',
  'circuit-closed': 'Answers again',
  'settings-changed': 'Changed settings',
  'bill-from-set': 'Set "bill from" to {date}',
  mapped: 'Mapped {name} to {target}',
  unmapped: 'Removed the mapping of {name}',
  suggested: 'Found {count suggestion}',
  'company-created': 'Created the contact {name}',
  'item-created': 'Created the item {name}',
  'task-created': 'New order {subject}',
  'task-asks': 'Order {subject} needs you',
  'task-ignored': 'Ignored order {subject}: {reason}',
  'task-restored': 'Restored order {subject}',
  'task-cared': 'Order {subject}: {what|nothing arranged any more}',
  decided: 'Decided for {subject}',
  written: 'Created {document} with {lines line}',
  changed: 'Added {lines line} to {document}',
  approved: 'Posted {document}',
  sent: 'E-mailed {document}',
  rejected: 'Refused: order {order}',
  undone: 'Took back {lines line} of {document}',
  recovered: 'Found {document} after a lost answer',
  adopted: 'Recognised lines that are already there in {subject}',
  'drift-found': '{subject} was changed after us',
  paused: 'Paused everything',
  resumed: 'Resumed',
  'check-failed': 'A check failed: {step}',
  'record-kept': 'Kept a record that could not be read',
  'set-aside': 'Set a record aside that could not be worked with',
  'automatic-switched': 'Switched automatic {state} for {count customer}',
  looked:
    'Looked at what is billed by hand since {from}: {documents document}, {subscriptions subscription} read',
  'own-charge': '{how} own charge {number}: {description}',
  imported: 'Imported {count mapping} from a file',
  waiting: 'Waits to be tried again: order {order}',
  closed: 'Closed {document}',
  'month-closed': 'Closed the month {month}',
  'month-reopened': 'Opened the month {month} again',
  'second-asked': 'Prepared {documents document} for a second person to confirm',
  'second-given': 'Confirmed {documents document} that {prepared} prepared',
  'second-declined': 'Declined {documents document} that {prepared} prepared',
  'second-expired':
    'Nobody confirmed {documents document} that {prepared} prepared in {days day}; nothing was written',
  granted: 'Gave {name} the right to approve and to switch automatic on',
  'grant-taken': 'Took from {name} the right to approve and to switch automatic on',
  letter: 'Letter about {month} to {to}',
  'letters-switched': 'Switched letters {state} for {count customer}',
  'ticket-opened': 'Opened a ticket: {subject}',
  'ticket-solved': 'Solved, ticket closed: {subject}',
  'users-attached': 'List of users attached to {subject}',
  'users-removed': 'List of users taken away from {subject}',
  'users-refused': 'The list of users was refused on {subject}',
  'ticket-refused': 'A ticket was refused: {subject}',
  'limit-changed': 'Changed the limit for two people from {before} to {after}',
};

/** What to do about a failure that is told otherwise than the same failure elsewhere. */
const nexts: Readonly<Partial<Record<LogAction, string>>> = {
  'users-refused':
    'Billing is not affected, and the list of before stays. Read its own words below and mend what they name; the list is tried again once a day, and by Check now. To do without lists, switch “Export lists of users” off in Settings.',
};

/** `connector` is that of the entry's connection; null where it is about none. */
export function logView(
  entry: LogEntry,
  requestId: string,
  connector: Connector | null,
): LogEntryView {
  return {
    seq: entry.seq,
    at: entry.at,
    actor: nameOf(entry.actor),
    action: entry.action,
    result: entry.result,
    subject: entry.subject,
    sentence: sentenceOf(entry),
    customerId: entry.customerId,
    amount: entry.amount === null ? null : moneyView(entry.amount),
    taskId: entry.taskId,
    documentId: entry.documentId,
    documentUrl: entry.documentUrl,
    failure:
      entry.failure === null ? null : failureOf(entry.action, entry.failure, requestId, connector),
  };
}

function failureOf(
  action: LogAction,
  failure: Failure,
  requestId: string,
  connector: Connector | null,
): ErrorView {
  const view =
    connector === null ? errorView(failure, requestId) : failureView(failure, requestId, connector);
  return { ...view, next: nexts[action] ?? view.next };
}

export const sentenceOf = (entry: Pick<LogEntry, 'action' | 'facts' | 'subject'>): string =>
  filled(counted(sentences[entry.action], entry.facts), {
    subject: entry.subject,
    ...entry.facts,
    ...(entry.facts.step === undefined ? {} : { step: stepWords(entry.facts.step) }),
  });

const counted = (text: string, facts: LogEntry['facts']): string =>
  text.replaceAll(/\{(\w+) (\w+)\}/g, (_whole, name: string, noun: string) =>
    facts[name] === '1' ? `{${name}} ${noun}` : `{${name}} ${noun}s`,
  );
