import { framed } from '../../people/frame.ts';
import type { Markup } from '../../people/layout.ts';
import type { Organisation } from '../state.ts';

export type Section = 'invoices' | 'creditnotes' | 'contacts' | 'repeating' | 'settings';

const SECTIONS: [Section, string][] = [
  ['invoices', 'Invoices'],
  ['creditnotes', 'Credit notes'],
  ['contacts', 'Contacts'],
  ['repeating', 'Repeating'],
  ['settings', 'Settings'],
];

/** A page inside one organisation, with its navigation and what was refused last. */
export function frame(options: {
  organisation: Organisation;
  section: Section;
  title: string;
  body: Markup;
  problem?: string | undefined;
}): Markup {
  const { organisation, section, ...rest } = options;
  return framed({
    ...rest,
    product: 'Xero',
    account: organisation.name,
    out: { words: 'Change organisation', href: '/' },
    sections: SECTIONS.map(([name, words]) => ({
      words,
      href: `/o/${organisation.tenantId}/${name}`,
      isCurrent: name === section,
    })),
  });
}
