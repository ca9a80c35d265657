import type { Customer } from '../model.ts';
import { ActionRefused } from '../scene.ts';

/** Somebody who works at a customer and uses what they bought. */
export interface CompanyUser {
  uuid: string;
  firstName: string;
  lastName: string;
  email: string;
  /** Whether the membership in the company is switched on. */
  enabled: boolean;
}

/**
 * The users of each customer. SimpleAPI does not tell them, so this is beside it, and switched off until somebody
 * wants to see what an app does where a marketplace tells them.
 */
export interface Directory {
  isTold: boolean;
  of(customer: Customer): readonly CompanyUser[];
  join(customer: Customer): CompanyUser;
  /** The one who came last. */
  leave(customer: Customer): CompanyUser;
  /** Back to those of the seed; whether they are told stays, since the app is set up for it. */
  clear(): void;
}

/** Desks and devices, not people. */
const SEEDED = [
  { firstName: 'Front', lastName: 'desk', enabled: true },
  { firstName: 'Accounts', lastName: 'desk', enabled: true },
  { firstName: 'Workshop', lastName: 'tablet', enabled: false },
] as const;

export function createDirectory(): Directory {
  const known = new Map<string, CompanyUser[]>();
  const joined = new Map<string, number>();
  const all = (customer: Customer): CompanyUser[] => {
    const users = known.get(customer.id) ?? SEEDED.map((each, n) => user(customer, n + 1, each));
    known.set(customer.id, users);
    return users;
  };
  return {
    isTold: false,
    of: all,
    join: (customer) => {
      const number = SEEDED.length + 1 + (joined.get(customer.id) ?? 0);
      joined.set(customer.id, number - SEEDED.length);
      const made = user(customer, number, {
        firstName: 'Desk',
        lastName: String(number),
        enabled: true,
      });
      all(customer).push(made);
      return made;
    },
    leave: (customer) => {
      const gone = all(customer).pop();
      if (!gone) throw new ActionRefused('nobody is left there');
      return gone;
    },
    clear: () => {
      known.clear();
      joined.clear();
    },
  };
}

function user(
  { id, contactPersons }: Customer,
  number: number,
  { firstName, lastName, enabled }: Pick<CompanyUser, 'firstName' | 'lastName' | 'enabled'>,
): CompanyUser {
  const domain = contactPersons[0]?.email.split('@')[1] ?? 'customer.example';
  return {
    uuid: `${id.padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`,
    firstName,
    lastName,
    email: `${firstName}.${lastName}@${domain}`.toLowerCase(),
    enabled,
  };
}
