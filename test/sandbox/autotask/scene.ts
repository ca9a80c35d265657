import {
  type ConnectedAutotask,
  connectAutotask,
  type Json,
  listOf,
  type Reply,
} from './connect.ts';

export const is = (op: string, field: string, value?: unknown) => ({ op, field, value });

export interface Scene extends ConnectedAutotask {
  company: Json | undefined;
  /** The body of a monthly contract from 1 November 2026 for a year. */
  contract(more?: Record<string, unknown>): Record<string, unknown>;
  contractID: number;
  /** A service of 10 a month. */
  serviceID: number;
  /** The address of the contract. */
  below: string;
  make(path: string, body: unknown): Promise<number>;
  add(more?: Record<string, unknown>): Promise<number>;
  adjust(body: Record<string, unknown>): Promise<Reply>;
}

/** A contract of its own for one company, and a service that may be put on it. */
export async function contractScene(): Promise<Scene> {
  const connected = await connectAutotask();
  const { api, find } = connected;
  const [company] = await find('Companies', is('gt', 'id', 0), is('eq', 'isActive', true));
  const make = async (path: string, body: unknown) =>
    Number((await api('POST', path, body)).json.itemId);
  const contract = (more: Record<string, unknown> = {}) => ({
    companyID: company?.id,
    contractName: 'Subscriptions',
    contractType: 7,
    contractPeriodType: 2,
    startDate: '2026-11-01',
    endDate: '2027-10-31',
    status: 1,
    timeReportingRequiresStartAndStopTimes: 0,
    ...more,
  });
  const [code] = await find('BillingCodes', is('eq', 'useType', 5), is('eq', 'isActive', true));
  const service = { name: 'Seats', billingCodeID: code?.id, periodType: 2, unitPrice: 10 };
  const contractID = await make('/Contracts', contract());
  const serviceID = await make('/Services', service);
  const below = `/Contracts/${contractID}`;
  return {
    ...connected,
    company,
    contract,
    contractID,
    serviceID,
    below,
    make,
    add: (more = {}) => make(`${below}/Services`, { serviceID, ...more }),
    adjust: (body) => api('POST', `${below}/ServiceAdjustments`, body),
  };
}

export const errorOf = ({ status, json }: { status: number; json: Json }) => [
  status,
  listOf(json.errors).join(' '),
];
