import type { LineChange, Person } from './types.ts';

type Fields = Record<string, string>;
type Action = (person: Person, fields: Fields) => unknown;

const line = ({ description, quantity, unitAmount, accountCode, taxType }: Fields): LineChange => ({
  ...(description === undefined ? {} : { description }),
  ...(quantity ? { quantity } : {}),
  ...(unitAmount ? { unitAmount } : {}),
  ...(accountCode ? { accountCode } : {}),
  ...(taxType ? { taxType } : {}),
});
const need = (fields: Fields, name: string): string => {
  const value = fields[name];
  if (value === undefined || value === '') throw new RangeError(`"${name}" is missing`);
  return value;
};
const onDocument =
  (name: 'submit' | 'approve' | 'backToDraft' | 'void' | 'remove'): Action =>
  (person, fields) =>
    person[name](need(fields, 'id'));

/** The bookkeeper's acts by name, for POST /sandbox/person and for the page's forms; every field is text. */
const ACTIONS: Record<string, Action> = {
  submit: onDocument('submit'),
  approve: onDocument('approve'),
  backToDraft: onDocument('backToDraft'),
  void: onDocument('void'),
  remove: onDocument('remove'),
  editLine: (person, fields) =>
    person.editLine(need(fields, 'id'), need(fields, 'lineItemId'), line(fields)),
  deleteLine: (person, fields) => person.deleteLine(need(fields, 'id'), need(fields, 'lineItemId')),
  addLine: (person, fields) => person.addLine(need(fields, 'id'), line(fields)),
  setReference: (person, fields) => person.setReference(need(fields, 'id'), fields.reference ?? ''),
  setContact: (person, fields) => person.setContact(need(fields, 'id'), need(fields, 'contactId')),
  setDate: (person, { date, dueDate, ...fields }) =>
    person.setDate(need(fields, 'id'), {
      ...(date ? { date } : {}),
      ...(dueDate ? { dueDate } : {}),
    }),
  pay: (person, { amount, date, ...fields }) =>
    person.pay(need(fields, 'id'), { ...(amount ? { amount } : {}), ...(date ? { date } : {}) }),
  removePayment: (person, fields) => person.removePayment(need(fields, 'id')),
  allocate: (person, fields) =>
    person.allocate(need(fields, 'id'), need(fields, 'invoiceId'), fields.amount || undefined),
  createInvoice: (person, fields) =>
    person.createInvoice(need(fields, 'tenantId'), {
      contactId: need(fields, 'contactId'),
      ...(fields.reference ? { reference: fields.reference } : {}),
      ...(fields.date ? { date: fields.date } : {}),
      lines: [line(fields)],
    }),
  renameContact: (person, fields) => person.renameContact(need(fields, 'id'), need(fields, 'name')),
  archiveContact: (person, fields) => person.archiveContact(need(fields, 'id')),
  restoreContact: (person, fields) => person.restoreContact(need(fields, 'id')),
  archiveAccount: (person, fields) =>
    person.archiveAccount(need(fields, 'tenantId'), need(fields, 'code')),
  setLockDate: (person, fields) =>
    person.setLockDate(need(fields, 'tenantId'), fields.date || null),
  setEmailsADay: (person, fields) =>
    person.setEmailsADay(need(fields, 'tenantId'), Number(need(fields, 'count'))),
  disconnect: (person, fields) => person.disconnect(fields.tenantId || undefined),
};

/** Does one act; throws a RangeError with words for a person when it is unknown or refused. */
export function act(person: Person, fields: Fields): unknown {
  const action = ACTIONS[fields.action ?? ''];
  if (!action) throw new RangeError('no such action');
  return action(person, fields);
}
