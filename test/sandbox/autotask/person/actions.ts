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

/** Every field of a form but those that say what to do. */
function rest({
  action: _action,
  back: _back,
  entity: _entity,
  id: _id,
  parentId: _parent,
  ...fields
}: Fields): Fields {
  return fields;
}

/** A person's acts by name, for POST /sandbox/person and for the page's forms; every field is text. */
const ACTIONS: Record<string, Action> = {
  create: (person, fields) =>
    person.create(need(fields, 'entity'), rest(fields), maybe(fields, 'parentId')),
  change: (person, fields) =>
    person.change(need(fields, 'entity'), number(fields, 'id'), rest(fields)),
  remove: (person, fields) => person.remove(need(fields, 'entity'), number(fields, 'id')),
  post: (person, fields) => {
    const contractId = maybe(fields, 'contractId');
    return person.post({
      ...(fields.through ? { through: fields.through } : {}),
      ...(contractId === undefined ? {} : { contractId }),
    });
  },
  invoice: (person, fields) => {
    const companyId = maybe(fields, 'companyId');
    return person.invoice(companyId === undefined ? {} : { companyId });
  },
  voidInvoice: (person, fields) => person.voidInvoice(number(fields, 'id')),
  setPaid: (person, fields) => person.setPaid(number(fields, 'id'), fields.date || null),
  setHidesCosts: (person, fields) => person.setHidesCosts(fields.hides === 'true'),
  setApiUserActive: (person, fields) => person.setApiUserActive(fields.active === 'true'),
  newSecret: (person) => person.newSecret(),
  moveZone: (person, fields) => person.moveZone(number(fields, 'zone')),
};

/** Does one act; throws a RangeError with words for a person when it is unknown or refused. */
export function act(person: Person, fields: Fields): unknown {
  const { action = '' } = fields;
  const found = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!found) throw new RangeError('no such action');
  return found(person, fields);
}
