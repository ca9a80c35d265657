import type { SeededRandom } from './random.ts';

const FORMS = ['Pty Ltd', 'Pty. Ltd.', 'Limited', 'Group', 'Holdings'];
const FIRST = [
  'Harbour',
  'Copper',
  'Lantern',
  'Summit',
  'Wattle',
  'Granite',
  'Bluegum',
  'Anchor',
  'Meridian',
  'Cedar',
];
const SECOND = [
  'Plumbing',
  'Dental',
  'Logistics',
  'Bakery',
  'Legal',
  'Motors',
  'Architects',
  'Nursery',
  'Printing',
  'Security',
];

/** A company that only this system knows. */
export function strangerName(random: SeededRandom): string {
  return `${random.pick(FIRST)} ${random.pick(SECOND)} ${random.pick(FORMS)}`;
}

/** "Acme Pty Ltd" for "Acme", "Acme" for "Acme Pty Ltd". */
export function nearlyThe(name: string, random: SeededRandom): string {
  const bare = name.replace(/\s+(pty\.?\s*)?(ltd\.?|limited|llc|inc\.?|gmbh)$/i, '');
  return bare === name ? `${name} ${random.pick(FORMS.slice(0, 3))}` : bare;
}
