import { framed } from '../../people/frame.ts';
import type { Markup } from '../../people/layout.ts';
import type { World } from '../world.ts';

const SECTIONS = [
  ['companies', 'Companies'],
  ['agreements', 'Agreements'],
  ['invoicing', 'Invoicing'],
  ['catalogue', 'Product catalog'],
  ['opportunities', 'Opportunities'],
  ['tickets', 'Service board'],
  ['system', 'System'],
] as const;

export type Section = (typeof SECTIONS)[number][0];

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
    product: 'ConnectWise',
    account: world.name,
    sections: SECTIONS.map(([name, words]) => ({
      words,
      href: `/${name}`,
      isCurrent: name === section,
    })),
  });
}
