import { RIGHTS, SETUP_TABLES, VERBS } from '../schema/rights.ts';
import type { Fields, Person } from './types.ts';

type Action = (person: Person, fields: Fields) => unknown;

const need = (fields: Fields, name: string): string => {
  const value = fields[name];
  if (value === undefined || value === '') throw new RangeError(`"${name}" is missing`);
  return value;
};
const number = (fields: Fields, name: string): number => {
  const text = need(fields, name);
  if (!/^\d{1,12}$/.test(text)) throw new RangeError(`"${name}" is not a number`);
  return Number(text);
};
const maybe = (fields: Fields, name: string): number | undefined =>
  fields[name] ? number(fields, name) : undefined;

function oneOf<T extends string>(list: readonly T[], fields: Fields, name: string): T {
  const found = list.find((one) => one === fields[name]);
  if (found === undefined) throw new RangeError(`"${name}" is not one of ${list.join(', ')}`);
  return found;
}

/** Every field of a form but those that say what to do. */
function rest({
  action: _action,
  back: _back,
  record: _record,
  id: _id,
  parentId: _parent,
  ...fields
}: Fields): Fields {
  return fields;
}

/** A person's acts by name, for POST /sandbox/person and for the page's forms; every field is text. */
const ACTIONS: Record<string, Action> = {
  create: (person, fields) =>
    person.create(need(fields, 'record'), rest(fields), maybe(fields, 'parentId')),
  change: (person, fields) =>
    person.change(need(fields, 'record'), number(fields, 'id'), rest(fields)),
  remove: (person, fields) => person.remove(need(fields, 'record'), number(fields, 'id')),
  invoice: (person, fields) => {
    const agreementId = maybe(fields, 'agreementId');
    return person.invoice({
      ...(fields.through ? { through: fields.through } : {}),
      ...(agreementId === undefined ? {} : { agreementId }),
    });
  },
  deleteInvoice: (person, fields) => person.deleteInvoice(number(fields, 'id')),
  pay: (person, fields) =>
    person.pay(number(fields, 'id'), {
      ...(fields.amount ? { amount: fields.amount } : {}),
      ...(fields.date ? { date: fields.date } : {}),
    }),
  setRight: (person, fields) =>
    person.setRight(
      oneOf(RIGHTS, fields, 'right'),
      oneOf(VERBS, fields, 'verb'),
      fields.granted === 'true',
    ),
  setTable: (person, fields) =>
    person.setTable(oneOf(SETUP_TABLES, fields, 'table'), fields.granted === 'true'),
  setHidesCosts: (person, fields) => person.setHidesCosts(fields.hides === 'true'),
  setMemberActive: (person, fields) => person.setMemberActive(fields.active === 'true'),
  newKeys: (person) => person.newKeys(),
  setCodebase: (person, fields) => person.setCodebase(need(fields, 'codebase')),
};

/** Does one act; throws a RangeError with words for a person when it is unknown or refused. */
export function act(person: Person, fields: Fields): unknown {
  const { action = '' } = fields;
  const found = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!found) throw new RangeError('no such action');
  return found(person, fields);
}
