import * as billing from './billing.ts';
import * as charges from './charges.ts';
import { COMPANIES, CONTACTS } from './companies.ts';
import * as contracts from './contracts.ts';
import type { Entity } from './entity.ts';
import * as lookups from './lookups.ts';
import * as offers from './offers.ts';
import { OPPORTUNITIES, QUOTE_ITEMS, QUOTES } from './sales.ts';
import { TICKET_NOTES, TICKETS } from './tickets.ts';

const ENTITIES: readonly Entity[] = [
  COMPANIES,
  CONTACTS,
  ...Object.values(contracts),
  ...Object.values(charges),
  ...Object.values(billing),
  ...Object.values(offers),
  TICKETS,
  TICKET_NOTES,
  OPPORTUNITIES,
  QUOTES,
  QUOTE_ITEMS,
  ...Object.values(lookups),
];

/** Paths are the same in any case, as on the live API. */
const byPath = new Map(ENTITIES.map((entity) => [entity.name.toLowerCase(), entity]));
const byModel = new Map(ENTITIES.map((entity) => [entity.model, entity]));

export const entityOfPath = (name: string): Entity | undefined => byPath.get(name.toLowerCase());

export const entityOfModel = (model: string): Entity | undefined => byModel.get(model);

/** The child that `/{parent}/{id}/{path}` names. */
export function childOf(parent: Entity, path: string): Entity | undefined {
  return ENTITIES.find(
    (entity) =>
      entity.parent?.entity === parent.name &&
      entity.parent.path.toLowerCase() === path.toLowerCase(),
  );
}
