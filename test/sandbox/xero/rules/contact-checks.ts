import { type JsonObject, listOf, textOf } from '../../json.ts';
import type { Work } from './work.ts';

/** At most 255, no angle brackets, no leading, trailing or doubled spaces; unique among active contacts. */
export function nameErrors(
  work: Work,
  name: string | undefined,
  ownId: string | undefined,
): string[] {
  if (name === undefined) return [];
  if (name.trim() === '') return ['The contact name cannot be empty.'];
  if (name.length > 255) return ['The contact name must be at most 255 characters.'];
  if (/[<>]/.test(name) || name !== name.trim() || name.includes('  '))
    return ['The contact name contains characters or spaces that are not allowed.'];
  const taken = [...work.organisation.contacts.values()].some(
    (other) =>
      other.id !== ownId &&
      other.status === 'ACTIVE' &&
      other.name.toLowerCase() === name.toLowerCase(),
  );
  const words = `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`;
  return taken ? [words] : [];
}

export function numberErrors(
  work: Work,
  number: string | undefined,
  ownId: string | undefined,
): string[] {
  const taken = [...work.organisation.contacts.values()].some(
    ({ id, texts }) => id !== ownId && number !== undefined && texts.ContactNumber === number,
  );
  return taken ? [`The contact number ${number} is already assigned to another contact.`] : [];
}

/** E-mail without umlauts; the country of an address letters only. */
export function textErrors(element: JsonObject): string[] {
  const email = textOf(element, 'EmailAddress');
  const errors: string[] = [];
  if (
    email !== undefined &&
    email !== '' &&
    !/^[\x21-\x7e]+@[\x21-\x7e]+\.[\x21-\x7e]+$/.test(email)
  )
    errors.push('Email address must be valid.');
  for (const address of listOf(element, 'Addresses') ?? [])
    if (!/^[\p{L} ]*$/u.test(textOf(address, 'Country') ?? ''))
      errors.push('The country can only contain letters.');
  return errors;
}
