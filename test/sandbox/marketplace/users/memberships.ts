import type { Customer } from '../model.ts';
import type { CompanyUser } from './directory.ts';

/**
 * "List company memberships" as AppDirect describes it (Companies API v296, operation
 * resource_Company_readCompanyMemberships_GET): pages from 0 on, 50 a page unless told, oldest first.
 */
export const MEMBERSHIPS = {
  operation: 'listCompanyMemberships',
  path: '/api/account/v2/companies/:companyUuid/memberships',
} as const;

const PARAMETERS = ['page', 'size', 'enabled', 'sortField', 'sortOrder', 'includeCompanies'];
const SIZE = 50;
const SIZE_MAX = 250;

export interface MembershipQuery {
  page: number;
  size: number;
  enabled: string | null;
}

export function membershipQuery(url: string): MembershipQuery | { problem: string } {
  const { searchParams } = new URL(url);
  if ([...searchParams.keys()].some((name) => !PARAMETERS.includes(name)))
    return { problem: 'There is an unknown query parameter.' };
  const page = Number(searchParams.get('page') ?? 0);
  const size = Number(searchParams.get('size') ?? SIZE);
  if (!Number.isInteger(page) || page < 0) return { problem: 'page is a whole number from 0.' };
  if (!Number.isInteger(size) || size < 1 || size > SIZE_MAX)
    return { problem: `size is a whole number from 1 to ${SIZE_MAX}.` };
  return { page, size, enabled: searchParams.get('enabled') };
}

/** One page of the answer: links, content and where it stands among the pages. */
export function membershipsPage(
  customer: Customer,
  users: readonly CompanyUser[],
  { page, size, enabled }: MembershipQuery,
) {
  const wanted = users.filter((user) => enabled === null || String(user.enabled) === enabled);
  return {
    links: [],
    content: wanted
      .slice(page * size, (page + 1) * size)
      .map((user): Record<string, unknown> => membershipWire(customer, user)),
    page: {
      size,
      totalElements: wanted.length,
      totalPages: Math.ceil(wanted.length / size),
      number: page,
    },
  };
}

/** A membership with its user; whether it is switched on is the membership's, not the user's. */
const membershipWire = (
  { id, name }: Customer,
  { uuid, firstName, lastName, email, enabled }: CompanyUser,
) => ({
  user: {
    uuid,
    email,
    userName: email,
    firstName,
    lastName,
    picture: null,
    activated: true,
    allowLogin: true,
    ldapId: null,
    boostUser: null,
    currency: null,
    customAttributes: [],
    roles: ['ROLE_USER'],
    metadata: { apsUid: null },
    links: [],
  },
  company: { uuid: id, name, enabled: true, links: [] },
  enabled,
  lastUsed: false,
  roles: ['ROLE_USER'],
  position: null,
  mosiUser: null,
  metadata: { mosi_username: null },
  links: [],
});
