import fc from 'fast-check';
import { type Decimal, fromDigits } from '../../server/domain/decimal.ts';
import type { Money } from '../../server/domain/money.ts';

export const decimals = (places = 6, size = 10n ** 11n): fc.Arbitrary<Decimal> =>
  fc
    .tuple(fc.bigInt({ min: -size, max: size }), fc.integer({ min: 0, max: places }))
    .map(([digits, scale]) => fromDigits({ digits, scale }));

export const currencies = fc.constantFrom('AUD', 'USD', 'JPY', 'KWD');

export const amounts: fc.Arbitrary<Money> = fc.record({
  amountMinor: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
  currency: currencies,
});
