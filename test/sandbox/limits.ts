// Every bound of the sandbox world in one place; the unit is the last word of the name.
export const JOURNAL_ENTRIES_MAX = 500_000;
export const JOURNAL_PAGE_MAX = 20_000;
export const BODY_BYTES_MAX = 256 * 1024;
export const CLOCK_STEP_MONTHS_MAX = 120;
export const CLOCK_STEP_DAYS_MAX = 3_700;
export const BILLING_PERIODS_MAX = 36;
export const ORDERS_MAX = 100_000;
export const BULK_CUSTOMERS_MAX = 1_000;
export const ORDER_DETAILS_MAX = 200;
export const QUANTITY_MAX = 1_000_000;
export const FAULT_TIMES_MAX = 10_000;
export const SLOW_DEFAULT_MS = 3_000;
export const SLOW_MAX_MS = 60_000;
export const TIME_OUT_MAX_MS = 120_000;
export const LIFECYCLE_TRIES_MAX = 4;
export const LIFECYCLE_RETRY_DELAY_MS = 250;
export const LIFECYCLE_TIMEOUT_MS = 8_000;
export const TOKEN_LIFE_SECONDS = 60;
export const APP_READY_TIMEOUT_MS = 30_000;
export const APP_STOP_TIMEOUT_MS = 6_000;
/** An app that stands still must not hold up who moves the clock. */
export const CLOCK_HEARD_TIMEOUT_MS = 5_000;
