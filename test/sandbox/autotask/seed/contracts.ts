import { addDays, addMonths, dateOf } from '../../calendar.ts';
import { NumberText } from '../../json.ts';
import type { SeededRandom } from '../../random.ts';
import { dateValue, flagOf, type Row, textOf, type Value } from '../row.ts';
import { IN_EFFECT, RECURRING_SERVICE } from '../schema/picklists.ts';
import type { Tables } from '../tables.ts';

const MONTHLY = 2;
const YEARLY = 5;
const CONTRACTS = 12;

/**
 * A recurring contract, monthly and in effect, for most of the first companies, with services at work since some months; one in a
 * foreign currency, a yearly one, an inactive one and one by time and materials besides.
 */
export function seedContracts(
  tables: Tables,
  of: {
    companies: readonly Row[];
    services: readonly Row[];
    support: Row;
    bundle: Row;
    random: SeededRandom;
    nowMs: number;
  },
): void {
  const { random } = of;
  const month = `${dateOf(of.nowMs).slice(0, 8)}01`;
  const contract = (company: Row, contractName: string, more: Record<string, Value> = {}): Row => {
    const start = addMonths(month, -6);
    return tables.add('Contracts', {
      values: {
        companyID: company.id,
        contractName: contractName.slice(0, 100),
        contractType: RECURRING_SERVICE,
        contractPeriodType: MONTHLY,
        startDate: dateValue(start),
        endDate: dateValue(addDays(addMonths(start, 36), -1)),
        status: IN_EFFECT,
        timeReportingRequiresStartAndStopTimes: 0,
        isDefaultContract: false,
        billingPreference: 2,
        ...more,
      },
      udfs: {},
    });
  };
  const put = (on: Row, service: Row, units: number, from: string) => {
    const line = tables.add('ContractServices', {
      values: { contractID: on.id, serviceID: service.id, startingPrice: null },
      udfs: {},
    });
    tables.add('ContractServiceAdjustments', {
      values: {
        contractID: on.id,
        serviceID: service.id,
        contractServiceID: line.id,
        effectiveDate: dateValue(from),
        unitChange: units,
      },
      udfs: {},
    });
  };
  const active = of.companies.filter((company) => flagOf(company, 'isActive')).slice(0, CONTRACTS);
  active.forEach((company, index) => {
    const name = textOf(company, 'companyName');
    if (index % 4 === 3) {
      contract(company, `${name} on demand`, { contractType: 1, contractPeriodType: null });
      return;
    }
    const on = contract(company, `${name} cloud services`, { contractNumber: `K-${100 + index}` });
    put(on, of.support, random.integer(1, 20), addMonths(month, -6));
    const service = of.services[index % Math.max(1, of.services.length)];
    if (service && index % 2 === 0) put(on, service, random.integer(1, 12), addMonths(month, -3));
  });
  const foreign = of.companies.find(
    ({ values }) => values.currencyID !== of.companies[0]?.values.currencyID,
  );
  if (foreign) put(contract(foreign, 'Foreign currency'), of.support, 3, addMonths(month, -2));
  const [first, second] = active;
  if (first) contract(first, 'Yearly backup', { contractPeriodType: YEARLY });
  if (second) contract(second, 'Ended hosting', { status: 0 });
  if (second) addBundle(tables, { on: contract(second, 'Modern workplace'), bundle: of.bundle });
}

function addBundle(tables: Tables, { on, bundle }: { on: Row; bundle: Row }): void {
  const line = tables.add('ContractServiceBundles', {
    values: {
      contractID: on.id,
      serviceBundleID: bundle.id,
      startingPrice: new NumberText('50.00'),
    },
    udfs: {},
  });
  tables.add('ContractServiceBundleAdjustments', {
    values: {
      contractID: on.id,
      serviceBundleID: bundle.id,
      contractServiceBundleID: line.id,
      effectiveDate: on.values.startDate ?? null,
      unitChange: 4,
    },
    udfs: {},
  });
}
