import * as companies from './companies.ts';
import type { Entity } from './entity.ts';
import * as finance from './finance.ts';
import * as procurement from './procurement.ts';
import * as sales from './sales.ts';
import * as service from './service.ts';
import * as system from './system.ts';

export const ENTITIES: readonly Entity[] = [
  ...Object.values(companies),
  ...Object.values(finance),
  ...Object.values(procurement),
  ...Object.values(sales),
  ...Object.values(service),
  ...Object.values(system),
];

const byName = new Map(ENTITIES.map((entity) => [entity.name, entity]));

export const entityOf = (name: string): Entity | undefined => byName.get(name);
