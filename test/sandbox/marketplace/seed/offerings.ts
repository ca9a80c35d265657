import type { BillingModel, Currency, Period, PriceModel } from '../model.ts';

export interface Offering {
  vendor: string;
  service: string;
  code: string;
  /** Minor units a seat and month, in AUD. */
  baseMinor: number;
  model?: PriceModel;
  setupMinor?: number;
  vendorCurrency?: Currency;
}

// Made-up vendors and products; 18 offerings x 3 ways to pay, and six charged by use, are the 60 products.
export const OFFERINGS: readonly Offering[] = [
  { vendor: 'Halden', service: 'Halden Office Basic', code: 'HAL-OFB', baseMinor: 990 },
  {
    vendor: 'Brightwater',
    service: 'Brightwater Mail Guard',
    code: 'BRW-MGD',
    baseMinor: 455,
    model: 'VOLUME_SUBSCRIPTION',
    setupMinor: 15000,
  },
  { vendor: 'Halden', service: 'Halden Office Standard', code: 'HAL-OFS', baseMinor: 1875 },
  {
    vendor: 'Halden',
    service: 'Halden Office Premium',
    code: 'HAL-OFP',
    baseMinor: 3295,
    model: 'TIERED',
  },
  {
    vendor: 'Corvid',
    service: 'Corvid Endpoint Shield',
    code: 'COR-EPS',
    baseMinor: 620,
    model: 'VOLUME_SUBSCRIPTION',
  },
  {
    vendor: 'Corvid',
    service: 'Corvid Threat Watch',
    code: 'COR-TWT',
    baseMinor: 1240,
    setupMinor: 49900,
  },
  {
    vendor: 'Palisade',
    service: 'Palisade Workstation Backup',
    code: 'PAL-WSB',
    baseMinor: 835,
    vendorCurrency: 'USD',
  },
  {
    vendor: 'Palisade',
    service: 'Palisade Server Backup',
    code: 'PAL-SVB',
    baseMinor: 5990,
    setupMinor: 9900,
    vendorCurrency: 'USD',
  },
  {
    vendor: 'Meridian',
    service: 'Meridian Voice Line',
    code: 'MER-VLN',
    baseMinor: 1750,
    setupMinor: 2500,
  },
  { vendor: 'Meridian', service: 'Meridian Meeting Room', code: 'MER-MTR', baseMinor: 4400 },
  {
    vendor: 'Tallow',
    service: 'Tallow File Share',
    code: 'TAL-FSH',
    baseMinor: 705,
    model: 'TIERED',
  },
  { vendor: 'Tallow', service: 'Tallow Sign', code: 'TAL-SGN', baseMinor: 1133 },
  { vendor: 'Brightwater', service: 'Brightwater Archive', code: 'BRW-ARC', baseMinor: 349 },
  {
    vendor: 'Quillon',
    service: 'Quillon Password Vault',
    code: 'QUI-PWV',
    baseMinor: 415,
    model: 'VOLUME_SUBSCRIPTION',
  },
  {
    vendor: 'Quillon',
    service: 'Quillon Single Sign-On',
    code: 'QUI-SSO',
    baseMinor: 777,
    setupMinor: 25000,
  },
  { vendor: 'Ostler', service: 'Ostler Remote Support', code: 'OST-RMS', baseMinor: 2860 },
  { vendor: 'Ostler', service: 'Ostler Patch Desk', code: 'OST-PTD', baseMinor: 265 },
  {
    vendor: 'Vantry',
    service: 'Vantry Training Library',
    code: 'VAN-TRL',
    baseMinor: 1490,
    vendorCurrency: 'USD',
  },
];

// The price of one unit in ten-thousandths: use is rated finer than a cent.
export interface UsageOffering {
  vendor: string;
  service: string;
  code: string;
  unitTenThousandths: number;
}

export const USAGE: readonly UsageOffering[] = [
  {
    vendor: 'Lumen Yard',
    service: 'Lumen Yard Compute Hours',
    code: 'LUM-CPH',
    unitTenThousandths: 1250,
  },
  {
    vendor: 'Lumen Yard',
    service: 'Lumen Yard Object Storage GB',
    code: 'LUM-STO',
    unitTenThousandths: 345,
  },
  {
    vendor: 'Meridian',
    service: 'Meridian Call Minutes',
    code: 'MER-CMI',
    unitTenThousandths: 275,
  },
  {
    vendor: 'Lumen Yard',
    service: 'Lumen Yard Data Transfer GB',
    code: 'LUM-DTX',
    unitTenThousandths: 1133,
  },
  { vendor: 'Palisade', service: 'Palisade Archive GB', code: 'PAL-AGB', unitTenThousandths: 88 },
  {
    vendor: 'Meridian',
    service: 'Meridian Text Messages',
    code: 'MER-SMS',
    unitTenThousandths: 650,
  },
];

export interface WayToPay {
  suffix: string;
  label: string;
  subscriptionPeriod: Period;
  billingPeriod: Period;
  billingModel: BillingModel;
  /** Hundredths of the monthly base for one billing period. */
  factorPercent: number;
}

export const MONTH: Period = { type: 'month', duration: 1 };
const YEAR: Period = { type: 'year', duration: 1 };
export const WAYS: readonly WayToPay[] = [
  {
    suffix: 'M-M',
    label: 'month by month',
    subscriptionPeriod: MONTH,
    billingPeriod: MONTH,
    billingModel: 'chargeBeforeBillingPeriod',
    factorPercent: 100,
  },
  {
    suffix: 'Y-M',
    label: 'one year, paid monthly',
    subscriptionPeriod: YEAR,
    billingPeriod: MONTH,
    billingModel: 'chargeBeforeBillingPeriod',
    factorPercent: 90,
  },
  {
    suffix: 'Y-Y',
    label: 'one year, paid upfront',
    subscriptionPeriod: YEAR,
    billingPeriod: YEAR,
    billingModel: 'chargeBeforeSubscriptionPeriod',
    factorPercent: 1020,
  },
];
