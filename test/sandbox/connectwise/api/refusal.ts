import type { FieldError } from '../rules/work.ts';
import type { Entity } from '../schema/entity.ts';

/** `{code, message, errors}`: how ConnectWise refuses (seen in reports of the live API). */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  errors: readonly (FieldError & { resource: string })[] | null;
}

/** Most refusals have this code and nothing but a message. */
const GENERAL = 'ConnectWiseApi';

export const refusal = (status: number, message: string, code = GENERAL): Refusal => ({
  status,
  code,
  message,
  errors: null,
});

/** "configuration object is invalid" with one element a field (christaylorcodes/ConnectWiseManageAPI #30). */
export const invalidObject = ({ resource }: Entity, errors: readonly FieldError[]): Refusal => ({
  status: 400,
  code: 'InvalidObject',
  message: `${resource} object is invalid`,
  errors: errors.map((error) => ({ ...error, resource })),
});

/** The words of the live API, its missing space included (christaylorcodes/ConnectWiseManageAPI #24). */
export const unknownMember = (member: string, type: string, path = member): Refusal =>
  refusal(
    400,
    `Could not find member '${member}' on object of type '${type}'. Path '${path}'.Check your accept header to make sure you are using the correct version.`,
  );

/** LabtechConsulting/ConnectWise-Manage-Powershell #4. */
export const unknownName = (name: string): Refusal =>
  refusal(400, `${name} is not a recognized name.`, 'ApiFindCondition');

/** A right that the role lacks (christaylorcodes/ConnectWiseManageAPI #18; guide: 403, improper security role settings). */
export const notAllowed = (): Refusal => refusal(403, 'UserNotAuthenticated');

export const notFound = (what: string): Refusal => refusal(404, `${what} not found`, 'NotFound');

export const noEndpoint = (): Refusal => refusal(404, 'The endpoint does not exist.');

export const inUse = (why: string): Refusal => refusal(409, why, 'RecordInUse');
