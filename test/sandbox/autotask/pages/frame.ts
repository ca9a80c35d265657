import { framed } from '../../people/frame.ts';
import type { Markup } from '../../people/layout.ts';
import type { World } from '../world.ts';

export { actForm, type FormField, facts, link, number, table } from '../../people/parts.ts';

export type Section =
  | 'companies'
  | 'contracts'
  | 'billing'
  | 'catalogue'
  | 'opportunities'
  | 'tickets'
  | 'settings';

const SECTIONS: [Section, string][] = [
  ['companies', 'Companies'],
  ['contracts', 'Contracts'],
  ['billing', 'Billing'],
  ['catalogue', 'Products and services'],
  ['opportunities', 'Opportunities'],
  ['tickets', 'Tickets'],
  ['settings', 'Admin'],
];

/** A page of the tenant, with its navigation and what was refused last. */
export function frame(options: {
  world: World;
  section: Section;
  title: string;
  body: Markup;
  problem?: string | undefined;
}): Markup {
  const { world, section, ...rest } = options;
  return framed({
    ...rest,
    product: 'Autotask',
    account: world.name,
    sections: SECTIONS.map(([name, words]) => ({
      words,
      href: `/${name}`,
      isCurrent: name === section,
    })),
  });
}
